"""A paper leaves out the decisions that wait in the queue, and says how many there are (dashboard W6)."""

from __future__ import annotations

import io
from pathlib import Path

import pypdf
import pytest

from tests.cli.doors import call
from tests.desk.queue.decisions import BEGIN, FINISH, NOW, decided, log_of, register
from tracker.desk import Order, open_desk
from tracker.desk.queue import carry_out, waiting

SAID = "keputusan dari dasbor belum tertulis di register saat dicetak, jadi tidak termasuk dalam naskah ini."
ORDERS = (Order("monthly", period="2026-08"), Order("semester", period="2026-S2"), Order("card", item="K-2"))


def words(content: bytes) -> str:
    pages = pypdf.PdfReader(io.BytesIO(content)).pages
    return " ".join(" ".join(page.extract_text() for page in pages).split())


@pytest.mark.parametrize("order", ORDERS, ids=lambda order: order.kind)
def test_the_paper_counts_what_it_leaves_out(tmp_path: Path, order: Order) -> None:
    path = register(tmp_path)
    desk = open_desk(path)
    before = desk.preview(order, now=NOW)
    assert (before.unwritten, "belum tertulis" in words(before.content)) == (0, False)
    assert sorted(one.name for one in tmp_path.iterdir()) == ["register.xlsx"]
    for one in (FINISH, BEGIN):
        log_of(path).add(decided(desk, one))
    made = desk.preview(order, now=NOW)
    assert made.unwritten == waiting(desk.store) == 2
    assert f"2 {SAID}" in words(made.content)
    assert any("2 keputusan" in one for one in made.warnings)


def test_the_procedure_itself_depends_on_no_decision(tmp_path: Path) -> None:
    path = register(tmp_path)
    log_of(path).add(decided(open_desk(path), FINISH))
    assert "belum tertulis" not in words(open_desk(path).preview(Order("sop"), now=NOW).content)


def test_what_is_written_is_left_out_of_no_paper(tmp_path: Path) -> None:
    path = register(tmp_path)
    desk = open_desk(path)
    entry = decided(desk, FINISH)
    log_of(path).add(entry)
    carry_out(desk, log_of(path), entry.key, now=NOW)
    assert waiting(desk.store) == 0
    assert "belum tertulis" not in words(desk.preview(ORDERS[0], now=NOW).content)


def test_a_preview_is_made_anew_when_something_was_decided_since(tmp_path: Path) -> None:
    path = register(tmp_path)
    desk = open_desk(path)
    seen = desk.preview(ORDERS[0], now=NOW)
    log_of(path).add(decided(desk, FINISH))
    done = desk.file(seen, now=NOW)
    assert (done.is_remade, done.unwritten) == (True, 1)
    assert f"1 {SAID}" in words(done.content)


def test_the_command_line_says_so_too(tmp_path: Path) -> None:
    path = register(tmp_path)
    log_of(path).add(decided(open_desk(path), FINISH))
    made = call("report", "monthly", path, "--period", "2026-08", "-o", tmp_path / "a.pdf", "--no-archive",
               "--now", NOW.isoformat())  # fmt: skip
    assert made.code == 0
    assert "1 keputusan dari dasbor masih di antrean tulis" in made.err
