### Keeping the catalogue: versions, drafts, dates.

catalogue-name-unfit = An item's id has small letters, digits and hyphens, begins with a letter or digit, and is no longer than 59 signs.
catalogue-name-unfit-try = For example street-light.
catalogue-too-long = This is too much to be kept.
catalogue-too-long-try = Shorten the examples and words, then save again.
catalogue-class-removed = Sub-class { $code } has been used by cases and cannot be removed.
catalogue-class-removed-try = Tick "retired" instead; past cases keep its name.
catalogue-nothing-changed = This says the same as the version in force; there is nothing to save.
catalogue-nothing-changed-try = Change something first, or go back to the list.
catalogue-from-past = That day is over.
catalogue-from-past-try = Choose today or a later day; today means from this moment.
catalogue-from-far = That day is more than a year away.
catalogue-from-far-try = Choose a day within a year.
catalogue-from-before = "{ $name }" has a version that comes into force on { $day }; a new one has to come after it.
catalogue-from-before-try = Choose a later day, or first take back the version that is to come.
catalogue-take-back-late = That version is in force, or was taken back already.
catalogue-take-back-late-try = To return to what was, save that as a new version.
catalogue-no-draft = There is no draft.
catalogue-no-draft-try = A colleague may have published or undone it; see the versions.
catalogue-overtaken = Since you opened the page, a colleague saved or published this.
catalogue-overtaken-try = What you wrote is still below. Look at the newest version in another window, put the two together, then save.
catalogue-drafts-open = These have drafts that are not published: { $names }.
catalogue-drafts-open-try = Publish or undo those drafts first, then import.
catalogue-needed = The house itself leads to the item "{ $item }"; it cannot be retired.
catalogue-needed-by-danger = The danger words "{ $danger }" lead to the item "{ $item }"; it cannot be retired.
catalogue-needed-try = Keep it, or first let the danger words lead elsewhere.
