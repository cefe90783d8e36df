"""Eight people work on one case at once while the processes are killed: every answer is kept, and nothing else is.

Each interleaving is a new case. Chen has it open on two phones, Dana at two desks, and with them the subdistrict, the
command centre, the water works and Ava, who reported it: all of them move it as chance will have it, mostly by what its
last state allows and now and then by anything. Meanwhile the machines move it too, and somebody pulls the plugs.
"""

from __future__ import annotations

import http.client
import json
import random
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count
from typing import Any, NamedTuple

from tests.journeys.test_killed import House

from doorstep.cases.rules.lifecycle import By, Move, State, moves_from, transitions

MOVES_EACH = 4
ANSWERED_WITHIN_S, PATIENCE_S = 60.0, 3.0
STAFF = ("chen", "chen", "dana", "dana", "subdistrict", "command", "water")
SAYS = {Move.DECLINE: {"basis": "written", "cited": "示例条例第三条"}, Move.CLOSE: {"outcome": "explained"}}
"""What some moves want to know besides the words."""

OPEN_ACCOUNTS = """
import json; from pathlib import Path; from tests.town import build_town; from tests.visiting import begin_session
from tests.visiting import open_account; from doorstep.core.time import clock
town = build_town()
keys = {who: begin_session(open_account(town, who), second_factor=True, at=clock.now()) for who in %r}
Path(%r).write_text(json.dumps({'keys': keys, 'unit': town.units['grid_team']}))
"""


class Attempt(NamedTuple):
    """One move that somebody tried: `status` is None when no answer came."""

    case: str
    move: Move
    mark: str
    status: int | None


@dataclass
class Kept:
    """What came of it all."""

    interleavings: int
    attempts: Counter[str] = field(default_factory=Counter)
    moves: Counter[str] = field(default_factory=Counter)
    rows: int = 0
    kills: Counter[str] = field(default_factory=Counter)
    seconds: float = 0.0


class Street(House):
    """The house, with an account for everybody who works on the cases."""

    keys: dict[str, str]
    unit: int

    def python(self, code: str) -> None:
        if "build_town" in code:
            told = self.folder / "accounts.json"
            super().python(OPEN_ACCOUNTS % (sorted(set(STAFF)), str(told)))
            read = json.loads(told.read_text())
            self.keys, self.unit = read["keys"], read["unit"]
        else:
            super().python(code)


class Client:
    """One person at one screen, who sends each move once, whatever becomes of it."""

    def __init__(self, street: Street, who: str, number: int) -> None:
        self.who, self.attempts = who, list[Attempt]()
        self._street, self._chance, self._marks = street, random.Random(number), count()
        self._number = number

    def act(self, case: dict[str, str]) -> None:
        """Some moves on this case, one after the other; `case` tells its state as far as anybody has heard."""
        for _ in range(MOVES_EACH):
            move = self._choose(case["state"])
            mark = f"第{self._number}-{next(self._marks)}号说明"
            status, answer = self._send(*self._request(case, move, mark))
            self.attempts.append(Attempt(case["number"], move, mark, status))
            if status == 200:
                case["state"] = answer["state"]
            time.sleep(self._chance.random() * 0.02)

    def _choose(self, state: str) -> Move:
        hat = {"ava": By.REPORTER, "chen": By.HOLDER, "water": By.HOLDER}.get(self.who, By.DESK)
        likely = [move for move in moves_from(State(state), frozenset({hat})) if move in self._known]
        # What ends a case is rarer than what goes on with it, or there would be little to do at once.
        weights = [0.1 if move in (Move.CLOSE, Move.WITHDRAW) else 1.0 for move in likely]
        if likely and self._chance.random() < 0.85:
            return self._chance.choices(likely, weights)[0]
        return self._chance.choice(sorted(self._known))

    @property
    def _known(self) -> dict[Move, str]:
        return AVAS if self.who == "ava" else STAFFS

    def _request(self, case: dict[str, str], move: Move, mark: str) -> tuple[str, dict[str, Any]]:
        if self.who == "ava":
            return f"followed/{case['token']}/{AVAS[move]}", {} if move is Move.WITHDRAW else {"words": mark}
        more: dict[Move, dict[str, Any]] = {
            Move.TAKE: {},
            Move.LOCATE: {"microgrid": self._chance.choice(["32110200100100101", "32110200100100102"])},
            Move.CLASSIFY: {"item": self._chance.choice(["stairwell-rubbish", "street-light"])},
            Move.DISPATCH: {"unit": self._street.unit, "words": mark},
            Move.PAUSE: {"reason": "material", "days": 2, "words": mark},
            Move.ASK: {"days": 2, "words": mark},
            Move.EXTEND: {"granted": self._chance.random() < 0.5, "words": mark},
        }
        return f"cases/{case['number']}/{STAFFS[move]}", more.get(move, {"words": mark} | SAYS.get(move, {}))

    def _send(self, path: str, body: dict[str, Any]) -> tuple[int | None, dict[str, Any]]:
        connection = http.client.HTTPConnection("127.0.0.1", self._street.port, timeout=PATIENCE_S)
        headers = {"Content-Type": "application/json"}
        if self.who != "ava":
            headers["Authorization"] = f"Bearer {self._street.keys[self.who]}"
        try:
            connection.request("POST", f"/api/v1/{path}", json.dumps(body), headers)
            answer = connection.getresponse()
            read = answer.read()
            return answer.status, json.loads(read) if answer.status < 500 else {}
        except (OSError, http.client.HTTPException, ValueError):
            time.sleep(0.1)
            return None, {}
        finally:
            connection.close()


STAFFS = {
    move: str(move)
    for move in (Move.LOCATE, Move.CLASSIFY, Move.DISPATCH, Move.TAKE, Move.DECLINE, Move.RAISE, Move.NOTE, Move.PAUSE,
                 Move.RESUME, Move.EXTEND, Move.DO, Move.REDO, Move.VERIFY, Move.CLOSE, Move.REOPEN)
} | {Move.ASK: "more-time"}  # fmt: skip
AVAS = {
    Move.NOTE: "notes",
    Move.VERIFY: "solved",
    Move.REDO: "not-solved",
    Move.REOPEN: "reopen",
    Move.WITHDRAW: "withdraw",
}


def interleave(street: Street, interleavings: int, *, kill_every: int, seed: int = 4) -> Kept:
    """So many cases, each moved by all at once; raises what is wrong with the ledger afterwards."""
    began = time.monotonic()
    clients = [Client(street, who, n) for n, who in enumerate((*STAFF, "ava"), start=1)]
    kept, chance = Kept(interleavings), random.Random(seed)
    plugs = plugs_of(street)
    for turn in range(1, interleavings + 1):
        case = _reported(street, turn)
        threads = [threading.Thread(target=client.act, args=[case]) for client in clients]
        for thread in threads:
            thread.start()
        if turn % kill_every == 0:
            time.sleep(chance.random() * 0.1)
            name, pull = next(plugs)
            pull()
            kept.kills[name] += 1
        for thread in threads:
            thread.join()
    kept.seconds = time.monotonic() - began
    check(street, [attempt for client in clients for attempt in client.attempts], kept)
    return kept


def plugs_of(street: Street) -> Iterator[tuple[str, Callable[[], None]]]:
    """What is killed, in turn."""
    while True:
        yield "web", street.kill_web
        yield "machines", street.kill_machines
        yield "postgres", street.kill_postgres


def _reported(street: Street, turn: int) -> dict[str, str]:
    """A new case in Chen's grid; reported again with the same key until an answer comes."""
    said = {"words": f"{turn}号楼的楼道里堆满了杂物", "item": "stairwell-rubbish", "place": {"door": "DOOR0001"}}
    give_up_at = time.monotonic() + ANSWERED_WITHIN_S
    while True:
        connection = http.client.HTTPConnection("127.0.0.1", street.port, timeout=20)
        try:
            headers = {"Content-Type": "application/json", "Idempotency-Key": f"an-interleaving-of-moves-{turn}"}
            connection.request("POST", "/api/v1/reports", json.dumps(said), headers)
            answer = connection.getresponse()
            read = answer.read()
            if answer.status == 201:
                receipt = json.loads(read)
                return {"number": receipt["number"], "token": receipt["token"], "state": str(State.DISPATCHED)}
        except (OSError, http.client.HTTPException):
            pass
        finally:
            connection.close()
        assert time.monotonic() < give_up_at, street.said("serve")[-2000:]
        time.sleep(0.1)


# What the ledger must hold --------------------------------------------------------------------------------------------


def check(street: Street, attempts: list[Attempt], kept: Kept) -> None:
    """No answer was lost, nothing was done twice, and no row is illegal, whoever was killed in between."""
    for attempt in attempts:
        status = attempt.status
        kept.attempts["unanswered" if status is None or status >= 500 else "done" if status == 200 else "refused"] += 1
    rows = street.rows(
        "SELECT c.number, e.seq, e.move, e.from_state, e.to_state, e.by_hat, s.words FROM cases_event e"
        " JOIN cases_case c ON c.id = e.case_id"
        " LEFT JOIN cases_said s ON s.case_id = e.case_id AND s.seq = e.seq ORDER BY e.case_id, e.seq"
    )
    kept.rows = len(rows)
    legal = {tuple(map(str, each)) for each in transitions()}
    illegal = [row for row in rows if (row["move"], row["from_state"], row["to_state"], row["by_hat"]) not in legal]
    assert not illegal, illegal[:5]
    kept.moves.update(row["move"] for row in rows)
    _each_answer_is_kept_once(rows, attempts)
    # The chain of hashes, the words beside it, and where each case stands.
    street.python("from doorstep.cases.checking import check_ledger; c = check_ledger(); assert c.is_sound, c")


def _each_answer_is_kept_once(rows: list[dict[str, Any]], attempts: list[Attempt]) -> None:
    by_people = Counter((r["number"], r["move"]) for r in rows if r["by_hat"] != "machine" and r["move"] != "report")
    answered = Counter((each.case, str(each.move)) for each in attempts if each.status == 200)
    perhaps = Counter((each.case, str(each.move)) for each in attempts if each.status is None or each.status >= 500)
    lost = answered - by_people
    assert not lost, f"Answered, and not in the ledger: {lost}"
    doubled = by_people - (answered + perhaps)
    assert not doubled, f"In the ledger more often than anybody asked for it: {doubled}"
    marks = Counter(row["words"] for row in rows)
    twice = [each.mark for each in attempts if marks[each.mark] > 1]
    assert not twice, f"Said once and kept twice: {twice[:5]}"
