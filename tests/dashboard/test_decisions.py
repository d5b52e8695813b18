"""From a click to a row: permission at the moment of writing, one write per click, refusals with a way out."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from tests.dashboard.conftest import KASUBBAG, NOW, PENGELOLA, STAF
from tracker.dashboard import identity
from tracker.dashboard.decisions import Decision, NewItem, can_force, decision, forced, perform
from tracker.dashboard.office import Office
from tracker.dashboard.source import Source
from tracker.errors import ChangeRefused, OpenElsewhere
from tracker.views.journey import journey
from tracker.views.today import Task, person, today


@pytest.fixture
def source(home: Path, demo: Path) -> Source:
    made = Source(demo, pause=lambda _: None)
    made.check()
    return made


def tasks(source: Source, name: str) -> tuple[Task, ...]:
    assert source.edition is not None
    evaluation = source.sight(source.edition, NOW).evaluation
    seen = today(evaluation, person(evaluation.register.people, name, evaluation.now // 1440))
    return (*seen.decisions, *seen.tasks)


def of(source: Source, name: str, id_: str) -> Decision:
    assert source.edition is not None
    task = next(one for one in tasks(source, name) if one.standing.id == id_)
    revision = source.edition.reading.revision
    return decision(
        task.standing, task.step, "disetujui", revision=revision, outcome="ya", finish="20/11/2026 10.40"
    )


def test_an_approval_moves_the_item_on(source: Source) -> None:
    identity.use(lambda _: KASUBBAG)
    outcome = perform(Office(), source, of(source, KASUBBAG, "K-2026-0048"))
    assert outcome.written is not None
    assert outcome.written.sheet == "Riwayat"
    assert source.edition is not None
    seen = journey(source.sight(source.edition, NOW).evaluation, "K-2026-0048")
    assert seen is not None and seen.standing is not None
    assert seen.standing.step.number == 6


def test_a_double_click_is_one_row(source: Source, demo: Path) -> None:
    identity.use(lambda _: KASUBBAG)
    office, wanted = Office(), of(source, KASUBBAG, "K-2026-0047")
    first = perform(office, source, wanted)
    content = demo.read_bytes()
    assert perform(office, source, wanted).written == first.written
    assert demo.read_bytes() == content


@pytest.mark.parametrize("name", [STAF, PENGELOLA, "", "Bukan Pegawai"])
def test_the_role_is_asked_for_again_when_writing(source: Source, demo: Path, name: str) -> None:
    wanted, before = of(source, KASUBBAG, "K-2026-0048"), demo.read_bytes()
    identity.use(lambda _: name)
    outcome = perform(Office(), source, wanted)
    assert isinstance(outcome.error, ChangeRefused)
    assert demo.read_bytes() == before


def test_what_the_rules_refuse_may_be_recorded_as_it_is(source: Source) -> None:
    identity.use(lambda _: KASUBBAG)
    office = Office()
    wanted = replace(of(source, KASUBBAG, "K-2026-0048"), id="K-2026-0042", key="other")
    refused = perform(office, source, wanted)
    assert refused.error is not None and can_force(refused.error)
    outcome = perform(office, source, forced(wanted, "persetujuan lisan"))
    assert outcome.written is not None
    assert "persetujuan lisan" in str(outcome.written.written["Catatan"])


def test_a_busy_book_keeps_the_decision_in_the_queue_and_says_why(source: Source, demo: Path) -> None:
    identity.use(lambda _: KASUBBAG)
    (demo.parent / f".~lock.{demo.name}#").write_text("Siti N,siti,K,20.11.2026,f;", "utf-8")
    outcome = perform(Office(), source, of(source, KASUBBAG, "K-2026-0048"))
    assert isinstance(outcome.error, OpenElsewhere)
    assert not can_force(outcome.error)
    assert outcome.queued is not None and outcome.queued.is_waiting


def test_a_disposition_needs_the_first_role(source: Source, use: Callable[[str], None]) -> None:
    item = NewItem("Infografis", "k1", channel="Instagram", target_on="27/11/2026")
    use(STAF)
    assert isinstance(perform(Office(), source, item).error, ChangeRefused)
    use(KASUBBAG)
    outcome = perform(Office(), source, item)
    assert outcome.written is not None
    assert outcome.written.sheet == "Register"
    assert source.edition is not None
    seen = journey(source.sight(source.edition, NOW).evaluation, outcome.written.id)
    assert seen is not None
    assert [leg.step.number for leg in seen.legs if leg.step] == [1]


@pytest.fixture
def use() -> Callable[[str], None]:
    return lambda name: identity.use(lambda _: name)
