### Words of the page parts: header, footer, fields, tables, maps.

parts-place = Doorstep
parts-refused-try = What to do: { $what }
parts-count-cases = { $count ->
    [one] { $count } case
   *[other] { $count } cases
}
