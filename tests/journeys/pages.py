"""The table of all pages: for each address of a page, who looks at it and which case, area or plan is on it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from django.urls import URLPattern, URLResolver, get_resolver
from tests.journeys.furnishing import Furnished
from tests.town import Town

PASSER_BY = ""


class Page(NamedTuple):
    """One page in one situation. `{…}` in the address is filled from the town and what it was furnished with."""

    name: str
    address: str
    who: str = PASSER_BY
    frame: str = "page"
    """"page"; "wall", where nothing is pressed; "parts", which shows a second first heading as an example."""
    status: int = 200

    def at(self, town: Town, made: Furnished) -> str:
        """Its address in this house."""
        given = {"case": _Of(made.cases), "link": _Of(made.links), "town": town, "made": made}
        return self.address.format(**given)


class _Of:
    """Lets `{case.open}` in an address name an entry of a dictionary."""

    def __init__(self, entries: dict[str, str]) -> None:
        self.__dict__.update(entries)


IN_EACH_SITUATION = (
    "open",
    "critical",
    "asked",
    "taken",
    "done",
    "closed",
    "redone",
    "explained",
    "merged",
    "withdrawn",
    "held",
    "proposed",
    "unreasonable",
    "private",
)

PAGES = (
    Page("resident-home", "/"),
    Page("resident-report", "/report/"),
    Page("resident-door", "/d/DOOR0001"),
    Page("resident-way", "/way/"),
    Page("resident-way-door", "/way/DOOR0001"),
    Page("resident-help", "/help/"),
    Page("resident-help-door", "/help/DOOR0001"),
    Page("resident-complaints", "/complaints/?from=resident-home"),
    Page("resident-find", "/find/"),
    Page("resident-grids", "/grids/"),
    *(Page("resident-follow", f"/c/{{link.{each}}}/") for each in IN_EACH_SITUATION),
    Page("resident-follow", "/c/nobodys-link/", status=404),
    *(Page("resident-own", f"/c/{{link.{each}}}/own/") for each in ("open", "closed", "merged")),
    *(Page("outside-part", f"/h/{{made.outside[{each}]}}/") for each in ("open", "taken", "done")),
    Page("outside-part", "/h/{made.outside[withdrawn]}/", status=410),
    Page("outside-part", "/h/nobodys-link/", status=404),
    Page("desk-outside", "/desk/cases/{case.outside}/outside/", "dana"),
    Page("resident-received", "/c/{link.open}/received/"),
    Page("resident-received", "/c/{link.critical}/received/"),
    Page("staff-sign-in", "/staff/sign-in"),
    Page("staff-second-factor", "/staff/second-factor", "half_in"),
    Page("staff-second-factor", "/staff/second-factor", "bare"),
    Page("staff-password", "/staff/password", "chen"),
    Page("staff-seats", "/staff/seats", "chen"),
    Page("staff-sessions", "/staff/sessions", "dana"),
    Page("staff-neighbourhood", "/staff/neighbourhood", "ben"),
    Page("staff-posts", "/staff/posts/", "dana"),
    Page("staff-post-add", "/staff/posts/add", "dana"),
    Page("staff-post", "/staff/posts/{made.post}/", "dana"),
    Page("staff-posts", "/staff/posts/?only=vacant", "dana"),
    Page("staff-units", "/staff/units/", "system"),
    Page("staff-unit-add", "/staff/units/add", "system"),
    Page("staff-unit", "/staff/units/{town.units[water]}/", "system"),
    Page("staff-webhooks", "/staff/webhooks/", "system"),
    Page("staff-webhook-add", "/staff/webhooks/add", "system"),
    Page("staff-webhook", "/staff/webhooks/{made.webhook}/", "system"),
    Page("staff-webhook-delivery", "/staff/webhooks/{made.webhook}/deliveries/{made.delivery}/", "system"),
    Page("staff-unit-end", "/staff/units/{town.units[water]}/end", "system"),
    Page("staff-accounts", "/staff/accounts/", "system"),
    Page("staff-account-open", "/staff/accounts/open", "system"),
    Page("staff-account", "/staff/accounts/{made.account}/", "security"),
    Page("staff-alarms", "/staff/alarms/", "security"),
    Page("staff-audit", "/staff/audit/", "audit"),
    Page("desk-queue", "/desk/", "dana"),
    Page("desk-queue", "/desk/?tab=all", "dana"),
    Page("desk-queue", "/desk/", "water"),
    Page("desk-calendar", "/desk/calendar/", "dana"),
    Page("desk-calendar", "/desk/calendar/?year=2031", "command"),
    Page("desk-exports", "/desk/exports/", "dana"),
    Page("desk-export-ask", "/desk/exports/ask/?tab=all", "dana"),
    Page("desk-topics", "/desk/topics/", "dana"),
    Page("desk-meeting", "/desk/meeting/", "dana"),
    Page("desk-rota", "/desk/rota/", "dana"),
    Page("desk-rota", "/desk/rota/", "subdistrict"),
    Page("staff-calendar", "/staff/calendar/", "dana"),
    Page("staff-calendar", "/staff/calendar/", "ben"),
    Page("desk-tables", "/desk/tables/", "command"),
    Page("desk-tables", "/desk/tables/", "subdistrict"),
    Page("desk-table", "/desk/tables/{made.table[published]}/", "command"),
    Page("desk-table", "/desk/tables/{made.table[draft]}/", "command"),
    Page("desk-table", "/desk/tables/{made.table[draft]}/", "subdistrict"),
    Page("desk-table-row-add", "/desk/tables/draft/rows/", "command"),
    Page("desk-table-row", "/desk/tables/draft/rows/{made.table[row]}/", "command"),
    Page("desk-table-rehearse", "/desk/tables/draft/rehearse/", "command"),
    Page("desk-rehearsal", "/desk/tables/rehearsals/{made.table[rehearsal]}/", "command"),
    Page("desk-catalogue", "/desk/catalogue/", "command"),
    Page("desk-catalogue", "/desk/catalogue/?part=classes", "command"),
    Page("desk-catalogue-new", "/desk/catalogue/new/", "command"),
    Page("desk-catalogue-import", "/desk/catalogue/import/", "command"),
    Page("desk-sheet", "/desk/catalogue/items/leak-between-flats/", "command"),
    Page("desk-sheet-edit", "/desk/catalogue/items/leak-between-flats/edit/", "command"),
    Page("desk-sheet-edit", "/desk/catalogue/classes/02/edit/", "command"),
    Page("desk-sheet-edit", "/desk/catalogue/limits/edit/", "command"),
    Page("desk-sheet-edit", "/desk/catalogue/dangers/edit/", "command"),
    Page("desk-sheet-try", "/desk/catalogue/items/leak-between-flats/try/", "command"),
    Page("desk-admission", "/desk/admission/", "dana"),
    Page("desk-admission", "/desk/admission/", "chen"),
    Page("desk-admission-ask", "/desk/admission/ask/", "water"),
    Page("desk-admission-ask", "/desk/admission/ask/", "dana"),
    Page("resident-burden", "/burden/"),
    Page("resident-demand", "/burden/{made.demand}/"),
    Page("desk-demands", "/desk/demands/", "chen"),
    Page("desk-demands", "/desk/demands/", "subdistrict"),
    Page("desk-demand-ask", "/desk/demands/ask/", "subdistrict"),
    Page("desk-demand", "/desk/demands/{made.demand}/", "chen"),
    Page("desk-demand-answers", "/desk/demands/{made.demand}/answers/", "subdistrict"),
    Page("desk-doors", "/desk/doors/", "dana"),
    Page("desk-doors-print", "/desk/doors/print/", "dana"),
    Page("desk-report", "/desk/report/", "dana"),
    Page("desk-counter", "/desk/counter/", "dana"),
    Page("desk-counter", "/desk/counter/", "chen"),
    Page("desk-help", "/desk/help/", "dana"),
    Page("desk-help", "/desk/help/", "chen"),
    Page("desk-exchange", "/desk/exchange/", "dana"),
    *(Page("desk-case", f"/desk/cases/{{case.{each}}}/", "dana") for each in (*IN_EACH_SITUATION, "declined")),
    Page("desk-case", "/desk/cases/261123-000001-00/", "dana", status=404),
    *(Page("desk-case", f"/desk/cases/{{case.{each}}}/", "subdistrict") for each in ("proposed", "private")),
    Page("desk-case-print", "/desk/cases/{case.taken}/print/", "dana"),
    Page("desk-together", "/desk/cases/{case.taken}/together/", "dana"),
    Page("desk-neighbours", "/desk/cases/{case.taken}/neighbours/", "dana"),
    Page("desk-neighbours", "/desk/cases/{case.open}/neighbours/", "chen"),
    Page("desk-absent", "/desk/cases/{case.taken}/absent/", "dana"),
    Page("desk-absent", "/desk/cases/{case.open}/absent/", "chen"),
    Page("desk-absent-notice", "/desk/cases/{case.taken}/absent/notice/", "chen"),
    Page("staff-ready", "/staff/neighbourhood/ready", "ben"),
    Page("staff-neighbour-call", "/staff/neighbourhood/calls/0/", "ben", status=404),
    Page("desk-calls", "/desk/calls/", "dana"),
    Page("field-today", "/field/", "chen"),
    Page("field-today", "/field/", "eli"),
    Page("field-report", "/field/report", "chen"),
    *(Page("field-case", f"/field/cases/{{case.{each}}}/", "chen") for each in ("open", "taken", "done", "critical")),
    Page("field-case", "/field/cases/{case.open}/", "dana", status=403),
    Page("command-area", "/command/areas/{town.county}/", "command"),
    Page("command-area", "/command/areas/{town.community}/", "command"),
    Page("command-area", "/command/areas/{town.microgrids[0]}/", "dana"),
    Page("command-wall", "/command/areas/{town.community}/wall/", "command", frame="wall"),
    Page("desk-districting", "/desk/districting/", "command"),
    Page("desk-districting-community", "/desk/districting/{town.community}/", "dana"),
    Page("desk-districting-trades", "/desk/districting/{town.community}/trades/", "dana"),
    Page("desk-districting-special", "/desk/districting/{town.community}/special/", "dana"),
    Page("desk-plan", "/desk/districting/plans/{made.plan}/", "dana"),
    Page("desk-plan", "/desk/districting/plans/{made.plan}/", "subdistrict"),
    Page("desk-plan-by-hand", "/desk/districting/plans/{made.plan}/by-hand/", "dana"),
    Page("desk-plan-publish", "/desk/districting/plans/{made.plan}/publish/", "subdistrict"),
    Page("design", "/design/", frame="parts"),
    Page("design-staff", "/design/staff/", frame="parts"),
    Page("design-wall", "/design/wall/", frame="wall"),
    Page("design-sheet", "/design/sheet/"),
    Page("open-reference", "/api/v1/"),
)

NO_PAGES = {
    "desk-calendar-set": "what a form is sent to",
    "desk-calendar-unset": "what a form is sent to",
    "groups-hook": "what other platforms call",
    "desk-exchange-open": "what a form is sent to",
    "desk-exchange-renew": "what a form is sent to",
    "desk-exchange-end": "what a form is sent to",
    "desk-exchange-answers": "a file",
    "desk-rota-do": "what forms are sent to",
    "staff-calendar-address": "what a form is sent to",
    "calendar-own": "what calendars fetch",
    "calendar-area": "what calendars fetch",
    "staff-webhook-do": "what forms are sent to",
    "staff-webhook-replay": "what a form is sent to",
    "resident-propose": "a piece of the report page",
    "resident-ground": "a layer of maps",
    "resident-do": "what forms are sent to",
    "resident-photo": "a picture",
    "resident-own-copy": "a case as a file",
    "resident-own-erase": "what a form is sent to",
    "staff-photo": "a picture",
    "resident-sound": "a spoken note",
    "staff-sound": "a spoken note",
    "demo-outbox": "only where the house is a demo",
    "staff-start": "leads on to where the day begins",
    "staff-sign-out": "what a form is sent to",
    "staff-sessions-end": "what a form is sent to",
    "staff-posts-csv": "a table as a file",
    "staff-post-appoint": "what a form is sent to",
    "staff-post-end": "what a form is sent to",
    "staff-post-name": "what a form is sent to",
    "staff-account-reset": "what a form is sent to",
    "staff-account-deed": "what forms are sent to",
    "staff-audit-csv": "a table as a file",
    "desk-export-decide": "what a form is sent to",
    "desk-export-fetch": "a table as a file",
    "staff-alarm-answer": "what a form is sent to",
    "desk-topics-csv": "a table as a file",
    "desk-table-sheet": "a table as a file",
    "desk-table-import": "what a form is sent to",
    "desk-table-deed": "what forms are sent to",
    "desk-rehearsal-csv": "a table as a file",
    "desk-catalogue-export": "a workbook as a file",
    "desk-sheet-compare": "needs two versions that were published",
    "desk-sheet-publish": "what a form is sent to",
    "desk-sheet-undo": "what a form is sent to",
    "desk-sheet-take-back": "what a form is sent to",
    "resident-burden-csv": "a table as a file",
    "desk-demand-answer": "what a form is sent to",
    "desk-demand-end": "what a form is sent to",
    "desk-demand-answers-csv": "a table as a file",
    "desk-admission-answer": "what a form is sent to",
    "desk-admission-end": "what a form is sent to",
    "desk-doors-retire": "what a form is sent to",
    "desk-districting-study": "leads on to the draft, or waits for it",
    "desk-districting-special-end": "what a form is sent to",
    "desk-districting-special-layer": "a layer of maps",
    "desk-microgrids": "a layer of maps",
    "desk-case-place": "a layer of maps",
    "desk-case-contact": "what a form is sent to",
    "desk-case-move": "what forms are sent to",
    "desk-together-call": "what a form is sent to",
    "desk-absent-record": "what a form is sent to",
    "desk-absent-wait": "what a form is sent to",
    "desk-neighbours-call": "what a form is sent to",
    "desk-neighbours-call-off": "what a form is sent to",
    "staff-ready-end": "what a form is sent to",
    "staff-neighbour-answer": "what a form is sent to",
    "desk-meeting-decide": "what a form is sent to",
    "desk-together-judge": "what a form is sent to",
    "desk-outside-give": "what a form is sent to",
    "desk-outside-withdraw": "what a form is sent to",
    "desk-outside-again": "what a form is sent to",
    "outside-do": "what forms are sent to",
    "outside-photo": "a picture",
    "field-move": "what forms are sent to",
    "command-map": "leads on to one's own area",
    "command-table": "a table as a file",
    "command-listen": "a token for programs",
    "command-layer": "a layer of maps",
    "desk-plan-discard": "what a form is sent to",
    "desk-plan-submit": "what a form is sent to",
    "desk-plan-withdraw": "what a form is sent to",
    "desk-plan-approve": "what a form is sent to",
    "desk-plan-send-back": "what a form is sent to",
    "desk-plan-layer": "a layer of maps",
    "desk-plan-sheets": "a plan on paper",
    "desk-doors-posters": "doors on paper",
    "desk-plan-report": "a plan as a file, which needs no page around it",
    "desk-plan-export": "a plan as a file",
    "design-layer": "a layer of maps",
    "open-description": "for programs",
    "preferences": "what the switches are sent to",
}


def names() -> set[str]:
    """The names of all addresses that the house answers; those of the open interface's operations have none."""
    return {name for name in _names(get_resolver().url_patterns) if name}


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str | None]:
    for each in patterns:
        if isinstance(each, URLResolver):
            yield from _names(each.url_patterns)
        else:
            yield each.name
