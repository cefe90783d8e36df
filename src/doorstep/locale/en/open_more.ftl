# The interface: meetings, questions of items, work off the admission list.
open-room-consents = Work off the admission list
open-do-answer-questions = Answer what the item asks
open-do-decide-on-case = Keep what today's meeting decided about a case
open-do-show-questions = What the item of a case still asks
open-do-show-own-questions = The reporter: what the item still asks
open-do-answer-own-questions = The reporter: answer what the item asks
open-do-show-meeting = Today's meeting: what to speak about, what was decided, and earlier days
open-do-show-minutes = The minutes of one day
open-do-list-consents = Work off the admission list that concerns this seat
open-do-ask-for-consent = Ask grids for work off the admission list
open-do-answer-consent = Say yes or no to work off the admission list
open-do-end-consent = End work off the admission list before its day
