"""The objections to a dispatch as they are shown: who, on which basis, who decides, and what came of it."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any

from doorstep.cases.objections import CameOf, Objection, basis_said, decided_by, is_final, objections_to
from doorstep.core.text import say
from doorstep.fronts.parts import Words
from doorstep.fronts.templatetags.words import moment

TONES = {CameOf.OPEN: "waiting", CameOf.UPHELD: "moving", CameOf.REJECTED: "done", CameOf.LET_GO: "quiet"}


def shown(
    case: Any, life: Iterable[Any], who: Callable[[Any], Words], words: Callable[[Any], str]
) -> list[dict[str, Any]]:
    """What `table/objections.html` is given; `who` names the unit of a row, `words` what was said with it."""
    return [_shown(each, case, who, words) for each in objections_to(case, life)]


def _shown(each: Objection, case: Any, who: Callable[[Any], Words], words: Callable[[Any], str]) -> dict[str, Any]:
    decided = each.decided
    return {
        "title": say("objection-raised", unit=who(each.raised)),
        "at": each.raised.happened_at,
        "basis": basis_said(each) or "",
        "words": words(each.raised),
        "tone": TONES[each.came_of],
        "came_of": _open(case) if each.came_of is CameOf.OPEN else say(f"objection-{each.came_of}"),
        "until": _until(case) if each.came_of is CameOf.OPEN else "",
        "final": say("objection-final") if each.is_final else "",
        "decided_at": decided.happened_at if decided else None,
        "decided_by": say("objection-decided-by", who=who(decided)) if decided else "",
        "answer": words(decided) if decided else "",
    }


def _open(case: Any) -> Words:
    who = say(f"desk-answerer-{decided_by(case.question)}")
    return say("objection-open-final" if is_final(case.question) else "objection-open", who=who)


def _until(case: Any) -> Words:
    return say("objection-open-until", when=moment(case.holder_due_at)) if case.holder_due_at else ""
