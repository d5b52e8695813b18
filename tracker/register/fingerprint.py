"""Sidik Register: one digest of everything in the book that a figure can depend on.

SHA-256 over a canonical text (UTF-8, NFC, fixed sheet order, rows sorted) of the typed cells of Register, Riwayat,
SOP, Langkah, Pegawai, Jam Kerja and Hari Libur; no Arsip, Daftar, Panduan and no formula column, so that printing
and recalculating change nothing. Source: "Common to all" in the papers' contract.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from typing import TYPE_CHECKING, Final

from tracker.register.cells import raw_text
from tracker.register.reader import read_tables

if TYPE_CHECKING:
    from tracker.register.store import Snapshot
    from tracker.register.tables import Table

__all__ = ["fingerprint"]

_SHEETS: Final = ("register", "events", "sop", "steps", "people", "hours", "holidays")


def fingerprint(snapshot: Snapshot) -> str:
    """64 hex digits; the same for any order of rows and columns, and for any book with the same typed content."""
    tables, _ = read_tables(snapshot)
    digest = hashlib.sha256()
    for key in _SHEETS:
        digest.update(f"[{tables[key].sheet.name}]\n".encode())
        for line in _lines(tables[key]):
            digest.update(f"{line}\n".encode())
    return digest.hexdigest()


def _lines(table: Table) -> list[str]:
    """The records as JSON arrays in the order of the schema's typed columns, sorted."""
    columns = [_texts(table, column.key) for column in table.sheet.typed]
    records = [[column[row] for column in columns] for row in range(len(table))]
    return sorted(json.dumps(record, ensure_ascii=False) for record in records)


def _texts(table: Table, key: str) -> list[str]:
    errors = table.errors(key)
    rows = table.rows.tolist()
    values = table.values(key)
    texts = (errors.get(row) or raw_text(value) for row, value in zip(rows, values, strict=True))
    # A lone surrogate cannot be encoded; it may come from a damaged sheet and must not stop a paper.
    return [unicodedata.normalize("NFC", text).encode("utf-8", "replace").decode() for text in texts]
