"""Many divisions at once: in this process, in several of this machine, or on the machines of a Ray cluster.

Who does the work changes nothing of the answers. No more questions wait than a crew needs to stay busy, so that the
memory in use does not grow with the number of communities.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from doorstep.areas.dividing import kernels
from doorstep.core.refusals import Refusal
from doorstep.core.text import say

if TYPE_CHECKING:
    from doorstep.engines.districting import Buildings, DistrictingError, Division

WAITING_A_HAND = 2
"""Questions under way for each process: the one at work and the next."""

ANSWERS_WITHIN_S = 5.0


class CrewRefused(Refusal):
    """There is nobody to do the work."""


class Task(NamedTuple):
    """One community to be divided: the arguments of `divide` under a key of the caller's."""

    key: str
    buildings: Buildings
    options: Mapping[str, Any]


class Done(NamedTuple):
    """The answer for one key; without a division, what the engine refused."""

    key: str
    division: Division | None
    refused: DistrictingError | None
    seconds: float
    cpu_seconds: float


@dataclass(frozen=True)
class Crew:
    """`submit` begins a task; `most` is how many may be under way."""

    submit: Callable[[Task], Future[Done]]
    most: int


def divided(tasks: Iterable[Task], crew: Crew) -> Iterator[Done]:
    """The answers, each as soon as it is there; tasks are only asked for when there is room for them."""
    running: set[Future[Done]] = set()
    try:
        for task in tasks:
            running.add(crew.submit(task))
            if len(running) >= crew.most:
                yield from _finished(running)
        while running:
            yield from _finished(running)
    except BrokenProcessPool:
        raise CrewRefused(say("command-divide-hand-lost"), say("command-divide-hand-lost-try")) from None
    finally:
        for future in running:
            future.cancel()


def _finished(running: set[Future[Done]]) -> Iterator[Done]:
    finished, _ = wait(running, return_when=FIRST_COMPLETED)
    for future in finished:
        running.remove(future)
        yield future.result()


@contextmanager
def alone() -> Iterator[Crew]:
    """This process does everything itself."""

    def at_once(task: Task) -> Future[Done]:
        future: Future[Done] = Future()
        future.set_result(_do(task))
        return future

    yield Crew(at_once, 1)


@contextmanager
def of_processes(count: int) -> Iterator[Crew]:
    """So many processes of this machine; they end with this one, however it ends."""
    # A fresh interpreter each: one that is copied would share our connections and locks.
    fresh = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(count, mp_context=fresh, initializer=_begin_in_process, initargs=(kernels(),))
    try:
        yield Crew(lambda task: pool.submit(_do, task), WAITING_A_HAND * count)
    finally:
        pool.shutdown(wait=True, cancel_futures=True)


@contextmanager
def on_ray(address: str) -> Iterator[Crew]:
    """The processors of a Ray cluster, on each of which Doorstep is installed; a lost machine's tasks are done anew."""
    try:
        import ray
    except ImportError:
        raise CrewRefused(say("command-divide-no-ray"), say("command-divide-no-ray-try")) from None
    _refuse_silent(address)
    ray.init(address=address, log_to_driver=False)
    try:
        work = ray.remote(_do).options(num_cpus=1, max_retries=3)
        there = ray.cluster_resources()  # type: ignore[no-untyped-call]
        hands = max(1, int(there.get("CPU", 1)))
        yield Crew(lambda task: work.remote(task).future(), WAITING_A_HAND * hands)
    finally:
        ray.shutdown()


def _refuse_silent(address: str) -> None:
    """Ray itself would wait for minutes."""
    host, _, port = address.removeprefix("ray://").rpartition(":")
    try:
        socket.create_connection((host, int(port)), timeout=ANSWERS_WITHIN_S).close()
    except (OSError, ValueError) as fault:
        raise CrewRefused(
            say("command-divide-ray-away", address=address, reason=str(fault)), say("command-divide-ray-away-try")
        ) from fault


def _do(task: Task) -> Done:
    os.environ.setdefault("NUMBA_CACHE_DIR", kernels())
    from doorstep.engines.districting import DistrictingError, divide

    began, worked = time.perf_counter(), time.process_time()
    try:
        division, refused = divide(task.buildings, **task.options), None
    except DistrictingError as error:
        division, refused = None, error
    return Done(task.key, division, refused, time.perf_counter() - began, time.process_time() - worked)


def _begin_in_process(kernels_at: str) -> None:
    os.environ["NUMBA_CACHE_DIR"] = kernels_at
    # Ctrl-C reaches every process of a terminal; the one that was started decides what becomes of the others.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_parent, daemon=True).start()


def _end_with_parent() -> None:
    """A process that waits for work would not notice that whoever gave it was killed."""
    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
    os._exit(1)
