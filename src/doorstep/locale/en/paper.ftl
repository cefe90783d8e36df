## Paper: sheets of grids and posters of entrances

paper-code = Code
paper-microgrid = Micro-grid
paper-households = Households
paper-buildings = Buildings
paper-people = Who serves there
paper-charge = In charge
paper-overleaf = Which building and entrance belongs where: overleaf.
paper-sums = { $households } households · { $buildings ->
    [one] 1 building
   *[other] { $buildings } buildings
  }
paper-empty = { $count ->
    [one] and 1 building where nobody lives
   *[other] and { $count } buildings where nobody lives
  }
paper-in-force = In force since { $day }
paper-from = In force from { $day }
paper-past = In force from { $from } to { $until }
paper-draft = Draft, not in force
paper-made = Printed { $day }
paper-counts = Numbers on roofs are those in the list. Households where nobody has counted are estimates.
paper-north = N
paper-entrances = entrances { $from }–{ $to }
paper-nameless = (no name)
paper-busy = Others are printing just now.
paper-busy-try = Wait a moment and try again.
paper-too-long = The pages took longer than { $seconds } seconds.
paper-fewer = Choose fewer pages at once.
paper-too-much-sheets = { $count } sheets at once are too many; at most { $most }, and not too many buildings on them.
paper-fewer-grids = Print one grid at a time.
paper-too-many-doors = { $count } posters at once are too many; at most { $most }.
paper-fewer-doors = Tick fewer entrances and print these.
paper-no-doors = There is no entrance with a code to print.
paper-no-doors-try = Make codes first.
paper-no-grid = This plan has no such grid.
paper-sheets = Sheets of the grids (A3, PDF)
paper-sheet-of = A3 sheet (PDF)
paper-posters-a4 = PDF: A4, one a page
paper-posters-a5 = PDF: A5, one a page
paper-posters-sheet = PDF: A4, six a page
paper-word = Print
paper-letters = The font lacks { $count ->
    [1] a letter
   *[other] { $count } letters
} ({ $letters }), printed as “{ $sign }”; write by hand what is missing.
