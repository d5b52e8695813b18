"""The words of dates as staff type them: months, weekdays, zones. How they are said: `tracker.findings.words`."""

from __future__ import annotations

from typing import Final

__all__ = ["APOSTROPHES", "MONTHS", "WEEKDAYS", "ZONES", "ZONE_NAMES"]

_MONTH_WORDS: Final = (
    "januari jan january",
    "februari feb peb pebruari february",
    "maret mar mrt march",
    "april apr",
    "mei may",
    "juni jun june",
    "juli jul july",
    "agustus agu agt agst ags agus agust aug august",
    "september sep sept",
    "oktober okt oct october",
    "november nov nop nopember",
    "desember des dec december",
)
_WEEKDAY_WORDS: Final = (
    "senin sen sn monday mon",
    "selasa sel sl tuesday tue tues",
    "rabu rab rb wednesday wed",
    "kamis kam km thursday thu thur thurs",
    "jumat jum jum'at jumaat jm friday fri",
    "sabtu sab sb saturday sat",
    "minggu min mgg ahad sunday sun",
)
APOSTROPHES: Final = str.maketrans(dict.fromkeys("´`‘’ʼ′", "'"))
"""What keyboards and word processors put in Jum'at; to be replaced before folding, which takes ´ apart."""
MONTHS: Final = {word: number for number, words in enumerate(_MONTH_WORDS, 1) for word in words.split()}
"""Full and short month names, Indonesian and English, folded → 1..12."""
WEEKDAYS: Final = {word: number for number, words in enumerate(_WEEKDAY_WORDS) for word in words.split()}
"""Full and short weekday names, folded → 0 (Senin) .. 6."""

ZONE_NAMES: Final = {"WIB": "Asia/Jakarta", "WITA": "Asia/Makassar", "WIT": "Asia/Jayapura"}
"""The three zones of Indonesia (Keppres 41/1987) and their IANA names."""
ZONES: Final = {
    "wib": 7, "asia/jakarta": 7, "asia/pontianak": 7, "+07:00": 7,
    "wita": 8, "asia/makassar": 8, "asia/ujung_pandang": 8, "+08:00": 8,
    "wit": 9, "asia/jayapura": 9, "+09:00": 9,
}  # fmt: skip
"""What names a zone, folded → hours ahead of UTC; none of them has summer time."""
