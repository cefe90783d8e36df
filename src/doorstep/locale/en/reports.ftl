### Daily and weekly reports and the zero-report write themselves; which unit held what for how long: units, not persons.

reports-way = Reports
reports-units-way = Time held
reports-kinds = Kind of report
reports-daily = daily report
reports-weekly = weekly report
reports-day = { $day }
reports-span = { $first } to { $last }
reports-week = Week { $week } of { $year } ({ $first } to { $last })
reports-no-class = Not yet classified
reports-workbook = Excel workbook
reports-in-words = The report
reports-zero = Zero-report
reports-zero-text = Nothing came in: { $days }. The platform writes the zero-report by itself; nobody has to file it.
reports-running = Not over yet
reports-running-text = This report counts up to { $at }. When the time is over it stands by itself.
reports-made-of = Made from the ledger by itself, as things stood at the end of the period; nobody writes or files it. It counts cases and units, never persons.
reports-by-class = By class
reports-waiting = Where the open cases are
reports-nothing-waits = No case is open.
reports-below = Reports of the level below

reports-said-zero = Zero-report: nothing came in.
reports-said-came = { $count ->
    [one] One case came in.
   *[other] { $count } cases came in.
}
reports-said-none-ended = No case ended.
reports-said-ended = { $count ->
    [one] One case ended
   *[other] { $count } cases ended
}: { $solved } solved, { $explained } explained, { $outside } out of scope{ $other ->
    [0] .
   *[other] , { $other } otherwise.
}
reports-said-reopened = { $count ->
    [one] One case was opened again.
   *[other] { $count } cases were opened again.
}
reports-said-none-open = No case is open.
reports-said-open = { $count ->
    [one] One case is open
   *[other] { $count } cases are open
}: { $desk } waiting for a desk, { $held } with a unit, { $verdict } waiting for the reporter.
reports-said-paused = { $count ->
    [one] One of them is paused for a reason that was given.
   *[other] { $count } of them are paused for a reason that was given.
}
reports-said-overdue = { $count ->
    [one] One case is past what was promised.
   *[other] { $count } cases are past what was promised.
}
reports-said-in-time = No case is past what was promised.
reports-said-promises = { $count ->
    [one] One promise is open
   *[other] { $count } promises are open
}, { $soon } of them until the next day.
reports-said-hazards = Hazards: { $came } came in, { $open } open at the end.
reports-said-no-hazards = No hazard came in, and none is open.

reports-came = Came in
reports-ended = Ended
reports-reopened = Opened again
reports-withdrawn = Withdrawn
reports-merged = Joined to another case
reports-open = Open at the end
reports-desk = Waiting for a desk
reports-held = With a unit
reports-paused = Paused
reports-verdict = Waiting for the reporter
reports-overdue = Past the promise
reports-promises = Open promises
reports-next-day = Due within a day
reports-hazards-came = Hazards that came in
reports-hazards-open = Hazards open at the end

reports-part-whole = All
reports-part-class = By class
reports-part-unit = By unit
reports-column-part = Part
reports-column-name = Name
reports-column-what = What is counted
reports-column-number = Cases
reports-column-class = Class
reports-column-with = Where
reports-column-case = Case number
reports-column-state = Now
reports-column-unit = Unit
reports-column-kind = Kind of unit
reports-column-cases = Cases held
reports-column-hours = Held in all
reports-column-usual = Middle case
reports-column-longest = Longest case
reports-column-paused = Time paused
reports-column-objected = Objections upheld
reports-column-solved = Solved
reports-column-explained = Explained
reports-column-out-of-scope = Out of scope
reports-column-measured = Cases that can be compared
reports-column-kept = Done as promised (cases)
reports-column-share = Done as promised

reports-units-title = Which unit held what for how long
reports-units-lead = Units, not persons; by kind and name, in no order of merit. No cases is a good thing. Below { $fewest } cases no share is reckoned.
reports-units-none = No unit held a case in this time
reports-units-none-text = No cases is a good thing. Another time or class may show some.
reports-since = From
reports-until = Until
reports-all-classes = All classes
reports-look = Show
reports-kept-of = { $kept } of { $whole }
reports-too-few = too few
reports-rules = How it is counted
reports-rule-hours = All times are working hours: from the dispatch until the case was handed on, done or closed; only office hours of the working calendar, and only within the days chosen.
reports-rule-paused = Time in which the clock was paused (waiting for the resident, for material, for an owner who cannot be reached) stands apart and is not held against a unit.
reports-rule-objected = What was sent elsewhere because an objection was upheld counts for nothing against the first unit; only the number of such cases is shown.
reports-rule-results = Solved, explained and out of scope are three different results; they stand apart and are not added up.
reports-rule-share = Done as promised: cases done before the promise to the resident ran out, of those that the unit did and that were never paused; below { $fewest } cases only the numbers.
reports-rule-order = The order is by kind and name of the unit, whatever the result; the platform rates no member of staff and has no order of merit.
reports-kind-grid-team = Grid
reports-kind-property-company = Property company
reports-kind-community-desk = Community desk
reports-kind-subdistrict-office = Subdistrict
reports-kind-department = Department
reports-kind-command-centre = Command centre
reports-kind-outside = Unit from outside

reports-no-such-period = There are no such days.
reports-no-such-period-try = Write 2026-11-21 for a day, 2026-W47 for a week.
reports-not-begun = That time has not begun.
reports-not-begun-try = Choose today or an earlier day.
reports-ends-before = The last day is before the first.
reports-ends-before-try = Exchange the two days.
reports-too-long = At most { $most } days can be shown at once.
reports-too-long-try = Choose fewer days, and look several times.
