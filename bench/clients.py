"""Clients that cost next to nothing: one process, plain sockets, kept connections, requests written beforehand.

What is measured is the house, so whoever measures must not take the core that the house works on.
"""

from __future__ import annotations

import selectors
import socket
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

LARGEST_ANSWER = 65_536


@dataclass
class Answers:
    """What came back: how long each took, and how many of each status."""

    seconds: float = 0.0
    latencies_s: list[float] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    refused: list[bytes] = field(default_factory=list)
    """The first few answers that were not 2xx or 3xx, to see what went wrong."""

    @property
    def good(self) -> int:
        return sum(count for status, count in self.statuses.items() if 200 <= status < 400)

    @property
    def a_second(self) -> float:
        """Good answers a second."""
        return self.good / self.seconds if self.seconds else 0.0

    def percentile_ms(self, percent: float) -> float:
        """The latency below which so many of the answers came."""
        return float(np.percentile(self.latencies_s, percent)) * 1000 if self.latencies_s else 0.0


class _Client:
    """One kept connection with at most one question on its way."""

    def __init__(self, address: tuple[str, int]) -> None:
        self.socket = socket.create_connection(address, timeout=30)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.asked_at = 0.0
        self._answer = b""

    def ask(self, request: bytes, now: float) -> None:
        self._answer = b""
        self.asked_at = now
        self.socket.sendall(request)

    def hear(self) -> bytes | None:
        """The answer, once it is whole."""
        piece = self.socket.recv(LARGEST_ANSWER)
        if not piece:
            raise ConnectionError("The server closed a kept connection.")
        self._answer += piece
        head, found, body = self._answer.partition(b"\r\n\r\n")
        if not found or len(body) < _length(head):
            return None
        return self._answer


def _length(head: bytes) -> int:
    at = head.lower().find(b"\r\ncontent-length:")
    return int(head[at + 17 :].split(b"\r\n", 1)[0]) if at >= 0 else 0


def drive(
    address: tuple[str, int],
    requests: Iterator[bytes],
    *,
    clients: int = 32,
    seconds: float = 20.0,
    a_second: float | None = None,
) -> Answers:
    """Send requests for so long, or until there are no more; every question that was asked is waited for.

    Each client asks again as soon as it is answered; with `a_second` no faster than that altogether. Then a request
    counts from the moment at which it was due, so that a server that stands still cannot hide it.
    """
    answers = Answers()
    waiting = [_Client(address) for _ in range(clients)]
    everyone = list(waiting)
    began = time.perf_counter()
    until = began + seconds
    asked = 0
    is_over = False
    with selectors.DefaultSelector() as selector:
        while True:
            now = time.perf_counter()
            is_over = is_over or now >= until
            while waiting and not is_over:
                due = now if a_second is None else began + asked / a_second
                if due > now:
                    break
                request = next(requests, None)
                if request is None:
                    is_over = True
                    break
                # In turn: a server closes a connection that it has not heard of for long.
                client = waiting.pop(0)
                client.ask(request, due)
                selector.register(client.socket, selectors.EVENT_READ, client)
                asked += 1
            if is_over and len(waiting) == clients:
                break
            pause = 0.002 if a_second is not None and waiting and not is_over else 30.0
            for key, _ in selector.select(pause):
                client = key.data
                answer = client.hear()
                if answer is None:
                    continue
                answers.latencies_s.append(time.perf_counter() - client.asked_at)
                status = int(answer[9:12])
                answers.statuses[status] += 1
                if status >= 400 and len(answers.refused) < 3:
                    answers.refused.append(answer[:2000])
                selector.unregister(client.socket)
                waiting.append(client)
    answers.seconds = time.perf_counter() - began
    for client in everyone:
        client.socket.close()
    return answers
