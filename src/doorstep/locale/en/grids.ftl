### What everybody sees of what grids do: the admission list, and what they were asked beyond it.

grids-title = What grids do
grids-lead = Grids do the { $count } things on their list. Anything else needs the consent of the community or the grid's head and an end date, and is shown here.
grids-temporary = For a time, beyond the list
grids-none = Nothing at present.
grids-burden = Who asked grids for more
grids-asker = Unit
grids-now = At present
grids-ever = In all
grids-basis = Basis: { $basis }
grids-list = The admission list
grids-home-text = What grids may be given, and who asked them for more.
grids-duties = What each post is there for
grids-duties-lead = Five kinds of duties for each kind of post, kept by the county's desk with the day from which they hold. What is a task stands on the admission list; no check-in, no track, no ranking.
grids-duties-mine = What my post is there for
