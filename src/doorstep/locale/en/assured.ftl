## How good a plan is known to be

assured-title = How good it is
assured-short-optimal = The best there is
assured-short-listed = Proven bound
assured-short-bounded = Proven bound
assured-short-none = No proof
assured-optimal = No division costs less: every possible micro-grid was listed, and the best choice of them proven.
assured-listed = No division is cheaper by more than { $percent } %: proven over the list of all possible micro-grids.
assured-bounded = No division is cheaper by more than { $percent } %: proven by prices, for micro-grids too many to be listed.
assured-none-not-asked = How far the best could be was not asked for.
assured-none-asked = It was asked for, but a part of a building above the upper bound leaves nothing to compare with.
assured-figures = Cost { $cost }; no division of these buildings and wishes costs less than { $bound }. A compact micro-grid of the wished size costs about 1.
assured-by-hand = This speaks of the plan as it was computed, before it was changed by hand.
assured-tighten-certified = To know it, draw with the effort “Certified”.
assured-tighten-proven = To tighten it, have “doorstep divide --community { $code } --effort proven” run: a hundred times as much work goes into the proof. The best plan often lies nearer than the bound.
assured-tighten-no-further = The proof had a hundred times the usual work; smaller wishes or a smaller community are what tightens it further.
