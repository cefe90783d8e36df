### The owner of a flat cannot be reached: what is done, how far it is, and that it never falls silent.

absent-title = The owner cannot be reached
absent-link = The owner cannot be reached: what to do
absent-order = In this order
absent-done = Done
absent-next = Next
absent-record = Write down what was done
absent-record-lead = With each step the reporter learns what was done, and never who the owner is.
absent-send = Write down
absent-field-how = How
absent-field-basis = On which legal basis
absent-field-police = The police are there and have said on which basis
absent-field-when = When
absent-field-words = Note
absent-field-words-hint = Only those who work on the case read it. No name and no number of the owner.
absent-review = Set a review date
absent-field-days = In how many working days to look again
absent-field-days-hint = At most { $most } working days. Then the clock runs again by itself and the level above is told; once the owner is found, at once.
absent-review-send = Wait until then
absent-waits = Waiting for the owner; looked at again on { $when }. If the owner cannot be reached by then, the level above is told.
absent-used-up = The days to wait are used up. Please find another way, or send it to the level above and say why.
absent-danger-title = There is danger: do not wait
absent-danger = Where somebody is trapped, gas leaks, something burns or water pours, dial 119, 110 or the gas emergency line first, and shut shared valves. A home is entered only with the police there and a legal basis said.
absent-told-page-step = Written down; the reporter is told.
absent-told-page-wait = The review date is set; the reporter is told.
absent-not-holder = Only the holder writes these steps down.
absent-not-holder-try = Leave it to the holder; a desk can add a note on the case's page.

## Each step

absent-step-tried = Knock or ring for the owner
absent-hint-tried = Try again on another day and at another hour; where it is urgent, once is enough.
absent-step-asked = Ask others to pass it on
absent-hint-asked = Ask neighbours, the community, the property company or a tenant to tell the owner; do not ask about the owner's private life.
absent-step-secured = Stop an urgent danger first
absent-hint-secured = Shared parts only: shut the main valve, cut shared power, fence it off. Basis: Civil Code, article 182 (necessity).
absent-step-notice = Leave a notice on the door
absent-hint-notice = Print it and put it on the door; it says whom to call and not what it is about.
absent-step-entered = Go in with the police
absent-hint-entered = Only to save somebody or stop a danger that is there, with the police in charge and the basis said. Otherwise nobody goes in.
absent-step-found = The owner is found
absent-hint-found = From here on the case goes its usual way.

absent-how-knocked = Knocked at the door
absent-how-rang = Rang the bell or the intercom
absent-how-called = Had the community or property company call the number they hold
absent-how-neighbours = Asked neighbours to pass it on
absent-how-community = Asked the community to use its register
absent-how-property = Asked the property company
absent-how-tenant = Asked the tenant to pass it on
absent-how-water = Shut a shared water valve
absent-how-power = Cut the power of shared parts
absent-how-gas = Had the gas company shut the valve
absent-how-fenced = Fenced it off with a warning
absent-how-door = On the door
absent-how-met = Met the owner
absent-how-reached = Reached the owner by telephone
absent-how-key = Somebody came with the key for the owner
absent-basis-rescue = People's Police Law, article 21: immediate rescue where somebody's life or property is in danger
absent-basis-necessity = Civil Code, article 182: necessity
absent-basis-fire = Fire Protection Law, article 45: at the scene of a fire
absent-basis-court = A judgment in force or an enforcement order of a court
absent-first-try = Knock or call once first.
absent-first-ask = First { $tries ->
    [one] { $tries } day on which it was tried
   *[other] { $tries } days on which it was tried
  }, and others asked.
absent-first-both = First try yourself, and ask others.
absent-no-danger = Only for urgent and critical cases.
absent-not-looked-for = Nobody is looking for an owner yet.
absent-no-step = There is no such step.
absent-no-step-try = Choose one of those listed.
absent-no-how = It does not say how.
absent-no-how-try = Choose one of those listed.
absent-not-yet-try = Do the step before it first; where somebody is in danger dial 110 or 119.
absent-without-police = Nobody enters a home without the police there.
absent-without-police-try = Dial 110; they say on which basis before anybody goes in.
absent-no-wait = Nobody waits for an owner before it was tried, others were asked and a notice was left.
absent-no-wait-try = Follow the order on the page “The owner cannot be reached”, then set a review date.
absent-resume-found = The owner is found; the clock runs again.

## What the reporter reads

absent-told-tried = Somebody tried to reach the owner: { $how }. No answer.
absent-told-asked = Others were asked to reach the owner: { $how }.
absent-told-secured = An urgent danger was stopped first: { $how }.
absent-told-notice = A notice was left on the door, asking the owner to call.
absent-told-entered = The home was entered with the police there, to stop a danger. Basis: { $basis }.
absent-told-found = The owner was reached ({ $how }); work goes on.
notices-absent = There is news about your report: { $because }
clocks-reason-owner-absent = The owner cannot be reached; until the review date
clocks-press-absent = The owner still cannot be reached; the level above is told, so that it helps.

## The notice on the door

absent-notice-link = Print the notice for the door
absent-notice-print = Print
absent-notice-title = Please get in touch
absent-notice-to = To the owner or resident of this home:
absent-notice-text = We came and did not meet you. There is something about this building that you should know, or with which we need your help.
absent-notice-how = Please call the unit below as soon as you can and say the number { $number }. You may also come to the community; you need not bring anything.
absent-notice-entry = We do not enter your home without your consent; only to save somebody or to stop a danger may the police go in by law, and you will be told.
absent-notice-from = Unit
absent-notice-day = Date
absent-notice-phone = Telephone
absent-notice-shield = This notice does not say what it is about, nor who reported it.

## Interface

open-do-record-absent-owner = The owner cannot be reached: write down a step
open-do-show-absent-owner = The owner cannot be reached: how far it is and what comes next
