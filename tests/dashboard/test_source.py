"""The one reader: a failed read never replaces a good one, and a half-saved file is not announced."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.dashboard.conftest import NOW
from tracker.dashboard.paper import difference
from tracker.dashboard.source import Source
from tracker.desk import RecordEvent, new_register, open_desk
from tracker.errors import RegisterUnavailable, RegisterUnreadable


@pytest.fixture
def source(home: Path, demo: Path) -> Source:
    made = Source(demo, pause=lambda _: None)
    made.check()
    return made


def test_an_unchanged_file_is_not_read_again(source: Source, monkeypatch: pytest.MonkeyPatch) -> None:
    edition = source.edition
    monkeypatch.setattr(source, "_read", lambda: pytest.fail("read again"))
    source.check()
    assert source.edition is edition and source.serial == 1


def test_a_file_touched_but_equal_is_the_same_edition(source: Source, demo: Path) -> None:
    edition = source.edition
    os.utime(demo, (1, 1))
    source.check()
    assert source.edition is edition


def test_an_older_file_put_back_is_noticed(source: Source, demo: Path, tmp_path: Path) -> None:
    other = tmp_path / "lain.xlsx"
    new_register(other, demo=True, seed=3, now=NOW)
    demo.write_bytes(other.read_bytes())
    os.utime(demo, (1, 1))
    source.check()
    assert source.serial == 2


def test_a_half_saved_file_is_tried_again_before_anybody_hears_of_it(demo: Path, home: Path) -> None:
    whole = demo.read_bytes()
    tries: list[float] = []

    def saved(seconds: float) -> None:
        tries.append(seconds)
        if len(tries) == 2:
            demo.write_bytes(whole)

    source = Source(demo, pause=saved)
    source.check()
    edition = source.edition
    demo.write_bytes(whole[: len(whole) // 2])
    source.check()
    assert source.trouble is None
    assert source.edition is edition
    assert tries == [1.0, 1.0]


def test_a_broken_file_keeps_the_last_good_read(source: Source, demo: Path) -> None:
    edition = source.edition
    demo.write_bytes(b"not a workbook")
    source.check()
    assert isinstance(source.trouble, RegisterUnreadable)
    assert source.edition is edition


def test_a_file_that_comes_back_ends_the_trouble(source: Source, demo: Path) -> None:
    content = demo.read_bytes()
    demo.unlink()
    source.check()
    assert isinstance(source.trouble, RegisterUnavailable)
    demo.write_bytes(content)
    source.check()
    assert source.trouble is None


def test_sessions_share_one_evaluation_a_minute(source: Source) -> None:
    edition = source.edition
    assert edition is not None
    one = source.sight(edition, NOW)
    assert source.sight(edition, NOW.replace(second=59)) is one
    assert source.sight(edition, NOW.replace(minute=41)) is not one


def test_differences_count_rows_whatever_their_order(demo: Path) -> None:
    desk = open_desk(demo)
    before = desk.read().snapshot
    written = desk.record(RecordEvent("K-2026-0048", 5, by="Rina Contoh, S.H.", outcome="ya"), now=NOW)
    after = desk.read().snapshot
    found = difference(before, after)
    assert (found.new, found.changed, found.gone) == (0, 1, 0), written
    assert difference(after, after).new == 0
