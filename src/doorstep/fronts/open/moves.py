"""Every move of a case: each operation makes one, as the lifecycle allows it to the caller."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Annotated, Any

from ninja import Router
from pydantic import AwareDatetime, Field

from doorstep.cases.actions import (
    act,
    answering,
    calling,
    classify,
    clocks,
    close,
    dispatch,
    locate,
    looking,
    meeting,
    merge,
    objection,
    reviewing,
    verify,
)
from doorstep.cases.actions.ledger import find
from doorstep.cases.actions.report import LONGEST_REPORT
from doorstep.cases.objections import bases_for
from doorstep.catalogue.item import PauseReason, Urgency
from doorstep.core.access.roles import CASE_READERS, DESKS
from doorstep.core.ids import CaseId
from doorstep.fronts.open.entering import Request, for_roles
from doorstep.fronts.open.pictures import Pictures, cleaned
from doorstep.fronts.open.places import microgrid_at
from doorstep.fronts.open.shapes import Answers, Code, Line, Number, PointSent, Sent, Text, Told, Whole, Yes

router = Router(tags=["moves"])

for_handlers = for_roles(*sorted(CASE_READERS))
Words = Annotated[Text, Field(max_length=LONGEST_REPORT)]
Outcome = Annotated[str, Field(pattern="^(solved|explained|out-of-scope)$")]


class Seen(Sent):
    """`seen` is the last row of the ledger that the caller knows; the move is refused when the case has gone on."""

    seen: Whole | None = None


class SaidWith(Seen):
    words: Words


class MaySay(Seen):
    words: Words = ""


class Objected(SaidWith):
    """`basis` is one that `show-bases` offers; with "written", `cited` names the document and the clause."""

    basis: Code
    cited: Line = ""


class Noted(SaidWith):
    """`for_reporter` tells the reporter; else only colleagues read it."""

    for_reporter: Yes = True
    photos: Pictures = []


class Done(SaidWith):
    """What was done, and what came of it. A photo, when it was and where are welcome and never asked for."""

    outcome: Outcome = "solved"
    happened_at: AwareDatetime | None = None
    place: Annotated[Text, Field(max_length=80)] = ""
    photos: Pictures = []


class Closed(SaidWith):
    outcome: Outcome


class Located(Seen):
    """The micro-grid by its code, or a point that lies in it."""

    microgrid: Code | None = None
    point: PointSent | None = None


class Classified(Seen):
    item: Code
    urgency: Urgency | None = None


class Dispatched(MaySay):
    unit: Whole


class Called(SaidWith):
    """Who is called, and what is asked of them; where and when they meet, if they do. Times carry their zone."""

    units: Annotated[list[Whole], Field(min_length=1, max_length=8)]
    place: Annotated[Text, Field(max_length=200)] = ""
    meet_at: AwareDatetime | None = None
    finishes: Yes = False


class Judged(MaySay):
    score: Annotated[int, Field(ge=1, le=5)] | None = None


class Merged(Seen):
    into: Number


class Paused(MaySay):
    """What the holder waits for, and for how many working days at most."""

    reason: PauseReason
    days: Annotated[int, Field(ge=1, le=366)]


class MoreTime(SaidWith):
    """How many working days more, and why."""

    days: Annotated[int, Field(ge=1, le=366)]


class Answered(MaySay):
    """Whether more time is granted; a refusal says why."""

    granted: Yes


class Moved(Told):
    """The row that was added to the ledger."""

    number: str
    seq: int
    move: str
    state: str
    heard_at: datetime


def moved(request: Request, number: str, said: Seen, move: Callable[[CaseId, dict[str, Any]], Any]) -> dict[str, Any]:
    """Make one move of the case with this number, and tell the row that it became."""
    case = CaseId(looking.find_numbered(number, seen=said.seen))
    row = move(case, {"by": request.actor, "at": request.at})
    return {
        "number": number,
        "seq": row.seq,
        "move": str(row.move),
        "state": str(row.to_state),
        "heard_at": row.heard_at,
    }


@router.post("/cases/{number}/locate", response=Moved)
@for_handlers
def locate_case(request: Request, number: Number, said: Located) -> dict[str, Any]:
    code = said.microgrid or (microgrid_at(said.point, request) if said.point else "")
    return moved(request, number, said, lambda case, who: locate.locate_by_hand(case, code, **who))


@router.post("/cases/{number}/classify", response=Moved)
@for_handlers
def classify_case(request: Request, number: Number, said: Classified) -> dict[str, Any]:
    urgency = str(said.urgency or "")
    return moved(request, number, said, lambda case, who: classify.classify_by_hand(case, said.item, urgency, **who))


@router.post("/cases/{number}/dispatch", response=Moved)
@for_handlers
def dispatch_case(request: Request, number: Number, said: Dispatched) -> dict[str, Any]:
    return moved(
        request, number, said, lambda case, who: dispatch.dispatch_by_hand(case, said.unit, reason=said.words, **who)
    )


@router.post("/cases/{number}/take", response=Moved)
@for_handlers
def take_case(request: Request, number: Number, said: Seen) -> dict[str, Any]:
    return moved(request, number, said, lambda case, who: act.take(case, **who))


@router.post("/cases/{number}/decline", response=Moved)
@for_handlers
def decline_case(request: Request, number: Number, said: Objected) -> dict[str, Any]:
    return moved(
        request,
        number,
        said,
        lambda case, who: act.decline(case, said.words, basis=said.basis, cited=said.cited, **who),
    )


@router.post("/cases/{number}/reject-objection", response=Moved)
@for_handlers
def reject_objection(request: Request, number: Number, said: SaidWith) -> dict[str, Any]:
    return moved(request, number, said, lambda case, who: objection.reject(case, said.words, **who))


class BasisTold(Told):
    """A legal basis on which the holder may object."""

    basis: str
    words: str


@router.get("/cases/{number}/bases", response=list[BasisTold])
@for_handlers
def show_bases(request: Request, number: Number) -> list[dict[str, str]]:
    found = bases_for(find(CaseId(looking.find_numbered(number))))
    return [{"basis": each.key, "words": str(each.message)} for each in found]


@router.post("/cases/{number}/raise", response=Moved)
@for_handlers
def raise_case(request: Request, number: Number, said: SaidWith) -> dict[str, Any]:
    """It could not be solved here, and why: the level above has it now."""
    return moved(request, number, said, lambda case, who: calling.call_up(case, said.words, **who))


@router.post("/cases/{number}/call", response=Moved)
@for_handlers
def call_units(request: Request, number: Number, said: Called) -> dict[str, Any]:
    """Call several units; each gets a part of its own, and with a meeting it is a whistle."""
    meeting = calling.Meeting(said.place, said.meet_at) if said.meet_at else None
    return moved(
        request,
        number,
        said,
        lambda case, who: calling.call(case, said.units, said.words, meeting=meeting, finishes=said.finishes, **who),
    )


@router.post("/cases/{number}/judge", response=Moved)
@for_handlers
def judge_part(request: Request, number: Number, said: Judged) -> dict[str, Any]:
    """A part is done; how well the unit that was called did it, from 1 to 5."""
    score = "" if said.score is None else str(said.score)
    return moved(request, number, said, lambda case, who: calling.judge(case, score, said.words, **who))


@router.post("/cases/{number}/note", response=Moved)
@for_handlers
def note_on_case(request: Request, number: Number, said: Noted) -> dict[str, Any]:
    pictures = cleaned(said.photos)
    return moved(
        request,
        number,
        said,
        lambda case, who: act.note(case, said.words, for_reporter=said.for_reporter, pictures=pictures, **who),
    )


class AnswersSent(Seen):
    """Answers by the ids of the questions of `item`, as `show-questions` asks them."""

    item: Code
    answers: Answers


@router.post("/cases/{number}/answers", response=Moved)
@for_handlers
def answer_questions(request: Request, number: Number, said: AnswersSent) -> dict[str, Any]:
    return moved(request, number, said, lambda case, who: answering.answer(case, said.item, said.answers, **who))


@router.post("/cases/{number}/decide", response=Moved)
@for_roles(*sorted(DESKS))
def decide_on_case(request: Request, number: Number, said: SaidWith) -> dict[str, Any]:
    """What today's meeting decided about the case."""
    return moved(request, number, said, lambda case, who: meeting.decide(case, said.words, **who))


@router.post("/cases/{number}/do", response=Moved)
@for_handlers
def do_case(request: Request, number: Number, said: Done) -> dict[str, Any]:
    pictures = cleaned(said.photos)
    return moved(
        request,
        number,
        said,
        lambda case, who: act.do(
            case,
            said.words,
            outcome=said.outcome,
            happened_at=said.happened_at,
            place=said.place,
            pictures=pictures,
            **who,
        ),
    )


@router.post("/cases/{number}/pause", response=Moved)
@for_handlers
def pause_case(request: Request, number: Number, said: Paused) -> dict[str, Any]:
    return moved(
        request, number, said, lambda case, who: clocks.pause(case, str(said.reason), said.days, said.words, **who)
    )


@router.post("/cases/{number}/resume", response=Moved)
@for_handlers
def resume_case(request: Request, number: Number, said: MaySay) -> dict[str, Any]:
    return moved(request, number, said, lambda case, who: clocks.resume(case, said.words, **who))


@router.post("/cases/{number}/more-time", response=Moved)
@for_handlers
def ask_for_more_time(request: Request, number: Number, said: MoreTime) -> dict[str, Any]:
    return moved(request, number, said, lambda case, who: clocks.ask_for_more_time(case, said.days, said.words, **who))


@router.post("/cases/{number}/extend", response=Moved)
@for_handlers
def extend_case(request: Request, number: Number, said: Answered) -> dict[str, Any]:
    return moved(request, number, said, lambda case, who: clocks.extend(case, said.granted, said.words, **who))


@router.post("/cases/{number}/redo", response=Moved)
@for_handlers
def redo_case(request: Request, number: Number, said: SaidWith) -> dict[str, Any]:
    return moved(request, number, said, lambda case, who: verify.say_not_solved(case, said.words, **who))


@router.post("/cases/{number}/verify", response=Moved)
@for_handlers
def verify_case(request: Request, number: Number, said: MaySay) -> dict[str, Any]:
    return moved(request, number, said, lambda case, who: verify.verify_by_hand(case, said.words, **who))


@router.post("/cases/{number}/close", response=Moved)
@for_handlers
def close_case(request: Request, number: Number, said: Closed) -> dict[str, Any]:
    return moved(request, number, said, lambda case, who: close.close_by_hand(case, said.outcome, said.words, **who))


class Reviewed(SaidWith):
    """Whether what is asked for is unreasonable, in the eyes of somebody who did not propose it; with why."""

    review: Annotated[str, Field(pattern="^(agrees|disagrees)$")]


@router.post("/cases/{number}/propose-unreasonable", response=Moved)
@for_handlers
def propose_unreasonable(request: Request, number: Number, said: SaidWith) -> dict[str, Any]:
    return moved(request, number, said, lambda case, who: reviewing.propose_unreasonable(case, said.words, **who))


@router.post("/cases/{number}/review-unreasonable", response=Moved)
@for_handlers
def review_unreasonable(request: Request, number: Number, said: Reviewed) -> dict[str, Any]:
    return moved(
        request,
        number,
        said,
        lambda case, who: reviewing.review_unreasonable(case, said.review, said.words, **who),
    )


@router.post("/cases/{number}/reopen", response=Moved)
@for_handlers
def reopen_case(request: Request, number: Number, said: SaidWith) -> dict[str, Any]:
    return moved(request, number, said, lambda case, who: close.reopen(case, said.words, **who))


@router.post("/cases/{number}/merge", response=Moved)
@for_handlers
def merge_case(request: Request, number: Number, said: Merged) -> dict[str, Any]:
    into = CaseId(looking.find_numbered(said.into))
    return moved(request, number, said, lambda case, who: merge.merge(case, into, **who))
