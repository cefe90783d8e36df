## Special grids: a hospital, a school, a market, each a grid of its own

special-title = Special grids
special-lead = A hospital, a school, a market or an office block is a grid of its own, led by the place and its trade department together. They are cut out first when a plan is drawn, and no bounds on households apply to them.
special-map = Choose buildings on the map
special-map-hint = Press a building to choose it, press again to leave it out. The ground within thirty metres that is nearer to the chosen buildings than to others becomes the special grid.
special-listed = Special grids ({ $count })
special-none = This community has no special grids yet.
special-holds = { $buildings } { $buildings ->
    [one] building
   *[other] buildings
  }, { $households } { $households ->
    [one] household
   *[other] households
  }
special-led = Led by { $led_by } with { $department }
special-since = since { $day }
special-from-until = { $from } until { $until }
special-past = Earlier ones ({ $count })
special-end = End it
special-end-of = End the special grid “{ $name }”
special-ended = “{ $name }” is no special grid any more. The plan in force stays as it is; the next one does not cut it out.
special-ended-already = This special grid has ended already, or lies in another community.
special-ended-already-try = Load the page again.
special-made = “{ $name }” is a special grid now. The plan in force stays as it is; the next one cuts it out first.
special-draw-again = Draw a plan
special-new = Add a special grid
special-name = Name
special-name-hint = For instance “First City Hospital”.
special-led-by = Who leads it at the place
special-led-by-hint = A department or a position, not a person's name: “hospital security office”.
special-department = Trade department
special-department-hint = The department that leads it together with the place: “district health commission”.
special-from-on = From which day
special-houses = Which buildings
special-houses-hint = Press them on the map, or tick them here. Buildings in which nobody lives come first; look for others by name or address.
special-find = Find a building by name or address
special-find-do = Find
special-file = Or upload its outline
special-file-hint = Polygons as GeoJSON or GeoPackage in degrees (WGS 84 or CGCS2000), 8 MB at most. Ticked buildings do not count then.
special-set-apart = Make it a special grid
special-no-name = It has no name.
special-no-led-by = Nothing says who leads it at the place.
special-no-department = Nothing says which department leads it.
special-fill-in = Fill it in and send the form again.
special-too-long = This is longer than { $most } letters.
special-too-long-try = Write it shorter.
special-nothing-chosen = No building is chosen, and no outline uploaded.
special-nothing-chosen-try = Press buildings on the map, or upload a file with polygons.
special-unknown-building = Chosen buildings that are not in this community, or are gone: { $count }.
special-building-taken = “{ $building }” is in the special grid “{ $name }” already.
special-overlap = This ground shares { $area } square metres with the special grid “{ $name }”.
special-overlap-try = Choose other buildings or another outline, or end that special grid first.
special-no-building-inside = No building of this community stands inside this outline.
special-no-building-inside-try = Check the outline and its coordinate system.
special-nobody-left = Nobody would be left in this community to draw a plan for.
special-nobody-left-try = Choose fewer buildings.
special-file-ending = This file is neither GeoJSON nor GeoPackage.
special-file-large = The file is larger than { $most } MB.
special-file-try = Upload a .geojson, .json or .gpkg file.
special-number-taken = The code { $code } belongs to another grid already.
special-number-taken-try = Numbers from 901 on are for special grids; give the grid another number, then draw again.
special-of-plan = Special grids ({ $count })
special-of-plan-text = Cut out first; no bounds on households apply, and the figures above do not count them.
special-of-community = Special grids
special-keep = Add or end special grids
special-code = Code
special-led-word = Who leads it
special-buildings = Buildings
special-confirm = and special grids: { $count }
parts-map-special = special grids
areas-code-no-special-number = All { $most } numbers of special grids have been used.
areas-code-no-special-number-try = Join special grids, or ask the system administrator.
areas-shape-no-polygon = This shape is no polygon.
areas-shape-no-polygon-try = Keep polygons only.
districting-export-sheet-special = Special grids
districting-export-column-name = Name
districting-export-column-buildings = Buildings
districting-export-column-led-by = Led at the place by
districting-export-column-department = Trade department
districting-export-column-special-code = Code of the special grid
