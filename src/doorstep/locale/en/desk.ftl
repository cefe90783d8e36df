### The desks: queue, case page, reports on behalf of a caller, codes for doors.

## The queue

desk-queue-title = Queue
desk-tab-open = Open
desk-tab-overdue = Overdue
desk-tab-asked = Waiting for an answer
desk-tab-mine = Held by us
desk-tab-ended = Ended
desk-tab-all = All
desk-search = Search a case number or words
desk-filter-area = Area
desk-filter-urgency = Urgency
desk-filter-state = Progress
desk-filter-question = Open question
desk-filter-class = Class
desk-filter-source = Source
desk-filter-holder = Unit
desk-filter-since = Reported from
desk-filter-until = until
desk-filter-more = More filters
desk-filter-do = Find
desk-filter-none = Clear filters
desk-any = Any
desk-choose = Choose
desk-export = Export
desk-no-item = Not yet classified
desk-nothing = There are no cases here
desk-nothing-filtered = Try other filters, or clear them.
desk-nothing-open = All done. A week with no cases is a good week.
desk-told-gone = “{ $move }” is saved; the case has gone to another unit.

desk-span-minutes = { $count } min
desk-span-hours = { $count } h
desk-span-days = { $count ->
    [one] 1 day
   *[other] { $count } days
}
desk-due-late = { $span } overdue
desk-due-left = { $span } left
desk-due-asked = { $who } to answer, for { $span }
desk-due-verdict = Reporter to say whether it is solved
desk-due-machine = Being received
desk-answerer-reporter = The reporter
desk-answerer-community = The community desk
desk-answerer-subdistrict = The subdistrict desk
desk-answerer-county = The command centre
desk-question-where = Where it is
desk-question-which-class = What it is about
desk-question-which-unit = Who should act
desk-question-arbitrate = To be arbitrated
desk-question-is-it-done = Whether it is done
desk-question-tell-us-more = The reporter should say more
desk-question-rule-failed = A step failed

desk-keys = Keyboard
desk-keys-walk = Next and previous case
desk-keys-open = Open the case at hand
desk-keys-search = Search
desk-keys-back = Back to the queue
desk-keys-moves = On a case page: take, done, dispatch, verify, close, note progress

## Columns of the export

desk-column-number = Case number
desk-column-state = Progress
desk-column-question = Open question
desk-column-urgency = Urgency
desk-column-item = Item
desk-column-words = Words
desk-column-community = Community
desk-column-grid = Grid
desk-column-microgrid = Micro-grid code
desk-column-place = Place
desk-column-holder = Unit
desk-column-source = Source
desk-column-reported = Reported
desk-column-promised = Promised by
desk-column-holder-due = Unit due
desk-column-ended = Ended
desk-column-outcome = Outcome

## The case page

desk-back-to-queue = Back to the queue
desk-reported = Reported by: { $source }
desk-voices = { $count ->
    [one] one more voice
   *[other] { $count } more voices
}
desk-told = “{ $move }” is saved.
desk-asked = { $who } is asked
desk-merged-into = This case was merged into
desk-lost = What you wrote was not saved; it is kept here for you to copy
desk-photo-alt = Photo { $count }
desk-why-here = Why it came here
desk-fact-place = Place
desk-fact-item = Item
desk-fact-urgency = Urgency
desk-fact-unit = Unit
desk-sure = { $percent }% sure
desk-item-accept = Taken on
desk-item-done = Done when
desk-item-helpers = Called to help
desk-level-grid = Grid
desk-level-property = Property company
desk-level-community = Community desk
desk-level-subdistrict = Subdistrict office
desk-not-yet = Not yet decided
desk-correct = Correct
desk-life = What has happened
desk-step-close = Closed: { $outcome }
desk-and = { $first }, { $second }
desk-clocks = Time limits
desk-clock-contact = First contact
desk-clock-promise = Promised to the resident
desk-clock-holder = Unit due
desk-clock-none = Not yet running
desk-clock-stopped = No longer running
desk-reporter = Reporter
desk-reporter-shield = To shield the reporter, only a pseudonym is shown here.
desk-contact-ask = See how to reach them
desk-contact-because = What do you need it for?
desk-contact-because-hint = For example: to arrange a visit. The purpose is kept, and the reporter can see it.
desk-contact-show = Show
desk-contact-name = Name
desk-contact-phone = Telephone
desk-contact-email = E-mail
desk-contact-none = The reporter left no address.
desk-contact-kept = Purpose kept: { $because }
desk-likely = May be the same thing
desk-likely-none = No similar open case near here of late.
desk-merge-into = Merge into this one
desk-merge-other = Merge into another case
desk-notices = Notices
desk-notices-none = No notices yet.
desk-notice-sent = Sent
desk-notice-waiting = Waiting to be sent
desk-notice-failed = Not delivered
desk-notice-unsent = Not sent: no server is set up
desk-channel-email = E-mail
desk-channel-sms = Text message
desk-print = Print
desk-printed = Printed

desk-field-microgrid = Micro-grid
desk-field-microgrid-hint = The micro-grid’s 17-digit code, or press on the map.
desk-field-unit = Who acts
desk-field-unit-no-grids = Not on the list of what may be given to grids, so no grid is named here.
desk-field-why = Note for the unit
desk-field-why-hint = Only the unit reads it.
desk-field-decline = Why is this not yours?
desk-field-decline-hint = Say who should act. Until a desk has decided, the unit keeps the case and its time runs on.
desk-field-outcome = Outcome
desk-field-done = What was done?
desk-field-photo = Photos
desk-field-photo-hint = Welcome, never demanded.
desk-field-redo = What is still wrong?
desk-field-verify = How was it checked?
desk-field-verify-hint = For example: went there, it works again.
desk-field-close = What the reporter is told
desk-field-close-hint = Why, and whom to turn to or what to do next.
desk-field-reopen = What is not solved?
desk-field-note = Progress
desk-field-for-reporter = Tell the reporter too
desk-field-into = Number of the earlier case
desk-field-into-hint = The later case joins the earlier one, whose promise holds.
desk-unit-load = { $unit } ({ $count } open)
desk-urgency-usual = As usual for the item
desk-map-title = Show the place on the map

## Reports on behalf of a caller

desk-report-for = Report for a caller
desk-report-title = Report for a caller
desk-report-lead = What somebody told you by telephone, at the counter or on a visit. It is handled like any resident’s own report.
desk-report-words = What is the matter?
desk-report-words-hint = In the caller’s own words; one sentence will do.
desk-report-source = Where it comes from
desk-report-door = Entrance
desk-report-door-none = Not listed; see the description below
desk-report-place = Where it is
desk-report-place-hint = For example: the crossing north of building 3.
desk-report-item = Item
desk-report-item-hint = Left empty, the words decide.
desk-report-name = Name
desk-report-phone = Telephone
desk-report-phone-hint = To tell them how it goes; they need not leave one.
desk-report-email = E-mail
desk-report-send = Record it
desk-report-told = Recorded as { $number }. Please tell the caller this number.
desk-report-also = The other matter is a case of its own:
desk-report-caller = The caller (may stay unnamed)

## Codes for doors

desk-doors-title = Codes for doors and stations
desk-doors-lead = Residents scan a code and need not say where they are. A code names an entrance or a station, never a flat.
desk-doors-none = No codes yet
desk-doors-none-hint = Make them for the buildings below, print them and put them up at the entrances.
desk-doors-print-sheet = Print (A4, six on a page)
desk-doors-print-poster = Print posters (A6)
desk-doors-chosen = Tick some to print only those; tick none to print all.
desk-doors-pick = Choose
desk-doors-code = Code
desk-doors-name = Name
desk-doors-kind = Kind
desk-doors-kind-entrance = Entrance
desk-doors-kind-station = Station
desk-doors-since = State
desk-doors-in-use = In use
desk-doors-retired = Retired
desk-doors-retire = Retire
desk-doors-retire-why = Whoever scans a retired code is told so and can still report.
desk-doors-make = Codes for buildings
desk-doors-building = Building
desk-doors-building-hint = One for each entrance; those that have one are left alone.
desk-doors-building-entrances = { $name } ({ $count ->
    [one] one entrance
   *[other] { $count } entrances
})
desk-doors-make-one = Make codes
desk-doors-make-all = Make codes for all buildings people live in
desk-doors-station = Add a station
desk-doors-station-name = Name of the station
desk-doors-station-place = Place (longitude,latitude)
desk-doors-station-place-hint = In WGS 84, for example 119.4012,32.1987, or press on the map.
desk-doors-made = { $count ->
    [one] One new code.
   *[other] { $count } new codes.
}
desk-doors-retired-told = { $code } is retired.
desk-doors-no-picture = QR code { $code }
desk-poster-title = Something wrong? Scan here
desk-poster-text = A lamp is out, a pipe leaks, a neighbour needs help: scan, write one sentence, and somebody sees to it and tells you how it goes. No app, no account.
desk-poster-danger = In danger, dial 110, 119 or 120.
