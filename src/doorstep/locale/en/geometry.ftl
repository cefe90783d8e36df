### Places.

geometry-datum-unknown = The datum “{ $name }” is not known.
geometry-datum-try = These are known: { $names }.
geometry-point-not-a-number = The coordinates are not numbers.
geometry-point-out-of-range = Longitude { $lon }, latitude { $lat } is not on Earth.
geometry-point-try = See whether longitude and latitude are the wrong way round.
