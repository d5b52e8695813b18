"""The catalogue: decisions that are held or wait, and page Berkas."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime
from typing import Final

from tracker.dashboard.texts import DOT, NOTHING
from tracker.desk.queue import Clash, Item, Stage
from tracker.register.commands import AddItem, RecordEvent
from tracker.register.schema import RIWAYAT
from tracker.views import wording

NOT_WRITTEN_YET: Final = "belum tertulis"
UNDO: Final = "Urungkan"
TAKE_BACK: Final = "Batalkan"
WAITS: Final = "Keputusan Anda disimpan di antrean dan ditulis otomatis begitu register dapat ditulis."
TAKEN_BACK: Final = "Dibatalkan. Tidak ada yang ditulis."
TOO_LATE: Final = "Sudah terlambat untuk dibatalkan: keputusan ini sedang atau sudah ditulis."
OPEN_FILES: Final = "Buka halaman Berkas"

FILES: Final = "Berkas"
FILES_LINE: Final = "Dari mana angka ini, dan apakah tulisan Anda sudah masuk?"
SOURCE: Final = "Sumber data"
QUEUE: Final = "Antrean tulis"
RELOAD: Final = "Muat ulang sekarang"
PLACE: Final = "Letak"
READ_AT: Final = "Terbaca"
SAVED_AT: Final = "Disimpan"
MARK: Final = "Sidik berkas"
OPENED: Final = "Dibuka di Excel"
BACKUPS: Final = "Cadangan"
ACCOUNT: Final = "Akun"
ZONE: Final = "Zona waktu spreadsheet"
OPEN_SPREADSHEET: Final = "Buka di Google Sheets"
NOBODY: Final = "Tidak"
SOMEBODY: Final = "Ya"
NO_BACKUPS: Final = "Belum ada; dibuat sebelum tulisan pertama"
EMPTY_QUEUE: Final = "Belum ada keputusan yang dicatat dari dasbor ini."
COLUMNS: Final = ("Pukul", "Siapa", "Perubahan", "Keadaan")
CLASH: Final = "Bentrok {}"
IN_EXCEL: Final = "Di Excel"
IN_GOOGLE: Final = "Di Google Sheets"
KEEP_EXCEL: Final = "Pakai yang di Excel"
KEEP_GOOGLE: Final = "Pakai yang di Google Sheets"
KEEP_MINE: Final = "Pakai keputusan saya"
NO_ITEM_ID: Final = "konten baru"
NOT_YOURS: Final = "Hanya {} yang dapat menyelesaikan bentrok ini."

_OUTCOME: Final = RIWAYAT.column("outcome").heading
_ISO: Final = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
_STAGES: Final = {Stage.CONFLICT: "Bentrok", Stage.CANCELLED: "Dibatalkan"}


def held(verb: str, id_: str, seconds: int) -> str:
    return f"{id_} {verb}. Akan ditulis dalam {seconds} detik."


def waits(verb: str, id_: str, reason: str) -> str:
    why = f" {reason}" if reason else ""
    return f"{id_ or NO_ITEM_ID} {verb}, belum tertulis.{why}"


def stage(item: Item) -> str:
    """`Menunggu`, `Tertulis, baris 427`, `Bentrok`, `Dibatalkan`."""
    if item.stage is Stage.WRITTEN:
        return f"Tertulis, baris {item.row}"
    return _STAGES.get(item.stage, "Menunggu")


def change(item: Item) -> str:
    """What the decision changes: `Langkah 5 disetujui, K-2611-0305`."""
    command, what = item.entry.command, item.entry.what
    named = item.id or item.entry.item_id or NO_ITEM_ID
    if isinstance(command, RecordEvent):
        return f"Langkah {command.step} {what}, {named}"
    if isinstance(command, AddItem):
        return f"{wording.shortened(command.title, 40)} {what}, {named}"
    return f"{named} dibatalkan"


def clashing(clashes: Sequence[Clash]) -> str:
    """`Sel G406 sudah diisi “Ya”. Keputusan Anda “Tidak” belum ditulis.` – of the decision itself, where it differs."""
    one = next((clash for clash in clashes if clash.heading == _OUTCOME), clashes[0])
    return (
        f"Sel {one.cell} sudah diisi “{value(one.there)}”. Keputusan Anda “{value(one.mine)}” belum ditulis."
    )


def value(text: str) -> str:
    """The content of a cell; a moment as staff write it."""
    if not _ISO.fullmatch(text):
        return text
    at = datetime.fromisoformat(text)
    return f"{at.day}/{at.month}/{at.year} {at:%H.%M}"


def mine_at(clock: str) -> str:
    return f"Dari Anda ({clock})"


def cell(heading: str, address: str) -> str:
    return f"{heading}, {address}"


def backups(count: int, latest: str) -> str:
    return f"{wording.number(count)} salinan, terbaru {latest}"


def long_waiting(count: int, minutes: str) -> str:
    """Decisions that are still not in the book."""
    many = f"{count} keputusan" if count > 1 else "Satu keputusan"
    return (
        f"{many} belum tertulis; yang tertua menunggu {minutes}. Tutup berkasnya di Excel, atau lihat halaman "
        "Berkas."
    )


def pending_count(count: int) -> str:
    return f"{count} keputusan belum tertulis"


def queue_line(waiting: int, conflicts: int) -> str:
    parts = [f"{waiting} menunggu" if waiting else "", f"{conflicts} bentrok" if conflicts else ""]
    return DOT.join(part for part in parts if part) or NOTHING
