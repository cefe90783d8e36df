## The life of a case

cases-state-new = Not yet received
cases-state-reported = Received
cases-state-located = Located
cases-state-classified = Classified
cases-state-dispatched = Dispatched
cases-state-taken = Being worked on
cases-state-done = Done, awaiting your verdict
cases-state-verified = Verified
cases-state-closed = Closed
cases-state-merged = Joined to an earlier case
cases-state-withdrawn = Withdrawn

cases-move-report = Report
cases-move-locate = Locate
cases-move-classify = Classify
cases-move-dispatch = Dispatch
cases-move-take = Take
cases-move-decline = Decline
cases-move-note = Note progress
cases-move-do = Say it is done
cases-move-redo = Send back to be redone
cases-move-verify = Verify
cases-move-close = Close
cases-move-reopen = Reopen
cases-move-merge = Merge
cases-move-withdraw = Withdraw
cases-move-ask = Ask a person

cases-hat-anyone = the reporter
cases-hat-machine = the system
cases-hat-reporter = the reporter
cases-hat-holder = the unit that holds the case
cases-hat-desk = the desk

cases-outcome-solved = Solved
cases-outcome-explained = Explained
cases-outcome-out-of-scope = Out of scope

cases-urgency-critical = Critical
cases-urgency-urgent = Urgent
cases-urgency-ordinary = Ordinary
cases-urgency-complex = Complex

cases-move-refused = “{ $move }” is not possible now ({ $state }).
cases-move-refused-not-now = Reload the page to see what can be done now.
cases-move-refused-ask = This step belongs to { $who }.
cases-move-needs-words = Please say how it stands.
cases-move-needs-words-try = One sentence is enough; the reporter will read it.
cases-somebody-was-first = Case { $number } has just moved on; your step was not saved.
cases-somebody-was-first-try = Reload the page, read what is new, and try again.
cases-not-found = There is no such case, or it lies outside your area.
cases-not-found-try = Check the case number.
cases-locate-by-hand = The desk confirmed the place.
cases-classify-by-hand = The desk confirmed the item.
cases-dispatch-by-hand = The desk chose the unit.
cases-place-unknown = There is no micro-grid with code { $code }.
cases-place-unknown-try = Choose one from the list or the map.
cases-item-unknown = There is no item called { $item }.
cases-item-unknown-try = Choose one from the list.
cases-urgency-unknown = There is no such urgency.
cases-unit-unfit = This unit cannot act on the case, or nobody is in post there.
cases-unit-unfit-try = Choose one from the list.
cases-off-the-list = “{ $item }” is not on the admission list and may not be given to a grid.
cases-off-the-list-try = Send it to the community, the subdistrict or the department.
cases-outcome-unknown = There is no such outcome.
cases-outcome-unknown-try = Choose solved, explained or out of scope.
cases-nothing-to-verify = Nobody has said yet that it is done.
cases-nothing-to-verify-try = Wait until the unit has acted.
cases-report-empty = Please write one sentence about what is the matter.
cases-report-empty-try = For example: “The street light at building 3 is out.”
cases-report-long = This is too long; at most { $most } characters.
cases-report-long-try = Write what matters most now; you can add the rest later.
cases-picture-large = The picture is too large.
cases-picture-large-try = Choose a photo of at most 10 MB, or send none.
cases-picture-unreadable = This file is not a picture that we can read.
cases-picture-unreadable-try = Choose a JPEG, PNG or WebP photo, or send none.
