### Areas: codes, imports, households.

## codes
areas-code-not-digits = “{ $code }” is no area code: a code has digits only.
areas-code-not-digits-try = Write the digits, for example 321102001001; in a spreadsheet, set the column to “text”.
areas-code-wrong-length = Code { $code } has { $digits } digits; an area code has 6, 9, 12, 15 or 17.
areas-code-wrong-length-try = See whether zeros at the start or the end were lost.
areas-code-zeros = In code { $code } one level is { $digits }; no area has that number.
areas-code-zeros-try = Give the area's own code, not that of the area above filled up with zeros.
areas-code-unknown-province = Code { $code } starts with { $digits }, which is no province.
areas-code-unknown-subdistrict = Digit 7 of code { $code } is { $digit }: 0 is a subdistrict, 1 a town, 2–3 a township, 4–5 a unit like one.
areas-code-unknown-community = Digit 10 of code { $code } is { $digit }: 0–1 is a residents’ committee, 2–3 a villagers’ committee, 4–5 a unit like one.
areas-code-ask = Compare it with the list of statistical division codes.
areas-code-number-out-of-range = { $parent } cannot hold number { $number }: numbers run from 1 to { $most }.
areas-code-not-community = Code { $code } is not the 12-digit code of a community.
areas-code-twice = Code { $code } is already in row { $row }.
areas-code-wrong-parent = Community { $code } is put under { $parent }; by its code it belongs to { $expected }.
areas-name-blank = There is no name.
areas-name-blank-try = Give the name, or remove the row.
areas-name-differs = { $code } is called “{ $name }” here and “{ $before }” in row { $row }.
areas-name-differs-try = Use one name for one area.
areas-name-too-long = The name has more than { $most } characters.
areas-name-too-long-try = Use the short name that is in use.

## files
areas-file-missing = There is no such file.
areas-file-missing-try = Check the path and the name.
areas-file-empty = The file is empty.
areas-file-empty-try = Export it again, then import it.
areas-file-no-rows = There are no rows below the header.
areas-file-no-buildings = There are no buildings in the file.
areas-file-no-features = There are no roads, waters, railways, greens or compounds in the file.
areas-file-too-large = The file has { $size } MB; at most { $most } MB are read.
areas-file-too-many-rows = There are more than { $most } rows.
areas-file-split = Split it into several files, by subdistrict or community.
areas-file-unknown-format = The format of the file is not known.
areas-file-known-formats = These can be imported: { $formats }.
areas-file-wrong-ending = The name ends in “{ $ending }”, but the content is { $format }.
areas-file-wrong-ending-try = Make sure that it is the right file; if so, let its name end in { $ending }.
areas-file-old-excel = This is an old Excel file (.xls).
areas-file-old-excel-try = Save it as .xlsx in a spreadsheet program.
areas-file-not-excel = This archive is no Excel workbook.
areas-file-bomb = Unpacked the file would have { $size } MB, out of all proportion to its size; it was not opened.
areas-file-broken = The file is incomplete or damaged and cannot be read as { $format }.
areas-file-broken-try = Download or export it again.
areas-file-broken-csv = The quotes or separators of the table are wrong ({ $why }).
areas-file-unknown-letters = The text is neither UTF-8 nor GB 18030.
areas-file-unknown-letters-try = Save it as “CSV UTF-8”.
areas-file-read-as-gb = The file is not UTF-8 and was read as GB 18030 (GBK).
areas-excel-first-sheet = The workbook has { $count } sheets; only the first, “{ $sheet }”, was read.
areas-overpass-cut = Overpass did not finish its answer: { $why }
areas-overpass-cut-try = Ask for a smaller area or more time, and download it again.

## columns, rows and cells
areas-columns-missing = These columns are missing: { $columns }.
areas-columns-missing-try = The first row names the columns: { $columns }.
areas-columns-no-place = There are neither columns of longitude and latitude nor one of WKT.
areas-columns-no-place-try = Add the columns “lon” and “lat”, or one column “wkt”.
areas-columns-ignored = These columns were not used: { $columns }.
areas-column-absent = There is no column “{ $column }”.
areas-column-absent-try = Write its name as it stands in the header.
areas-amount-below-nothing = “{ $cell }” is no amount from 0 on.
areas-file-no-shapes = There is no polygon in the file.
areas-file-no-shapes-try = Give a GeoJSON or GeoPackage with one polygon for each.
areas-standing-none = There are no micro-grids in the file.
areas-standing-none-try = Give buildings.csv or districts.geojson as doorstep divide wrote them.
areas-standing-gone = { $count } rows are of buildings that are no more; they were passed over.
areas-column-twice = These columns mean the same: { $columns }.
areas-column-twice-try = Keep one of them.
areas-row-too-long = This row has { $cells } cells, the header { $columns } columns.
areas-row-quotes-try = What holds a comma or a line break belongs in double quotes.
areas-row-remove = Remove the row that is double, or correct it.
areas-cell-formula = This cell is a formula, not what it yields.
areas-cell-formula-try = Copy and “paste as values”, then save.
areas-cell-line-break = This cell holds a line break or a control character.
areas-cell-line-break-try = Remove it.
areas-cell-unseen = Signs that nobody sees (of no width, or turning the direction of writing) were taken out; “{ $cell }” is left.
areas-standing-twice = These homes are in micro-grid { $first } by row { $row }, and in { $second } here.
areas-standing-twice-try = Homes belong to one micro-grid; remove one of the rows.
areas-standing-overlap-try = Two micro-grids may not overlap; move the border of one of them.
areas-cell-not-whole = “{ $cell }” is no whole number.
areas-cell-not-whole-try = Write digits only, without a unit; leave it blank if it is not known.
areas-cell-out-of-range = { $cell } is beyond reason ({ $least }–{ $most }).
areas-cell-check = Check it; leave it blank if it is not known.
areas-cell-not-number = “{ $cell }” is no number.
areas-cell-blank = This cell is blank.
areas-cell-not-number-try = Write decimal degrees, for example 119.4521.

## datums
areas-datum-missing = The file does not say its datum.
areas-datum-missing-try = Name the datum ({ $names }); if you do not know it, ask whoever gave you the data. We do not guess.
areas-datum-osm = OpenStreetMap data are WGS 84 by definition, never { $datum }.
areas-datum-osm-try = Leave the datum out.
areas-datum-overruled = The file says { $file }; it was read as { $named }, as you named it.
areas-geojson-crs = The file names the reference system “{ $name }”, which is not one of degrees that we know.
areas-geojson-crs-try = Export it in degrees of WGS 84 (RFC 7946).
areas-geojson-no-collection = The file is no GeoJSON feature collection.
areas-geojson-no-collection-try = Export it as a FeatureCollection.
areas-geopackage-layers = The file has { $count } layers with shapes: { $layers }.
areas-geopackage-layers-try = Save the buildings in a file with that one layer.

## shapes
areas-shape-missing = There is no shape.
areas-shape-missing-try = Give its place or outline.
areas-shape-not-a-number = A coordinate is not a number.
areas-shape-zero = The coordinates are (0, 0).
areas-shape-off-earth = The coordinates are beyond the range of degrees.
areas-shape-check-degrees = Longitudes run from −180 to 180, latitudes from −90 to 90.
areas-shape-swapped = Longitude and latitude seem to be the wrong way round.
areas-shape-swapped-try = Swap them: longitude first, then latitude.
areas-shape-in-metres = The coordinates seem to be projected metres, not degrees.
areas-shape-in-metres-try = Turn them into degrees, or save a GeoPackage that names its reference system.
areas-shape-too-many-corners = The outline has more than { $most } corners.
areas-shape-too-many-corners-try = Simplify it first.
areas-shape-not-an-outline = The shape is neither a point nor an area.
areas-shape-not-an-outline-try = Draw it as an area or a point.
areas-shape-repaired = The outline crossed itself and was repaired.
areas-shape-flat = The outline has no area.
areas-shape-not-wkt = This is no WKT.
areas-shape-not-wkt-try = For example: POLYGON ((119.45 32.20, 119.46 32.20, 119.46 32.21, 119.45 32.20))
areas-shape-not-geojson = The geometry of the feature cannot be read.
areas-shape-elsewhere = It lies outside the place.
areas-shape-elsewhere-try = Check the coordinates and their datum.

## buildings
areas-building-twice = It is the same as { $row } ({ $source }).
areas-kind-unknown = The kind “{ $word }” is not known and was taken as “other”.
areas-more-lived-in = More households live there than there are dwellings.
areas-osm-incomplete = Its shape is incomplete; it was left out.
areas-osm-cut = The edge of the data cuts it; the { $known } of { $all } corners that are left stand for it.
areas-osm-not-closed = Its outline does not close; it was left out.
areas-osm-number-ignored = “{ $cell }” is no usable number and was left out.
areas-kind-residential = block of flats
areas-kind-house = house
areas-kind-bungalow = bungalow row
areas-kind-dormitory = dormitory
areas-kind-office = office
areas-kind-shop = shop
areas-kind-hotel = hotel
areas-kind-school = school
areas-kind-hospital = hospital
areas-kind-industrial = industrial building
areas-kind-public = public building
areas-kind-shed = outbuilding
areas-kind-other = other building

## households
areas-households-counted = Counted on the spot.
areas-households-given = As the source says.
areas-households-floors-unknown = The floors are not known; taken as one.
areas-households-usual-floors = The floors are not known; { $floors } are usual for such housing.
areas-households-not-housing = It is not housing; nobody is taken to live there.
areas-households-as-lived-in = At least as many as the households known to live there.
areas-households-by-floor-area = Estimated as a { $kind }: { $footprint } m² on the ground × { $floors } floors, about { $each } m² for each dwelling.
areas-households-share = Estimated: { $percent }% of { $dwellings } dwellings lived in.
areas-households-spread = Its part of the { $total } households known in all, by its dwellings.

## Codes for doors and stations

areas-door-entrance = { $building }, entrance { $number }
areas-door-building = Building { $number }
areas-door-building-elsewhere = A building that was chosen is not in this community.
areas-door-building-elsewhere-try = Choose from the list.
areas-door-nameless = The station has no name yet.
areas-door-nameless-try = Write what residents call it.
areas-door-elsewhere = This place lies in no micro-grid of this community.
areas-door-elsewhere-try = Check the coordinates, or press on the map.
areas-door-unknown = There is no door with code { $code } in this community.
areas-door-unknown-try = Choose from the list.

## an invented city
areas-invented-city = Invented city
areas-invented-county = Invented county { $number }
areas-invented-subdistrict = Invented subdistrict { $number }
areas-invented-community = Invented community { NUMBER($number, useGrouping: 0) }
areas-invented-compound = Invented compound { NUMBER($community, useGrouping: 0) }-{ $number }

## a file of several communities
areas-file-no-community = { $file } has buildings without a community.
areas-file-no-community-try = Give each building the 12 digits of its community in a column “community”.
areas-file-problems = { $count } problems; the first is: { $first }
areas-row-mend = Mend the rows, then try again.
areas-line-unknown = “{ $word }” is not known here; the line was taken as one that had better not be crossed.
