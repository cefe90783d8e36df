"""What the audit administrator reads: who opened what, and who changed what others may do."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.http import HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from doorstep.core.access import Role, acting_as, audit
from doorstep.core.text import say
from doorstep.fronts import asked, tables
from doorstep.fronts.entering import for_roles, without_transaction
from doorstep.fronts.parts import Place
from doorstep.staff import accounts

KINDS = ("deeds", "reads")
HEADS = ("at", "who", "role", "post", "what", "subject", "because")
BATCH = 1000
ROLES = frozenset(Role)
# Every trace that is left anywhere; what an older version left and nobody leaves any more is shown as it was written.
TRACES = frozenset(
    {
        "catalogue-published", "catalogue-taken-back", "demand-published", "demand-answered", "demand-ended",
        "consent-asked", "consent-consented", "consent-ended",
        "consent-refused",
        "added-person", "added-post", "answered-alarm", "approved-export", "asked-for-export",
        "appointed", "approved-plan", "began-unit", "case", "case-list", "cases-exported",
        "cases-learnt",
        "changed-password", "changed-unit", "cleared-second-factor", "contact", "disabled-account", "discarded-plan",
        "door-made",
        "door-retired", "enabled-account", "ended-appointment", "ended-sessions", "ended-unit", "exported-audit",
        "imported-units", "locked-out", "named-post", "opened-account", "published-plan", "recovery-code-used",
        "refused-export",
        "published-table", "discarded-table", "imported-calendar", "set-calendar-day", "unset-calendar-day",
        "reported-for-caller", "called-help", "gave-outside-link", "withdrew-outside-link", "opened-outside-link",
        "mediation", "gave-mediation-link",
        "partner-opened", "partner-key-renewed", "partner-ended", "partner-message",
        "webhook-made", "webhook-changed", "webhook-secret-renewed", "webhook-paused", "webhook-went-on",
        "webhook-ended", "webhook-pinged", "webhook-replayed", "calendar-address-given", "calendar-address-ended",
        "imported-hotline", "reset-password", "second-factor-set", "sent-back-plan", "signed-in",
        "submitted-plan", "took-seat", "trained-wording", "withdrew-plan", "wording-back",
        "patrol-founded", "patrol-ended", "needs", "emergency-asked", "emergency-approved", "emergency-sent-back",
        "emergency-renewed", "emergency-ended",
        "reminder-drafted", "reminder-approved", "reminder-sent-back", "reminder-cancelled",
    }
)  # fmt: skip


@for_roles(Role.AUDIT_ADMIN)
@require_safe
def listed(request: Any) -> HttpResponse:
    """Traces, the latest first."""
    kind, wanted = _kind(request), _wanted(request)
    rows = accounts.traces(kind, wanted, before=asked.number(request.GET, "before"))
    query = request.GET.copy()
    query.pop("before", None)
    later = ""
    if len(rows) > accounts.PAGE:
        query["before"] = str(rows[accounts.PAGE - 1].id)
        later = f"?{query.urlencode()}"
    page = {
        "kind": kind,
        "tabs": [Place(say(f"staff-audit-{each}"), f"?kind={each}", here=each == kind) for each in KINDS],
        "rows": [(row, _what(row), _role(row)) for row in rows[: accounts.PAGE]],
        "wanted": wanted,
        "whats": [("", say("staff-any")), *((each, _named(each)) for each in accounts.kinds_of_traces(kind))],
        "later": later,
        "csv": f"{reverse('staff-audit-csv')}?{request.GET.urlencode()}",
    }
    return render(request, "staff/audit.html", page)


@for_roles(Role.AUDIT_ADMIN)
@require_safe
@without_transaction  # type: ignore[arg-type]  # it streams
def listed_csv(request: Any) -> StreamingHttpResponse:
    """The same as a file; that it was taken is itself a trace."""
    kind, wanted = _kind(request), _wanted(request)
    with acting_as(request.actor):
        audit.deed("exported-audit", kind, by=request.actor, at=request.at)

    def batches() -> Iterator[list[tuple[Any, ...]]]:
        before = None
        while rows := accounts.traces(kind, wanted, before=before, limit=BATCH):
            yield [(row.at, row.username, _role(row), row.post, _what(row), row.subject, row.because) for row in rows]
            before = rows[-1].id

    return tables.csv_file(request, f"audit-{kind}", [f"staff-audit-{head}" for head in HEADS], batches)


def _kind(request: Any) -> str:
    kind = request.GET.get("kind", "")
    return kind if kind in KINDS else KINDS[0]


def _wanted(request: Any) -> accounts.Asked:
    return accounts.Asked(
        what=asked.line(request.GET, "what", 40),
        words=asked.line(request.GET, "q", 60),
        since=asked.day(request.GET, "since"),
        until=asked.day(request.GET, "until"),
    )


def _what(row: accounts.Trace) -> Any:
    return _named(row.what)


def _named(what: str) -> Any:
    return say(f"staff-trace-{what}") if what in TRACES else what


def _role(row: accounts.Trace) -> Any:
    return say(f"staff-role-{row.role.replace('_', '-')}") if row.role in ROLES else row.role
