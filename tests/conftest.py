"""What all tests share: programs that may be absent, Hypothesis profiles, and the guard against silent skips."""

from __future__ import annotations

import os
import shutil
from fnmatch import fnmatch
from pathlib import Path
from typing import Final

import pytest
from hypothesis import HealthCheck, settings

EXPECTED_SKIPS: Final = Path(__file__).with_name("expected_skips.txt")

settings.register_profile("dev", max_examples=50, deadline=None)
settings.register_profile(
    "ci", max_examples=100, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow]
)
settings.register_profile("thorough", max_examples=2000, deadline=None)
# A run of mutation testing repeats tests/sop some thousand times: few examples, and always the same ones.
settings.register_profile(
    "mutation",
    max_examples=12,
    deadline=None,
    derandomize=True,
    database=None,
    suppress_health_check=list(HealthCheck),
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE") or ("ci" if os.environ.get("CI") else "dev"))


@pytest.fixture(scope="session")
def soffice() -> str:
    """The path of LibreOffice; the test is skipped where there is none."""
    return _program("LibreOffice", "soffice", "libreoffice")


@pytest.fixture(scope="session")
def chromium() -> str:
    """The path of an installed Chromium for `executable_path`; the test is skipped where there is none."""
    return os.environ.get("TRACKER_CHROMIUM") or _program(
        "Chromium", "chromium", "chromium-browser", "google-chrome"
    )


def _program(title: str, *names: str) -> str:
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.skip(f"{title} is not installed ({' / '.join(names)})")


class SkipGuard:
    """In CI a skip that tests/expected_skips.txt does not list fails the run: a skipped test checks nothing."""

    def __init__(self, expected: tuple[str, ...]) -> None:
        self.expected = expected
        self.unexpected: dict[str, str] = {}

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.skipped and not hasattr(report, "wasxfail"):
            self._note(report.nodeid, report.longrepr)

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if report.skipped:
            self._note(report.nodeid, report.longrepr)

    def _note(self, nodeid: str, why: object) -> None:
        if not any(nodeid == pattern or fnmatch(nodeid, pattern) for pattern in self.expected):
            self.unexpected[nodeid] = str(why[2] if isinstance(why, tuple) else why)

    @pytest.hookimpl(trylast=True)
    def pytest_sessionfinish(self, session: pytest.Session) -> None:
        if self.unexpected and session.exitstatus in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED):
            session.exitstatus = pytest.ExitCode.TESTS_FAILED

    def pytest_terminal_summary(self, terminalreporter: pytest.TerminalReporter) -> None:
        if self.unexpected:
            terminalreporter.section("skips that tests/expected_skips.txt does not list", sep="=", red=True)
            for nodeid, why in sorted(self.unexpected.items()):
                terminalreporter.line(f"{nodeid}: {why}", red=True)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """A test that asks for a program carries its mark, so that `-m "not browser"` leaves it out."""
    for item in items:
        for fixture, mark in (("chromium", "browser"), ("soffice", "libreoffice")):
            if fixture in getattr(item, "fixturenames", ()):
                item.add_marker(mark)


def expected_skips(text: str) -> tuple[str, ...]:
    """The node ids (or patterns) of tests that CI may skip; `#` begins a comment."""
    return tuple(line for raw in text.splitlines() if (line := raw.partition("#")[0].strip()))


def pytest_configure(config: pytest.Config) -> None:
    is_worker = hasattr(config, "workerinput")
    if os.environ.get("CI") and not is_worker:
        config.pluginmanager.register(
            SkipGuard(expected_skips(EXPECTED_SKIPS.read_text(encoding="utf-8"))), "skip-guard"
        )
