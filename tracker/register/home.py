"""This user's own folder: the settings file, and what belongs to registers that have no folder beside them.

`setelan.toml`, to be written by hand or by the dashboard::

    [google]
    kunci = "D:/Kantor/kunci.json"    # the key file of the service account
    arsip = "D:/Kantor/arsip"         # where copies of printed papers are kept
"""

from __future__ import annotations

import json
import os
import tomllib
from pathlib import Path
from typing import Final

from tracker.errors import RegisterUnavailable, reason_of

__all__ = ["HOME", "home", "remember_setting", "setting", "settings_file"]

HOME: Final = "TRACKER_HOME"
"""Environment variable: another folder for the settings (tests, shared computers)."""


def home() -> Path:
    """The folder; it is made by whoever writes into it first."""
    named = os.environ.get(HOME)
    return Path(named) if named else Path.home() / ".tracker-sop"


def settings_file() -> Path:
    """The settings file, whether it is there or not."""
    return home() / "setelan.toml"


def setting(table: str, name: str) -> str:
    """A text of the settings file; empty when it is not set. RegisterUnavailable when the file cannot be read."""
    found = _load().get(table, {}).get(name, "")
    return found.strip() if isinstance(found, str) else ""


def remember_setting(table: str, name: str, value: str) -> None:
    """Set one text; the others stay, comments do not. RegisterUnavailable when the file cannot be written."""
    content = _load()
    content.setdefault(table, {})[name] = value
    lines = []
    for heading, pairs in content.items():
        # A JSON string without surrogates is a TOML basic string; everything in this file is a text.
        lines += [
            f"[{heading}]",
            *(f"{key} = {json.dumps(str(text), ensure_ascii=False)}" for key, text in pairs.items()),
        ]
    path = settings_file()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    except OSError as error:
        raise RegisterUnavailable(
            f"Setelan {path} tidak dapat ditulis: {reason_of(error)}.", "Periksa izin foldernya."
        ) from error


def _load() -> dict[str, dict[str, object]]:
    path = settings_file()
    try:
        loaded = tomllib.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        return {}
    except (OSError, ValueError) as error:
        reason = reason_of(error) if isinstance(error, OSError) else "bukan TOML yang benar"
        raise RegisterUnavailable(
            f"Setelan {path} tidak terbaca: {reason}.", "Perbaiki atau hapus berkas itu."
        ) from None
    return {key: value for key, value in loaded.items() if isinstance(value, dict)}
