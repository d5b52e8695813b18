"""What tests of the Google room start from: a key file, a service, a spreadsheet with the usual sheets."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

from tests.register.google.server import Service, serving
from tests.register.google.spreadsheets import Spreadsheet, Tab
from tracker.register.google.retry import Patience
from tracker.register.google.store import GoogleStore

ID = "1AbC-dEf_123456789"
ADDRESS = "tracker@proyek-uji.iam.gserviceaccount.com"


@cache
def _private_key() -> str:
    key = rsa.generate_private_key(public_exponent=65537, key_size=2048)
    return key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()).decode()


def key_file(folder: Path, base: str) -> Path:
    """A service account's key whose tokens come from the loopback service."""
    info = {
        "type": "service_account", "project_id": "proyek-uji", "private_key_id": "1", "private_key": _private_key(),
        "client_email": ADDRESS, "client_id": "1", "token_uri": f"{base}/token",
    }  # fmt: skip
    path = folder / "kunci.json"
    path.write_text(json.dumps(info), encoding="utf-8")
    return path


@dataclass
class Office:
    """A running service, one spreadsheet in it, and how long the client slept (it never really does)."""

    service: Service
    key: Path
    naps: list[float] = field(default_factory=list)

    @property
    def book(self) -> Spreadsheet:
        return self.service.books[ID]

    def fill(self, tables: dict[str, list[list[Any]]]) -> Spreadsheet:
        """Make the spreadsheet anew with these tabs."""
        tabs = [
            Tab(name, [[None if cell == "" else cell for cell in row] for row in rows], gid)
            for gid, (name, rows) in enumerate(tables.items(), start=1)
        ]
        book = self.service.books[ID] = Spreadsheet(ID, tabs)
        return book

    def store(self, *, timeout: tuple[float, float] = (5.0, 5.0), **bounds: Any) -> GoogleStore:
        patience = Patience(**{"sleep": self.naps.append, **bounds})
        return GoogleStore(f"gsheet:{ID}", key_file=self.key, patience=patience, timeout=timeout)


@contextmanager
def office(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """A service that `SHEETS_API_BASE` points to."""
    with serving() as (service, base):
        monkeypatch.setenv("SHEETS_API_BASE", base)
        yield Office(service, key_file(folder, base))
