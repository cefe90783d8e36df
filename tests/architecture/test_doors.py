"""Every address of the house and who may open it: a door that is not written down here does not pass."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from tests.town import build_town
from tests.visiting import begin_session, open_account

from doorstep.cases.actions import act
from doorstep.cases.actions.advance import advance
from doorstep.cases.actions.photos import Picture
from doorstep.cases.actions.report import Contact, Place, Report, report
from doorstep.cases.actions.sounds import Sound as SpokenNote
from doorstep.cases.models import Case, Photo, Sound
from doorstep.core.access import WORKER, acting_as
from doorstep.core.access.links import follow_token
from doorstep.core.time import clock
from doorstep.fronts.entering import COOKIE

PEOPLE = {
    "ben": "neighbour", "chen": "grid", "dana": "community", "subdistrict": "subdistrict", "command": "county",
    "water": "department", "mediator": "mediator", "system": "system_admin", "security": "security_admin",
    "audit": "audit_admin",
}  # fmt: skip

ALL = frozenset(PEOPLE)
READERS = frozenset({"chen", "dana", "subdistrict", "command", "water"})
DESKS = frozenset({"dana", "subdistrict", "command"})
QUEUES = DESKS | {"water"}
EDITORS = frozenset({"subdistrict", "command"})
KEEPERS = frozenset({"dana", "system"})
ADMINISTRATORS = frozenset({"system", "security", "audit"})

# Pages, as their addresses are written in the code; the first page has the empty one.
OPEN = """
    hooks/<slug:channel>
    proofs/ proofs/heads/<int:size>.txt proofs/consistency proofs/check.html proofs/agreement/
    c/<str:token>/proof.json
    report/ report/propose/ d/<slug:code> way/ way/<slug:code> help/ help/<slug:code>
    complaints/ find/ map/<slug:kind>/ demo/outbox/ grids/
    burden/ burden.csv burden/<int:demand>/
    c/<str:token>/ c/<str:token>/received/ c/<str:token>/do/<slug:move>/ c/<str:token>/photos/<slug:name>/
    c/<str:token>/sounds/<slug:name>/
    c/<str:token>/own/ c/<str:token>/own.json c/<str:token>/own/erase/
    c/<str:token>/mediation/ m/<str:token>/ m/<str:token>/do/<slug:move>/ m/<str:token>/agreement.<slug:ending>
    m/<str:token>/meetings/<int:session>.ics m/<str:token>/own.json
    h/<str:token>/ h/<str:token>/do/<slug:move>/ h/<str:token>/photos/<slug:name>/
    emergency/ emergency/<int:emergency>/ emergency/needs/<str:token>/ patrols/ patrols/<int:patrol>.ics
    reminders/ reminders/subscribe/ reminders/confirm/<str:token>/ reminders/stop/<str:token>/ reminders/<int:reminder>/
    staff/sign-in preferences/
    design/ design/staff/ design/wall/ design/sheet/ design/map/<slug:name>.json
    api/v1/openapi.json api/v1/
    open311/discovery open311/v2/services open311/v2/services/<str:code> open311/v2/requests
    open311/v2/requests/<str:number> open311/v2/tokens/<str:token> open311/v2/servicerequestupdates open311/<path:rest>
    open311/discovery.<georeport:ending> open311/v2/services.<georeport:ending>
    open311/v2/services/<str:code>.<georeport:ending> open311/v2/requests.<georeport:ending>
    open311/v2/requests/<str:number>.<georeport:ending> open311/v2/tokens/<str:token>.<georeport:ending>
    open311/v2/servicerequestupdates.<georeport:ending> open311/<path:rest>.<georeport:ending>
    features/ features/conformance features/api features/collections features/collections/<str:collection>
    features/collections/<str:collection>/items features/collections/<str:collection>/items/<str:feature>
    features/<path:rest>
    open311/discovery open311/v2/services open311/v2/services/<str:code> open311/v2/requests
    open311/v2/requests/<str:number> open311/v2/tokens/<str:token> open311/v2/servicerequestupdates open311/<path:rest>
    open311/discovery.<georeport:ending> open311/v2/services.<georeport:ending>
    open311/v2/services/<str:code>.<georeport:ending> open311/v2/requests.<georeport:ending>
    open311/v2/requests/<str:number>.<georeport:ending> open311/v2/tokens/<str:token>.<georeport:ending>
    open311/v2/servicerequestupdates.<georeport:ending> open311/<path:rest>.<georeport:ending>
    calendars/areas/<slug:code>.ics calendars/<str:token>.ics
"""
OPEN_PAGES = frozenset(OPEN.split()) | {""}

PAGES: dict[frozenset[str], str] = {
    ALL: """
        staff/ staff/sign-out staff/second-factor staff/password staff/seats staff/sessions staff/sessions/end
        staff/calendar/ staff/calendar/address/<slug:name>
    """,
    frozenset({"ben"}): """
        staff/neighbourhood staff/neighbourhood/ready staff/neighbourhood/ready/end
        staff/neighbourhood/calls/<int:call>/ staff/neighbourhood/calls/<int:call>/answer
        staff/patrols/ staff/patrols/<int:patrol>/ staff/patrols/<int:patrol>/do/<slug:name>
    """,
    KEEPERS: """
        staff/posts/ staff/posts.csv staff/posts/add staff/posts/<int:post>/ staff/posts/<int:post>/appoint
        staff/posts/<int:post>/end staff/posts/<int:post>/name
    """,
    frozenset({"system", "security"}): "staff/accounts/ staff/accounts/<int:account>/",
    frozenset({"system"}): """
        staff/accounts/open staff/accounts/<int:account>/reset
        staff/units/ staff/units/add staff/units/<int:unit>/ staff/units/<int:unit>/end
        staff/webhooks/ staff/webhooks/add staff/webhooks/<int:subscription>/
        staff/webhooks/<int:subscription>/do/<slug:name>
        staff/webhooks/<int:subscription>/deliveries/<int:delivery>/
        staff/webhooks/<int:subscription>/deliveries/<int:delivery>/replay
    """,
    frozenset({"security"}): "staff/accounts/<int:account>/<slug:name> staff/alarms/ staff/alarms/<int:alarm>/",
    frozenset({"audit"}): "staff/audit/ staff/audit.csv",
    READERS: """
        photos/<slug:name>/ sounds/<slug:name>/ desk/cases/<casenumber:number>/ desk/cases/<casenumber:number>/print/
        desk/cases/<casenumber:number>/together/ desk/cases/<casenumber:number>/together/call/
        desk/cases/<casenumber:number>/together/judge/ desk/calls/
        desk/cases/<casenumber:number>/outside/ desk/cases/<casenumber:number>/outside/give/
        desk/cases/<casenumber:number>/outside/withdraw/ desk/cases/<casenumber:number>/outside/again/
        desk/cases/<casenumber:number>/neighbours/ desk/cases/<casenumber:number>/neighbours/call/
        desk/cases/<casenumber:number>/neighbours/call-off/
        desk/cases/<casenumber:number>/absent/ desk/cases/<casenumber:number>/absent/record/
        desk/cases/<casenumber:number>/absent/wait/ desk/cases/<casenumber:number>/absent/notice/
        desk/cases/<casenumber:number>/contact/ desk/cases/<casenumber:number>/<slug:name>/
        desk/map/<int:community>/microgrids.geojson desk/map/<casenumber:number>/place.geojson
        desk/admission/ desk/admission/<int:consent>/end/ desk/help/ desk/demands/
    """,
    DESKS | {"chen"}: """
        desk/counter/ desk/reminders/ desk/reminders/new/ desk/reminders/<int:reminder>/
        desk/reminders/<int:reminder>/<slug:name>/ desk/reports/ desk/reports/<int:area>/<slug:period>/
        desk/reports/<int:area>/<slug:period>/table.<slug:form>
        desk/emergency/ desk/emergency/<int:emergency>/ desk/emergency/<int:emergency>/do/<slug:name>/
        desk/emergency/<int:emergency>/needs/<int:need>/ desk/emergency/<int:emergency>/needs.csv
        desk/emergency/<int:emergency>/needs.geojson desk/emergency/<int:emergency>/print/
    """,
    QUEUES: """
        desk/ desk/exports/ desk/exports/ask/ desk/exports/<int:export>/decide/ desk/exports/<int:export>/file/
        desk/admission/ask/ desk/demands/ask/ desk/demands/<int:demand>/end/ desk/demands/<int:demand>/answers/
        desk/demands/<int:demand>/answers.csv desk/reports/units/ desk/reports/units.csv desk/reports/units/<int:unit>/
    """,
    DESKS: """
        desk/rota/ desk/rota/do/<slug:name> desk/emergency/ask/
        desk/mediation/add/
        desk/calendar/ desk/exchange/ desk/exchange/partners desk/exchange/partners/<int:partner>/key
        desk/exchange/partners/<int:partner>/end desk/exchange/partners/<int:partner>/answers.csv
        desk/topics/ desk/topics.csv desk/meeting/ desk/cases/<casenumber:number>/decided/
        desk/report/ command/ command/areas/<int:area>/ command/areas/<int:area>/table.csv
        command/areas/<int:area>/wall/ command/areas/<int:area>/listen/
        command/areas/<int:area>/<slug:layer>.geojson
        desk/districting/ desk/districting/<int:community>/ desk/districting/plans/<int:plan>/
        desk/districting/<int:community>/special/ desk/districting/<int:community>/special/<int:special>/end/
        desk/districting/<int:community>/special/<slug:layer>.geojson
        desk/districting/<int:community>/trades/ desk/districting/<int:community>/studies/<int:study>/
        desk/districting/plans/<int:plan>/publish/ desk/districting/plans/<int:plan>/discard/
        desk/districting/plans/<int:plan>/submit/ desk/districting/plans/<int:plan>/withdraw/
        desk/districting/plans/<int:plan>/approve/ desk/districting/plans/<int:plan>/send-back/
        desk/districting/plans/<int:plan>/by-hand/
        desk/districting/plans/<int:plan>/report.<slug:form> desk/districting/plans/<int:plan>/sheets.pdf
        desk/districting/plans/<int:plan>/export/<slug:form>/ desk/districting/plans/<int:plan>/<slug:level>.geojson
    """,
    DESKS | {"mediator"}: """
        desk/mediation/ desk/mediation/<int:mediation>/ desk/mediation/<int:mediation>/do/<slug:move>/
    """,
    frozenset({"mediator"}): "desk/mediation/<int:mediation>/agreement.<slug:ending>",
    EDITORS: """
        desk/tables/ desk/tables/<int:number>/ desk/tables/<int:number>/sheet.<slug:ending>
        desk/tables/draft/rows/ desk/tables/draft/rows/<int:row>/ desk/tables/draft/sheet/ desk/tables/draft/rehearse/
        desk/tables/draft/do/<slug:name>/ desk/tables/rehearsals/<int:number>/
        desk/tables/rehearsals/<int:number>/moves.csv
    """,
    READERS - {"command", "water"}: "desk/demands/<int:demand>/",
    frozenset({"command"}): """
        desk/demands/<int:demand>/answer/
        desk/calendar/set/ desk/calendar/unset/
        desk/catalogue/ desk/catalogue/new/ desk/catalogue/catalogue.xlsx desk/catalogue/import/
        desk/catalogue/<sheet:name>/ desk/catalogue/<sheet:name>/edit/ desk/catalogue/<sheet:name>/try/
        desk/catalogue/<sheet:name>/compare/ desk/catalogue/<sheet:name>/publish/ desk/catalogue/<sheet:name>/undo/
        desk/catalogue/<sheet:name>/take-back/
    """,
    frozenset({"chen", "dana"}): "desk/admission/<int:consent>/answer/",
    frozenset({"dana"}): "desk/doors/ desk/doors/print/ desk/doors/posters.pdf desk/doors/retire/ desk/patrols/ "
    "desk/patrols/<int:patrol>/end/",
    frozenset({"chen"}): "field/ field/report field/cases/<slug:number>/ field/cases/<slug:number>/<slug:name>/",
}
PAGE_OF = {route: who for who, routes in PAGES.items() for route in routes.split()}

# What programs may call.
OPEN_CALLS = """
    POST:reports POST:proposals GET:followed/{token} POST:followed/{token}/notes POST:followed/{token}/solved
    POST:followed/{token}/not-solved POST:followed/{token}/reopen POST:followed/{token}/withdraw
    PUT:followed/{token}/contact DELETE:followed/{token}/contact GET:followed/{token}/photos/{name}
    GET:followed/{token}/questions POST:followed/{token}/answers GET:followed/{token}/proof
    GET:proofs/keys GET:proofs/heads GET:proofs/consistency
    POST:followed/{token}/held GET:followed/{token}/seen GET:followed/{token}/why GET:followed/{token}/own
    DELETE:followed/{token}/own
    POST:session GET:items GET:classes GET:areas GET:areas/at GET:areas/{code} GET:areas/{code}/outlines
    GET:areas/{code}/ground/{layer} GET:doors/{code} POST:links
    GET:burden GET:burden/{demand}
    POST:followed/{token}/mediation GET:parties/{token} POST:parties/{token}/consent POST:parties/{token}/object
    POST:parties/{token}/sign GET:parties/{token}/agreement POST:parties/{token}/answer POST:parties/{token}/withdraw
    GET:parties/{token}/own DELETE:parties/{token}/own
    GET:reminders/now GET:patrols GET:emergencies POST:emergencies/{emergency}/needs GET:needs/{token}
    DELETE:needs/{token}
"""
OPEN_OPERATIONS = frozenset(OPEN_CALLS.split())
# What other platforms may call, each with its own key.
PARTNERS = frozenset(
    [
        "POST:exchange/cases",
        "GET:exchange/cases/{number}",
        "POST:exchange/cases/{number}/messages",
        "GET:exchange/updates",
    ]
)
OPERATIONS: dict[frozenset[str], str] = {
    ALL: """
        GET:session DELETE:session POST:session/second-factor POST:account/second-factor PUT:account/second-factor
        PUT:account/password GET:account/seats PUT:session/seat GET:account/sessions DELETE:account/sessions
        DELETE:account/sessions/{session}
    """,
    QUEUES: "GET:cases GET:cases/counts POST:consents POST:burden",
    frozenset({"chen"}): "GET:today",
    READERS - {"command", "water"}: "POST:burden/{demand}/fill",
    READERS: """
        GET:cases/{number} GET:cases/{number}/notices POST:cases/{number}/contact GET:photos/{name}
        POST:cases/{number}/locate
        POST:cases/{number}/classify POST:cases/{number}/dispatch POST:cases/{number}/take
        POST:cases/{number}/decline POST:cases/{number}/reject-objection GET:cases/{number}/bases
        GET:cases/{number}/why POST:cases/{number}/raise POST:cases/{number}/call POST:cases/{number}/judge
        POST:cases/{number}/note POST:cases/{number}/do POST:cases/{number}/redo
        POST:cases/{number}/pause POST:cases/{number}/resume POST:cases/{number}/more-time POST:cases/{number}/extend
        POST:cases/{number}/verify POST:cases/{number}/propose-unreasonable
        POST:cases/{number}/review-unreasonable POST:cases/{number}/close POST:cases/{number}/reopen
        GET:cases/{number}/neighbours POST:cases/{number}/neighbours
        DELETE:cases/{number}/neighbours GET:cases/{number}/absent-owner POST:cases/{number}/absent-owner
        POST:cases/{number}/merge GET:cases/{number}/questions POST:cases/{number}/answers
        POST:cases/{number}/outside-links GET:cases/{number}/outside-links DELETE:outside-links/{link}
        POST:outside-links/{link}/send
        GET:consents POST:consents/{consent}/end
    """,
    frozenset({"chen", "dana"}): "POST:consents/{consent}/answer",
    frozenset({"dana"}): """
        DELETE:doors/{code} GET:doors POST:doors GET:buildings POST:stations POST:patrols DELETE:patrols/{patrol}
    """,
    EDITORS: """
        GET:dispatch-tables GET:dispatch-tables/{version} POST:dispatch-draft DELETE:dispatch-draft
        POST:dispatch-draft/rows PUT:dispatch-draft/rows PUT:dispatch-draft/rows/{row} DELETE:dispatch-draft/rows/{row}
        POST:dispatch-draft/rows/{row}/copy POST:dispatch-draft/rows/{row}/move POST:dispatch-draft/undo
        POST:dispatch-draft/publish POST:dispatch-draft/rehearsals GET:dispatch-draft/rehearsals/{rehearsal}
    """,
    frozenset({"command"}): "PUT:calendar/{day} DELETE:calendar/{day}",
    DESKS | {"mediator"}: """
        GET:mediations GET:mediations/counts GET:mediations/{mediation} POST:mediations/{mediation}/link
    """,
    frozenset({"mediator"}): """
        GET:mediations/{mediation}/agreement POST:mediations/{mediation}/accept POST:mediations/{mediation}/decline
        POST:mediations/{mediation}/meetings PUT:mediations/{mediation}/meetings/{session}
        DELETE:mediations/{mediation}/meetings/{session} POST:mediations/{mediation}/record
        POST:mediations/{mediation}/notes POST:mediations/{mediation}/agreement POST:mediations/{mediation}/sign
        POST:mediations/{mediation}/signed-on-paper POST:mediations/{mediation}/fail
    """,
    DESKS | {"chen"}: """
        GET:reminders POST:reminders GET:reminders/{reminder} POST:reminders/{reminder}/send-back
        POST:reminders/{reminder}/cancel
        GET:emergencies/around GET:emergencies/{emergency} GET:emergencies/{emergency}/needs
        POST:emergencies/{emergency}/needs-of-others GET:emergencies/{emergency}/needs/{need}
        DELETE:emergencies/{emergency}/needs/{need} POST:emergencies/{emergency}/needs/{need}/supplies
        PUT:supplies/{supply} POST:cases GET:figures/{code}/reports/{period}
    """,
    DESKS: """
        POST:reminders/{reminder}/approve POST:emergencies POST:emergencies/{emergency}/approve
        POST:emergencies/{emergency}/send-back POST:emergencies/{emergency}/renew POST:emergencies/{emergency}/end
        POST:mediations GET:mediations/{mediation}/mediators POST:mediations/{mediation}/propose
        POST:mediations/{mediation}/parties POST:mediations/{mediation}/take-back
        GET:meeting GET:meeting/minutes POST:cases/{number}/decide
        GET:calendar POST:districting/{code}/studies GET:districting/{code}/studies/{study}
        GET:districting GET:districting/{code}/plans POST:districting/{code}/plans GET:plans/{plan}
        GET:plans/{plan}/outlines GET:plans/{plan}/moves POST:plans/{plan}/publish POST:plans/{plan}/discard
        GET:approvals GET:plans/{plan}/approval POST:plans/{plan}/submit POST:plans/{plan}/withdraw
        POST:plans/{plan}/approve POST:plans/{plan}/send-back
        GET:plans/{plan}/by-hand GET:plans/{plan}/atoms POST:plans/{plan}/steps POST:plans/{plan}/reason
        GET:figures/{code} GET:figures/{code}/days GET:figures/{code}/classes GET:figures/{code}/microgrids
        GET:figures/{code}/pins GET:figures/{code}/topics GET:figures/{code}/units POST:figures/{code}/listen
    """,
    frozenset({"ben"}): """
        GET:neighbourhood GET:patrols/{patrol} POST:patrols/{patrol}/join POST:patrols/{patrol}/leave
        POST:patrols/{patrol}/rounds PUT:patrol-rounds/{walk} PUT:patrol-rounds/{walk}/coming
    """,
    KEEPERS: """
        GET:posts POST:posts GET:posts/counts GET:posts/unseated GET:posts/{post} PUT:posts/{post}/title
        POST:posts/{post}/appointments POST:appointments/{appointment}/end GET:people POST:people
    """,
    frozenset({"system", "security"}): "GET:accounts GET:accounts/{account}",
    frozenset({"system"}): """
        GET:people/without-account POST:accounts POST:accounts/{account}/password
        GET:webhooks GET:webhook-kinds POST:webhooks GET:webhooks/{webhook} PUT:webhooks/{webhook}
        DELETE:webhooks/{webhook} POST:webhooks/{webhook}/secret POST:webhooks/{webhook}/pause
        DELETE:webhooks/{webhook}/pause POST:webhooks/{webhook}/ping GET:webhooks/{webhook}/deliveries
        GET:webhooks/{webhook}/deliveries/{delivery}/attempts POST:webhooks/{webhook}/replay
        POST:webhooks/{webhook}/deliveries/{delivery}/replay
        GET:units POST:units GET:units/{unit} PUT:units/{unit} POST:units/{unit}/end
    """,
    frozenset({"security"}): """
        POST:accounts/{account}/disable POST:accounts/{account}/enable DELETE:accounts/{account}/second-factor
        DELETE:accounts/{account}/sessions
    """,
    frozenset({"audit"}): "GET:audit/{kind}",
}
OPERATION_OF = {route: who for who, routes in OPERATIONS.items() for route in routes.split()}


def patterns(below: list[Any], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    for each in below:
        route = before + str(each.pattern)
        if isinstance(each, URLResolver):
            yield from patterns(each.url_patterns, route)
        else:
            yield route, each


def page_routes() -> set[str]:
    named = {"api/v1/openapi.json", "api/v1/"}
    return {
        route for route, _ in patterns(get_resolver().url_patterns) if not route.startswith("api/") or route in named
    }


def operation_routes() -> set[str]:
    from doorstep.fronts.open.urls import interface

    described = interface.get_openapi_schema(path_prefix="/api/v1/")["paths"]
    return {f"{verb.upper()}:{path.removeprefix('/api/v1/')}" for path, verbs in described.items() for verb in verbs}


def test_every_page_is_written_down_here_once():
    assert PAGE_OF.keys() & OPEN_PAGES == set()
    assert page_routes() == PAGE_OF.keys() | OPEN_PAGES


def test_every_operation_is_written_down_here_once():
    assert OPERATION_OF.keys() & OPEN_OPERATIONS == set()
    assert operation_routes() == OPERATION_OF.keys() | OPEN_OPERATIONS | PARTNERS


SECRET = "蓝灯笼七号暗语"


class House:
    """The town with one case in it whose every word is the secret, a key for everybody, a value for each gap."""

    def __init__(self, town: Any) -> None:
        self.town = town
        place = Place(
            door=town.door, community=town.community, subdistrict=town.subdistrict, county=town.county, words=SECRET
        )
        words, spoken = f"楼道里堆满了杂物 {SECRET}", SpokenNote("audio/webm", 1, SECRET.encode())
        said = Report(words, place, Contact(name=SECRET), item="stairwell-rubbish", sound=spoken)
        self.case = report(said, at=clock.now()).case
        advance(at=clock.now())
        chen = town.actor("chen")
        with acting_as(chen):
            picture = Picture(SECRET.encode(), SECRET.encode(), 1, 1)
            act.note(self.case, SECRET, by=chen, at=clock.now(), pictures=[picture])
        with acting_as(WORKER):
            self.number = Case.objects.get(pk=self.case).number
            self.photo = Photo.objects.get().name
            self.sound = Sound.objects.get().name
            from doorstep.areas.models import Plan

            self.plan = Plan.objects.get().pk
        self.account = open_account(town, "eli").pk
        self.keys = {who: begin_session(open_account(town, who), second_factor=True, at=clock.now()) for who in PEOPLE}

    def visited_by(self, who: str = "") -> Ghost:
        return Ghost(self.keys[who] if who else "")

    def address(self, route: str) -> str:
        return re.sub(r"<(?:\w+:)?(\w+)>|{(\w+)}", lambda gap: str(self._value(gap[1] or gap[2], route)), f"/{route}")

    def _value(self, gap: str, route: str) -> Any:
        if gap == "name":
            if route.startswith("desk/catalogue/"):
                return "items/street-light"
            named = {
                "webhooks": "ping", "calendar": "give", "rota": "end",
                "photos": self.photo, "sounds": self.sound, "cases": "take", "accounts": "enable", "map": "roads",
                "tables": "begin", "reminders": "approve", "patrols": "join", "emergency": "approve",
            }  # fmt: skip
            return next(name for part, name in named.items() if f"{part}/" in route)
        if gap == "number" and "desk/tables" in route:
            return 1
        return {
            "post": self.town.posts["chen"], "account": self.account, "number": self.number, "appointment": 1,
            "session": 10**9, "partner": 10**9, "consent": 10**9, "channel": "wecom", "export": 10**9, "alarm": 10**9,
            "demand": 10**9, "period": "2026-11-02",
            "call": 10**9, "link": 10**9, "mediation": 10**9, "size": 1,
            "area": self.town.community, "community": self.town.community, "plan": self.plan, "move": "withdraw",
            "reminder": 10**9, "emergency": 10**9, "patrol": 10**9, "need": 10**9, "round": 10**9,
            "walk": 10**9, "supply": 10**9,
            "unit": self.town.units["water"], "study": 10**9,
            "subscription": 10**9, "delivery": 10**9, "webhook": 10**9,
            "row": 1, "version": 1, "rehearsal": 10**9, "ending": "csv", "day": "2026-12-24", "special": 10**9,
            "level": "microgrids", "layer": "microgrids", "kind": "reads" if "audit" in route else "roads",
            "code": "DOOR0001" if "d/" in route else "321102001001",
            "form": "html" if "report" in route else "workbook",
            "token": follow_token(self.case, at=clock.now()), "rest": "nothing", "collection": "microgrids",
            "feature": "32110200100100101",
        }[gap]  # fmt: skip


class Ghost(Client):
    """A browser that leaves nothing behind: whatever a request wrote is undone when it has been answered."""

    def __init__(self, key: str = "") -> None:
        super().__init__()
        if key:
            self.cookies[COOKIE] = key

    def request(self, **request: Any) -> Any:
        with transaction.atomic():
            answer = super().request(**request)
            answer.shown = _body(answer)
            transaction.set_rollback(True)
        return answer


def _body(answer: Any) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    return content.decode(errors="replace")


@pytest.fixture(scope="module")
def house(server) -> Iterator[House]:
    with transaction.atomic():
        yield House(build_town())
        transaction.set_rollback(True)


def is_turned_away(answer: Any) -> bool:
    """Sent to sign in, or told that this is not for them."""
    return answer.status_code in (401, 403) or (answer.status_code == 302 and "/staff/sign-in" in answer.url)


@pytest.mark.parametrize("route", sorted(PAGE_OF))
def test_each_page_opens_to_whom_it_is_for_and_to_nobody_else(house, route):
    address = house.address(route)
    for who in PEOPLE:
        for send in ("get", "post"):
            answer = getattr(house.visited_by(who), send)(address)
            if who in PAGE_OF[route]:
                assert not is_turned_away(answer), f"{send} {address} as {who}: {answer.status_code}"
                assert answer.status_code < 500
            else:
                assert answer.status_code == 403, f"{send} {address} as {who}: {answer.status_code}"
    for send in ("get", "post"):
        answer = getattr(house.visited_by(), send)(address)
        assert answer.status_code == 302 and answer.url.startswith("/staff/sign-in"), f"{send} {address} as nobody"


@pytest.mark.parametrize("route", sorted(OPEN_PAGES))
def test_each_open_page_answers_everybody(house, route):
    for who in ("", "audit", "ben"):
        for send in ("get", "post"):
            answer = getattr(house.visited_by(who), send)(house.address(route))
            assert not is_turned_away(answer) or route == "staff/sign-in"
            assert answer.status_code < 500


def call(house: House, operation: str, who: str = "") -> Any:
    verb, path = operation.split(":")
    headers = {"Authorization": f"Bearer {house.keys[who]}"} if who else {}
    body = {} if verb == "GET" else {"data": "{}", "content_type": "application/json"}
    return house.visited_by().generic(verb, house.address(f"api/v1/{path}"), headers=headers, **body)


@pytest.mark.parametrize("operation", sorted(OPERATION_OF))
def test_each_operation_answers_whom_it_is_for_and_nobody_else(house, operation):
    for who in PEOPLE:
        answer = call(house, operation, who)
        if who in OPERATION_OF[operation]:
            assert answer.status_code not in (401, 403), f"{operation} as {who}: {answer.status_code}"
            assert answer.status_code < 500
        else:
            assert answer.status_code == 403, f"{operation} as {who}: {answer.status_code}"
    assert call(house, operation).status_code == 401


@pytest.mark.parametrize("operation", sorted(OPEN_OPERATIONS))
def test_each_open_operation_answers_without_a_key(house, operation):
    answer = call(house, operation)
    assert answer.status_code < 500
    # A wrong password is the one thing that nobody may be let in with.
    assert answer.status_code not in (401, 403) or operation == "POST:session"


@pytest.mark.parametrize("operation", sorted(PARTNERS))
@pytest.mark.parametrize("who", ["", *PEOPLE])
def test_no_person_calls_in_the_place_of_a_platform(house, operation, who):
    assert call(house, operation, who).status_code == 401


# No case for those who have no business with cases --------------------------------------------------------------------

# Public cases are listed with their numbers, without a word of theirs, for everybody.
LISTED_FOR_ALL = ("open311/", "features/")


@pytest.mark.parametrize("who", ["ben", "mediator", "system", "security", "audit"])
def test_no_page_shows_a_word_of_any_case_to_neighbours_and_administrators(house, who):
    for route in sorted(PAGE_OF.keys() | OPEN_PAGES):
        if "token" in route:
            continue
        answer = house.visited_by(who).get(house.address(route))
        shown = answer.shown
        assert SECRET not in shown, f"{route} shows it to {who}"
        if not route.startswith(LISTED_FOR_ALL):
            named = house.number in shown and house.number not in answer.request["PATH_INFO"]
            assert not named, f"{route} names it to {who}"


@pytest.mark.parametrize("who", ["ben", "mediator", "system", "security", "audit"])
def test_no_operation_tells_a_word_of_any_case_to_neighbours_and_administrators(house, who):
    for operation in sorted(OPERATION_OF.keys() | OPEN_OPERATIONS):
        if operation.startswith("GET") and "token" not in operation:
            assert SECRET not in call(house, operation, who).shown, f"{operation} tells it to {who}"


def test_the_secret_would_be_seen_where_it_may_be(house):
    """Without this, a page that shows nothing to anybody would pass for a discreet one."""
    for who, route in (
        ("dana", "desk/cases/<casenumber:number>/"),
        ("chen", "field/cases/<slug:number>/"),
        ("chen", "photos/<slug:name>/"),
    ):
        assert SECRET in house.visited_by(who).get(house.address(route)).shown
