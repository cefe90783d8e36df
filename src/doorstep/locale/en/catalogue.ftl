### The catalogue of items: what is said when its files are checked.

catalogue-file-refused = The catalogue files need { $count ->
    [one] one change
   *[other] { $count } changes
}; the first: { $first }
catalogue-file-refused-try = Correct each line named and read the files again; until then the former catalogue stays in force.
catalogue-file-not-toml = This is not TOML: { $said }
catalogue-file-wants-text = “{ $key }” needs a text.
catalogue-file-wants-texts = “{ $key }” needs a list of texts.
catalogue-file-wants-flag = “{ $key }” is either true or false.
catalogue-file-wants-number = “{ $key }” needs a whole number above zero.
catalogue-file-wants-table = “{ $key }” needs its parts between braces.
catalogue-file-wants-tables = “{ $key }” needs a list of tables.
catalogue-file-not-a-choice = “{ $value }” is none of: { $choices }.
catalogue-file-not-a-limit = “{ $value }” is no time limit. Write 15 min, 2 h, 1 working hour or 5 working days.
catalogue-file-unknown-key = Nothing here is called “{ $key }”; is it spelt right?
catalogue-file-id-is-name = The id “{ $id }” must be the name of the file, “{ $name }”.
catalogue-file-sub-class-outside = The sub-class “{ $code }” must begin with its class “{ $parent }” and be two digits longer.
catalogue-file-twice = “{ $value }” stands here twice.
catalogue-file-missing = Missing: { $missing }.
catalogue-file-duty-off-the-list = "{ $item }" is not on the admission list and cannot be a task of a post.
catalogue-file-no-such-item = No item has the id “{ $item }”.
catalogue-file-no-such-class = No sub-class has the code “{ $code }”.
catalogue-file-no-such-handler = Nobody is called “{ $value }”. Write a department as department:code.
catalogue-file-not-admitted = This item is not on the admission list and may not be given to a grid.
catalogue-file-nearest-first = Name whoever acts from the nearest to the farthest: grid, property, community, subdistrict, department.
catalogue-file-nobody-acts = Neither who acts nor a legal channel is named.
catalogue-file-asked-too-late = The question “{ $question }” must come before those that depend on it.
catalogue-file-options = A choice needs options, and nothing else has any.
