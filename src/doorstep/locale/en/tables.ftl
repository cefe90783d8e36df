# The decision table: what is told where a row is wrong, and the law

cases-dispatch-table = By the local dispatch table this goes to { $unit }: { $reason }

table-fault-what = The catalogue has no “{ $given }”; give an item's name or a class's code.
table-fault-places = “{ $given }” is no area code in force in this county.
table-fault-urgencies = “{ $given }” is no urgency; give critical, urgent, ordinary or complex.
table-fault-days = “{ $given }” is no day; give mon to sun, working or off.
table-fault-hours = The hours “{ $given }” cannot be read; write 18:00-08:00, with two different times.
table-fault-begins = The first day “{ $given }” cannot be read; write 2026-12-01.
table-fault-ends = The last day “{ $given }” cannot be read; write 2026-12-31.
table-fault-ends-before = The last day is before the first.
table-fault-holder = The holder “{ $given }” cannot be read; give a kind such as grid, property, community, subdistrict or department:water, or unit:number.
table-fault-holder-missing = Nobody is named who holds it.
table-fault-helpers = The helper “{ $given }” cannot be read; write it as a holder is written.
table-fault-unit = This county has no unit or trade “{ $given }”.
table-fault-limit = The limit “{ $given }” cannot be read; write 2 working days, 4 working hours or 1 h.
table-fault-reason = Say why, in { $least } to { $most } characters; residents read it too.

table-law-no-item = What has no item may not be given to a grid (the admission list): say which items are meant.
table-law-off-the-list = Not on the grids' admission list, so not to be given to a grid: { $items }{ $count ->
    [1] {""}
    [2] {""}
    [3] {""}
   *[other] {" "}and others, { $count } in all
}.
table-law-department-work = This is a department's own work, not to be pushed down to a community, a property company or a grid (国办函〔2025〕66号): { $items }{ $count ->
    [1] {""}
    [2] {""}
    [3] {""}
   *[other] {" "}and others, { $count } in all
}.
table-law-legal-channel = By law this goes to its legal channel and nobody here may decide it (court, petition, review, arbitration): { $items }.
