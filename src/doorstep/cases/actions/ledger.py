"""The one door through which a case is written.

`hold` opens one case for one move by one actor; `hold_due` opens every case that the machine should look at.
What is decided inside is written at the end, in one statement a table: rows of the ledger, where the case stands
now, and what was said. The database refuses whatever the lifecycle forbids; two writers at once are told apart by
the ledger's own key, without locks, and the loser is told.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

import orjson
from django.db import IntegrityError, connection

from doorstep.cases.models import Case
from doorstep.cases.queries import catalogue
from doorstep.cases.rules.happened import happened
from doorstep.cases.rules.hats import hats_of
from doorstep.cases.rules.lifecycle import ENDED, By, Move, Rule, State, rule_for, who_may
from doorstep.cases.rules.unreasonable import is_ended_by_the_way, question_after
from doorstep.core.access import WORKER, Actor, acting_as
from doorstep.core.ids import CaseId
from doorstep.core.proofs import new_salt, salted_hash
from doorstep.core.refusals import Refusal
from doorstep.core.signs import seen
from doorstep.core.text import Message, as_json, say
from doorstep.events import tell
from doorstep.events.cases import CaseMoved

COLUMNS: dict[str, str] = {
    "state": "text",
    "seq": "integer",
    "question": "text",
    "is_open": "boolean",
    "kind": "text",
    "item": "text",
    "case_class": "text",
    "urgency": "text",
    "sure": "double precision",
    "county_id": "bigint",
    "subdistrict_id": "bigint",
    "community_id": "bigint",
    "grid_id": "bigint",
    "microgrid_id": "bigint",
    "holder_unit_id": "bigint",
    "door_id": "bigint",
    "lon": "double precision",
    "lat": "double precision",
    "place_words": "text",
    "promised_by": "timestamptz",
    "first_contact_by": "timestamptz",
    "holder_due_at": "timestamptz",
    "paused_until": "timestamptz",
    "rung": "smallint",
    "look_again_at": "timestamptz",
    "attempts": "smallint",
    "ended_at": "timestamptz",
    "outcome": "text",
    "merged_into_id": "bigint",
    "kept_from": "smallint",
}
"""What a move may change of where a case stands, with the types that the database gives them."""


WRITING: Final = 7401
"""The first half of the advisory locks under which cases are written."""


class MoveRefused(Refusal):
    """This actor may not make this move, or not now."""


class CaseNotFound(Refusal):
    """No such case, or not one that this actor may see: the two look alike on purpose."""

    status = 404


class SomebodyWasFirst(Refusal):
    """Another move was written since this one was begun."""


@dataclass(frozen=True)
class Entry:
    """One row to be added to the ledger, and the words that belong to it."""

    seq: int
    move: Move
    from_state: State
    to_state: State
    happened_at: datetime
    heard_at: datetime
    by: By
    facts: Mapping[str, Any]
    words: str = ""
    for_reporter: bool = True
    salt: bytes = field(default_factory=new_salt)


@dataclass
class Held:
    """A case that is being moved: facts to decide with, and the entries decided so far."""

    case: Case
    actor: Actor
    hats: frozenset[By]
    was_seq: int
    entries: list[Entry] = field(default_factory=list)

    @property
    def id(self) -> CaseId:
        return CaseId(self.case.pk)

    @property
    def state(self) -> State:
        return State(self.case.state)

    def rule(self, move: Move, to: State | None = None) -> Rule:
        """The line of the lifecycle under which this actor makes this move; refused where there is none."""
        rule = rule_for(move, self.state, self.hats, to)
        if rule is None:
            raise _refusal(move, self.state)
        return rule

    def done(
        self,
        move: Move,
        *,
        at: datetime,
        happened_at: datetime | None = None,
        facts: Mapping[str, Any] | None = None,
        words: str = "",
        for_reporter: bool = True,
        to: State | None = None,
        **changes: Any,
    ) -> Entry:
        """Make the move: the state follows from the table, `changes` are columns of `COLUMNS`.

        `to` is said only of a move that leads to several states.
        """
        rule = self.rule(move, to)
        if rule.text_required and not seen(words).strip() and self.actor is not WORKER:
            raise MoveRefused(say("cases-move-needs-words"), say("cases-move-needs-words-try"))
        leads_to = rule.to or self.state
        was = self.case.question
        changes["question"] = question_after(was, move, changes.get("question", was if leads_to == self.state else ""))
        if is_ended_by_the_way(was, changes["question"], facts or {}):
            facts = {**(facts or {}), "review_ended": True}
        entry = Entry(
            seq=self.case.seq + 1,
            move=move,
            from_state=self.state,
            to_state=leads_to,
            happened_at=at if happened_at is None else happened(happened_at, at, catalogue().limits),
            heard_at=at,
            by=_hat_worn(rule, self.hats),
            # A row that somebody wrote who came by a link says by which: it has no post.
            facts={**(facts or {}), **({"link": self.actor.link} if self.actor.link is not None else {})},
            words=words.strip(),
            for_reporter=for_reporter,
        )
        self.entries.append(entry)
        self._follow(entry, changes)
        return entry

    def ask(self, question: str, *, at: datetime, because: Message | None = None) -> Entry:
        """Park the case with one named question; it is looked at again when somebody answers."""
        facts: dict[str, Any] = {"question": question}
        if because is not None:
            facts["because"] = as_json(because)
        return self.done(Move.ASK, at=at, facts=facts, question=question, look_again_at=None)

    def _follow(self, entry: Entry, changes: Mapping[str, Any]) -> None:
        case = self.case
        case.seq = entry.seq
        if entry.to_state != entry.from_state:
            case.state = str(entry.to_state)
            case.attempts = 0
            # Whatever brings a case on lets its clock run again.
            case.paused_until = None
        if entry.to_state in ENDED:
            case.is_open = False
            if entry.from_state not in ENDED:
                case.ended_at = entry.heard_at
                case.look_again_at = None
        elif entry.from_state in ENDED:
            case.is_open = True
            case.ended_at = None
            case.rung = 0
        if entry.by is By.REPORTER and case.paused_until is not None:
            # Perhaps it is what the holder waits for.
            case.look_again_at = entry.heard_at
        for column, value in changes.items():
            if column not in COLUMNS:
                raise AttributeError(f"A move does not change {column!r}.")
            setattr(case, column, value)


@contextmanager
def hold(case: CaseId, *, by: Actor) -> Iterator[Held]:
    """One case, opened for one actor; what was decided is written at the end of the block."""
    opened = held(find(case), by)
    yield opened
    write([opened], by=by)


@contextmanager
def hold_due(at: datetime, *, limit: int) -> Iterator[list[Held]]:
    """The cases that the machine should look at now, locked against other workers until the transaction ends."""
    due = Case.objects.filter(look_again_at__lte=at).order_by("look_again_at")
    yield from _held_and_written(_untouched(due.select_for_update(skip_locked=True, no_key=True)[:limit]))


@contextmanager
def hold_one_due(case: int) -> Iterator[list[Held]]:
    """The same for one case, if it is still due and nobody else has it."""
    due = Case.objects.filter(pk=case, look_again_at__isnull=False)
    yield from _held_and_written(_untouched(due.select_for_update(skip_locked=True, no_key=True)))


@contextmanager
def hold_these(cases: Sequence[int]) -> Iterator[list[Held]]:
    """These cases, for the machine; whoever is writing one of them is waited for."""
    _lock(cases)
    yield from _held_and_written(Case.objects.filter(pk__in=cases).order_by("pk").select_for_update(no_key=True))


def _untouched(cases: Iterable[Case]) -> list[Case]:
    """Those of the cases that nobody is writing at this moment; the others are looked at in the next round.

    Without it the machine, which has the row, and a person, who has the next number in the ledger, wait for each other.
    """
    claimed = {case.pk: case for case in cases}
    if not claimed:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT id FROM unnest(%s::bigint[]) WITH ORDINALITY AS c (id, place)"
            " WHERE pg_try_advisory_xact_lock(%s, (id & 2147483647)::integer) ORDER BY place",
            [list(claimed), WRITING],
        )
        return [claimed[case] for (case,) in cursor.fetchall()]


def _lock(cases: Iterable[int]) -> None:
    """Wait until the machine has let go of these cases; held until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, (id & 2147483647)::integer) FROM unnest(%s::bigint[]) AS c (id)",
            [WRITING, sorted(cases)],
        )


def _held_and_written(cases: Iterable[Case]) -> Iterator[list[Held]]:
    helds = [held(case, WORKER) for case in cases]
    yield helds
    write(helds, by=WORKER)


def find(case: CaseId) -> Case:
    """The case, if whoever asks may see it."""
    try:
        return Case.objects.get(pk=case)
    except Case.DoesNotExist:
        raise CaseNotFound(say("cases-not-found"), say("cases-not-found-try")) from None


def write(helds: Sequence[Held], *, by: Actor) -> None:
    """Add the entries to the ledger as their actor, then bring the cases to where the ledger says."""
    moved = [held for held in helds if held.entries]
    if not moved:
        # Nothing was decided, but when to look again may have been put off.
        _place([held for held in helds if held.actor is WORKER])
        return
    if by is not WORKER:
        _lock(held.case.pk for held in moved)
    try:
        _add_entries(moved)
    except IntegrityError as error:
        raise _who_was_first(error, moved) from error
    _add_words(moved)
    with acting_as(WORKER):
        _place(helds if by is WORKER else moved)
        tell([_event(held, entry) for held in moved for entry in held.entries])
    if by is not WORKER:
        announce(moved)


def announce(helds: Sequence[Held]) -> None:
    """Tell whoever watches a live map that these areas changed; sent when the transaction commits."""
    counties = sorted({held.case.county_id for held in helds if held.case.county_id})
    if counties:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_notify('doorstep_live', %s)", [orjson.dumps(counties).decode()])


def held(case: Case, actor: Actor) -> Held:
    """A case that was already read, opened for an actor; `write` must follow."""
    return Held(case, actor, hats_of(actor, case.holder_unit_id), was_seq=case.seq)


def _hat_worn(rule: Rule, hats: frozenset[By]) -> By:
    # Whoever wears two hats acts under the one that the table names first.
    return next(by for by in By if by in rule.by & hats)


def _refusal(move: Move, state: State) -> MoveRefused:
    may = who_may(move, state)
    message = say("cases-move-refused", move=say(f"cases-move-{move}"), state=say(f"cases-state-{state}"))
    if not may:
        return MoveRefused(message, say("cases-move-refused-not-now"))
    who = [say(f"cases-hat-{by}") for by in By if by in may]
    return MoveRefused(message, say("cases-move-refused-ask", who=who[0]))


def _add_entries(helds: Sequence[Held]) -> None:
    rows = [
        {
            "case_id": held.case.pk,
            "seq": entry.seq,
            "move": str(entry.move),
            "from_state": str(entry.from_state),
            "to_state": str(entry.to_state),
            "happened_at": entry.happened_at,
            "heard_at": entry.heard_at,
            "by_hat": str(entry.by),
            "by_post": held.actor.post,
            "by_unit": held.actor.unit,
            "facts": entry.facts,
            "said_hash": salted_hash(entry.salt, entry.words.encode()).hex() if entry.words else None,
        }
        for held in helds
        for entry in held.entries
    ]
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO cases_event (case_id, seq, move, from_state, to_state, happened_at, heard_at, by_hat,"
            " by_post, by_unit, facts, said_hash, hash)"
            " SELECT case_id, seq, move, from_state, to_state, happened_at, heard_at, by_hat, by_post, by_unit, facts,"
            " decode(said_hash, 'hex'), ''"
            " FROM jsonb_to_recordset(%s::jsonb) AS r(case_id bigint, seq integer, move text, from_state text,"
            " to_state text, happened_at timestamptz, heard_at timestamptz, by_hat text, by_post bigint,"
            " by_unit bigint, facts jsonb, said_hash text)",
            [_json(rows)],
        )


def _add_words(helds: Sequence[Held]) -> None:
    rows = [
        (held.case.pk, entry.seq, entry.words, entry.salt, entry.for_reporter)
        for held in helds
        for entry in held.entries
        if entry.words
    ]
    if rows:
        with connection.cursor() as cursor:
            cursor.executemany(
                "INSERT INTO cases_said (case_id, seq, words, salt, for_reporter) VALUES (%s, %s, %s, %s, %s)", rows
            )


def _place(helds: Sequence[Held]) -> None:
    if not helds:
        return
    rows = [
        {"id": held.case.pk, "was_seq": held.was_seq, **{name: getattr(held.case, name) for name in COLUMNS}}
        for held in helds
    ]
    names = ", ".join(f"{name} = r.{name}" for name in COLUMNS)
    types = ", ".join(f"{name} {kind}" for name, kind in COLUMNS.items())
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE cases_case c SET {names}"  # noqa: S608 - names of our own columns
            f" FROM jsonb_to_recordset(%s::jsonb) AS r(id bigint, was_seq integer, {types})"
            " WHERE c.id = r.id AND c.seq = r.was_seq",
            [_json(rows)],
        )


def _event(held: Held, entry: Entry) -> CaseMoved:
    return CaseMoved(
        case=held.id,
        seq=entry.seq,
        move=str(entry.move),
        from_state=str(entry.from_state),
        to_state=str(entry.to_state),
        by_hat=str(entry.by),
        heard_at=entry.heard_at,
        facts=entry.facts,
        has_words_for_reporter=bool(entry.words) and entry.for_reporter,
    )


def _who_was_first(error: IntegrityError, helds: Sequence[Held]) -> Exception:
    cause = getattr(error.__cause__, "diag", None)
    if cause is not None and cause.constraint_name == "cases_event_pkey":
        number = helds[0].case.number
        return SomebodyWasFirst(say("cases-somebody-was-first", number=number), say("cases-somebody-was-first-try"))
    return error


def _json(rows: Sequence[Mapping[str, Any]]) -> str:
    return orjson.dumps(rows, default=_plain).decode()


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"The ledger keeps no {type(value).__name__}.")
