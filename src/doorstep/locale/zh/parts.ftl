### Words of the page parts: header, footer, fields, tables, maps.

parts-place = 家门口
parts-refused-try = 下一步：{ $what }
parts-count-cases = { $count } 件
