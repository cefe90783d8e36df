"""What is shown of the place of a case: as exact as whoever asks needs it."""

from __future__ import annotations

from typing import Any

from doorstep.cases.rules.place_seen import Step, names_the_place, step_for
from doorstep.cases.rules.questions import Question
from doorstep.catalogue.in_force import catalogue
from doorstep.core.access import Actor

FINER_THAN = {
    Step.MICROGRID: ("door_name", "door", "place_words", "place_lon", "place_lat", "lon", "lat", "place"),
    Step.GRID: ("microgrid_name", "microgrid_code", "microgrid"),
    Step.COMMUNITY: ("grid_name", "grid"),
}
"""What each step leaves out, beside what the steps before it do."""


def step_of(case: Any, by: Actor, *, is_holder: bool) -> Step:
    """How exactly this actor sees a case, or a row of a list of them."""
    item = catalogue().items.get(case.item)
    return step_for(
        item.sensitivity if item else None,
        str(by.role),
        is_holder=is_holder,
        urgency=case.urgency,
        asks_where=getattr(case, "question", "") == Question.WHERE,
    )


def left_out(step: Step) -> frozenset[str]:
    """The names of what is not shown at this step."""
    return frozenset(name for each, names in FINER_THAN.items() if each <= step for name in names)


def items_blurred(by: Actor, finer_than: Step) -> list[str]:
    """The items of which this actor, unless it holds a case, sees the place less exactly than this step."""
    known = catalogue().items.values()
    return [each.id for each in known if step_for(each.sensitivity, str(by.role), is_holder=False) > finer_than]


def blurred_row(row: Any, by: Actor, *, is_holder: bool) -> Any:
    """A row of a list without what is finer than this actor sees; words become empty, names and codes None.

    A team bears the name of its grid, so where the grid is left out its team is too.
    """
    step = step_of(row, by, is_holder=is_holder)
    if step is Step.DOOR:
        return row
    hidden = set(left_out(step))
    if names_the_place(step, getattr(row, "holder_kind", None)):
        hidden |= {"holder", "holder_unit"}
    return row._replace(**{name: _nothing(getattr(row, name)) for name in hidden & set(row._fields)})


def blur_case(case: Any, step: Step) -> None:
    """The same for a case that `whole.numbered` found; it is written nowhere after this."""
    for name in left_out(step):
        # The keys of doors and areas stay: nothing of them is shown.
        if name in case.__dict__:
            setattr(case, name, "" if name == "place_words" else None)


def _nothing(value: Any) -> Any:
    return "" if isinstance(value, str) else None
