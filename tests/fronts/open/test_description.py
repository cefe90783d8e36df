"""What the interface says of itself is true: schemathesis tries every operation with whatever its description allows,
and with what it forbids, as a passer-by, at a desk, in a grid and as each administrator. Nothing breaks, and every
answer is one that was described.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager, nullcontext
from typing import Any

import pytest
import schemathesis
from django.db import transaction
from django.test.client import ClientHandler
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)
from tests.town import Town

from doorstep.areas.models import Plan, Study
from doorstep.cases import tables
from doorstep.cases.actions import tables as table_acts
from doorstep.cases.actions.rehearsing import ask_for_rehearsal
from doorstep.cases.models import Case
from doorstep.core.access import WORKER, Actor, Role, acting_as
from doorstep.core.time import clock
from doorstep.core.time.zone import local_date
from doorstep.exchange.actions import subscribing
from doorstep.exchange.actions.subscribing import Wanted
from doorstep.fronts.open.describing import described, operations
from doorstep.fronts.open.shapes import Sent, Told
from doorstep.staff.models import Account

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
    ignored_auth,
    unsupported_method,
]
CALLERS = {
    "": "",
    "dana": "community",
    "chen": "grid",
    "command": "county",
    "subdistrict": "subdistrict",
    "water": "department",
    "ben": "neighbour",
    "mediator": "mediator",
    "system": "system_admin",
    "security": "security_admin",
    "audit": "audit_admin",
}

service = ClientHandler(enforce_csrf_checks=True)


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """The house as a server opens it; whatever a request has written is gone after it."""
    environ["HTTP_HOST"] = "testserver"
    # Whoever checks the answers does not unpack them.
    environ.pop("HTTP_ACCEPT_ENCODING", None)
    # The description is read before there is a database, and needs none.
    needs_database = not environ["PATH_INFO"].endswith("openapi.json")
    with undone() if needs_database else nullcontext():
        answer = service(environ)
        start_response(f"{answer.status_code} {answer.reason_phrase}", list(answer.items()))
        return [answer.getvalue()]


@contextmanager
def undone() -> Iterator[None]:
    """A transaction that leaves nothing behind."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app)
schema.config.generation.allow_x00 = True
every = {result.ok().label: result.ok() for result in schema.get_all_operations()}


def allowed(label: str) -> list[str]:
    """Who of the town may call an operation."""
    roles = every[label].definition.raw.get("x-roles")
    return [who for who, role in CALLERS.items() if roles is None or role in roles]


def can_be_wrong(label: str) -> bool:
    """Whether anything is sent that could be sent wrongly; any text in an address leads at worst nowhere."""
    raw = every[label].definition.raw
    return "requestBody" in raw or any(each["in"] == "query" for each in raw["parameters"])


@pytest.fixture
def known(reported: Callable[..., Case], link: Callable[[Case], str], town: Town) -> Callable[[], dict[str, Any]]:
    """Parts of an address that lead somewhere."""
    case = reported()
    with acting_as(WORKER):
        plan = Plan.objects.create(community_id=town.community, settings={}, report={}, made_at=clock.now())
    with acting_as(Actor(Role.COMMUNITY, org=town.community)):
        study = Study.objects.create(
            community_id=town.community,
            kind="trades",
            state="done",
            wishes={},
            mark="",
            asked_at=clock.now(),
            by_role="",
        )
    table = _draft_table(town)
    webhook, delivery = _webhook()

    def parts() -> dict[str, Any]:
        with acting_as(WORKER):
            account = Account.objects.values_list("pk", flat=True).first()
        return {
            "number": case.number, "token": link(case), "code": "321102001001", "plan": plan.pk,
            "post": town.posts["chen"], "account": account or 1, "unit": town.units["water"],
            "demand": 1, "period": "2026-11-02", "mediation": 1, "reminder": 1, "emergency": 1, "patrol": 1, "need": 1,
            "supply": 1, "walk": 1,
            "study": study.pk, "consent": 1, **table, "webhook": webhook, "delivery": delivery,
        }  # fmt: skip

    return parts


def _webhook() -> tuple[int, int]:
    """A subscriber that is paused, and a test that waits for it."""
    system, at = Actor(Role.SYSTEM_ADMIN), clock.now()
    with acting_as(system):
        made = subscribing.subscribe(Wanted("市数据局", "https://8.8.8.8/"), (), by=system, at=at).subscription
        subscribing.pause(made, by=system, at=at)
        return made, subscribing.ping(made, by=system, at=at)


def _draft_table(town: Town) -> dict[str, int]:
    """A draft of the dispatch table with a row, and a rehearsal of it."""
    command, at = town.actor("command"), clock.now()
    words = tables.Words(what=("stairwell-rubbish",), holder="community", reason="社区统一清运")
    with acting_as(command):
        draft = table_acts.begin(by=command, at=at)
        row = table_acts.add_row(words, by=command, at=at)
        draft.refresh_from_db()
        rehearsal = ask_for_rehearsal(draft, local_date(at), local_date(at), by=command, at=at)
    return {"version": draft.version, "row": row.id, "rehearsal": rehearsal.pk}


def try_out(label: str, key: str, known: dict[str, Any], examples: int, mode: GenerationMode) -> None:
    """Send so many requests of one kind to one operation and hold each answer to its description."""
    checks = [*CHECKS, negative_data_rejection] if mode is GenerationMode.NEGATIVE else CHECKS
    operation = every[label]

    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        derandomize=True,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def holds(case: schemathesis.Case) -> None:
        if mode is GenerationMode.POSITIVE:
            case.path_parameters = {name: known.get(name, part) for name, part in (case.path_parameters or {}).items()}
        headers = {"Authorization": f"Bearer {key}"} if key else {}
        case.call_and_validate(headers=headers, checks=checks)

    holds()


@pytest.mark.parametrize("label", every)
def test_every_operation_answers_as_it_is_described(
    label: str, program: Callable[..., Any], known: Callable[[], dict[str, Any]]
) -> None:
    for who in ("", allowed(label)[0]):
        try_out(label, program(who).key, known(), 3, GenerationMode.POSITIVE)


@pytest.mark.parametrize("label", every)
def test_what_the_description_forbids_is_refused(
    label: str, program: Callable[..., Any], known: Callable[[], dict[str, Any]]
) -> None:
    if can_be_wrong(label):
        try_out(label, program(allowed(label)[0]).key, known(), 3, GenerationMode.NEGATIVE)


@pytest.mark.long
@pytest.mark.parametrize("label", every)
@pytest.mark.parametrize("who", CALLERS)
def test_everybody_may_try_everything_and_nothing_breaks(
    label: str, who: str, program: Callable[..., Any], known: Callable[[], dict[str, Any]]
) -> None:
    key = program(who).key
    try_out(label, key, known(), 10, GenerationMode.POSITIVE)
    if can_be_wrong(label):
        try_out(label, key, known(), 10, GenerationMode.NEGATIVE)


@pytest.mark.parametrize("who", CALLERS)
def test_what_belongs_to_other_roles_is_refused_before_anything_is_read(
    who: str, program: Callable[..., Any], known: Callable[[], dict[str, Any]]
) -> None:
    caller, parts = program(who, lang="en"), known()
    for label in every:
        if who in allowed(label):
            continue
        method, path = label.split(" ")
        address = path.removeprefix("/api/v1/").format_map(
            {
                "name": "1",
                "appointment": 1,
                "session": 1,
                "mediation": 1,
                "reminder": 1,
                "emergency": 1,
                "need": 1,
                "supply": 1,
                "patrol": 1,
                "walk": 1,
                "link": 1,
                "kind": "deeds",
                "day": "2026-12-24",
                **parts,
            }
        )
        answer = caller.send(method, address, {})
        assert answer.status_code == (403 if who else 401), label
        assert answer.json()["refused"], label


def test_a_password_alone_opens_nothing_that_needs_a_second_factor(
    program: Callable[..., Any], known: Callable[[], dict[str, Any]]
) -> None:
    dana = program("dana", second_factor=False)
    assert dana.get("cases").status_code == 401
    assert dana.get("session").json()["waits_for"] == "second-factor"


def test_no_two_shapes_share_a_name() -> None:
    """Of two with one name only one would be described, and the other's callers be told something untrue."""
    names = Counter(each.__name__ for kind in (Sent, Told) for each in _below(kind))
    assert [name for name, number in names.items() if number > 1] == []


def _below(kind: type) -> Iterator[type]:
    for each in kind.__subclasses__():
        yield each
        yield from _below(each)


def test_everything_is_described_in_both_languages() -> None:
    zh, en = described("zh"), described("en")
    for (path, method, one), (_, _, other) in zip(operations(zh), operations(en), strict=True):
        assert one["summary"] != other["summary"], (path, method)
        assert one["operationId"] == other["operationId"]
    assert zh["openapi"].startswith("3.1")


def test_the_page_names_every_operation(program: Callable[..., Any]) -> None:
    shown = program(lang="en").get("").content.decode()
    for label in every:
        assert label in shown, label
