"""What one user of this computer last chose: who they are in which register, and which register was open.

Kept in the user's own folder, not in a browser; it is a convenience, so a file that cannot be read or written is
simply not there.
"""

from __future__ import annotations

import json
import os
from contextlib import suppress
from pathlib import Path
from typing import Final

__all__ = ["HOME", "chosen_name", "home", "last_register", "remember_name", "remember_register"]

HOME: Final = "TRACKER_HOME"
"""Environment variable: another folder for the settings (tests, shared computers)."""


def home() -> Path:
    """The folder of the settings and of the sample register."""
    named = os.environ.get(HOME)
    return Path(named) if named else Path.home() / ".tracker-sop"


def _path() -> Path:
    return home() / "dasbor.json"


def _load() -> dict[str, dict[str, str]]:
    try:
        loaded = json.loads(_path().read_text("utf-8"))
    except (OSError, ValueError):
        return {}
    return loaded if isinstance(loaded, dict) else {}


def _store(key: str, name: str, value: str) -> None:
    content = _load()
    content.setdefault(key, {})[name] = value
    with suppress(OSError):
        _path().parent.mkdir(parents=True, exist_ok=True)
        _path().write_text(json.dumps(content, ensure_ascii=False, indent=1), "utf-8")


def chosen_name(register: Path) -> str:
    """Who the user last was in this register; empty when never chosen."""
    return str(_load().get("name", {}).get(str(register), ""))


def remember_name(register: Path, name: str) -> None:
    """Keep who the user is in this register."""
    _store("name", str(register), name)


def last_register() -> Path | None:
    """The register that was open last, if it is still there."""
    path = _load().get("register", {}).get("last", "")
    return Path(path) if path and Path(path).is_file() else None


def remember_register(path: Path) -> None:
    """Keep which register is open."""
    _store("register", "last", str(path))
