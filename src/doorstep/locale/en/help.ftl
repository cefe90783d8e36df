### Somebody needs help: dial first, then call the desk and the grid

help-button = Somebody here needs help
help-title = Somebody here needs help
help-lead = Dial one of these numbers first. Then press the button: the community desk and the lead and workers of this grid hear at once where it is, and come.
help-send = Call the desk and the grid here
help-door = In which hall, station or entrance
help-door-none = None of them (write it below, or use the position)
help-my-place = Use my position
help-place-words = Where exactly
help-place-words-hint = For example: ground floor waiting area, second row by the door.
help-what = What is the matter
help-what-injured-person = Suddenly ill or hurt
help-what-lost-person = An older person or child is lost
help-what-mental-support = In despair
help-what-crime = Beaten or threatened
help-words = A word more
help-words-hint = Only what those who come must know; no names.
help-where-missing = Nobody knows yet where it is.
help-where-missing-try = Write where, or use the position.
help-told-title = They have been told
help-told = The community desk and the grid have it. Let somebody stay until they come. Case number { $number }.
help-another = Another person needs help
help-called = Somebody needs help ({ $what }), place: { $place }. Please go there at once. Case number { $number }.
help-place-on-page = see the case
staff-trace-called-help = called help
help-way = Call help
help-more = Say more: what is the matter, where exactly
