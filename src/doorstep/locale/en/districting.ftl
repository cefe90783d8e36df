## Districting

areas-grid-name = Grid { $number }
areas-microgrid-name = Grid { $grid }, micro-grid { $number }
areas-import-refused = { $file } has { $count } problems; nothing of it was imported.
areas-import-refused-try = Mend the rows listed above and import it again.
areas-community-unknown = There is no community with code { $code }.
areas-community-unknown-try = Import the territory first (doorstep import territory), or check the 12 digits.

districting-no-buildings = This community has no buildings yet.
districting-no-buildings-try = Import them first: doorstep import buildings FILE --community CODE.
districting-refused = It cannot be divided like this: { $reason }
districting-refused-try = Check the bounds and the buildings.
districting-not-a-draft = This plan is no longer a draft.
districting-not-a-draft-try = Reload the page, or draw a new plan.
districting-in-the-past = A plan cannot come into force before today.
districting-in-the-past-try = Choose today or a later day.
cases-moved-with-plan = A new districting plan is in force; the case went with its place to the new micro-grid.
