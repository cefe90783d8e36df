## What may be wished of a districting plan

wishes-more = More: wished sizes, grids by number, lines never crossed, even shares, weights
wishes-more-hint = Nothing here has to be changed: the usual values are what most communities want.
wishes-target = Wished size of micro-grids
wishes-target-hint = Empty: the middle of the bounds
wishes-grid-target = Wished size of grids
wishes-grid-low-microgrids = Grid at least (micro-grids)
wishes-grid-high-microgrids = Grid at most (micro-grids)
wishes-grid-unit = Bounds of grids are counted in
wishes-grid-unit-households = households
wishes-grid-unit-households-hint = For instance 200–500, 300–500, or 400–520 with a wished size of 461
wishes-grid-unit-microgrids = micro-grids
wishes-grid-unit-microgrids-hint = For instance 4–6: each grid groups four to six micro-grids
wishes-grid-unit-note = How the two numbers above, “grid at least” and “grid at most”, are meant.
wishes-examples = Common rules for grids
wishes-example-usual = 200–500 households
wishes-example-close = 300–500 households
wishes-example-about = about 461 households
wishes-example-number = 4–6 micro-grids
wishes-weights = What matters how much
wishes-weights-hint = A larger number counts for more, 0 not at all. What one wish wins, the others pay for.
wishes-weight-compactness = Short ways
wishes-weight-compactness-hint = Households lie close around the middle of their micro-grid. Usually { $usual }
wishes-weight-size = Even sizes
wishes-weight-size-hint = Each micro-grid near the wished size. Usually { $usual }
wishes-weight-compound = Compounds whole
wishes-weight-compound-hint = As few compounds as can be lie in several micro-grids. Usually { $usual }
wishes-weight-building = Buildings whole
wishes-weight-building-hint = As few buildings as can be are shared by entrances or floors. Usually { $usual }
wishes-weight-barrier = No roads or rivers across
wishes-weight-barrier-hint = A micro-grid stays on one side of main roads and water. Usually { $usual }
wishes-weight-perimeter = Smooth borders
wishes-weight-perimeter-hint = Round outlines instead of jagged ones. Usually { $usual }
wishes-weight-moved = Residents stay where they are
wishes-weight-moved-hint = As few households as can be come into another micro-grid than now. Usually { $usual }
wishes-weight-balance = Even loads
wishes-weight-balance-hint = Further amounts, such as residents over 60, shared evenly. Usually { $usual }
wishes-usual = Back to the usual weights
wishes-see-trades = What does each weight cost here?
wishes-no-such-weight = There is no weight called { $name }.
wishes-no-such-weight-try = Use the names that the interface describes.
wishes-not-a-weight = “{ $name }” is not a number that can weigh.
wishes-not-a-weight-try = Enter a number from 0 to { $most }, such as 0.5.
wishes-target-outside = The wished size { $target } lies outside { $low }–{ $high }.
wishes-target-outside-try = Choose a size within the bounds, or leave it empty.
wishes-not-a-unit = The bounds of grids are counted in households or in micro-grids.
wishes-not-a-unit-try = Choose one of the two.
wishes-told-households = micro-grids of { $low }–{ $high }, grids of { $grid_low }–{ $grid_high } households
wishes-told-microgrids = micro-grids of { $low }–{ $high } households, grids of { $grid_low }–{ $grid_high } micro-grids
wishes-told-target = wished size { $target }
wishes-told-grid-target = wished size of grids { $target }
wishes-told-weight = { $name } { $value }

## Micro-grids that stay as they are
wishes-kept = Micro-grids that stay as they are{ $count ->
    [0] {""}
   *[other] {" "}({ $count } chosen)
  }
wishes-kept-of = Which micro-grids of plan { NUMBER($number, useGrouping: 0) } stay as they are
wishes-kept-hint = Their homes stay together, all others are drawn anew; in the draft they are locked.
wishes-kept-no-plan = There is no plan whose micro-grids could stay.
wishes-kept-gone = These micro-grids are not there any more: { $codes }.
wishes-kept-apart = These micro-grids do not hang together and cannot stay as they are: { $codes }.
wishes-kept-try = Choose others, or draw all of them anew.
wishes-told-kept = micro-grids that stay as they are: { $count }
wishes-draw-again = Draw again, keeping what is locked
