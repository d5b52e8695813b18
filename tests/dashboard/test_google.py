"""The dashboard over a Google spreadsheet: few requests, links to cells, and decisions that outlive an outage."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from types import SimpleNamespace

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.conftest import words
from tests.register.google.office import ID
from tests.register.google.office import Office as Google
from tests.register.google.office import office as google_office
from tests.register.google.registers import EVENTS, at, events, register, trim
from tests.register.google.server import Mishap
from tracker.dashboard import identity, settings
from tracker.dashboard.clerk import Clerk, instant
from tracker.dashboard.clock import FROZEN
from tracker.dashboard.decisions import Decision, NewItem, decision, perform
from tracker.dashboard.office import Office
from tracker.dashboard.office import office as shared_office
from tracker.dashboard.source import Source
from tracker.desk.queue import Stage
from tracker.errors import ServiceSilent
from tracker.register.google.credentials import VARIABLE
from tracker.views.today import person, today

NOW = datetime(2026, 8, 3, 11, 0)
HEAD, STAFF = "Siti", "Budi"
URL = f"https://docs.google.com/spreadsheets/d/{ID}/edit#gid=0"


@pytest.fixture
def google(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, home: Path) -> Iterator[Google]:
    """A small register on a loopback Google, found through the environment."""
    monkeypatch.setenv(FROZEN, NOW.isoformat())
    with google_office(tmp_path, monkeypatch) as made:
        monkeypatch.setenv(VARIABLE, str(made.key))
        monkeypatch.setattr("tracker.register.google.retry.time", SimpleNamespace(sleep=made.naps.append))
        register(made)
        yield made


@pytest.fixture
def source(google: Google) -> Source:
    made = Source(URL)
    made.check()
    google.service.calls.clear()
    return made


def finish(source: Source, id_: str = "K-1") -> Decision:
    """Budi finishes the step that is open since the morning."""
    assert source.edition is not None
    evaluation = source.sight(source.edition, NOW).evaluation
    seen = today(evaluation, person(evaluation.register.people, STAFF, evaluation.now // 1440))
    task = next(one for one in seen.tasks if one.standing.id == id_)
    revision = source.edition.reading.revision
    return decision(task.standing, task.step, "dicatat selesai", revision=revision, finish="3/8/2026 10.50")


class Minute:
    """A minute that passes at once: what `Event.wait` does, without waiting."""

    def __init__(self, seconds: float = 60.0) -> None:
        self.left = seconds
        self.naps: list[float] = []

    def __call__(self, seconds: float) -> bool:
        self.naps.append(seconds)
        self.left -= seconds
        return self.left < 0


# -- requests are counted


def test_opening_takes_two_reads_and_twenty_idle_sessions_share_one_poll(
    app: Callable[..., AppTest], google: Google
) -> None:
    first = app(URL, STAFF)
    assert google.service.api_calls == ["spreadsheets.get", "values.batchGet"]
    assert "Register JDIH" in words(first)
    sessions = [first, *(app(URL, name) for name in [HEAD, STAFF] * 9), app(URL, "")]
    opened = shared_office().source
    assert opened is not None
    opened.look_on(Minute())
    for one in sessions:
        one.run()
    assert len(sessions) == 20
    assert len(google.service.api_calls) <= 12


def test_a_decision_takes_three_requests_and_shows_at_once(google: Google, source: Source) -> None:
    identity.use(lambda _: STAFF)
    outcome = perform(Office(), source, finish(source))
    assert outcome.written is not None
    assert (outcome.written.sheet, outcome.written.row) == ("Riwayat", 5)
    assert len(google.service.api_calls) <= 3
    assert trim(events(google)[1])[:2] == ["K-1", 2]
    assert google.book.tab("Riwayat").cells[4][4] == pytest.approx(at("10.50"))
    assert source.serial == 2
    assert source.edition is not None
    revision = source.edition.reading.revision
    source.check()
    assert source.edition.reading.revision == revision
    assert source.serial == 2


def test_a_disposition_takes_four_requests_for_its_two_rows(google: Google, source: Source) -> None:
    identity.use(lambda _: HEAD)
    outcome = perform(Office(), source, NewItem("Judul baru", "k"))
    assert outcome.written is not None
    assert google.service.api_calls.count("values.append") == 2
    assert len(google.service.api_calls) <= 4


def test_own_decisions_are_no_news(google: Google, source: Source) -> None:
    identity.use(lambda _: STAFF)
    seen = source.edition
    assert seen is not None
    perform(Office(), source, finish(source), seen=seen)
    assert source.base_for(seen, identity.session()) is source.edition
    assert source.base_for(seen, "another tab") is seen
    google.book.tab("Riwayat").put(3, 7, "catatan")
    source.check()
    assert source.base_for(seen, identity.session()) is seen


# -- Google is silent


def silence(google: Google, status: int = 503, times: int = 40, on: str = "") -> None:
    google.service.mishaps += [Mishap(on, status)] * times


def test_an_outage_keeps_the_last_read_and_is_asked_less_and_less_often(
    google: Google, source: Source
) -> None:
    edition = source.edition
    silence(google, 429, 100)
    waits = Minute(500)
    source.check()
    source.look_on(waits)
    assert source.edition is edition
    assert isinstance(source.trouble, ServiceSilent) and source.trouble.is_quota
    assert not source.refuses_decisions
    assert waits.naps[:5] == [10, 20, 40, 80, 160]
    google.service.mishaps.clear()
    source.check()
    assert source.trouble is None
    assert source.next_look == 10


def test_the_page_says_that_google_asks_to_wait(app: Callable[..., AppTest], google: Google) -> None:
    test = app(URL, STAFF)
    opened = shared_office().source
    assert opened is not None
    silence(google, 429)
    opened.check()
    test.run()
    said = words(test)
    assert (
        "Google Sheets membatasi permintaan. Menampilkan bacaan pukul 11.00; dicoba lagi pukul 11.00." in said
    )
    assert not any(one.disabled for one in test.button if one.label == "Selesai")


def test_a_decision_during_an_outage_is_kept_and_written_once_afterwards(
    google: Google, source: Source
) -> None:
    identity.use(lambda _: STAFF)
    silence(google)
    outcome = perform(Office(), source, finish(source))
    assert outcome.queued is not None and isinstance(outcome.error, ServiceSilent)
    assert trim(events(google)[1]) == EVENTS[1]
    google.service.mishaps.clear()
    later = Source(f"gsheet:{ID}")  # the server was started anew
    later.check()
    clerk = Clerk(later)
    assert [one.entry.key for one in clerk.waiting()] == [outcome.queued.entry.key]
    clerk.round(instant())
    clerk.round(instant())
    assert [one.stage for one in clerk.log.items()] == [Stage.WRITTEN]
    assert [trim(row) for row in events(google)][1][4] == pytest.approx(at("10.50"))


@pytest.mark.parametrize("on", ["values.batchGet", "values.batchUpdate"])
@pytest.mark.parametrize("headers", [{}, {"Retry-After": "6"}])
def test_a_decision_during_a_quota_pause_is_kept_at_once(
    google: Google, source: Source, on: str, headers: dict[str, str]
) -> None:
    """Somebody sits in front of the screen: the queue waits for the minute, not the click."""
    identity.use(lambda _: STAFF)
    google.service.mishaps += [Mishap(on, 429, headers)] * 40
    outcome = perform(Office(), source, finish(source))
    assert outcome.queued is not None and isinstance(outcome.error, ServiceSilent) and outcome.error.is_quota
    assert google.naps == []
    assert len(google.service.api_calls) <= 3
    google.service.mishaps.clear()
    source.check()
    clerk = Clerk(source)
    clerk.round(instant())
    assert [one.stage for one in clerk.log.items()] == [Stage.WRITTEN]
    assert [trim(row) for row in events(google)][1][4] == pytest.approx(at("10.50"))


def _then_silent(google: Google, name: str, drop: str) -> None:
    """After the first of two appends: the second is lost, and nothing answers any more."""
    google.service.before_write = None
    if name == "values.append":
        google.service.mishaps += [Mishap("values.append", drop=drop)]
        silence(google, 503, 60, on="values.batch")


@pytest.mark.parametrize("drop", ["before", "after"])
def test_a_connection_lost_while_writing_leaves_no_duplicate(
    google: Google, source: Source, drop: str
) -> None:
    """Two rows are owed; the answer to the second is lost and Google stays silent, then the server is restarted."""
    identity.use(lambda _: HEAD)
    google.service.before_write = lambda call: _then_silent(google, call.name, drop)
    outcome = perform(Office(), source, NewItem("Judul baru", "kunci-baru"))
    google.service.before_write = None
    assert outcome.queued is not None and isinstance(outcome.error, ServiceSilent)
    google.service.mishaps.clear()
    later = Source(URL)
    later.check()
    Clerk(later).round(instant())
    items = [row for row in google.book.tab("Register").typed()[3:] if row[1] == "Judul baru"]
    assert len(items) == 1
    assert len([row for row in events(google) if row[0] == items[0][0]]) == 1
    assert [one.stage for one in Clerk(later).log.items()] == [Stage.WRITTEN]


# -- addresses


def test_a_name_is_remembered_for_the_spreadsheet_however_it_is_called(
    google: Google, source: Source
) -> None:
    settings.remember_name(source.target, STAFF)
    assert source.target == f"gsheet:{ID}"
    assert settings.chosen_name(Source(f"gsheet:{ID}").target) == STAFF


def test_a_finding_leads_to_its_cell(app: Callable[..., AppTest], google: Google) -> None:
    google.book.tab("Riwayat").put(3, 3, "pagi")
    test = app(URL, STAFF, "temuan")
    said = words(test)
    assert f'href="https://docs.google.com/spreadsheets/d/{ID}/edit#gid=3&amp;range=D4"' in said
    assert 'target="_blank"' in said
    item = words(app(URL, STAFF, "konten", id="K-1"))
    assert f'href="https://docs.google.com/spreadsheets/d/{ID}/edit#gid=2&amp;range=A4:J4"' in item


def test_the_first_page_connects_a_spreadsheet(app: Callable[..., AppTest], google: Google) -> None:
    test = app(None, STAFF)
    assert "Bagikan sebagai Editor kepada tracker@" in words(test)
    test.text_input(key="google-target").set_value(URL)
    test.button(key="connect").click().run()
    assert "Register JDIH" in words(test)
    assert settings.last_register() == f"gsheet:{ID}"


def test_the_first_page_asks_for_the_key_and_remembers_where_it_lies(
    app: Callable[..., AppTest], google: Google, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv(VARIABLE)
    test = app(None, STAFF)
    test.text_input(key="google-target").set_value(URL)
    test.text_input(key="google-key").set_value(str(google.key))
    test.button(key="connect").click().run()
    assert "Register JDIH" in words(test)


def test_a_spreadsheet_that_is_not_shared_names_the_address(
    app: Callable[..., AppTest], google: Google
) -> None:
    google.service.access = "none"
    test = app(None, STAFF)
    test.text_input(key="google-target").set_value(URL)
    test.button(key="connect").click().run()
    assert "tracker@proyek-uji.iam.gserviceaccount.com" in words(test)
    assert test.button(key="connect").label == "Hubungkan"


def test_moments_are_shown_as_people_see_them(app: Callable[..., AppTest], google: Google) -> None:
    google.book.tab("Riwayat").put(3, 4, at("8.00"))  # before its Mulai
    said = words(app(URL, STAFF, "temuan"))
    assert ">3/8/2026␣08.00<" in said.replace('<i class="sp">␣</i>', "␣")
    assert "46237.3" not in said


def test_an_address_that_names_no_spreadsheet_leads_to_the_first_page(
    app: Callable[..., AppTest], home: Path
) -> None:
    said = words(app("https://docs.google.com/spreadsheets/d/e/2PACX/pubhtml", STAFF))
    assert "bukan alamat spreadsheet Google" in said
    assert "Hubungkan Google Sheets" in said
