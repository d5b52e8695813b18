"""A register on disk at a known moment, the script under AppTest, and a real server with a real browser.

The moment is frozen through TRACKER_NOW, so that queues and lateness are the same on every day of the year.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.util import calc_hash

from tests.dashboard.serving import FLAGS, Server, served
from tracker.dashboard import identity, settings
from tracker.dashboard.clock import FROZEN
from tracker.dashboard.office import TARGET, office
from tracker.desk import new_register

if TYPE_CHECKING:
    from playwright.sync_api import Browser

NOW = datetime(2026, 11, 20, 10, 40)
SCRIPT = Path(__file__).parents[2] / "tracker" / "dashboard" / "script.py"

KASUBBAG = "Rina Contoh, S.H."
STAF = "Sari Umpama"
PENGELOLA = "Wati Peraga"
NO_ROLE = "Tono Misal, S.H."


@pytest.fixture(scope="session")
def demo_bytes(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """The sample register as of NOW, made once."""
    path = tmp_path_factory.mktemp("demo") / "register.xlsx"
    new_register(path, demo=True, now=NOW)
    return path.read_bytes()


@pytest.fixture
def demo(tmp_path: Path, demo_bytes: bytes) -> Path:
    """A copy of the sample register of its own."""
    path = tmp_path / "register-konten.xlsx"
    path.write_bytes(demo_bytes)
    return path


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Settings of nobody, no register open, the moment frozen; everything is let go afterwards."""
    monkeypatch.setenv(settings.HOME, str(tmp_path / "home"))
    monkeypatch.setenv(FROZEN, NOW.isoformat())
    monkeypatch.delenv(TARGET, raising=False)
    office.clear()
    yield tmp_path / "home"
    office().close()
    office.clear()
    identity.use(None)


@pytest.fixture
def app(home: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., AppTest]:
    """The script on a register, as somebody, on a page: `app(register, STAF, page="papan", saring="terlambat")`."""

    def start(register: str | Path | None, name: str | None, page: str = "", **query: str) -> AppTest:
        if register is not None:
            monkeypatch.setenv(TARGET, str(register))
        if name is not None:
            identity.use(lambda _: name)
        test = AppTest.from_file(str(SCRIPT), default_timeout=30)
        for key, value in query.items():
            test.query_params[key] = value
        test._page_hash = calc_hash(page) if page else ""  # how a page of st.navigation is addressed
        return test.run()

    return start


@pytest.fixture(scope="module")
def browser(chromium: str) -> Iterator[Browser]:
    """One for a file of tests: while it is open, its event loop leaves no room for another (`asyncio.run`)."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    with playwright.sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=FLAGS)
        yield opened
        opened.close()


@pytest.fixture
def server(tmp_path: Path, demo: Path) -> Iterator[Server]:
    with served(tmp_path, demo, NOW.isoformat()) as running:
        yield running


def words(test: AppTest) -> str:
    """Everything the page says, tags and all."""
    html = [one.proto.body for one in test.get("html")]
    links = [one.proto.label for one in test.get("page_link")]
    return "\n".join([*html, *links, *(one.label for one in test.button)])
