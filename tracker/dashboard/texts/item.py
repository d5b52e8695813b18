"""The catalogue: page Rincian."""

from __future__ import annotations

from typing import Final

from tracker.register.schema import RIWAYAT
from tracker.sop.model import Outcome
from tracker.sop.verdicts import Verdict

JOURNEY: Final = "Perjalanan"
ORIGIN: Final = "Asal data"
COLUMNS_JOURNEY: Final = ("Langkah", "Mulai", "Selesai", "Lama", "Standar", "Hasil")
ASSUMED: Final = "diandaikan"
TYPED: Final = "tertulis"
STEP: Final = RIWAYAT.column("step").heading
PERFORMER: Final = RIWAYAT.column("performer").heading
START: Final = RIWAYAT.column("start").heading
FINISH: Final = RIWAYAT.column("finish").heading
OUTCOME: Final = RIWAYAT.column("outcome").heading
NO_EVENTS: Final = "Belum ada kejadian. Langkah pertama dicatat saat konten didisposisi."
FINISHED_PATH: Final = "Konten ini sudah selesai."
CANCELLED_PATH: Final = "Konten ini dibatalkan."
NOT_READ: Final = "Langkah kini tidak dapat ditentukan. Perbaiki temuan di atas dulu."
LINKS: Final = "Tautan tayang"
OUTCOMES: Final = {Outcome.YES: "Ya", Outcome.NO: "Tidak"}
VERDICTS: Final = {verdict: verdict.label for verdict in Verdict}


def unknown_id(id_: str) -> str:
    return f"Tidak ada konten dengan ID {id_} di register. Mungkin ID-nya diganti di Excel."


def journey_row(role: str, row: int) -> str:
    return f"{role} · Riwayat baris {row}"


def in_cell(cell: str) -> str:
    return f"di {cell}" if cell else ""


def late_by(duration: str) -> str:
    return f"lewat {duration}"


def target(day: str) -> str:
    return f"Target tayang {day}"


def officer(names: str) -> str:
    return f"Petugas: {names}"
