"""What one user of this computer last chose: who they are in which register, and which register was open.

Kept in the user's own folder, not in a browser; it is a convenience, so a file that cannot be read or written is
simply not there.
"""

from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path

from tracker.desk import is_google
from tracker.register.home import HOME, home

__all__ = ["HOME", "chosen_name", "home", "last_register", "remember_name", "remember_register"]


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


def chosen_name(register: str) -> str:
    """Who the user last was in this register (a path, or `gsheet:ID`); empty when never chosen."""
    return str(_load().get("name", {}).get(register, ""))


def remember_name(register: str, name: str) -> None:
    """Keep who the user is in this register."""
    _store("name", register, name)


def last_register() -> str | None:
    """The register that was open last, if a file is still there."""
    target = str(_load().get("register", {}).get("last", ""))
    return target if target and (is_google(target) or Path(target).is_file()) else None


def remember_register(target: str) -> None:
    """Keep which register is open."""
    _store("register", "last", target)
