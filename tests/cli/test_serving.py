"""`dashboard`: refusals before the server starts, and a real server that ends with the command."""

from __future__ import annotations

import json
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from urllib.request import urlopen

import pytest

from tests.cli.doors import NOW, ROOT, book, call, interruptible

HAS_DASHBOARD = pytest.mark.skipif(
    not (ROOT / "dashboard.py").exists(), reason="the dashboard is not there yet"
)


def test_a_port_that_is_asked_for_and_taken_is_busy(tmp_path: Path) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        ended = call("dashboard", book(tmp_path), "--port", other.getsockname()[1], "--no-browser")
    assert (ended.code, ended.out) == (3, "")


@pytest.mark.skipif(os.name == "nt", reason="sends POSIX signals")
@pytest.mark.timeout(120)
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, 143)])
def test_the_server_answers_and_ends_with_the_command(
    number: signal.Signals, code: int, tmp_path: Path
) -> None:
    command = [sys.executable, "-m", "tracker", "dashboard", str(book(tmp_path)), "--no-browser", "--json"]
    with (
        (tmp_path / "err").open("wb") as err,
        subprocess.Popen(
            [*command, "--now", NOW],
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=err,
            start_new_session=True,
            preexec_fn=interruptible,
        ) as running,
    ):
        try:
            assert running.stdout is not None
            lines = []
            for line in running.stdout:  # ends when the command does
                lines.append(line)
                if line == b"}\n":
                    break
            started = json.loads(b"".join(lines))
            assert started["register"] == str(tmp_path / "register.xlsx")
            with urlopen(f"{started['url']}/_stcore/health") as answer:
                assert answer.status == 200
            running.send_signal(number)
            assert running.wait(30) == code
        finally:
            running.kill()
    assert b"Traceback" not in (tmp_path / "err").read_bytes()
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", int(started["url"].rpartition(":")[2]))) != 0
