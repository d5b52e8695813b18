"""A real server in a folder of its own, and a browser that notes every request it makes."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.error import URLError
from urllib.request import urlopen

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Request

ROOT = Path(__file__).parents[2]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SIZES = {"laptop": (1366, 768), "hp": (390, 844)}


@dataclass
class Server:
    """A running dashboard."""

    url: str
    port: int
    process: subprocess.Popen[bytes]
    home: Path

    def listening(self) -> set[str]:
        """The local addresses on which something listens at this port, as /proc has them (`0100007F` = 127.0.0.1)."""
        found = set()
        for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
            lines = table.read_text("ascii").splitlines()[1:] if table.exists() else []
            rows = [line.split() for line in lines]
            found |= {row[1].partition(":")[0] for row in rows if row[3] == "0A" and self._is_ours(row[1])}
        return found

    def _is_ours(self, address: str) -> bool:
        return int(address.partition(":")[2], 16) == self.port


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(folder: Path, register: Path | None, now: str) -> Iterator[Server]:
    """`streamlit run dashboard.py`, started from another folder with an environment of its own."""
    port, home = free_port(), folder / "home"
    environment = {**os.environ, "TRACKER_HOME": str(home), "TRACKER_NOW": now, "HOME": str(folder)}
    environment.pop("TRACKER_REGISTER", None)
    if register is not None:
        environment["TRACKER_REGISTER"] = str(register)
    command = [
        sys.executable,
        "-m",
        "streamlit",
        "run",
        str(ROOT / "dashboard.py"),
        "--server.port",
        str(port),
    ]
    with (folder / "server.log").open("wb") as log:
        running = subprocess.Popen(command, cwd=folder, env=environment, stdout=log, stderr=log)
        try:
            server = Server(f"http://127.0.0.1:{port}", port, running, home)
            _wait(server, running)
            yield server
        finally:
            running.send_signal(signal.SIGTERM)
            try:
                running.wait(10)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait(10)


def _wait(server: Server, running: subprocess.Popen[bytes]) -> None:
    until = time.monotonic() + 40
    while time.monotonic() < until and running.poll() is None:
        try:
            with urlopen(f"{server.url}/_stcore/health") as answer:
                if answer.status == 200:
                    return
        except (URLError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError("the server did not start")


@dataclass
class Visitor:
    """One browser window; `foreign` are requests that left for another host."""

    page: Page
    server: Server
    foreign: list[str] = field(default_factory=list)

    def go(self, address: str = "/") -> Visitor:
        self.page.goto(self.server.url + address)
        return self.settled()

    def settled(self) -> Visitor:
        self.page.wait_for_selector("h1, .banner, .empty", timeout=20_000)
        self.page.wait_for_selector('.stApp[data-test-script-state="notRunning"]', timeout=20_000)
        return self

    def press(self, name: str) -> None:
        self.page.get_by_role("button", name=name).first.click()

    @property
    def text(self) -> str:
        return self.page.inner_text("body")

    def overflow(self) -> int:
        """How far the page is wider than the window."""
        return int(
            self.page.evaluate(
                "(() => { const main = document.querySelector('[data-testid=stMain]');"
                "return Math.max(document.documentElement.scrollWidth - innerWidth,"
                "main.scrollWidth - main.clientWidth) })()"
            )
        )


@contextmanager
def visiting(browser: Browser, server: Server, size: str = "laptop") -> Iterator[Visitor]:
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, has_touch=size == "hp")
    visitor = Visitor(context.new_page(), server)

    def note(request: Request) -> None:
        if not request.url.startswith((server.url, f"ws://127.0.0.1:{server.port}", "data:", "blob:")):
            visitor.foreign.append(request.url)

    visitor.page.on("request", note)
    visitor.page.on("websocket", lambda socket_: note_url(visitor, server, socket_.url))
    try:
        yield visitor
    finally:
        context.close()


def note_url(visitor: Visitor, server: Server, url: str) -> None:
    if not url.startswith(f"ws://127.0.0.1:{server.port}"):
        visitor.foreign.append(url)


def be(server: Server, register: Path, name: str) -> None:
    """Whoever this user of the computer was last."""
    server.home.mkdir(exist_ok=True)
    content = {"name": {str(register): name}}
    (server.home / "dasbor.json").write_text(json.dumps(content), "utf-8")
