## The shield of the reporter: who saw, take with me, erase; the purposes for which a contact is shown

cases-move-erase = erase
resident-step-erase = Erased what you asked for; the proof still holds

shield-purpose = Purpose
shield-purpose-ask-more = Ask for details
shield-purpose-visit = Arrange a visit
shield-purpose-follow-up = Follow-up call
shield-purpose-rescue = Urgent help
shield-purpose-assist = Assisted service
shield-purpose-law = Inquiry required by law
shield-purpose-unknown = Please choose a purpose from the list.
shield-purpose-unknown-try = A contact is shown for no other purpose.
shield-contact-until = Closes by itself at { $when }; whoever needs it again says again what for.
shield-colon = {": "}

shield-own-title = My data
shield-own-lead = Who saw this case, a copy to take with you, and erasing.
shield-own-open = Who saw it, take it, erase it

shield-seen-title = Who saw it
shield-seen-lead = The units and posts that opened this case. They know you by a pseudonym; a contact is shown only for a stated purpose, and closes by itself. Lists show the first words of a case and are not noted one by one.
shield-seen-none = Nobody has opened it yet.
shield-seen-case = opened the case
shield-seen-contact = saw the contact
shield-seen-until = until { $when }

shield-copy-title = Take it with you
shield-copy-lead = Everything that is kept, with the hashes to check it by: you can see later whether the record was changed, without believing us.
shield-copy-do = Download (JSON)
shield-copy-read = Read it here
shield-copy-reported = Reported

shield-erase-title = Erase
shield-erase-lead = What is erased does not come back. The record keeps hashes only, which tell nothing of the words, and the proof still verifies.
shield-erase-now = can go now
shield-erase-from = can go from { $day }
shield-erase-when-ended = can go when the case has ended
shield-erase-open = Somebody is acting on it and needs it.
shield-erase-answers = What the handlers wrote about their work is kept for { $days } days, to answer for it.
shield-erase-promised = Promised to be finished by { $when }.
shield-erase-asked = You asked on { $when }; what cannot go yet goes by itself.
shield-erase-sure = Yes, erase it
shield-erase-do = Erase
shield-erase-unsure = The box “Yes, erase it” is not ticked.
shield-erase-unsure-try = What is erased does not come back; please tick it first.
shield-erased = What could go is gone; the rest goes by itself, there is no need to come back.
shield-part-contact = Contact
shield-part-words = Your words
shield-part-photos = Your pictures
shield-part-place = Place
shield-part-answers = What the handlers wrote

open-do-show-who-saw = Who saw this case, and who its contact
open-do-take-own-data = Take everything that is kept
open-do-erase-own-data = Erase one's own data; what cannot go yet is told with the reason and the day

## Exports

desk-column-reporter = Reporter (pseudonym)
desk-column-mark = Mark
shield-export-ask = Ask for an export
shield-export-lead = A file that has left cannot be called back. Say what for; another person approves. The file says in itself who took it, when and why, and can be fetched for three days.
shield-export-scope = Which cases go out
shield-export-list = List
shield-export-look = Look at these cases
shield-export-because = What for
shield-export-because-hint = For instance: study of rubbish in stairwells in March, destroyed after the meeting.
shield-export-form = Kind of file
shield-export-form-csv = CSV
shield-export-form-xlsx = Excel
shield-export-send = Ask
shield-exports-title = Exports
shield-exports-none = Nobody has asked for an export.
shield-export-number = Request { $number }
shield-export-for = For: { $because }
shield-export-state-waits = waits for approval
shield-export-state-approved = approved
shield-export-state-refused = refused
shield-export-state-over = over
shield-export-until = Can be fetched until { $when }; fetched { $count } times so far, each of them kept.
shield-export-fetch = Fetch
shield-export-words = Remark
shield-export-approve = Approve
shield-export-refuse = Refuse
shield-export-done-asked = Asked; another person approves.
shield-export-done-decided = Your decision is kept.
shield-export-purpose = Please say what for, in a sentence.
shield-export-purpose-try = For instance: study of rubbish in stairwells in March, destroyed after the meeting.
shield-export-decided = Somebody has decided already.
shield-export-own = Another person approves one's own request.
shield-export-own-try = Ask a colleague of the same desk, or the desk above.
shield-export-why-not = Please say why not.
shield-export-why-not-try = A sentence will do; whoever asked reads it.
shield-export-not-yours = Only whoever asked fetches the file.
shield-export-waits = It is not approved yet.
shield-export-waits-try = Once approved it can be fetched from the list of exports.
shield-export-over = Its time is over.
shield-export-over-try = Whoever still needs it asks again.
shield-export-none = There is no such request.
shield-watermark = Export { $number } · { $unit } { $who } · { $when } · for: { $because } · not to be passed on
staff-trace-asked-for-export = Asked for an export
staff-trace-approved-export = Approved an export
staff-trace-refused-export = Refused an export

## Views in bulk

shield-alarms-title = Views in bulk
shield-alarms-lead = In one hour far more cases or contacts were opened than were worked on. It is a reminder and stops no work; find out, and write down what it was.
shield-alarms-none = There is no alarm.
shield-alarm-case = opened { $opened } cases
shield-alarm-contact = saw the contacts of { $opened } reporters
shield-alarm-case-list = turned { $opened } pages of case lists
shield-alarm-worked = worked on { $count } of them
shield-alarm-opened = opened { $count } cases meanwhile
shield-alarm-between = { $since } to { $until }
shield-alarm-words = What it was
shield-alarm-do = Keep
shield-alarm-answered = Answered: { $words }
shield-alarm-without-words = Please write down what it was.
shield-alarm-gone = Somebody has answered this alarm.
shield-alarm-open = to be looked into
staff-way-alarms = Alarms
staff-trace-answered-alarm = Answered an alarm
staff-trace-case-list = turned a page of a list of cases
shield-place-blurred = A private matter: only the larger area is shown. If you need the exact place, open it with the contact and say what for; the reporter reads that.
shield-export-other-post = This list was asked for in another post.
shield-export-other-post-try = Change to the seat in which you asked, or ask again in this one.
