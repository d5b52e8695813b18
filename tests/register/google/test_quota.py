"""The quota of a minute, and other reasons to wait: how long, in which words, and when not at all."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from types import SimpleNamespace

import pytest

from tests.cli.doors import call
from tests.register.google.office import ID, Office
from tests.register.google.registers import event, events, register
from tests.register.google.server import HTML, Mishap
from tracker.errors import RegisterUnavailable, ServiceSilent
from tracker.register.google.credentials import VARIABLE
from tracker.register.google.retry import waited_for
from tracker.register.opening import open_store

MONDAY = datetime(2026, 8, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def quick(at_office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """An office whose sleeps are counted also where the patience is not the test's own."""
    monkeypatch.setenv(VARIABLE, str(at_office.key))
    monkeypatch.setattr("tracker.register.google.retry.time", SimpleNamespace(sleep=at_office.naps.append))
    register(at_office)
    return at_office


@pytest.mark.parametrize("on", ["values.batchGet", "values.append", "values.batchUpdate"])
def test_a_used_up_quota_is_waited_for_until_it_is_refilled(at_office: Office, on: str) -> None:
    """Counted by the minute: five waits that are together longer than one, and bounded."""
    register(at_office)
    store = at_office.store()
    store.read()
    at_office.service.mishaps += [Mishap(on, 429)] * 5
    store.apply(event())
    if on != "values.batchUpdate":
        assert 60 < sum(at_office.naps) <= 75
        assert at_office.naps == sorted(at_office.naps)
    assert len(events(at_office)) == 5


def test_a_quota_that_stays_used_up_ends_in_words(at_office: Office) -> None:
    register(at_office)
    store = at_office.store()
    store.read()
    at_office.service.writes_left = 0
    with pytest.raises(ServiceSilent, match="Kuota") as caught:
        store.apply(event())
    assert caught.value.is_quota
    assert 60 < sum(at_office.naps) <= 75
    assert at_office.service.api_calls.count("values.append") == 6
    assert len(events(at_office)) == 4


@pytest.mark.parametrize("asked", ["12", format_datetime(MONDAY + timedelta(seconds=12), usegmt=True)])
def test_what_the_service_asks_for_is_kept_to(at_office: Office, asked: str) -> None:
    register(at_office)
    headers = {"Retry-After": asked, "Date": format_datetime(MONDAY, usegmt=True)}
    at_office.service.mishaps += [
        Mishap("values.batchGet", 503, headers),
        Mishap("values.batchGet", 429, headers),
    ]
    at_office.store().read()
    assert len(at_office.naps) == 2
    if asked == "12":
        assert all(12 <= nap <= 13 for nap in at_office.naps)


@pytest.mark.parametrize(("asked", "words"), [
    ("90", "Tunggu 90 detik"), ("3600", "Tunggu 60 menit"), ("86400", "Tunggu 24 jam"), ("9" * 400, "Tunggu 24 jam"),
])  # fmt: skip
def test_a_wait_that_is_too_long_is_not_begun(at_office: Office, asked: str, words: str) -> None:
    register(at_office)
    at_office.service.mishaps.append(Mishap("values.batchGet", 429, {"Retry-After": asked}))
    with pytest.raises(ServiceSilent, match=words) as caught:
        at_office.store().read()
    assert at_office.naps == []
    assert caught.value.exit_code == 4


@pytest.mark.parametrize(
    "asked", ["²", "-3", "1.5", "besok", "Wed, 99 Oct 2026 07:28:00 GMT", "Wed, 21 Oct 2026"]
)
def test_nonsense_is_no_wait(asked: str) -> None:
    assert waited_for({"Retry-After": asked, "Date": format_datetime(MONDAY, usegmt=True)}) is None


def test_a_date_without_a_clock_beside_it_is_no_wait() -> None:
    assert waited_for({"Retry-After": format_datetime(MONDAY, usegmt=True)}) is None


# -- somebody sits in front of the screen


@pytest.mark.parametrize("headers", [{}, {"Retry-After": "5"}])
def test_the_dashboard_waits_for_no_quota(quick: Office, headers: dict[str, str]) -> None:
    store = open_store(f"gsheet:{ID}", patience=8.0)
    store.read()
    quick.service.mishaps.append(Mishap("values.append", 429, headers))
    with pytest.raises(ServiceSilent) as caught:
        store.apply(event())
    assert caught.value.is_quota
    assert quick.naps == []


def test_the_dashboard_waits_for_an_outage_only_a_moment(quick: Office) -> None:
    store = open_store(f"gsheet:{ID}", patience=8.0)
    store.read()
    quick.service.mishaps += [Mishap("values.", 503)] * 90
    with pytest.raises(ServiceSilent):
        store.apply(event())
    assert sum(quick.naps) <= 8


# -- the command line


@pytest.mark.parametrize("mishap", [Mishap("values.append", 429), Mishap("values.append", 429, {"Retry-After": "9"}),
                                    Mishap("values.append", 503), Mishap("values.append", drop="before"),
                                    Mishap("values.append", 200, body=HTML), Mishap("values.append", 403, body=HTML)],
                         ids=lambda one: f"{one.status}{one.drop}{one.headers}{one.body and 'html'}")  # fmt: skip
def test_a_command_waits_within_bounds_and_ends_with_4(quick: Office, mishap: Mishap) -> None:
    quick.service.mishaps += [mishap] * 60
    ended = call("record", f"gsheet:{ID}", "K-1", "3", "--by", "Siti", "--outcome", "ya", "--now", "2026-08-03T11:00",
                 "--force")  # fmt: skip
    assert ended.code == 4, ended.err
    assert ("Kuota Google Sheets per menit habis" in ended.err) == (mishap.status == 429)
    assert sum(quick.naps) <= 75
    assert len(events(quick)) == 4


# -- no token


@pytest.mark.parametrize("mishap", [
    Mishap("token", 503), Mishap("token", 200, body=HTML), Mishap("token", 403, body=HTML), Mishap("token", drop="x"),
    Mishap("token", 200, body="[]"), Mishap("token", 200, body='"ya"'),
], ids=lambda one: f"{one.status}{one.drop}{one.body and one.body[:3]}")  # fmt: skip
@pytest.mark.parametrize("is_open", [False, True])
def test_a_portal_in_place_of_the_token_is_an_outage(
    at_office: Office, monkeypatch: pytest.MonkeyPatch, mishap: Mishap, is_open: bool
) -> None:
    google_auth = SimpleNamespace(sleep=at_office.naps.append)  # it tries a 503 twice more by itself
    monkeypatch.setattr("google.auth._exponential_backoff.time", google_auth)
    register(at_office)
    store = at_office.store()
    if is_open:
        store.read()
        at_office.service.tokens.clear()
    at_office.service.mishaps += [mishap] * 90
    with pytest.raises(RegisterUnavailable, match="tidak menjawab"):
        store.read()
    at_office.service.mishaps.clear()
    assert store.read().grid("Riwayat") is not None
