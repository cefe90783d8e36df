### How often somebody may report

limits-too-many = Too many reports came from this device or network; this one was not taken.
limits-too-many-try = { $minutes ->
    [one] Send it again in about a minute; what you wrote is still below. If it cannot wait, dial 110, 119 or 120, or call 12345.
   *[other] Send it again in about { $minutes } minutes; what you wrote is still below. If it cannot wait, dial 110, 119 or 120, or call 12345.
}
limits-too-many-tries = Too many wrong passwords came from this network; this one was not looked at.
limits-too-many-tries-try = { $minutes ->
    [one] Sign in again in about a minute; whoever is signed in stays so.
   *[other] Sign in again in about { $minutes } minutes; whoever is signed in stays so.
}
