"""`cancel` and `share`, as processes on a real register."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from urllib.parse import unquote

import pytest

ROOT = Path(__file__).parents[2]
NOW = ("--now", "2026-11-20T10:40")


def call(*args: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "tracker", *args, *NOW]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, encoding="utf-8")


@pytest.fixture
def register(tmp_path: Path) -> str:
    path = tmp_path / "r.xlsx"
    path.write_bytes((ROOT / "templates" / "sop_register.xlsx").read_bytes())
    assert call("add", str(path), "--title", "Infografis", "--channel", "Instagram").returncode == 0
    return str(path)


def test_a_cancelled_item_says_when_and_why(register: str) -> None:
    done = call("cancel", register, "K-2026-0001", "--reason", "diganti tema", "--json")
    assert json.loads(done.stdout)["written"] == {"Dibatalkan": "2026-11-20", "Catatan": "diganti tema"}
    item = json.loads(call("status", register, "K-2026-0001", "--json").stdout)["items"][0]
    assert (item["state"], item["allowed"]) == ("dibatalkan", [])
    assert call("cancel", register, "K-2026-0001", "--reason", "lagi").returncode == 1


@pytest.mark.parametrize("args", [("K-2026-9999", "--reason", "x"), ("K-2026-0001", "--reason", " ")])
def test_what_cannot_be_cancelled(register: str, args: tuple[str, ...]) -> None:
    done = call("cancel", register, *args)
    assert (done.returncode, done.stdout) == (1, "")


def test_a_published_link_is_handed_over(register: str) -> None:
    assert call("share", register, "K-2026-0001").returncode == 1
    record = (
        "record",
        register,
        "K-2026-0001",
        "1",
        "--by",
        "Nama Kasubbag",
        "--link",
        "https://contoh.go.id/p/1",
    )
    assert call(*record).returncode == 0
    shared = json.loads(call("share", register, "K-2026-0001", "--json").stdout)
    assert shared["links"] == ["https://contoh.go.id/p/1"]
    assert unquote(shared["url"]) == "https://wa.me/?text=" + shared["text"]
