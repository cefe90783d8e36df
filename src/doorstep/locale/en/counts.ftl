## The two counts of households

counts-title = Which households were counted
counts-count = Count
counts-basis = Buildings whose figure is
counts-source = Source and day of import
counts-used = used by this plan
counts-lived_in = lived-in households
counts-dwellings = dwellings
counts-basis-counted = counted { $count }
counts-basis-given = given { $count }
counts-basis-estimated = estimated { $count }
counts-and = , { "" }
counts-source-osm = OpenStreetMap
counts-source-own = a file of the place
counts-source-shape = a file of the place
counts-source-on = { $source }, { $day }
counts-source-between = { $source }, { $first } to { $last }
counts-other = This plan counts { $used }: { $used_households }. By { $other } it would be { $households }, and { $outside } of { $microgrids } micro-grids and { $grids } grids would lie outside their bounds.
counts-piece = { $code } ({ $households })
counts-outside = By the other count outside: { $names }.
counts-outside-more = By the other count outside: { $names } and { $more } more.
