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
