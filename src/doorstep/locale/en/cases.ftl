### Cases: the reasons, questions and answers that the rules give.

## Danger: which number to dial, before anything else

cases-danger-fire = If there is a fire now, dial { $dial } at once and get to safety before you write to us. Do not take the lift.
cases-danger-stove = An unwatched stove is dangerous: dial { $dial } at once. If you can reach the main gas valve, shut it.
cases-danger-gas = Touch no switch and no flame. Open doors and windows, go outside, then dial { $dial } or the gas company's repair line.
cases-danger-electric-shock = Do not touch whoever was struck. Cut the power first and dial { $dial } at once.
cases-danger-injured = If somebody is hurt or suddenly ill, dial { $dial } at once and follow what you are told.
cases-danger-drowning = Dial { $dial } at once and shout for help. Reach with a pole, a rope or a ring; do not jump in.
cases-danger-violence = Keep yourself safe and dial { $dial } at once. Do not step in.
cases-danger-despair = Dial { $dial } at once and stay with the person. When it is hard for you, 12356 listens at any hour.
cases-danger-trapped = Do not force the doors. Press the alarm button and dial { $dial } at once.
cases-danger-feared = If the danger is there now, do not wait for us: dial { $dial } at once.

## Place: which micro-grid

cases-locate-door-code = The code that you scanned on a door is in this micro-grid.
cases-locate-chosen-door = The door that you chose is in this micro-grid.
cases-locate-pin = The place that you marked on the map is in this micro-grid.
cases-locate-address = The address that you wrote is in this micro-grid.
cases-locate-agree = All that you told us of the place agrees on this micro-grid.

## Class

cases-classify-danger = You wrote “{ $word }”, so this is handled as critical.
cases-classify-chosen = This is what you chose.
cases-classify-words = Judged by your words “{ $words }”, about { $percent }% sure. Correct it if it is wrong.

## Dispatch: why this unit

cases-dispatch-on-call = This is critical; { $unit } is on call now and acts at once.
cases-dispatch-grid-team = This is on the grids' admission list; { $unit } looks after your grid and is nearest.
cases-dispatch-property-company = This is part of the property company's service; { $unit } sees to it.
cases-dispatch-community-desk = Your community sees to this itself; { $unit } takes it.
cases-dispatch-standing-in = There is no property company here, so { $unit } stands in: it acts first, then brings the owners together over who repairs and who pays.
cases-dispatch-department = By law this is a department's duty; it goes straight to { $unit } and is not passed down to the community.
cases-dispatch-subdistrict = Nobody nearer can take this, so { $unit } takes the lead.
cases-dispatch-legal-lawsuit = Only a court can decide this; neither the community nor a department may. You can file at the court's service centre; 12348 gives legal aid.
cases-dispatch-legal-petition = This is a petition, which the petitions office receives by law. You can hand it in online or in person and will get a written answer.
cases-dispatch-legal-review = Against an official decision you can ask for administrative review within sixty days of learning of it. It costs nothing.
cases-dispatch-legal-labour = This is settled by labour inspection or labour arbitration. Dial 12333; arbitration costs nothing.

## Time limits

cases-extend-once = A promise can be put off once, and this one has been.
cases-extend-once-try = Finish in time, or tell the resident what holds it up.
cases-extend-too-late = The promise has already run out and cannot be put off any more.
cases-extend-too-late-try = Call the resident now and say what happens next.
cases-extend-too-long = A promise can be put off by { $most } working days at most.
cases-extend-told = This needs more time. It will take up to { $days ->
    [one] one working day
   *[other] { $days } working days
} longer, and is put off only this once.

## Declining

cases-decline-sent-on = The unit gave its reason; the case is sent to another.
cases-decline-to-arbitration = This is the second objection, so the level above decides.
cases-decline-arbitrated = The level above has decided that this is yours; it cannot be handed back.
cases-decline-arbitrated-try = Act first; you may object to the decision in writing.
cases-decline-without-reason = A case is handed back only with a reason and what it rests on.
cases-decline-without-reason-try = Name the rule by which it is not yours, and who should act.
cases-decline-critical = A critical case cannot be handed back.
cases-decline-critical-try = Act first, and call other units to help.
cases-decline-too-late = The { $days } working days for objecting are over.
cases-decline-too-late-try = Go on with it; whistle for other units if you need them.

## Verifying

cases-verify-confirmed = The reporter says it is solved.
cases-verify-not-solved = The reporter says it is not solved; it goes back to whoever acts.
cases-verify-seen-by-staff = The reporter did not answer; staff of another unit went to see and found it done.
cases-verify-unheard = The reporter did not answer within { $days } days. Silence is no praise: it is kept as not rated.

## Closing

cases-close-solved = Solved, and the reporter says so.
cases-close-solved-unheard = Done, as the unit says; the reporter did not answer.
cases-close-explained = It cannot be done for now; why, and what else is possible, has been explained.
cases-close-out-of-scope = It is not ours to handle; the reporter was told whose it is.
cases-close-not-solved = The reporter says it is not solved, so it cannot be closed.
cases-close-not-solved-try = Go on with it, then ask the reporter again.
cases-close-nothing-done = Nothing has been done yet, so it cannot be closed as solved.
cases-close-nothing-done-try = Let the unit act first, or close it as explained and say why.
cases-close-without-words = The resident must be told why, and what to do next.
cases-close-without-words-try = Write a sentence or two that the resident can understand and use.

## Reopening

cases-reopen-accepted = It is not solved or has come back, so it is open again. What was promised stays promised.
cases-reopen-too-late = It was closed more than { $days } days ago and cannot be reopened.
cases-reopen-too-late-try = Report it anew with the former case number, and we look at both together.
cases-reopen-without-words = Say in a sentence what is still wrong.

## Withdrawing

cases-withdraw-accepted = Withdrawn as you wished; nothing more is done.
cases-withdraw-others-asked = You are out of it. { $count ->
    [one] One neighbour has
   *[other] { $count } neighbours have
} asked for the same, so we go on.
cases-withdraw-danger-stays = You are out of it and will not be asked again. It concerns everybody's safety, so we go on.

## Merging

cases-merge-accepted = This is the same as { $number }; both are handled and answered together.
cases-merge-near = The same kind of thing, about { $metres } m away.
cases-merge-same-words = The same kind of thing, in similar words.
cases-merge-itself = A case cannot be merged with itself.
cases-merge-elsewhere = The two cases are in different communities and cannot be merged.
cases-merge-ended = { $number } has ended; nothing can be merged into it.
cases-merge-ended-try = If the trouble is back, reopen that case, or handle this one by itself.
cases-merge-sensitive = Cases about private matters are never merged; each is handled by itself.
cases-merge-later = { $number } was reported later. The later one joins the earlier one, so that the earlier promise holds.
cases-merge-later-try = Merge them the other way round.

## Questions that wait for a person

cases-question-where = Where is it? Confirm the micro-grid.
cases-question-which-class = What is it about? Choose the item and how urgent it is.
cases-question-which-unit = Who should act? Choose the unit.
cases-question-arbitrate = Two units have objected. Decide who acts.
cases-question-is-it-done = Is it done? Go and see.
cases-question-tell-us-more = We need to know a little more from you.
cases-question-rule-failed = This step could not be taken automatically. Take it by hand.

## Case numbers and pseudonyms

cases-number-wrong-shape = This does not look like a case number.
cases-number-wrong-shape-try = A case number has fourteen digits, such as 261121-000042-21.
cases-number-slip = One digit of the case number seems to be wrong.
cases-number-slip-try = Compare it with your message or slip and type it again.
cases-pseudonym = { $plant } { $number }
cases-pseudonym-plant-0 = Crabapple
cases-pseudonym-plant-1 = Magnolia
cases-pseudonym-plant-2 = Osmanthus
cases-pseudonym-plant-3 = Ginkgo
cases-pseudonym-plant-4 = Camphor
cases-pseudonym-plant-5 = Pomegranate
cases-pseudonym-plant-6 = Jasmine
cases-pseudonym-plant-7 = Peony
cases-pseudonym-plant-8 = Wisteria
cases-pseudonym-plant-9 = Plane tree
cases-pseudonym-plant-10 = Loquat
cases-pseudonym-plant-11 = Camellia
cases-pseudonym-plant-12 = Azalea
cases-pseudonym-plant-13 = Gardenia
cases-pseudonym-plant-14 = Rose
cases-pseudonym-plant-15 = Hibiscus
cases-pseudonym-plant-16 = Wintersweet
cases-pseudonym-plant-17 = Silk tree
cases-pseudonym-plant-18 = Lilac
cases-pseudonym-plant-19 = Forsythia
cases-pseudonym-plant-20 = Winter jasmine
cases-pseudonym-plant-21 = Honeysuckle
cases-pseudonym-plant-22 = Iris
cases-pseudonym-plant-23 = Pine

## Searching and looking

cases-search-short = What you look for is too short.
cases-search-short-try = Write at least two characters of each word.
cases-purpose-missing = A contact is shown only to whoever says what for.
cases-purpose-missing-try = For example: to arrange a visit.
