### One case, many voices: joining, leaving, objecting, and hot topics.

cases-move-unmerge = Undo the merge
cases-merge-near-words = The same kind of thing, about { $metres } m away; both speak of “{ $words }”.
cases-merge-near-same-words = Another kind of thing, but about { $metres } m away, and both speak of “{ $words }”.
cases-unmerge-accepted = Somebody looked: these are two different things, so each is handled by itself. What was promised stays promised.
cases-voice-added = Another neighbour asked for the same; both are handled together.
cases-voice-gone = A case that had been merged into this one turned out to be something else and is handled by itself.
cases-withdraw-voice = You are out of this case and will not be told of it any more.
cases-join-accepted = You and a neighbour ask for the same; both are handled and answered together.
cases-join-over = This case cannot be joined any more.
cases-join-ended = The case that you wanted to join has just been closed.
cases-join-try = What you wrote is still here. Send it, and it becomes a case of its own.
cases-object-accepted = A neighbour who asked for the same says that it is not solved; the desk is asked to look.
cases-object-again = You have already objected to this result; the desk is looking into it.
cases-object-again-try = Add a note if there is something new.
cases-object-too-late = It was closed more than { $days } days ago; nobody can object any more.
cases-object-late-try = Report it anew with the former case number, and we look at both together.
cases-object-not-yet = This case is still being worked on; there is no result yet.
cases-object-not-yet-try = Add a note if there is something new.
cases-object-nothing = This case has not joined another one.
cases-object-nothing-try = If it is not solved, say so on this page.
cases-uphold-accepted = The desk has looked into a neighbour's objection; the case stays closed.
cases-uphold-nothing = There is no objection to look into.
cases-question-neighbour-objects = A neighbour who asked for the same says that it is not solved. Please look: open it again, or keep it closed?

desk-question-neighbour-objects = A neighbour objects
desk-move-uphold = Keep it closed
desk-field-uphold = What you found (the reporter and everybody who joined reads it)
desk-field-unmerge = Why it is not the same (optional; both sides read it)
desk-voices-title = Who asked for the same
desk-voices-joined = joined
desk-voices-merged = merged by a desk
desk-voices-objects = objects
desk-voices-more = Only the first { $count } are listed.
desk-voices-told = { $count ->
    [one] What you write to the reporter is read by one more person.
   *[other] What you write to the reporter is read by { $count } more people.
}
desk-voices-short = { NUMBER($count, useGrouping: 0) } asked
desk-column-voices = More voices
desk-merge-that = Merge that one into this
desk-merged-undo = Undo the merge
desk-likely-later = later than this one

resident-similar = Somebody near by has reported something. Is it the same?
resident-similar-hint = If it is, you join that case: you have a link of your own, are told each step, and need not wait from the beginning.
resident-similar-none = None of these; send it as a new case
resident-similar-one = The same: { $item }
resident-similar-where = { $microgrid }, within { $metres } m
resident-similar-within = within { $metres } m
resident-similar-when = { $days ->
    [0] reported today
    [1] reported yesterday
   *[other] reported { $days } days ago
}
resident-similar-voices = { $count } asked for it
resident-joined-title = The case that you joined
resident-joined-lead = This is how it goes on. You read what is answered to all; what others reported stays with them.
resident-joined-none = Nothing new yet.
resident-step-unmerge = It is handled by itself again
resident-step-objected = You said that it is not solved
resident-move-unmerge = Handle it by itself again
resident-voices = { $count ->
    [one] One more neighbour asked for the same; it is handled together.
   *[other] { $count } more neighbours asked for the same; it is handled together.
}
resident-object-title = It is not solved
resident-object-text = Say in a sentence what is still wrong, and the desk goes to look. You can until 7 days after it was closed.
resident-object-send = Tell the desk
resident-leave-text = You will not be told any more; for the others it goes on.
resident-done-object = The desk has been told; you will hear what it found.

notices-voice-added = Another neighbour asked for the same; both are handled together.
notices-voice-gone = A case that had been merged into yours is something else and is handled by itself. Yours goes on.
notices-objected = A neighbour who asked for the same says that it is not solved; the desk is looking.
