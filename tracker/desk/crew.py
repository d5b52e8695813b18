"""Many papers made by several processes: typst keeps one core busy, and an office PC has more of them."""

from __future__ import annotations

import signal
from collections.abc import Generator, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import closing
from multiprocessing import get_context
from typing import TYPE_CHECKING, Final

from tracker.desk.reading import Reading
from tracker.desk.workshop import Workshop
from tracker.register.reader import read_register

if TYPE_CHECKING:
    from datetime import datetime

    from tracker.desk.orders import Order, Report
    from tracker.register.archive import Filing
    from tracker.register.store import Snapshot

__all__ = ["made"]

Task = tuple["Order", "Filing"]

_WORTH_IT: Final = 40
"""So many papers are made in the time that the processes need to start."""
_CHUNKS: Final = 6
"""Pieces for each process: few enough that reading the register again in each costs nothing, enough to see progress."""


def made(shop: Workshop, tasks: Sequence[Task], workers: int) -> Iterator[Report]:
    """The papers in the order of the tasks, whoever makes them; the bytes are the same. Errors as `Workshop.make`."""
    done = 0
    if workers > 1 and len(tasks) >= _WORTH_IT:
        try:
            with closing(_shared(shop, tasks, workers)) as papers:
                for paper in papers:
                    done += 1
                    yield paper
        except (OSError, BrokenProcessPool):  # no more processes to be had: the rest is made here
            pass
    for order, filed in tasks[done:]:
        yield shop.make(order, filed)


def _shared(shop: Workshop, tasks: Sequence[Task], workers: int) -> Generator[Report, None, None]:
    size = max(-(-len(tasks) // (workers * _CHUNKS)), 1)
    pool = ProcessPoolExecutor(workers, mp_context=get_context("spawn"), initializer=_leave_interrupts)
    try:
        futures = [
            pool.submit(
                _made_there, shop.reading.snapshot, shop.name, shop.now, shop.emblem, tasks[at : at + size]
            )
            for at in range(0, len(tasks), size)
        ]
        for future in futures:
            yield from future.result()
    finally:
        pool.shutdown(cancel_futures=True)


def _leave_interrupts() -> None:
    """Ctrl-C is for the process that a person started; it stops the others."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def _made_there(
    snapshot: Snapshot, name: str, now: datetime, emblem: bytes | None, tasks: Sequence[Task]
) -> list[Report]:
    """In another process: the same reading of the same cells, so the same papers."""
    shop = Workshop(Reading(snapshot, read_register(snapshot)), name=name, now=now, emblem=emblem)
    return [shop.make(order, filed) for order, filed in tasks]
