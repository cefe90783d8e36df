### Neighbours who signed up are asked when something near by needs a hand; whether they come is up to them.

neighbours-help-look-in = Look in, knock at a door
neighbours-help-look-in-hint = When an older person does not answer, say. Knock and call; do not go in.
neighbours-help-carry = Carry or bring something
neighbours-help-carry-hint = Carry a few things, bring water or a meal.
neighbours-help-stop-water = Shut the main valve, catch water
neighbours-help-stop-water-hint = Shut a shared valve, catch water, move things away; leave power and gas alone.
neighbours-help-keep-clear = Keep people clear of a spot
neighbours-help-keep-clear-hint = Warn passers-by from a safe place until those who mend it are there.
neighbours-help-search = Help to look for somebody
neighbours-help-search-hint = Look and ask around where you live.

## Signing up

neighbours-ready-title = Ready to lend a hand
neighbours-ready-lead = Once you sign up you are asked when something near by fits. Come or not, no reason needed; there is no clock, nothing is counted, and nobody's speed is compared.
neighbours-field-helps = What you would help with
neighbours-field-days = On which days you may be asked
neighbours-days-all = Every day
neighbours-days-working = Working days
neighbours-days-free = Weekends and holidays
neighbours-field-from = Not before
neighbours-field-until = Not after
neighbours-consent-title = What signing up means
neighbours-consent = It is used only to ask you when something is needed near by. It rests on your own consent, ends by itself after a year, and you may take it back at any time. Only the system knows the list; where you said that you come, those who work on it see your name and post, until it is done.
neighbours-ready-send = I agree, sign me up
neighbours-ready-change = I agree, change it
neighbours-ready-until = You are signed up until { $day }.
neighbours-ready-end = Take it back
neighbours-ready-link = Sign up to lend a hand
neighbours-ready-link-own = When I may be asked, and for what
neighbours-told-ready = You are signed up. When something near by fits, you are asked.
neighbours-told-taken-back = Taken back and deleted; you are asked no more.
neighbours-told-not-now = That is fine.
neighbours-no-help = You have not said what you would help with.
neighbours-no-help-try = Choose at least one.
neighbours-no-days = You have not said on which days you may be asked.
neighbours-no-days-try = Choose one.
neighbours-no-hours = These hours make no sense.
neighbours-no-hours-try = “Not before” has to be earlier than “not after”, such as 08:00 and 20:00.
neighbours-no-seat = Nobody signs up in this post.
neighbours-no-seat-try = Liaisons, volunteers, stairwell leads and hub households sign up for themselves; change to that post, or ask the community to register you as a volunteer.

## Those who are asked

neighbours-notice = A hand is needed: { $help }, near { $area }. Say so if you can come; if not, do nothing.
neighbours-call-title = A hand is needed
neighbours-calls-title = A hand is needed near by
neighbours-answer-mine = You said you come
neighbours-answer-open = You are asked
neighbours-answer-over = Not needed any more
neighbours-until = until { $when }
neighbours-how-many = { $coming ->
    [0] { $wanted } needed, nobody has said yes yet.
   *[other] { $wanted } needed, { $coming } said yes.
  }
neighbours-i-come = I come
neighbours-not-now = Not now
neighbours-no-reason = A no needs no reason and is not kept.
neighbours-thanks = Thank you
neighbours-holder = Meet the people of { $unit }; they know that you come.
neighbours-with-care = Do only what you can do safely. Where there is danger, leave and dial 110, 119 or 120. What you see and hear of others stays with you.
neighbours-cannot-after-all = I cannot come after all
neighbours-call-gone = You are not asked about this any more
neighbours-call-gone-text = Enough people come, the time is over, or it is done. Thank you.

## Those who call

neighbours-title = Call neighbours
neighbours-link = Call neighbours who signed up
neighbours-now = This call
neighbours-state-open = Asking
neighbours-state-enough = Enough come
neighbours-state-called-off = Called off
neighbours-state-time = Time is over
neighbours-state-case = The case is done
neighbours-who-comes = { $count ->
    [one] { $count } neighbour comes
   *[other] { $count } neighbours come
  }
neighbours-nobody-yet = Nobody has said yes so far. Who was asked and did not is not shown.
neighbours-nobody-known = Nobody is on the way.
neighbours-call-off = Nobody more is needed
neighbours-call = Call
neighbours-call-lead = First a few who signed up in this micro-grid are asked, then others in the grid. They may stay away and hold no clock; the case stays with its holder.
neighbours-field-help = What kind of help
neighbours-field-words = What they should do
neighbours-field-words-hint = Everybody who is asked reads it: no name, no flat, nothing about who reported it.
neighbours-field-place = Where exactly
neighbours-field-place-hint = Only those who say that they come read it. As much as they need to find it.
neighbours-field-wanted = How many are enough
neighbours-people = { $count ->
    [one] { $count } person
   *[other] { $count } people
  }
neighbours-field-hours = For how long to ask
neighbours-hours = { $count ->
    [one] { $count } hour
   *[other] { $count } hours
  }
neighbours-send = Call them
neighbours-told-called = A few people near by were asked. Whoever says yes appears below.
neighbours-told-off = Called off; nobody more is asked.
neighbours-none-called = No neighbours were called to this case.

## Saying no

neighbours-nobody = Nobody near by signed up for this, or may be disturbed at this hour.
neighbours-nobody-try = Go there yourself first, or call the community or the property company under “Several units at one case”; where there is danger, dial 110, 119 or 120 at once.
neighbours-not-this-item = Neighbours are not called to this kind of case.
neighbours-not-this-item-try = Call the units that can help under “Several units at one case”; the catalogue says for which items neighbours may be called.
neighbours-not-this-help = Neighbours are not asked for this here.
neighbours-not-this-help-try = Choose one of those listed.
neighbours-not-this-case = Neighbours are not called to parts, nor to cases that are kept from others.
neighbours-not-this-case-try = Let the holder do it, or call from the case that the part belongs to.
neighbours-not-yours = Neighbours are called by the holder or a desk.
neighbours-not-yours-try = Say in the case that somebody is needed, and they will call.
neighbours-nowhere = It is not known in which grid this is, so nobody near by can be called.
neighbours-nowhere-try = Set the place first.
neighbours-without-words = It does not say what they should do.
neighbours-without-words-try = Write a sentence, such as “Please knock and see whether the old lady is at home”.
neighbours-without-place = It does not say where exactly.
neighbours-without-place-try = As much as they need to find it, such as “Building 3, entrance 2”.
neighbours-too-many = Call 1 to { $most } people at a time.
neighbours-too-many-try = Ask for fewer; for more hands call units under “Several units at one case”.
neighbours-no-time = It does not say for how long to ask.
neighbours-no-time-try = Choose one of those listed.
neighbours-called-already = Neighbours are being called to this case already.
neighbours-called-already-try = Wait for an answer, or call it off and call again.
neighbours-not-called = Nobody is being called now.
neighbours-not-called-try = You can call again when needed.
neighbours-not-asked = You were not asked, or are not needed any more.
neighbours-not-asked-try = Go back to “My micro-grid” and see whether there is something else.
neighbours-file-no-such-help = There is no help called “{ $value }”, or it is written twice. There are: { $known }.

## In the ledger

neighbours-called = Neighbours who signed up were called to help ({ $help }); { $wanted } are enough. Holder and clocks stay as they are.
neighbours-coming = { $count ->
    [0] The neighbour who wanted to come cannot.
    [one] { $count } neighbour comes.
   *[other] { $count } neighbours come.
  }
neighbours-nobody-left = Everybody near by who signed up was asked, and too few come. Please find another way.
neighbours-over-enough = Enough neighbours come; nobody more is asked.
neighbours-over-called-off = No more neighbours are needed.
neighbours-over-time = The time of the call is over; nobody more is asked.
neighbours-step-called = Neighbours were called to help
neighbours-step-coming = Neighbours answered
neighbours-step-nobody-left = Everybody near by was asked
neighbours-step-over = Neighbours are not called any more

## Catalogue and interface

catalogue-place-neighbours = What neighbours may be asked for
neighbours-item-hint = Only what needs no trade, is not dangerous and takes nobody into a home; with none chosen, neighbours cannot be called.
open-do-call-neighbours = Call neighbours near by who signed up
open-do-call-off-neighbours = Nobody more is needed
open-do-show-neighbours = The latest call on neighbours: how it stands, and how many come
