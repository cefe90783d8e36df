# The weekly meeting: its agenda fills itself, what is decided stands on the case

meeting-title = Weekly meeting
meeting-lead = The agenda fills itself from the ledger: what was called up, is late, came back, was called for without answer, or was decided before and is still open. Decisions are kept on the cases, where everybody concerned reads them.
meeting-points = { $count ->
    [one] One case to speak about
   *[other] { $count } cases to speak about
}
meeting-cut = Only the { $most } promised soonest are listed.
meeting-promised = Promised
meeting-because-raised = Called up this week: it could not be solved below
meeting-because-late = What was promised to the resident is over
meeting-because-pressed = This level has been reminded of it
meeting-because-reopened = Opened again or sent back this week
meeting-because-unanswered = A unit was called and has not answered in time
meeting-because-decided = Decided at an earlier meeting and still open
meeting-decide = Write down the decision
meeting-act = Act on it
meeting-field-words = Decision
meeting-field-words-hint = Who does what, and by when. Sending it on or giving more time is done on the case's page.
meeting-save = Keep the decision
meeting-print = Print
meeting-others = Also decided today
meeting-earlier = Earlier meetings
meeting-decisions = { $count ->
    [one] One decision
   *[other] { $count } decisions
}
meeting-minutes = Minutes
meeting-no-minutes = Nothing was decided on this day
meeting-nothing = Nothing needs the meeting
meeting-nothing-text = No case was called up, is late, came back or waits for an answer.
meeting-decided = Decision of the meeting
meeting-without-words = A decision says what is to be done.
meeting-without-words-try = Write one sentence: who does what, and by when.
meeting-not-a-desk = Decisions of the meeting are written down by a desk.
meeting-not-a-desk-try = Tell the decision to the desk that holds the meeting.
