"""The dashboard on 10,000 items: what one person waits for in a real browser, and 20 sessions at once.

    PYTHONPATH=. python benchmarks/dashboard.py

The sessions speak Streamlit's own protocol over WebSocket, so that no browser takes the processor from the server
that is measured; each opens another page every three seconds. Budgets: dashboard requirements, section 9.
"""

from __future__ import annotations

import asyncio
import random
import shutil
import statistics
import tempfile
import time
from pathlib import Path

import websockets
from playwright.sync_api import Page, sync_playwright
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg

from benchmarks.books import STEPS, book, now
from tests.dashboard.serving import FLAGS, Server, served

ITEMS = 10_000
RUNNING = 120
SESSIONS = 20
CLICKS = 10
PAUSE = 3.0
PAGES = ("", "papan", "kepatuhan", "temuan", "berkas")
READY = "document.querySelector('.stApp').getAttribute('data-test-script-state')=='notRunning'"


def resident(server: Server) -> float:
    """Resident memory of the server in MB."""
    lines = Path(f"/proc/{server.process.pid}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS"))


def opened(page: Page, address: str) -> float:
    """Seconds until the first figure of a page stands on the screen."""
    began = time.perf_counter()
    page.goto(address)
    page.wait_for_selector("h1")
    page.wait_for_function(READY)
    return time.perf_counter() - began


def one_person(server: Server) -> None:
    """First figure cold and warm, and every page by a click on the navigation."""
    with sync_playwright() as play:
        browser = play.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        page = browser.new_context(viewport={"width": 1366, "height": 768}).new_page()
        received: list[int] = []
        page.on(
            "websocket", lambda socket: socket.on("framereceived", lambda data: received.append(len(data)))
        )
        cold = opened(page, server.url)
        weight = sum(received)
        print(
            f"first figure: cold {cold:.2f} s, warm {opened(page, server.url):.2f} s, {weight / 1000:.0f} kB"
        )
        for name, heading in (
            ("Papan konten", "Papan"),
            ("Kepatuhan", ""),
            ("Temuan", ""),
            ("Laporan", ""),
            ("Berkas", ""),
        ):
            received.clear()
            began = time.perf_counter()
            page.get_by_role("link", name=name).first.click()
            page.wait_for_selector(f"h1:has-text('{heading or name}')")
            page.wait_for_function(READY)
            print(f"  {name}: {time.perf_counter() - began:.2f} s, {sum(received) / 1000:.0f} kB")
        browser.close()


def asked(page: str) -> bytes:
    message = BackMsg()
    message.rerun_script.page_name = page
    message.rerun_script.query_string = ""
    return bytes(message.SerializeToString())


async def answered(socket: websockets.ClientConnection) -> int:
    """Bytes until the script has finished."""
    size = 0
    while True:
        data = await socket.recv()
        assert isinstance(data, bytes)
        size += len(data)
        message = ForwardMsg()
        message.ParseFromString(data)
        if message.WhichOneof("type") == "script_finished":
            return size


async def session(address: str, seed: int) -> list[float]:
    """Seconds of each page that one session opens."""
    chance = random.Random(seed)
    taken = []
    async with websockets.connect(
        address, subprotocols=[websockets.Subprotocol("streamlit")], max_size=None
    ) as socket:
        await asyncio.sleep(chance.random() * PAUSE)
        await socket.send(asked(""))
        await answered(socket)
        for _ in range(CLICKS):
            await asyncio.sleep(PAUSE * (0.5 + chance.random()))
            began = time.perf_counter()
            await socket.send(asked(chance.choice(PAGES)))
            await answered(socket)
            taken.append(time.perf_counter() - began)
    return taken


async def crowd(server: Server) -> list[float]:
    address = f"{server.url.replace('http', 'ws')}/_stcore/stream"
    times = await asyncio.gather(*(session(address, seed) for seed in range(SESSIONS)))
    return sorted(second for one in times for second in one)


def main() -> None:
    """Print the figures."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        register = folder / "register.xlsx"
        register.write_bytes(book(ITEMS * STEPS, running=RUNNING))
        with served(folder, register, now(ITEMS * STEPS).isoformat(timespec="minutes")) as server:
            one_person(server)
            before = resident(server)
            times = asyncio.run(crowd(server))
            p95 = times[int(len(times) * 0.95)]
            print(
                f"{SESSIONS} sessions, {len(times)} clicks: median {statistics.median(times):.2f} s, p95 {p95:.2f} s"
            )
            print(f"memory {before:.0f} MB with one session, {resident(server):.0f} MB after {SESSIONS} more")


if __name__ == "__main__":
    main()
