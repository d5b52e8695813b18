"""The demo register is deterministic, realistic, and holds the faults that staff make."""

from __future__ import annotations

from datetime import datetime
from io import BytesIO
from pathlib import Path

import numpy as np
import openpyxl
import pytest

from tests.register.bookmaking import differences
from tests.register.spreadsheets import REASON, SOFFICE, at_moment, recalculated
from tracker.findings import Severity
from tracker.register.demo import demo_bytes, demo_content
from tracker.register.moments import minutes_of
from tracker.register.reader import read_register
from tracker.register.template.cached import cached_values, snapshot_of
from tracker.sop.evaluation import evaluate
from tracker.sop.verdicts import Evaluation, ItemState, Verdict

NOWS = (
    datetime(2026, 11, 20, 10, 40),
    datetime(2026, 3, 10, 9, 0),
    datetime(2027, 1, 4, 7, 31),
    datetime(2026, 11, 22, 18),
)
FAULTS = {"D401", "D404", "D405", "D406", "D410", "D411", "D414", "P301", "U101", "W203", "W204", "W206"}
pytestmark = pytest.mark.filterwarnings("ignore:Print area cannot be set")


def _judged(now: datetime, seed: int) -> Evaluation:
    minutes = minutes_of(now)
    return evaluate(read_register(snapshot_of(demo_content(now_minutes=minutes, seed=seed))), minutes)


def test_the_same_now_and_seed_give_the_same_bytes() -> None:
    assert demo_bytes(NOWS[0], 4) == demo_bytes(NOWS[0], 4)
    assert demo_bytes(NOWS[0], 4) != demo_bytes(NOWS[0], 5)


@pytest.mark.parametrize("now", NOWS)
@pytest.mark.parametrize("seed", [1, 2])
def test_it_has_the_mix_of_a_real_office(now: datetime, seed: int) -> None:
    judged = _judged(now, seed)
    states = judged.items.state
    assert 55 <= len(states) <= 65
    assert (states == ItemState.RUNNING).sum() == 12
    assert 3 <= judged.items.overdue.sum() <= 4
    assert (states == ItemState.CANCELLED).sum() == 2
    assert (states == ItemState.NOT_STARTED).sum() >= 2
    waiting = (states == ItemState.RUNNING) & (judged.items.step == 4) & ~judged.items.is_open
    assert waiting.sum() >= 2
    verdicts = judged.events.verdict
    late, on_time = (verdicts == Verdict.LATE).sum(), (verdicts == Verdict.ON_TIME).sum()
    assert 0.10 < late / (late + on_time) < 0.25
    assert judged.items.round.max() >= 2


@pytest.mark.parametrize("now", NOWS)
@pytest.mark.parametrize("seed", [1, 2])
def test_it_holds_the_faults_and_little_else(now: datetime, seed: int) -> None:
    judged = _judged(now, seed)
    assert {found.code for found in judged.findings} >= FAULTS
    assert sum(found.severity is Severity.GALAT for found in judged.findings) <= 12


def test_titles_are_many_and_people_are_invented() -> None:
    content = demo_content(now_minutes=minutes_of(NOWS[0]), seed=1)
    assert len({row["title"] for row in content.of("register")}) >= 40
    assert all(str(row["nip"]).startswith("00000000") for row in content.of("people"))
    assert sorted(str(row["appointment"]) for row in content.of("people"))[-1] == "Plh."


def test_nothing_lies_after_now() -> None:
    judged = _judged(NOWS[0], 1)
    assert np.max(judged.events.finish) <= minutes_of(NOWS[0])


def test_cells_carry_values_for_viewers_that_never_calculate() -> None:
    now = NOWS[0]
    content = demo_content(now_minutes=minutes_of(now), seed=1)
    book = openpyxl.load_workbook(BytesIO(demo_bytes(now, 1)), data_only=True)
    statuses = [
        row[13].value
        for row in book["Register"].iter_rows(min_row=4, max_row=3 + len(content.of("register")))
    ]
    assert "Lewat tenggat" in statuses
    assert None not in statuses
    assert book["Riwayat"]["N4"].value in ("Tepat", "Terlambat")


@pytest.mark.skipif(SOFFICE is None, reason=REASON)
def test_the_sheet_computes_the_values_it_carries(tmp_path: Path) -> None:
    now = minutes_of(NOWS[0])
    shown = recalculated(at_moment(demo_bytes(NOWS[0], 1), now), tmp_path)
    assert differences(shown, cached_values(demo_content(now_minutes=now, seed=1), now)) == []
