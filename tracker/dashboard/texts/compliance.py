"""The catalogue: page Kepatuhan."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tracker.dashboard.texts import DOT, NOTHING
from tracker.sop.figures import Month
from tracker.sop.verdicts import Verdict
from tracker.views import wording
from tracker.views.compliance import Hours, TargetState, Which

COMPLIANCE: Final = "Kepatuhan"
BACK: Final = "Kembali ke Kepatuhan"
MONTH: Final = "Bulan"
ROLE: Final = "Pelaksana"
EVERY_ROLE: Final = "Semua"
PER_MONTH: Final = "Tepat waktu per bulan"
TOTAL: Final = "Semua langkah"
TABLES: Final = "Rincian angka"
NOBODY: Final = "(pelaksana tidak diketahui)"
UNNAMED: Final = "(tidak diisi)"
LEFT_OUT: Final = "Tidak masuk hitungan:"
NOTHING_LEFT_OUT: Final = "Tidak ada kejadian yang ditinggalkan dari hitungan."
NO_EVENTS: Final = "Tidak ada kejadian."
NO_HOURS: Final = "Jam kerja bulan ini belum diisi di lembar Jam Kerja, jadi standar tidak dapat dinilai."
PREVIOUS: Final = "Sebelumnya"
NEXT: Final = "Berikutnya"
TILE_SHARE: Final = "Tepat waktu"
TILE_LATE: Final = "Terlambat"
TILE_RETURNED: Final = "Dikembalikan"
TILE_OVERDUE: Final = "Kini berjalan lewat standar"
TILE_WAITING: Final = "Kini menunggu terlalu lama"
APART: Final = "di luar angka tepat waktu"
COLUMNS: Final = ("Kejadian", "Tepat waktu", "Lama tengah", "Dikembalikan", "Keterlambatan")
COLUMNS_MONTH: Final = ("Kejadian", "Tepat waktu", "Terlambat")
COLUMNS_PERSON: Final = ("Kejadian", "Tepat waktu", "Lama tengah", "Terlambat", "Keterlambatan")
COLUMNS_GROUP: Final = ("Kejadian", "Tepat waktu", "Konten", "Terlambat", "Keterlambatan")
STEP: Final = "Langkah"
PERSON: Final = "Petugas"
CHANNEL: Final = "Kanal"
KIND: Final = "Jenis"
SHOW_MONTHS: Final = "Lihat angka 12 bulan"
HIDE_MONTHS: Final = "Sembunyikan angka 12 bulan"
BY_STEP, BY_MONTH, BY_PERSON, BY_CHANNEL, BY_KIND, TARGETS = (
    "langkah", "bulan", "petugas", "kanal", "jenis", "target"
)  # fmt: skip
VIEWS: Final = {
    BY_STEP: "Per langkah",
    BY_MONTH: "12 bulan",
    BY_PERSON: "Per orang",
    BY_CHANNEL: "Per kanal",
    BY_KIND: "Per jenis",
    TARGETS: "Target tayang",
}
WHICH: Final = {
    Which.ALL: "Kejadian selesai",
    Which.JUDGED: "Kejadian yang dinilai",
    Which.ON_TIME: "Kejadian tepat waktu",
    Which.LATE: "Kejadian terlambat",
    Which.UNJUDGED: "Kejadian yang tidak dapat dinilai",
    Which.TIMED: "Kejadian dalam lama tengah",
    Which.RETURNED: "Kejadian yang dikembalikan",
}
WHICH_WHY: Final = {
    Which.ALL: "Semua kejadian yang selesai, yang terbaru di atas.",
    Which.JUDGED: "Penyebut angka tepat waktu, yang paling terlambat di atas.",
    Which.ON_TIME: "Selesai dalam standarnya, yang terbaru di atas.",
    Which.LATE: "Selesai lewat standarnya, yang paling terlambat di atas.",
    Which.UNJUDGED: "Waktunya tidak cukup lengkap untuk dinilai; tidak masuk angka tepat waktu.",
    Which.TIMED: "Dinilai dan dimulai dalam jam kerja, yang paling lama di atas.",
    Which.RETURNED: "Keputusan Tidak, yang terbaru di atas.",
}
VERDICTS: Final = {Verdict.ON_TIME: "tepat", Verdict.UNJUDGED: "tidak dinilai"}
RETURNED: Final = "dikembalikan"
TARGET_STATES: Final = {
    TargetState.MET: "selesai pada waktunya",
    TargetState.MISSED: "selesai sesudah target",
    TargetState.PASSED: "belum selesai, target lewat",
    TargetState.AHEAD: "belum jatuh tempo",
}
TARGETS_NOW: Final = (
    "Konten menurut Target Tayang, semua pelaksana; keadaan kini. Yang dibatalkan tidak tampil."
)
NO_TARGETS: Final = "Tidak ada konten dengan target tayang pada bulan ini."


# -- definition (K1)
def definition(judged: int, month: Month, until: str) -> str:
    when = f"{wording.month_year(month)}{f', sementara sampai {until}' if until else ''}"
    return (
        f"Tepat waktu = tepat ÷ (tepat + terlambat). Penyebut: {wording.number(judged)} kejadian yang selesai"
        f" pada {when}, dan dapat dinilai. Yang masih berjalan tidak ikut."
    )


def unjudged(count: int) -> str:
    return f"{wording.number(count)} tidak dapat dinilai"


def not_counted(rows: int) -> str:
    return f"{wording.number(rows)} baris Riwayat dengan galat"


def dropped(count: int) -> str:
    return f"{wording.number(count)} kejadian konten yang dibatalkan"


def working_hours(seen: Hours) -> str:
    """`Jam kerja: Senin–Kamis 07.30–12.00 dan 13.00–16.00; Jumat …. Libur: 17 Agt.`"""
    if not seen.schedules:
        return NO_HOURS
    parts = []
    for place, one in enumerate(seen.schedules):
        since = f"mulai {_day(one.from_on)} " if place else ""
        weeks = [f"{_weekdays(week.weekdays)} {_spans(week.spans)}" for week in one.weeks]
        parts.append(since + "; ".join(weeks))
    free = f" Libur: {', '.join(_day(one.on) for one in seen.holidays)}." if seen.holidays else ""
    return f"Jam kerja: {'; '.join(parts)}.{free}"


def _day(on: int) -> str:
    day = wording.day_of(on * 1440)
    return wording.joined(f"{day.day} {wording.month_short(day.month)}")


def _weekdays(days: Sequence[int]) -> str:
    names = [wording.weekday_name(day) for day in days]
    if len(days) > 2 and days[-1] - days[0] == len(days) - 1:
        return f"{names[0]}–{names[-1]}"
    return wording.listing(names)


def _spans(spans: Sequence[tuple[int, int]]) -> str:
    return " dan ".join(f"{wording.clock(begin)}–{wording.clock(end)}" for begin, end in spans)


# -- what the address asks for and is not there
def unknown_month(asked: str, shown: Month) -> str:
    return f"Tidak ada bulan “{asked}”. Ditampilkan {wording.month_year(shown)}."


def future_month(asked: Month, shown: Month) -> str:
    return f"{wording.month_year(asked)} belum tiba. Ditampilkan {wording.month_year(shown)}."


def unknown_role(asked: str) -> str:
    return f"Tidak ada pelaksana “{asked}” di lembar Langkah. Ditampilkan semua."


def persons_only_for(roles: Sequence[str]) -> str:
    return f"Angka per orang hanya untuk pemegang langkah keputusan: {wording.listing(list(roles))}."


# -- figures
def counts(part: int, whole: int) -> str:
    return f"{wording.number(part)} dari {wording.number(whole)}"


def late_total(minutes: int) -> str:
    return f"seluruhnya {wording.duration(minutes)}" if minutes else "tidak ada"


def decisions(part: int, whole: int) -> str:
    """What the figure above is a share of; its counts only where it is a percentage."""
    if not whole:
        return "tidak ada keputusan"
    return f"{counts(part, whole)} keputusan" if whole >= wording.FEW else "keputusan"


def at_end(month: Month, count: int) -> str:
    return f"akhir {wording.month_name(month.month)}: {wording.number(count)}"


def median(minutes: float | None, day: int) -> str:
    """As the paper prints it below an hour (`26,5 menit`), in hours and days above."""
    if minutes is None:
        return NOTHING
    return f"{wording.number(minutes)} menit" if minutes < 60 else wording.duration_in_days(minutes, day)


def exactly(minutes: float) -> str:
    return f"{wording.number(minutes)} menit kerja"


def of_standard(standard: str) -> str:
    return f"dari {standard}"


def of_items(finished: int, compliant: int) -> str:
    return f"{wording.number(finished)} selesai, {wording.number(compliant)} patuh"


def opens(row: str, column: str, words: str) -> str:
    """What a screen reader says of a cell that opens its list."""
    return f"{row}, {column}: {words}"


# -- lists
def list_title(which: Which, subject: str) -> str:
    return f"{WHICH[which]}{DOT}{subject}" if subject else WHICH[which]


def list_lead(month: Month, role: str, total: int) -> str:
    parts = (wording.month_year(month), role, f"{wording.number(total)} kejadian")
    return f"{DOT.join(part for part in parts if part)}."


def late_by(duration: str) -> str:
    return f"lewat {duration}"


def row(number: int) -> str:
    return f"Riwayat baris {number}"


def elapsed(duration: str, standard: str) -> str:
    return f"{duration} dari {standard}"


def rows_shown(first: int, last: int, total: int) -> str:
    return f"Baris {wording.number(first)}–{wording.number(last)} dari {wording.number(total)}"


# -- target dates
def due(count: int) -> str:
    return f"{wording.number(count)} konten"


def day_label(on: int) -> str:
    return wording.weekday_date(wording.day_of(on * 1440))


def target_on(on: int) -> str:
    return f"target {_day(on)}"


def finished(moment: str) -> str:
    return f"selesai {moment}"


def rest(shown: int, total: int) -> str:
    return f"Ditampilkan {shown} dari {wording.number(total)}."


def weekday_letter(on: int) -> str:
    return wording.weekday_name(wording.day_of(on * 1440).weekday())[:1]


def day_number(on: int) -> str:
    return str(wording.day_of(on * 1440).day)
