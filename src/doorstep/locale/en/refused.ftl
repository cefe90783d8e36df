## What the engine refuses, and what to do

districting-refused = It cannot be divided like this: { $reason }
districting-wrong-which = { $what } Among them: { $which }{ $count ->
    [1] {""}
    [2] {""}
    [3] {""}
    [4] {""}
    [5] {""}
   *[other] , { $count } buildings in all
}.
districting-field-xy = place
districting-field-households = households
districting-field-footprints = outline
districting-field-floors = floors
districting-field-compounds = compound
districting-field-entrances = entrances
districting-field-keep_together = group to keep whole
districting-field-fixed = group fixed as one micro-grid
districting-field-grids = grid
districting-wrong-no-buildings = There are no buildings.
districting-wrong-no-buildings-try = Give buildings with their places and households first.
districting-wrong-not-finite = The { $field } of some buildings is no number.
districting-wrong-not-finite-try = Give a number; leave empty what nobody knows.
districting-wrong-below = The { $field } of some buildings is below { $least }.
districting-wrong-below-try = Give a number from { $least } on; leave empty what nobody knows.
districting-wrong-not-whole = The { $field } of some buildings is no whole number.
districting-wrong-not-whole-try = Give a whole number; leave empty what nobody knows.
districting-wrong-not-from = The { $field } of some buildings is no whole number from { $least } on.
districting-wrong-not-from-try = Give a whole number from { $least } on, or -1 for a building in no group.
districting-wrong-length = There are { $values } values for { $field } and { $count } buildings.
districting-wrong-length-try = Give one value for each building.
districting-wrong-no-shape = Some buildings have no outline.
districting-wrong-no-shape-try = Add the outlines, or give places alone for all buildings.
districting-wrong-bounds = Lower bound { $low }, target { $target } and upper bound { $high } are out of order.
districting-wrong-bounds-try = The lower bound is at least 1, the target not below it, the upper bound not below the target.
districting-wrong-weight = The weight “{ $weight }” cannot be { $value }.
districting-wrong-weight-try = A weight is a number from 0 on.
districting-wrong-boundary-no-polygon = The community’s boundary is no polygon.
districting-wrong-boundary-no-polygon-try = Give one polygon.
districting-wrong-boundary-empty = The community’s boundary is empty.
districting-wrong-boundary-empty-try = Give a polygon with an area.
districting-wrong-boundary-unsound = The shape of the community’s boundary is unsound; it may cross itself.
districting-wrong-boundary-unsound-try = Mend the shape in a map program.
districting-wrong-outside-boundary = { $count } buildings lie outside the community’s boundary.
districting-wrong-outside-boundary-try = Check where these buildings are, or draw the boundary wider.
districting-wrong-fixed-empty = Nobody lives in the buildings that are fixed as one micro-grid.
districting-wrong-fixed-empty-try = Check their households, or do not fix them.
districting-wrong-fixed-in-several-grids = Buildings that are fixed as one micro-grid are given to several grids.
districting-wrong-fixed-in-several-grids-try = Give them to one grid, or make several groups of them.
districting-wrong-fixed-not-alone = Buildings outside the group are to be kept together with those that are fixed as one micro-grid.
districting-wrong-fixed-not-alone-try = Add the buildings listed to the group, or do not ask to keep compounds whole.
districting-wrong-fixed-apart = Buildings that are fixed as one micro-grid do not touch, or something that may not be crossed parts them.
districting-wrong-fixed-apart-try = Make several groups of them, each of buildings that touch.
districting-wrong-special-no-polygon = Some special grids are no polygons with an area.
districting-wrong-special-no-polygon-try = Put polygons alone into the file of special grids.
districting-wrong-special-unsound = The outline of a special grid crosses itself.
districting-wrong-special-unsound-try = Mend the shape in a map program.
districting-wrong-special-overlap = Special grids overlap each other.
districting-wrong-special-overlap-try = Move the outline of one of them so that they do not.
districting-wrong-special-outside = Some special grids lie outside the ground that is divided.
districting-wrong-special-outside-try = Check their place and the datum of the file.
districting-wrong-special-take-all = The special grids leave no ground for anybody else.
districting-wrong-special-take-all-try = Draw them smaller, or leave some out.
districting-wrong-standing-not-from = In the plan in force, { $field } is no whole number from { $least } on everywhere.
districting-wrong-standing-not-from-try = Use the buildings.csv of the last division, with these columns as they were.
districting-wrong-standing-length = In the plan in force, { $field } has { $values } values instead of { $count }.
districting-wrong-standing-length-try = Use the buildings.csv of the last division.
districting-wrong-standing-no-building = The plan in force speaks of buildings that are not there; there are { $count }.
districting-wrong-standing-no-building-try = Use the division of the same buildings.
districting-wrong-too-many-grids = There would be { $count } grids; the code has room for { $most }.
districting-wrong-too-many-grids-try = Widen the range of the grids, or part the community into several files.
districting-wrong-too-many-microgrids = There would be { $count } micro-grids in one grid; the code has room for { $most }.
districting-wrong-too-many-microgrids-try = Widen the range of the micro-grids, or make the grids smaller.
districting-wrong-community-code = The code of a community has 12 digits, unlike “{ $code }”.
districting-wrong-community-code-try = Look it up in the statistical area codes.
districting-wrong-nothing-to-cut = This micro-grid cannot be split there.
districting-wrong-nothing-to-cut-try = Choose some of its buildings, not all.
