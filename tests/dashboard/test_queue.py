"""Decisions on their way: held, in order, pointed out when they wait long, and a way out of every conflict."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import openpyxl
import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import KASUBBAG, NOW, STAF, words
from tests.dashboard.test_decisions import of
from tracker.dashboard import identity
from tracker.dashboard.clerk import HOLD_SECONDS, Clerk, instant
from tracker.dashboard.decisions import perform, resolve
from tracker.dashboard.office import Office
from tracker.dashboard.office import office as shared_office
from tracker.dashboard.source import Source
from tracker.dashboard.texts.queue import clashing
from tracker.desk.queue import Item, Stage
from tracker.views.journey import journey


@pytest.fixture
def source(home: Path, demo: Path) -> Source:
    made = Source(demo, pause=lambda _: None)
    made.check()
    identity.use(lambda _: KASUBBAG)
    return made


def hold_book(demo: Path) -> Path:
    lock = demo.parent / f".~lock.{demo.name}#"
    lock.write_text("Siti N,siti,K,20.11.2026,f;", "utf-8")
    return lock


def decided(demo: Path, row: int, outcome: str) -> None:
    """Somebody decides in Excel meanwhile."""
    book = openpyxl.load_workbook(demo)
    sheet = book["Riwayat"]
    heading = next(at for at in range(1, 16) if sheet.cell(at, 1).value == "ID")
    columns = {cell.value: cell.column for cell in sheet[heading]}
    sheet.cell(row, columns["Hasil"], outcome)
    sheet.cell(row, columns["Selesai"], datetime(2026, 11, 20, 10, 38))
    book.save(demo)


def open_row(source: Source, id_: str) -> int:
    assert source.edition is not None
    seen = journey(source.sight(source.edition, NOW).evaluation, id_)
    assert seen is not None
    return seen.legs[-1].row


def test_a_held_decision_is_on_disk_at_once_and_written_when_its_time_has_come(
    source: Source, demo: Path
) -> None:
    before = demo.read_bytes()
    outcome = perform(Office(), source, of(source, KASUBBAG, "K-2026-0048"), hold=HOLD_SECONDS)
    assert outcome.queued is not None and outcome.error is None
    clerk = Clerk(source)
    clerk.round(instant())
    assert demo.read_bytes() == before
    assert 0 < (clerk.next_round(instant()) or 0) <= HOLD_SECONDS
    clerk.round(instant() + timedelta(seconds=HOLD_SECONDS))
    assert [one.stage for one in clerk.log.items()] == [Stage.WRITTEN]
    assert clerk.next_round(instant()) is None
    assert source.serial == 2


def test_a_held_decision_keeps_no_other_waiting(source: Source) -> None:
    office = Office()
    perform(office, source, of(source, KASUBBAG, "K-2026-0048"), hold=HOLD_SECONDS)
    assert perform(office, source, of(source, KASUBBAG, "K-2026-0047")).written is not None


def test_what_waits_is_written_in_order_once_the_book_is_closed(source: Source, demo: Path) -> None:
    lock, office = hold_book(demo), Office()
    for id_ in ("K-2026-0048", "K-2026-0047"):
        assert perform(office, source, of(source, KASUBBAG, id_)).queued is not None
    clerk = Clerk(source)
    clerk.round(instant())
    assert len(clerk.waiting()) == 2
    lock.unlink()
    clerk.round(instant())
    items = clerk.log.items()
    assert [one.stage for one in items] == [Stage.WRITTEN] * 2
    assert [one.entry.item_id for one in items] == ["K-2026-0048", "K-2026-0047"]


def conflict(source: Source, demo: Path, outcome: str = "Ya") -> Item:
    """A decision in the queue whose row somebody filled in Excel before it could be written."""
    row, lock = open_row(source, "K-2026-0048"), hold_book(demo)
    wanted = replace(of(source, KASUBBAG, "K-2026-0048"), outcome="tidak", note="Gambar kabur.")
    perform(Office(), source, wanted)
    lock.unlink()
    decided(demo, row, outcome)
    clerk = Clerk(source)
    source.check()
    clerk.round(instant())
    return clerk.log.items()[0]


def test_a_cell_that_was_filled_meanwhile_is_shown_beside_the_decision(source: Source, demo: Path) -> None:
    item = conflict(source, demo)
    assert item.stage is Stage.CONFLICT and item.conflict is not None
    found = {one.heading: (one.there, one.mine) for one in item.conflict.clashes}
    assert found["Hasil"] == ("Ya", "Tidak")
    assert found["Selesai"] == ("2026-11-20T10:38", "2026-11-20T10:40")
    said = clashing(item.conflict.clashes)
    assert said.startswith("Sel G") and said.endswith(
        "sudah diisi “Ya”. Keputusan Anda “Tidak” belum ditulis."
    )


def test_mine_is_refused_where_the_rules_forbid_it_and_the_conflict_stays(source: Source, demo: Path) -> None:
    item, before = conflict(source, demo), demo.read_bytes()
    assert resolve(Office(), source, item) is not None
    assert demo.read_bytes() == before
    assert Clerk(source).log.items()[0].stage is Stage.CONFLICT


def test_mine_is_written_anew_where_the_rules_allow_it(source: Source, demo: Path) -> None:
    row, lock = open_row(source, "K-2026-0048"), hold_book(demo)
    perform(Office(), source, of(source, KASUBBAG, "K-2026-0048"))
    lock.unlink()
    book = openpyxl.load_workbook(demo)
    book["Riwayat"].cell(row, 8, "catatan lain")
    book.save(demo)
    clerk = Clerk(source)
    source.check()
    clerk.round(instant())
    item = clerk.log.items()[0]
    assert item.stage is Stage.CONFLICT
    assert resolve(Office(), source, item) is None
    assert [one.stage for one in clerk.log.items()] == [Stage.CANCELLED, Stage.WRITTEN]


def test_the_page_shows_the_queue_and_ends_a_conflict(
    app: Callable[..., AppTest], source: Source, demo: Path
) -> None:
    item = conflict(source, demo)
    test = app(demo, KASUBBAG, "berkas")
    said = words(test)
    assert "Bentrok K-2026-0048" in said
    assert "20/11/2026 10.38" in said and "2026-11-20T10" not in said
    assert "Langkah 5 disetujui, K-2026-0048" in said
    test.button(key=f"keep-{item.entry.key}").click().run()
    assert "Bentrok K-2026-0048" not in words(test)
    assert Clerk(source).log.items()[0].stage is Stage.CANCELLED
    assert not test.exception


def test_only_the_author_ends_a_conflict(app: Callable[..., AppTest], source: Source, demo: Path) -> None:
    item = conflict(source, demo)
    test = app(demo, STAF, "berkas")
    assert f"Hanya {KASUBBAG} yang dapat menyelesaikan bentrok ini." in words(test)
    assert not [one for one in test.button if one.key == f"keep-{item.entry.key}"]


def test_a_queued_decision_is_not_offered_again_and_may_be_taken_back(
    app: Callable[..., AppTest], demo: Path
) -> None:
    hold_book(demo)
    test = app(demo, KASUBBAG, "konten", id="K-2026-0048")
    test.button(key="panel-yes").click().run()
    said = words(test)
    assert "belum tertulis" in said
    assert not [one for one in test.button if one.key == "panel-yes"]
    test.button(key="undo-panel").click().run()
    assert "Dibatalkan. Tidak ada yang ditulis." in words(test)
    assert [one for one in test.button if one.key == "panel-yes"]


@pytest.mark.parametrize(("minutes", "is_said"), [(29, False), (45, True)])
def test_a_decision_that_waits_long_is_pointed_out(
    app: Callable[..., AppTest], source: Source, demo: Path, minutes: int, is_said: bool
) -> None:
    hold_book(demo)
    outcome = perform(Office(), source, of(source, KASUBBAG, "K-2026-0048"))
    assert outcome.queued is not None
    old = instant() - timedelta(minutes=minutes)
    entry = replace(outcome.queued.entry, key="older", queued_at=old, not_before=old)
    clerk = Clerk(source)
    clerk.cancel(outcome.queued.entry.key, by=KASUBBAG)
    clerk.log.add(entry)
    assert ("Satu keputusan belum tertulis" in words(app(demo, KASUBBAG))) == is_said
    assert "Satu keputusan belum tertulis" not in words(app(demo, STAF))
    opened = shared_office().source
    assert opened is not None and opened.opened_by == "Siti N"
