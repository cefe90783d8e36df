"""Load the story of `demo/`: a real community's name, another city's buildings, invented people, real steps."""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable, Sequence
from datetime import datetime, time, timedelta
from math import inf
from pathlib import Path
from typing import Any

from doorstep.config.demo_alerts import Seats, alert
from doorstep.config.demo_mediation import mediate
from doorstep.core.text import language, text

SIGNED_UP = 0.6
FOLDER = Path(__file__).resolve().parents[3] / "demo"
Tell = Callable[[float, str], None]


def people() -> list[tuple[str, str, str, str]]:
    """Who can sign in: post, user name, password, and what to try."""
    story = _story()
    return [
        (
            text(f"staff-post-{row['post'].replace('_', '-')}"),
            row["username"],
            story["password"],
            row[f"try_{language()}"],
        )
        for row in story["account"]
    ]


def load(progress: Tell) -> None:
    """Everything from the files to cases on their way; each part commits by itself, in the order of the story."""
    import django

    django.setup()
    from doorstep.areas.dividing import warm_up_apart
    from doorstep.core.time import clock

    story, at = _story(), clock.now()
    progress(0.02, text("demo-loading-territory"))
    _load_territory(story, at)
    progress(0.10, text("demo-loading-kernels"))
    warm_up_apart()
    progress(0.45, text("demo-loading-districting"))
    _open_desks(story, at)
    _divide(story, at, progress)
    progress(0.70, text("demo-loading-people"))
    _appoint(story, at)
    progress(0.85, text("demo-loading-cases"))
    _tell_cases(story, at)
    _ask_for_a_form(story, at)
    mediate(story["mediation"], _actor("community_desk"), _actor("mediator"), at)
    seats = (_actor(kind) for kind in ("community_desk", "subdistrict_office", "command_centre", "liaison"))
    alert(story["alerts"], story["community"], Seats(*seats), at)
    progress(1.0, text("demo-loading-done"))


def _story() -> dict[str, Any]:
    return tomllib.loads((FOLDER / "story.toml").read_text(encoding="utf-8"))


def _load_territory(story: dict[str, Any], at: datetime) -> None:
    from doorstep.areas.actions.importing import import_base_map, import_buildings, import_territory
    from doorstep.areas.models import Area
    from doorstep.areas.readers import read_base_map, read_buildings, read_territory
    from doorstep.core.access import WORKER, acting_as

    data = FOLDER / "data"
    import_territory(read_territory(data / "divisions" / "communities_3cities.csv"), at=at)
    import_buildings(story["community"], read_buildings(data / "osm" / "tsinghua_buildings.overpass.json"), at=at)
    import_base_map(story["community"], read_base_map(data / "osm" / "tsinghua_roads.overpass.json"))
    with acting_as(WORKER, because="mark the sample"):
        Area.objects.filter(code=story["community"]).update(is_sample=True)


def _divide(story: dict[str, Any], at: datetime, progress: Tell) -> None:
    """The community's desk draws and submits, the subdistrict's approves, the community's publishes."""
    from doorstep.areas.actions.approving import approve, submit
    from doorstep.areas.actions.drawing import Wishes, draw
    from doorstep.areas.actions.publishing import publish
    from doorstep.areas.approvals import Seat
    from doorstep.core.access import acting_as
    from doorstep.core.ids import PlanId
    from doorstep.core.time.zone import local_date
    from doorstep.staff.queries import desks_in_post

    community = _community(story["community"])
    desk, office = _actor("community_desk"), _actor("subdistrict_office")
    # In force since a month ago, so that the cases of the story fall into its micro-grids.
    at -= timedelta(days=30)

    def come(_stage: str, part: float) -> None:
        progress(0.45 + 0.2 * part, text("demo-loading-districting"))

    in_post = [Seat(*each) for each in desks_in_post([community], local_date(at))[community]]
    with acting_as(desk, because="demo"):
        # Somebody watches the bar, so that it is waited for however busy the machine is.
        drawn = draw(community, Wishes(), by=desk, at=at - timedelta(days=1), progress=come, longest_s=inf)
        plan = PlanId(drawn.pk)
        digest = submit(plan, by=desk, at=at - timedelta(hours=20), in_post=in_post).digest
    with acting_as(office, because="demo"):
        approve(plan, digest, by=office, at=at - timedelta(hours=2), in_post=in_post)
    with acting_as(desk, because="demo"):
        publish(plan, local_date(at), by=desk, at=at)


def _actor(kind: str) -> Any:
    """Whoever of this kind of post can sign in; there is one of each."""
    from doorstep.core.access import GATE, Actor, Role, acting_as
    from doorstep.staff.models import Account, Post
    from doorstep.staff.rules.roles import ROLE_OF_POST

    with acting_as(GATE):
        account = Account.objects.get(person__appointments__post__kind=kind)
        post = Post.objects.get(kind=kind, appointments__person__account=account)
    return Actor(Role(ROLE_OF_POST[kind]), org=post.area_id, unit=post.unit_id, post=post.pk, account=account.pk)


def _community(code: str) -> int:
    """The id of the community of the story."""
    from doorstep.areas.actions.importing import community_in_force
    from doorstep.core.access import WORKER, acting_as

    with acting_as(WORKER):
        return community_in_force(code).pk


def _open_desks(story: dict[str, Any], at: datetime) -> None:
    """Units, and those who can sign in without a grid: somebody must draw and somebody approve."""
    from doorstep.areas.models import Area
    from doorstep.core.access import WORKER, acting_as
    from doorstep.staff.models import Unit

    with acting_as(WORKER, because="demo"):
        areas = {area.code: area for area in Area.objects.filter(valid_until=None).defer("outline")}
        units = {
            row["key"]: Unit.objects.create(
                kind=row["kind"],
                name=row["name"],
                subject=row.get("subject", ""),
                area=areas[row["area"]],
                is_on_call=row.get("on_call", False),
            )
            for row in story["unit"]
        }
        for row in story["account"]:
            if not _is_of_a_grid(row):
                _open_account(row, story, units, areas, at)


def _appoint(story: dict[str, Any], at: datetime) -> None:
    from doorstep.areas.models import Area
    from doorstep.core.access import WORKER, acting_as

    chance = random.Random(story["seed"])  # noqa: S311 - invented people, not secrets
    with acting_as(WORKER, because="demo"):
        areas = {area.code: area for area in Area.objects.filter(valid_until=None).defer("outline")}
        for row in story["account"]:
            if _is_of_a_grid(row):
                _open_account(row, story, {}, areas, at)
        _fill_seats(story["neighbours"], chance, at)
        _sign_up(chance, at)


def _is_of_a_grid(row: dict[str, Any]) -> bool:
    return "grid" in row or "microgrid" in row


def _open_account(row: dict[str, Any], story: dict[str, Any], units: Any, areas: Any, at: datetime) -> None:
    from django.contrib.auth.hashers import make_password

    from doorstep.core.time.zone import local_date
    from doorstep.staff.models import Account, Appointment, Person

    person = Person.objects.create(name=row["name"], is_invented=True)
    post = _post(row, story["community"], units, areas)
    Appointment.objects.create(person=person, post=post, from_on=local_date(at) - timedelta(days=200))
    Account.objects.bulk_create(
        [
            Account(
                username=row["username"],
                password=make_password(story["password"]),
                person=person,
                password_changed_at=at,
            )
        ]
    )


def _post(row: dict[str, Any], community: str, units: Any, areas: Any) -> Any:
    from doorstep.staff.models import Post

    if "grid" in row:
        return Post.objects.filter(area=areas[f"{community}{row['grid']:03d}"], kind=row["post"]).earliest("id")
    if "microgrid" in row:
        return Post.objects.filter(area=areas[f"{community}{row['microgrid']}"], kind=row["post"]).earliest("id")
    unit = units.get(row.get("unit"))
    return Post.objects.create(kind=row["post"], unit=unit, area=unit.area if unit else None)


def _fill_seats(names: dict[str, Any], chance: random.Random, at: datetime) -> None:
    from doorstep.core.time.zone import local_date
    from doorstep.staff.models import Appointment, Person, Post, Unit

    vacant = list(Post.objects.filter(appointments=None, abolished_on=None).order_by("id"))
    chosen = [post for post in vacant if post.kind == "grid_worker" or chance.random() < names["filled"]]
    staffed_units = set(Appointment.objects.values_list("post__unit", flat=True))
    empty = Unit.objects.filter(kind__in=["department", "property_company"]).exclude(pk__in=staffed_units - {None})
    chosen += [Post.objects.create(kind="department", unit=unit, area=unit.area) for unit in empty]
    persons = Person.objects.bulk_create(
        Person(
            name=chance.choice(names["surnames"]) + chance.choice(names["given"]),
            comes_from=chance.choice(names["comes_from"]),
            is_invented=True,
        )
        for _ in chosen
    )
    Appointment.objects.bulk_create(
        Appointment(person=person, post=post, from_on=local_date(at) - timedelta(days=chance.randrange(30, 400)))
        for person, post in zip(persons, chosen, strict=True)
    )


def _sign_up(chance: random.Random, at: datetime) -> None:
    """Some of the liaisons and volunteers said that they may be asked to lend a hand."""
    from doorstep.cases.actions.readiness import BASIS, PURPOSE
    from doorstep.cases.models import Readiness
    from doorstep.cases.rules.neighbours import ends_on
    from doorstep.core.time.zone import local_date
    from doorstep.staff.models import Appointment
    from doorstep.staff.rules.roles import NEIGHBOUR_POSTS

    seats = Appointment.objects.filter(post__kind__in=NEIGHBOUR_POSTS).order_by("id").values_list("id", flat=True)
    agreed = {"purpose": PURPOSE, "basis": BASIS, "agreed_at": at, "until_on": ends_on(local_date(at))}
    hours = {"days": "all", "from_hour": time(8), "until_hour": time(21)}
    helps = [["look-in", "carry"], ["carry", "stop-water"], ["look-in", "keep-clear", "search"]]
    Readiness.objects.bulk_create(
        Readiness(appointment_id=seat, helps=chance.choice(helps), **agreed, **hours)
        for seat in seats
        if chance.random() < SIGNED_UP
    )


def _ask_for_a_form(story: dict[str, Any], at: datetime) -> None:
    """One form that the subdistrict asks of the grids, for the burden meter; invented, and its name says so."""
    from doorstep.catalogue.actions.demanding import Demand, DemandKind, Field, FieldKind, publish
    from doorstep.core.access import acting_as
    from doorstep.core.time.zone import local_date

    asked, office = story["form"], _actor("subdistrict_office")
    begins = local_date(at) - timedelta(days=asked["days_ago"])
    form = Demand(
        kind=DemandKind.FORM, title=asked["title"], why=asked["why"], basis=asked["basis"], to_level="grid",
        minutes=asked["minutes"], times_a_year=asked["times_a_year"], from_on=begins,
        until_on=begins + timedelta(days=asked["for_days"]), item="", is_duty=False,
        fields=tuple(Field(row["label"], FieldKind(row["kind"]), row.get("held", "")) for row in asked["field"]),
    )  # fmt: skip
    with acting_as(office, because="demo"):
        publish(form, _community(story["community"]), by=office, at=at - timedelta(days=asked["days_ago"]))


def _tell_cases(story: dict[str, Any], now: datetime) -> None:
    from doorstep.areas import queries as areas
    from doorstep.areas.models import Building
    from doorstep.cases.actions.report import Contact, Place, Report, report
    from doorstep.core.access import WORKER, acting_as
    from doorstep.core.time.zone import local_date

    told = tomllib.loads((FOLDER / "cases.toml").read_text(encoding="utf-8"))
    chance = random.Random(story["seed"])  # noqa: S311 - invented cases, not secrets
    with acting_as(WORKER):
        homes = list(
            Building.objects.filter(community__code=story["community"], dwellings__gt=5)
            .order_by("id")
            .values_list("lon", "lat", "name")
        )
        territory = areas.territory(local_date(now))
        grids = [(found.code[12:15] if (found := territory.at(lon, lat)[0]) else "") for lon, lat, _ in homes]
    for row in told["case"]:
        near = [home for home, grid in zip(homes, grids, strict=True) if row.get("grid", grid) == grid]
        lon, lat, name = chance.choice(near or homes)
        nowhere = row["then"] == "nowhere"
        place = Place(words=name) if nowhere else Place(lon=lon, lat=lat, words=name)
        at = now - timedelta(hours=row["ago_h"])
        contact = Contact(name=told["reporter"], email=f"resident{row['ago_h']}@example.invalid")
        receipt = report(Report(row["words"], place, contact, item=row.get("item", "")), at=at)
        _carry_on(receipt.case, row, at)


def _carry_on(case: int, row: dict[str, Any], at: datetime) -> None:
    """As far as the story goes, each step by whoever holds the case."""
    from doorstep.cases.actions import act, advance, verify
    from doorstep.cases.models import Case
    from doorstep.core.access import WORKER, Actor, Role, acting_as, follower_of
    from doorstep.core.ids import CaseId

    steps: Sequence[str] = {
        "taken": ("take",), "done": ("take", "do"), "closed": ("take", "do", "verify"), "declined": ("decline",),
    }.get(row["then"], ())  # fmt: skip
    advance.advance(at=at)
    with acting_as(WORKER):
        held = Case.objects.select_related("holder_unit").get(pk=case)
    if held.holder_unit is None:
        return
    unit = held.holder_unit
    role = {"grid_team": Role.GRID, "community_desk": Role.COMMUNITY, "subdistrict_office": Role.SUBDISTRICT}.get(
        unit.kind, Role.DEPARTMENT
    )
    holder = Actor(role, org=unit.pk if role is Role.DEPARTMENT else unit.area_id, unit=unit.pk)
    for hours, step in enumerate(steps, 1):
        when = at + timedelta(minutes=40 * hours)
        if step == "verify":
            ava = follower_of(case)
            with acting_as(ava):
                verify.say_solved(CaseId(case), by=ava, at=when)
            advance.advance(at=when)
            continue
        with acting_as(holder):
            if step == "take":
                act.take(CaseId(case), by=holder, at=when)
            elif step == "do":
                act.do(CaseId(case), row["did"], by=holder, at=when)
            else:
                act.decline(CaseId(case), row["did"], by=holder, at=when, basis="duties")
