### After the end: a working day later the reporter is asked once whether it held; no answer is told as no answer.

held-because = A working day has passed since it was closed; the reporter is asked whether it held.
held-thanks = The reporter said that it held.
held-not-asked = No question waits for your answer now.
held-not-asked-try = If it went wrong again, open it again while you can; later, report it anew.
held-title = Is it still all right?
held-text = A working day has passed since this was closed. If nothing went wrong again, press the button; if it did, say so below and we will take it up again. You need not answer: we then note that no answer came.
held-move-held = Still all right
held-notice = A working day has passed since your case was closed. Is it still all right? If it went wrong again, open the link and say so; if not, you need not answer.
held-step-asked = You were asked whether it held
held-step-did-not = You said that it went wrong again; opened again
held-step-closed-unheard = Closed: done by the holder; no answer came from you
held-photo-before = As reported
held-photo-between = On the way
held-photo-after = When done
held-solved-seen-by-staff = solved (staff went to see; no answer from the reporter)
held-solved-unheard = done (no answer from the reporter)
held-verdict-confirmed = The reporter says that it is solved
held-verdict-not-solved = The reporter says that it is not solved
held-verdict-seen-by-staff = Staff other than the holder went to see
held-verdict-unheard = No answer; recorded as unheard
held-verdict-held = The reporter says that it held
held-count-confirmed = Confirmed
held-count-unheard = No answer
held-done-more = When and where it was done (optional)
held-field-done-at = When it was done
held-field-done-at-hint = Left empty, it is now.
held-field-done-place = Where it was done
held-done-at = Where: { $place }

cases-question-did-it-hold = Did it hold?
desk-question-did-it-hold = The reporter was asked whether it held
cases-close-solved-seen = Done, and other staff went to see; the reporter did not answer.
resident-step-verify-held = You said that it held
resident-done-held = Thank you for telling us.
clocks-before-the-report = It cannot have been done before it was reported ({ $day }).
open-do-say-it-held = The reporter answers that it held
