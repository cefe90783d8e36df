"""A request becomes a case: by the same way as every report, with the answers that its service asks for."""

from __future__ import annotations

import re
from secrets import token_hex
from typing import Any, Final, NamedTuple
from uuid import NAMESPACE_URL, uuid5

from doorstep.cases import queries as cases
from doorstep.cases.actions.answering import answer
from doorstep.cases.actions.contact import readable_contact
from doorstep.cases.actions.photos import add_pictures
from doorstep.cases.actions.report import LONGEST_REPORT, Contact, Report
from doorstep.cases.actions.report import report as write_report
from doorstep.catalogue.item import AnswerKind, Item
from doorstep.catalogue.rules.answering import read_answers
from doorstep.core.access import ANONYMOUS, WORKER, acting_as, follower_of
from doorstep.core.ids import CaseId
from doorstep.core.text import language, say
from doorstep.exchange.actions import receiving
from doorstep.exchange.known import known_cases
from doorstep.exchange.orders import LONGEST_NUMBER, Order
from doorstep.fronts import limits
from doorstep.fronts.open311.entering import CallRefused, Request
from doorstep.fronts.open311.media import media
from doorstep.fronts.open311.places import jurisdiction, place
from doorstep.fronts.open311.services import known_service

_ATTRIBUTE: Final = re.compile(r"attribute\[([A-Za-z0-9_-]{1,60})\](?:\[\])?")
_OWN_NUMBERS: Final = ("external_id", "fixmystreet_id")
_SHORTEST_KEY: Final = 20


class Sent(NamedTuple):
    """What became of a request."""

    case: CaseId
    number: str
    item: str
    call_now: Any


def send(request: Request) -> Sent:
    """Write the case and its answers, all or nothing. What is sent twice under one number is one case."""
    jurisdiction(request)
    code = request.asked.one("service_code")
    if not code:
        raise CallRefused(say("georeport-service-missing"), say("georeport-service-missing-try"), "service_code")
    item = known_service(code)
    answers = _answers(request, item)
    if request.partner is None:
        limits.count_report(request)
    said = _report(request, item)
    danger = cases.danger_in(said.words)
    case, number = _handed_over(request, said, answers) if request.partner else _reported(request, said, answers)
    return Sent(case, number, item.id, danger.advice if danger else None)


def _reported(request: Request, said: Report, answers: dict[str, str]) -> tuple[CaseId, str]:
    with acting_as(ANONYMOUS):
        receipt = write_report(said, at=request.at)
        # One that came before has its answers already.
        if answers and receipt.reported_at == request.at:
            _answer(receipt.case, said.item, answers, request)
    return receipt.case, receipt.number


def _handed_over(request: Request, said: Report, answers: dict[str, str]) -> tuple[CaseId, str]:
    """As every order of a partner: under its own number where it sends one, so that it is one case for good."""
    partner = request.partner
    assert partner is not None
    named = [request.asked.one(name) or request.asked.one(f"attribute[{name}]") for name in _OWN_NUMBERS]
    number = next((each for each in named if each), "") or f"o311-{token_hex(12)}"
    with acting_as(WORKER):
        taken = receiving.receive(partner, Order(number[:LONGEST_NUMBER], said), at=request.at)
        (case,) = known_cases(partner, [taken.case])
        if taken.came == receiving.NEW:
            _add(CaseId(case), said, answers, request)
    return CaseId(case), taken.case


def _add(case: CaseId, said: Report, answers: dict[str, str], request: Request) -> None:
    """What an order itself does not carry."""
    if said.pictures:
        with acting_as(ANONYMOUS):
            add_pictures(case, 1, said.pictures, at=request.at)
    if answers:
        _answer(case, said.item, answers, request)


def _answer(case: CaseId, item: str, answers: dict[str, str], request: Request) -> None:
    reporter = follower_of(case)
    with acting_as(reporter):
        answer(case, item, answers, by=reporter, at=request.at)


def _report(request: Request, item: Item) -> Report:
    asked, pictures = request.asked, media(request)
    words = pictures.with_link(asked.one("description") or item.name.said(language()))
    if len(words) > LONGEST_REPORT:
        raise CallRefused(say("cases-report-long", most=LONGEST_REPORT), say("cases-report-long-try"), "description")
    key = request.headers.get("Idempotency-Key", "")
    return Report(
        words=words,
        place=place(request),
        contact=_contact(request),
        item=item.id,
        source=request.partner.source if request.partner else "resident",
        key=uuid5(NAMESPACE_URL, f"open311 {key}\0{words}") if len(key) >= _SHORTEST_KEY else None,
        pictures=pictures.pictures,
    )


def _contact(request: Request) -> Contact:
    asked = request.asked
    first, last = asked.one("first_name"), asked.one("last_name")
    # A Chinese name is written with the family name first, and without a blank.
    name = f"{first} {last}".strip() if f"{first}{last}".isascii() else f"{last}{first}"
    return readable_contact(asked.one("email"), asked.one("phone"), name=name, language=language())


def _answers(request: Request, item: Item) -> dict[str, str]:
    """The attributes by the ids of the item's questions; what is not asked, or does not fit, is refused by its name."""
    sent: dict[str, list[str]] = {}
    for name, values in request.asked.values.items():
        if not name.startswith("attribute"):
            continue
        code = _ATTRIBUTE.fullmatch(name)
        if code is None:
            raise CallRefused(
                say("georeport-bad-attribute", name=name[:60]), say("georeport-bad-attribute-try"), name[:60]
            )
        if code[1] not in _OWN_NUMBERS:
            sent[code[1]] = [value.strip() for value in values if value.strip()]
    asked = {each.id: each for each in item.questions}
    for code_sent, values in sent.items():
        if code_sent not in asked or len(values) > 1:
            said = "georeport-unknown-attribute" if code_sent not in asked else "georeport-one-value"
            raise CallRefused(say(said, name=code_sent), say("georeport-bad-attribute-try"), f"attribute[{code_sent}]")
    given = {code: _plain(asked[code].kind, values[0]) for code, values in sent.items() if values}
    if given or any(each.required and each.only_if is None for each in item.questions):
        read_answers(item.questions, given, language())
    return given


def _plain(kind: AnswerKind, value: str) -> str:
    """An answer as we keep it: of a moment the day; the usual ways to say yes and no."""
    if kind is AnswerKind.DATE:
        return value[:10]
    if kind is AnswerKind.YES_NO:
        return {"true": "yes", "1": "yes", "false": "no", "0": "no"}.get(value.lower(), value.lower())
    return value
