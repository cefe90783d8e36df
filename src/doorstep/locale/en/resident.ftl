### The resident's pages: report, receipt, follow, find the link again, complaints box.

## First page

resident-home-title = Something near your door? Tell us.
resident-home-lead = A dark street lamp, a blocked drain, a helping hand: one sentence is enough. No account, no app.
resident-home-report = Report something
resident-home-follow = See how far it has come
resident-home-follow-text = Open the link in your text message, e-mail or receipt. If it is lost, your case number gets you a new one.
resident-home-complain = Complaints box
resident-home-complain-text = Complaints and suggestions about these pages or the staff. They are answered like anything else.
resident-home-staff = Staff sign-in
resident-home-staff-text = Grid workers, desks, departments and the command centre.
resident-how-title = What happens then
resident-how-write = You write one sentence
resident-how-write-text = Photo, place and contact may all be left out.
resident-how-sent = It goes to whoever is responsible
resident-how-sent-text = Chosen by place and matter, and you are told why.
resident-how-told = You see every step
resident-how-told-text = By your link; and by text message or e-mail, if you left a contact.
resident-how-judge = You say whether it is solved
resident-how-judge-text = If not, it goes back. Even after it is closed you can reopen it within 7 days.
resident-urgent = Somebody is in danger? Dial now:

## Report

resident-report-title = What is the matter?
resident-words = One sentence
resident-words-hint = What it is, and where. For example: “The lamp at block 3, entrance 2 is out.” Please leave out other people’s private affairs.
resident-where = Where it is
resident-not-this-door = It is not here
resident-door-unknown = This code belongs to no place that is in use.
resident-door-unknown-try = Describe the place in words below; you can report all the same.
resident-here = Use where I am now
resident-here-asking = Finding out where you are…
resident-here-known = Your position is noted.
resident-here-unknown = Your position could not be found. Please describe the place in words.
resident-pinned = Marked on the map.
resident-place-words = Place
resident-place-words-hint = Estate, block, crossing: whatever people call it.
resident-community = Community
resident-community-unknown = I do not know
resident-map = Mark it on a map
resident-photo = Photo
resident-photo-hint = At most { $most }. Where and with what they were taken is removed.
resident-photo-here = At most 3, and none is needed. Where and with what they were taken is removed.
resident-photos-again = The photos were not kept. Please choose them again, if you wish.
resident-contact = How to tell you what happens
resident-contact-hint = Leave it empty and it is handled all the same; the link on your receipt shows you how it stands.
resident-email = E-mail
resident-phone = Mobile phone
resident-correct = Choose matter and urgency yourself
resident-item = Matter
resident-item-ours = Not needed: judge by what I wrote
resident-urgency-ours = Not needed: judge by what I wrote
resident-urgency = Urgency
resident-send = Send
resident-send-hint = You then get a case number and a link to follow it.

resident-proposal = How we understand it
resident-proposal-promise = If you send it now: somebody sees to it by { $contact }, and it is finished by { $finish }.
resident-proposal-area = It is in { $community }: { $microgrid }.
resident-proposal-door = It is at { $door }, { $community }
resident-proposal-door-hint = If not, remove the tick.
resident-proposal-none = We cannot tell yet what kind of matter it is. Never mind: somebody at the desk reads it. You can also choose below.
resident-apart = { $count ->
    [2] This looks like two matters
   *[other] This looks like { $count } matters
}
resident-apart-because = (decided by: { $words })
resident-apart-how = How shall we take it?
resident-apart-hint = Sent apart, each gets its own number and its own link, and goes to whoever can do it.
resident-apart-one = As one case, just as I wrote it
resident-apart-parts = As { $count } cases, each with its own words
resident-apart-whole = As { $count } cases, each with all my words
resident-also = The other matter, a case of its own
resident-critical-advice = This is an emergency. Do not wait for an answer here; call first.

resident-confirm-title = Is this right?
resident-confirm-lead = Nothing was sent yet. Change what is wrong, then press “Send”.

## Personal data

resident-privacy-title = What the contact is for, and how long it is kept
resident-privacy-purpose = Purpose
resident-privacy-purpose-text = To tell you what happens with this case, and to ask you where something is unclear. For nothing else.
resident-privacy-basis = Legal basis
resident-privacy-basis-text = Your consent (Personal Information Protection Law, article 13, paragraph 1, item 1). Without it the case is handled all the same.
resident-privacy-who = Who sees it
resident-privacy-who-text = Those who handle the case see a made-up name. To see the contact they must state a reason, and a trace is kept.
resident-privacy-end = How long
resident-privacy-end-text = 400 days at most, then it is erased by itself.
resident-privacy-rights = You can
resident-privacy-rights-text = Change or erase it at any time by your link; the case goes on. Against misuse your browser keeps a random number for one day; it is not tied to your case.

## Receipt

resident-received-title = We have it
resident-number = Case number
resident-qr = QR code of the link to follow it
resident-link-title = Your link
resident-link-text = Keep it. Whoever has this link can see and steer the case, so do not pass it on.
resident-copy = Copy
resident-copied = Copied
resident-told-there = Every step is also sent to the contact that you left.
resident-next-title = What comes next
resident-next-place = Place and matter are settled, as a rule at once
resident-next-sent = It goes to whoever is responsible, with a reason and a time limit
resident-next-done = When it is done you are asked whether it is solved, and your word counts
resident-see-case = See this case
resident-report-another = Report something else

## Follow

resident-follow-title = Case { $number }
resident-follow-plain = What you reported
resident-held-by = It is now with { $unit }.
resident-life = What has happened
resident-photos = Photos
resident-photo-alt = Photo { $n }
resident-list-separator = ,{" "}
resident-joined = The case it joined, { $number }, now stands at: { $state }.

resident-promise-open = Promised by { $when }
resident-promise-late-days = { $days ->
    [one] Promised by { $when }; it is one day late
   *[other] Promised by { $when }; it is { $days } days late
}
resident-promise-late-hours = { $hours ->
    [one] Promised by { $when }; it is one hour late
   *[other] Promised by { $when }; it is { $hours } hours late
}
resident-promise-ended = Ended on { $when }
resident-promise-done = They say it is done. Please see whether it is solved
resident-promise-verified = The verdict is in; the case is being closed
resident-promise-none = Place and matter are being settled; then you are told by when it will be finished
resident-promise-merged = Joined with { $number }: handled and answered together

resident-to-come-reported = The place is settled
resident-to-come-located = The matter is settled
resident-to-come-classified = It goes to whoever is responsible
resident-to-come-dispatched = They begin
resident-to-come-taken = It is done, and you are asked
resident-to-come-done = You say whether it is solved
resident-to-come-verified = It is closed

resident-step-report = You reported it
resident-step-locate = The place was settled
resident-step-classify = Taken as “{ $item }”, { $urgency }
resident-step-dispatch = Given to { $unit }
resident-step-take = { $unit } began
resident-step-decline = { $unit } says it is not theirs; the desk that sent it reviews this, and what you were promised stays as it was
resident-step-objection-rejected = The answer: the unit keeps it
resident-step-note = There is news
resident-step-note-own = You added something
resident-step-do-solved = They say it is done
resident-step-do-explained = They explained why it cannot be done
resident-step-do-out-of-scope = They explained that it is out of scope
resident-step-redo = Not solved yet: it went back
resident-step-verify-confirmed = You said that it is solved
resident-step-verify-not-solved = You said that it is not solved
resident-step-verify-seen-by-staff = Staff went to see, and found it done
resident-step-verify-unheard = No answer came from you; it is recorded as unheard
resident-step-close-solved = Closed: solved
resident-step-close-explained = Closed: explained
resident-step-close-out-of-scope = Closed: out of scope
resident-step-reopen = Opened again
resident-step-merge = Joined with an earlier case of the same matter
resident-step-withdraw = You withdrew it
resident-step-ask = Somebody is asked to decide

resident-move-verify = It is solved
resident-move-redo = It is not solved
resident-move-redo-send = Send it back
resident-move-reopen = It is back: open it again
resident-move-reopen-send = Open it again
resident-move-note = Add something
resident-move-note-send = Add
resident-move-withdraw = Withdraw
resident-move-withdraw-send = Yes, withdraw
resident-still-wrong = What is still wrong?
resident-reopen-until = You can open it again until { $when }.
resident-note-words = What do you want to add?
resident-withdraw-text = It is then no longer handled. What endangers everybody, or what neighbours reported too, goes on, but you are not contacted again.
resident-contact-title = Your contact
resident-contact-now = Every step is sent to: { $contact }
resident-contact-none = You left none. This link shows you how it stands.
resident-contact-change = Leave or change a contact
resident-contact-save = Save
resident-contact-erase = Erase my contact

resident-done-solved = Thank you for telling us.
resident-done-not-solved = It went back to whoever holds it; the promise stays as it was.
resident-done-note = Added. Whoever holds the case sees it.
resident-done-reopen = Opened again; the first promise stays as it was.
resident-done-withdraw = Done as you wished.
resident-done-contact = Your contact is saved.
resident-done-erase = Your contact is erased; the case goes on.

## Find the link again

resident-find-title = Get your link again
resident-find-lead = Give your case number and the phone number or e-mail that you left; the link is sent there again. To protect you, nothing is shown here.
resident-find-contact = The phone number or e-mail that you left
resident-find-contact-hint = It is sent only where it matches the case number.
resident-find-send = Send the link again
resident-find-asked = Noted
resident-find-asked-text = If number and contact belong together, the link arrives in a few minutes. It is sent at most once in ten minutes.
resident-find-none = You left no contact? Look for the receipt in your browser’s history, or take your case number to the community desk.

## Complaints box

resident-complaints-title = Complaints box
resident-complaints-lead = Complaints and suggestions about these pages or the staff become cases: with a number, a time limit and an answer. They are never given to whoever they are about.
resident-complaints-about = What is it about?
resident-complaints-words = What you want to say
resident-complaints-send = Send

## Demo: outbox

resident-outbox-title = Outbox of the demo
resident-outbox-lead = The demo has no mail server and no text messages. This is what residents would have received.
resident-outbox-email = E-mail
resident-outbox-sms = Text message
resident-outbox-empty = Nothing to send yet
resident-outbox-empty-text = Report something and leave a contact: it appears here after some seconds.
