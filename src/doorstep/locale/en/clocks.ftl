### Clocks: pauses, extensions, pressing and the calendar.

catalogue-file-not-a-ladder = “{ $value }” is no ladder. Write five rising percentages, the first two below 100 %, the other three not.

## Moves and questions

cases-move-pause = Pause
cases-move-resume = Resume
cases-move-extend = Answer about more time
cases-move-press = Press
cases-question-more-time = The holder asks for more time. May it have it?
cases-question-more-time-subdistrict = The holder asks for more time. May it have it? The subdistrict answers.
cases-question-more-time-county = The holder asks for more time. May it have it? The command centre answers.
desk-question-more-time = More time (community answers)
desk-question-more-time-subdistrict = More time (subdistrict answers)
desk-question-more-time-county = More time (command centre answers)
resident-step-pause = Paused until it can go on
resident-step-resume = Work goes on
resident-step-extend = Answered about more time
resident-step-extend-granted = The promise is extended by { NUMBER($days, useGrouping: 0) } { $days ->
    [one] working day
   *[other] working days
}
resident-step-extend-refused = No more time was granted; the promise stays
resident-step-press = Pressed
resident-step-press-to = Pressed: { $who }
resident-step-take-by-itself = Nobody signed in time; taken as signed by { $unit }
resident-step-more-time = The holder asked for more time; the level above answers
resident-step-reckoned = Reckoned again with the latest calendar

## What is waited for

clocks-reason-resident = Waiting for the reporter
clocks-reason-material = Waiting for material or parts
clocks-reason-weather = Waiting for the weather
clocks-reason-other-unit = Waiting for another unit to finish
clocks-reason-procedure = Waiting for an approval, a tender or the owners' vote
clocks-pause-because = { $reason }. The promise to the resident runs on.
clocks-pause-no-reason = A pause must say what is waited for.
clocks-pause-no-reason-try = Choose one of the reasons listed.
clocks-pause-twice = This case is paused already.
clocks-pause-twice-try = Resume it first, once it can go on.
clocks-pause-critical = A critical case cannot be paused.
clocks-pause-critical-try = Remove the danger first; if more time is really needed, ask for an extension.
clocks-pause-too-late = The holder's time has run out; it cannot be paused any more.
clocks-pause-too-late-try = Carry on, and tell the reporter how it stands.
clocks-pause-used-up = This case has been paused for { $total } working days in all; no more is possible.
clocks-pause-used-up-try = Carry on; if it cannot go on, say why and hand it to the level above.
clocks-pause-too-long = It can be paused for { $most } more working days at most.
clocks-pause-too-long-try = Choose fewer days; it can be resumed at any time.
clocks-resume-none = This case is not paused.
clocks-resume-none-try = Its clock is running; simply carry on.
clocks-resume-by-hand = It can go on; the clock runs again.
clocks-resume-over = The pause is over; the clock runs again by itself.
clocks-resume-answered = The reporter has answered; the clock runs again by itself.

## More time

clocks-extend-asked-already = This case is already waiting for an answer; nothing else can be asked now.
clocks-extend-asked-already-try = Wait for the answer; until then every clock runs.
clocks-extend-no-reason = Asking for more time needs a reason.
clocks-extend-no-reason-try = Write a sentence or two that the resident understands: what holds it up, and when it will be done.
clocks-extend-not-holder = Only the holder asks for more time.
clocks-extend-not-holder-try = A desk can ask the holder how it stands.
clocks-extend-nobody-asked = Nobody has asked for more time.
clocks-extend-nobody-asked-try = The holder asks first, then the level above answers.
clocks-extend-not-you = You cannot answer this one; nobody grants their own wish.
clocks-extend-not-you-try = Ask { $who } to answer.
clocks-extend-refused = No more time was granted; the promise stays as it was.
clocks-refuse-no-reason = Refusing more time needs a reason.
clocks-refuse-no-reason-try = Write a sentence that the holder and the resident both understand.
clocks-who-community = the community desk
clocks-who-subdistrict = the subdistrict
clocks-who-county = the command centre

## Pressing: how far up it has gone

clocks-rung-holder = the holder
clocks-rung-head = the head of the unit
clocks-rung-community = the community desk
clocks-rung-subdistrict = the subdistrict
clocks-rung-command = the command centre
clocks-signed-by-itself = Nobody signed for it in time, so it counts as signed. The holder's time has run since the dispatch; signing late does not put it off.
clocks-press-unsigned = Nobody signed for it in time; the holder is reminded.
clocks-press-holder = Half of the holder's time is over; the holder is reminded.
clocks-press-head = Little of the holder's time is left; the head of the unit is reminded.
clocks-press-community = The holder's time is over and it is not done; the community desk is reminded.
clocks-press-subdistrict = The holder's time is well over and it is not done; the subdistrict is reminded.
clocks-press-command = The holder's time is long over and it is not done; the command centre is reminded.
clocks-press-promise = What was promised to the resident has passed and it is not done; the level above is reminded.
clocks-press-unanswered = The case has waited too long for a desk's answer, so the level that can answer is reminded.

## When it happened

clocks-in-the-future = { $day }, when it is said to have happened, has not come yet.
clocks-long-ago = { $day }, when it is said to have happened, is more than { NUMBER($days, useGrouping: 0) } days ago.
clocks-moment-try = Check the date and the clock of the device, then try again.

## Notices

notices-paused = The holder has paused: { $because } It goes on by { $when } at the latest.
notices-resumed = Work on what you reported goes on.
notices-extended = { $because } The new promise stands below.
notices-pressed = What you reported was not finished in time; we are sorry. { $because }
notices-reckoned = Public holidays were announced and the time was reckoned again. The new promise stands below.

## Pages

clocks-title = Time and reminders
clocks-paused-now = Paused: { $reason }. It goes on by { $when } at the latest; the promise to the resident runs on.
clocks-extended-by = Extended by { NUMBER($days, useGrouping: 0) } { $days ->
    [one] working day
   *[other] working days
}, only this once.
clocks-provisional = The date is provisional: some public holidays on the way are not announced yet. You are told when it changes.
clocks-step-told = Reminded: { $who }
clocks-step-to-come = To be reminded: { $who }
clocks-lead-resident = If it is not done in time, one level after the other is reminded:
clocks-lead-staff = If it is not done by then, these are reminded (it is about time, never about persons):
clocks-pause-most = up to { NUMBER($days, useGrouping: 0) } { $days ->
    [one] working day
   *[other] working days
}
clocks-pause-reason = What is waited for
clocks-pause-days = For how many working days
clocks-pause-days-hint = Resume at any time; it resumes by itself at the end. The promise to the resident runs on, and the reporter is told.
clocks-pause-words = Anything else
clocks-words-told = The reporter can read this.
clocks-more-time = Ask for more time
clocks-more-days = How many working days more
clocks-more-days-hint = { NUMBER($most, useGrouping: 0) } working days at most, and only once; until it is answered every clock runs.
clocks-more-words = Why more time is needed
clocks-asked-days = The holder asks for { NUMBER($days, useGrouping: 0) } working { $days ->
    [one] day
   *[other] days
} more; the promise would then be { $when }.
clocks-answer = Answer
clocks-grant = Grant
clocks-refuse = Refuse
clocks-answer-words = Explanation
clocks-answer-words-hint = Needed when you refuse. The reporter can read this.
clocks-resume-words = Explanation
clocks-mark-pressed = Reminded: { $who }
field-told-pause = Paused; the reporter is told.
field-told-resume = The clock runs again.
field-told-ask = More time was asked for; until it is answered every clock runs.
desk-tab-pressed = Come up to us
clocks-due-paused = Paused for { $span } more

## The calendar

command-import-calendar = Import a place's own working days and days off (CSV or Excel: date, worked or not, name).
clocks-reckoned = The calendar has changed; the time was reckoned again with the days that are now worked.
clocks-day-twice = { $day } stands there twice and says different things.
clocks-day-unreadable = “{ $cell }” is no date.
clocks-day-missing = There is no date yet.
clocks-day-far = { $day } does not lie between { NUMBER($first, useGrouping: 0) } and { NUMBER($last, useGrouping: 0) }.
clocks-day-try = Write dates as 2027-01-02.
clocks-worked-unreadable = “{ $cell }” does not say whether the day is worked.
clocks-worked-unreadable-try = Write “work” or “off”.
clocks-calendar = Working calendar
clocks-calendar-lead = What is promised and when holders are due is reckoned with this calendar: weekends and public holidays do not count, days worked in exchange do. The command centre sets what is different here.
clocks-calendar-year = { NUMBER($year, useGrouping: 0) }
clocks-calendar-unknown = The holidays of { NUMBER($year, useGrouping: 0) } are not announced yet. Until then Monday to Friday count as worked; dates that depend on it are marked provisional, and are reckoned again, and reporters told, once it is announced.
clocks-calendar-own = Set by this place
clocks-calendar-own-none = Nothing is set here.
clocks-calendar-announced = As the State Council announced
clocks-calendar-set = Set a day
clocks-calendar-day = Date
clocks-calendar-kind = On this day
clocks-calendar-name = Name
clocks-worked = worked
clocks-off = off
clocks-calendar-save = Save
clocks-calendar-unset = Unset
clocks-calendar-told-set = Saved. Open cases that it concerns are reckoned again within minutes.
clocks-calendar-told-unset = Unset. Open cases that it concerns are reckoned again within minutes.
clocks-calendar-reckoning = Open cases are being reckoned again with the new calendar; { $moved } have moved so far.
clocks-calendar-reckoned = The last time, the dates of { $moved } cases moved.

staff-trace-imported-calendar = imported the working calendar
staff-trace-set-calendar-day = set a day of the working calendar
staff-trace-unset-calendar-day = took back a set day of the working calendar

## Interface

open-do-pause-case = Stop the holder's clock, saying what is waited for and for how many days
open-do-resume-case = Let the holder's clock run again
open-do-ask-for-more-time = Ask for more time, once
open-do-extend-case = Answer a request for more time
open-do-show-calendar = The working calendar of a year: holidays announced and days set here
open-do-set-calendar-day = Make a day a working day or a day off
open-do-unset-calendar-day = Take back what was set for a day
