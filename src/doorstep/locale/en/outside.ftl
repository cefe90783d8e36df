### One case for a unit from outside, without an account, by a signed link

## The page that the link opens

outside-title = One case for you
outside-blurred = The exact door is not shown for matters of this kind. If you have to go there, ask whoever gave you the case.
outside-due = Please finish by { $when }
outside-late = This was due by { $when }
outside-answer-by = Please answer first by { $when }.
outside-meeting = You meet on the spot
outside-nothing-to-do = Nothing for you to do now.
outside-waits-for-check = You said that it is done; it is being checked. You can add something.
outside-told = What was done
outside-from = Who gave it to you
outside-called-by = { $unit } asked your unit for its part on { $when }.
outside-given-by = { $unit } gave the link on { $when }
outside-given-when = The link was given on { $when }
outside-good-until = The link is good until { $when } and opens this one case; please do not pass it on.
outside-until = good until { $when }
outside-take = We will do it
outside-note = Say when you come, or add something
outside-comes-on = Which day
outside-comes-time = What time
outside-comes = They expect to come on { $when }.
outside-note-words = What you want to say
outside-note-hint = The time alone is enough.
outside-note-send = Send
outside-do = It is done
outside-done-words = What was done
outside-do-send = Report it as done
outside-photo-hint = No photo is needed. Its place and device are removed.
outside-decline = It is not ours
outside-decline-words = Why, and whose it is
outside-decline-hint = The desk reviews it; until then it stays with your unit and the time runs on.
outside-decline-send = Send
outside-done-take = Noted: your unit is on it.
outside-done-note = Passed on.
outside-done-do = Reported as done; it will be checked.
outside-done-decline = Sent; the desk will review it.

## Links that open nothing

outside-refused = This link is not right; part of it may be missing.
outside-refused-try = Open the link that you were sent again, or ask whoever gave you the case for another.
outside-over-expired = This link is no longer valid: its time is over.
outside-over-expired-try = If the work is not finished, ask whoever gave you the case for another.
outside-over-withdrawn = This link was taken back.
outside-over-withdrawn-try = If in doubt, ask whoever gave you the case.
outside-over-replaced = There is a newer link; this one opens nothing any more.
outside-over-replaced-try = Open the one that you were sent last.
outside-over-moved = This case is not with your unit any more.
outside-over-moved-try = There is nothing left to do; if in doubt, ask whoever gave you the case.
outside-over-ended = This case has ended.
outside-over-ended-try = There is nothing left to do. Thank you.
outside-too-many = This link is not right, and too many wrong ones were opened from this network.
outside-too-many-try = Open the link whole, as it stands in the message, or try again in about { $minutes } minutes.

## Words that cannot be used

outside-too-long = This is too long: { $most } characters at most.
outside-too-long-try = Shorten it to { $most } characters and send it again.
outside-comes-past = That time is already over.
outside-comes-past-try = Choose a time later today or in the next few days.
outside-comes-far = That is more than { $days } days from now.

## The page that gives links

outside-desk-title = Links for outside handlers
outside-desk-link = Give an outside handler a link
outside-give-title = Give { $unit } a link
outside-give-lead = Whoever has the link needs no account and sees this one case alone: what it is, where, and until when. They can take it, say when they come, report it as done, or say that it is not theirs. They never see who reported it.
outside-field-days = Good for how many days
outside-days = { $count } days
outside-replaces = A new link ends the one before.
outside-give = Give a link
outside-given-title = The link for { $unit }
outside-given-once = The link is shown this once: copy it now, or print the code.
outside-given-link = Address of the link
outside-qr = The link as a QR code
outside-links-title = Links that were given
outside-link-unopened = Not opened yet
outside-link-opened = Opened
outside-link-expired = Expired
outside-link-withdrawn = Taken back
outside-link-replaced = Replaced
outside-link-moved = Case moved on
outside-link-ended = Case ended
outside-opened-when = First opened: { $when }
outside-withdraw = Take the link back
outside-withdrawn = The link was taken back and opens nothing any more.
outside-not-for-links = The holder's own people sign in; no link is needed here.
outside-given = Gave { $unit } a link to work by, good until { $until }.
outside-taken-back = Took back the link that { $unit } worked by.
outside-nobody-has-it = No unit has this case now, so there is nobody to give a link to.
outside-nobody-has-it-try = Send it to a unit first, then give the link.
outside-signs-in = The holder's own people sign in; they need no link.
outside-signs-in-try = To bring in a unit from outside, call it to the case first, then give that unit the link.
outside-days-unknown = A link cannot be good for that long.
outside-days-unknown-try = Choose one of { $days } days.
outside-no-link = There is no such link.
outside-no-link-try = Reload the page to see the links that were given.
outside-withdrawn-before = This link opens nothing any more; it need not be taken back.
outside-withdrawn-before-try = Give a new one if it is needed.
outside-not-you = Only a desk, the holder, or whoever called the holder may give a link or take it back.
outside-not-you-try = Ask one of them.
outside-unit-choice = { $unit } (no accounts: give it a link once called)
outside-unit-works-by-links = This unit has no accounts and no posts. Send it a case or call it to one, and the desk gives it a link.
outside-handler = { $unit } (outside handler)
open-do-give-outside-link = Give an outside handler a link
open-do-list-outside-links = Links that were given
open-do-withdraw-outside-link = Take a link back
