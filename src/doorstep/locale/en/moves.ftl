## Districting again: who comes into another micro-grid

districting-stay = Keep residents in the micro-grid they are in
districting-stay-hint = Compared with plan { NUMBER($number, useGrouping: 0) }, which is in force. A micro-grid that is out of range changes in any case.
districting-stay-freely = Freely
districting-stay-freely-hint = As for the first time; numbers are kept where they can be
districting-stay-pays = Move them only where it pays
districting-stay-pays-hint = The usual choice
districting-stay-must = Move them only where it must be
districting-stay-must-hint = Only where a micro-grid would be out of range
districting-stay-number = By a number
districting-stay-number-hint = That of “Residents stay where they are” under “More”
districting-moves-title = Who comes into another micro-grid
districting-moves-compared = Compared with plan { NUMBER($number, useGrouping: 0) }.
districting-moves-home-and-why = Building, and why
districting-moves-from = From
districting-moves-to = To
districting-moves-left = { $count ->
    [one] One more row is not listed here; the Excel list has them all.
   *[other] { $count } more rows are not listed here; the Excel list has them all.
 }
districting-moves-nobody = Nobody moves
districting-moves-nobody-text = Every household stays in its micro-grid, with the same neighbours and the same liaison.
districting-moves-figure-moved = Households that move
districting-moves-figure-of = of { $count }
districting-moves-figure-forced = Have to
districting-moves-figure-forced-note = else a micro-grid would be out of range
districting-moves-figure-chosen = For a better plan
districting-moves-figure-chosen-note = fewer where residents are kept more strictly
districting-moves-figure-renumbered = Get another code only
districting-moves-figure-renumbered-note = the same neighbours; their micro-grid joins another grid
districting-moves-figure-arrived = In new buildings
districting-moves-figure-arrived-note = not in the plan before
districting-moved-out-of-range = Their micro-grid was out of range by now
districting-moved-merged = Their micro-grid was merged into its neighbours
districting-moved-split = A new micro-grid was begun
districting-moved-to-make-room = Their micro-grid took in others and had no room left
districting-moved-to-fill = The new one would have been too small without them
districting-moved-cheaper = The plan is better by it: { $saves } less in cost
districting-moved-regrouped = Their whole micro-grid joined another grid, so its code is another
districting-moved-by-hand = Changed by hand
districting-moved-other = The plan in force has changed since this one was drawn
districting-export-sheet-moved = Who moves
districting-export-column-from = From micro-grid
districting-export-column-to = To micro-grid
districting-export-column-why = Why
parts-map-moved = buildings where somebody moves
districting-leaving = { $count ->
    [one] The post of one person ends with it
   *[other] The posts of { $count } people end with it
 }
districting-leaving-try = Tell them beforehand. Whoever is willing to go on in a new micro-grid is appointed again under “Posts” once the plan is in force.
