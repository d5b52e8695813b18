"""Months and papers made by hand for the tests of the views; all names are invented."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

from tracker.findings import CODES, Finding, Place
from tracker.sop.figures import (
    ItemFigures,
    ListedItem,
    Month,
    MonthFigures,
    MonthPoint,
    RunningItem,
    StepFigures,
    Violation,
)
from tracker.sop.model import END, NO_STEP, Sop, Standard, Step, Unit
from tracker.sop.verdicts import NONE
from tracker.views.papers.imprint import Imprint
from tracker.views.papers.signing import Signature, Signing

WITA = timezone(timedelta(hours=8))
PRINTED_AT = datetime(2026, 9, 1, 9, 0, tzinfo=WITA)
FINGERPRINT = "24d71d447442c6cab822b0abc7934e7dd66310c3e68e54d6c173682ada80f435"

KASUBBAG, STAF, PENGELOLA = "Kasubbag Hukum dan SDM", "Staf Subbag Hukum dan SDM", "Pengelola JDIH"
ACTIVITIES = (
    ("Memberikan disposisi/petunjuk untuk membuat konten Media Sosial JDIH", KASUBBAG, "10 menit"),
    ("a. Menghimpun bahan konten media sosial; dan b. Mengarahkan pembuatan konsepnya", STAF, "1 hari"),
    ("Membuat dan menyerahkan konsep konten media sosial JDIH", PENGELOLA, "30 menit"),
    ("Memperbaiki, mengoreksi atau menyunting draft dan menyerahkan hasil suntingan", STAF, "30 menit"),
    ("Menerima dan memberikan persetujuan: Setuju → Unggah; Tidak Setuju → Perbaikan", KASUBBAG, "10 menit"),
    ("a. Mengunggah konten; b. Menyampaikan tautan kepada grup WhatsApp Bagian Hukum", PENGELOLA, "15 menit"),
)
COUNTS = ((25, 25, 0, 0), (25, 22, 2, 1), (32, 30, 2, 0), (34, 29, 5, 0), (27, 22, 4, 1), (24, 23, 1, 0))
# fmt: off
MINUTES = (
    (6.0, 9.0, 0), (312.5, 430.0, 187), (24.0, 29.0, 21), (26.5, 41.0, 1064), (7.0, 18.0, 72), (11.0, 14.0, 4),
)
RETURNED = (0, 0, 0, 8, 3, 0)
PUNCTUALITY = (
    (66, 54), (88, 74), (70, 57), (59, 46), (95, 81), (101, 89),
    (93, 81), (120, 108), (98, 87), (130, 120), (144, 131),
)
FOUND = (
    ("D404", 2), ("D405", 19), ("D410", 3), ("P305", 12), ("U101", 1), ("W201", 14), ("W208", 40),
)
# fmt: on
TITLES = (
    "Infografis UU No. 7 Tahun 2017: Hak Memilih bagi Pemilih Pemula",
    "Pengumuman Produk Hukum Baru JDIH Triwulan II",
    "Kutipan PKPU Nomor 2 Tahun 2021 tentang Tata Naskah Dinas",
    "Video pendek “Mengenal JDIH KPU Kota Banjarbaru”",
    "Ucapan Hari Kemerdekaan ke-81 Republik Indonesia",
    "Abstrak Putusan MK tentang Masa Jabatan",
)
NOTES = ("", "Antrean dua konten pada hari yang sama; penyunting tunggal.", "")


def minutes(day: int, clock: str = "09.15", month: int = 8, year: int = 2026) -> int:
    """Local minutes of a moment such as `minutes(3, "09.15")`."""
    hour, minute = clock.split(".")
    moment = datetime(year, month, day, int(hour), int(minute), tzinfo=UTC)
    return int(moment.timestamp() // 60)


def sop() -> Sop:
    """Six steps, two decisions, as the seed SOP."""
    identity = {
        "Instansi": ("Sekretariat Komisi Pemilihan Umum Kota Banjarbaru",),
        "Alamat": ("Jalan Contoh Nomor 1, Banjarbaru, Kalimantan Selatan",),
        "Nomor SOP": ("5 Tahun 2023",),
        "Nama SOP": (
            "Pengelolaan Media Sosial Jaringan Dokumentasi dan Informasi Hukum (JDIH) KPU Kota Banjarbaru",
        ),
    }
    steps = tuple(
        Step(
            number=index + 1,
            activity=activity,
            role=role,
            requirement="",
            standard=Standard(10, Unit.MINUTES),
            output="",
            on_yes=END if index == 5 else index + 1,
            on_no={3: 2, 4: 3}.get(index, NO_STEP),
            needs_evidence=False,
            remark="",
            row=index + 2,
        )
        for index, (activity, role, _) in enumerate(ACTIVITIES)
    )
    return Sop(identity, steps)


def august() -> MonthFigures:
    """A full month: 25 items, 167 events, 14 late, 2 unjudged, 11 returned."""
    steps = tuple(_step(index) for index in range(6))
    listed = tuple(_listed(index) for index in range(25))
    return MonthFigures(
        month=Month(2026, 8),
        as_of=minutes(1, "00.00", month=9),
        count=167,
        on_time=151,
        late=14,
        unjudged=2,
        running_overdue=1,
        waiting_overdue=1,
        items_handled=25,
        items=ItemFigures(22, 13, 11, 11, 905.0, 17640, 12345),
        rework_rounds=11,
        steps=steps,
        series=_series(),
        listed=listed,
        violations=tuple(_violation(index) for index in range(14)),
        running=tuple(_running(index) for index in range(3)),
        finding_counts=FOUND,
        not_counted=2,
        target_percent=90.0,
    )


def _step(index: int) -> StepFigures:
    activity, role, standard = ACTIVITIES[index]
    count, on_time, late, unjudged = COUNTS[index]
    median, p90, late_minutes = MINUTES[index]
    return StepFigures(
        step=index + 1,
        activity=activity,
        role=role,
        standard=standard,
        count=count,
        on_time=on_time,
        late=late,
        unjudged=unjudged,
        median_minutes=median,
        p90_minutes=p90,
        begun_outside=1 if index == 2 else 0,
        late_minutes=late_minutes,
        returned=RETURNED[index],
    )


def _series() -> tuple[MonthPoint, ...]:
    first = Month(2025, 9)
    past = [
        MonthPoint(first.shifted(n), count, good, count - good) for n, (count, good) in enumerate(PUNCTUALITY)
    ]
    return (*past, MonthPoint(Month(2026, 8), 167, 151, 14))


def _listed(index: int) -> ListedItem:
    violations = 1 if index == 22 else (0, 1, 0, 2, 0)[index % 5] if index < 22 else 0
    rounds = (1, 0, 0, 1)[index % 4] if index < 22 else 0
    running = index >= 22
    return ListedItem(
        item=index,
        id=f"K-2026-{140 + index:04d}",
        title=TITLES[index % 6],
        channel=("Facebook", "Instagram")[index % 2],
        kind=("Infografis", "Pengumuman", "Video")[index % 3],
        links=() if running else (f"https://www.instagram.com/p/Cx{index}AbCdEfGh/",),
        started_at=minutes(1 + index, "08.30"),
        finished_at=NONE if running else minutes(3 + index, "14.05"),
        rework_rounds=rounds,
        violations=violations,
        work_minutes=405 + index * 7,
        wait_minutes=95 + index * 31,
        state="berjalan" if running else "selesai",
        compliant=None if running else violations == 0,
    )


def _violation(index: int) -> Violation:
    step = (4, 2, 5, 4, 3, 5, 4, 2, 5, 3, 4, 5, 4, 6)[index]
    return Violation(
        id=f"K-2026-{141 + index:04d}",
        title=TITLES[index % 6],
        step=step,
        activity=ACTIVITIES[step - 1][0],
        performer=("Siti Contoh", "Budi Misal; Rina Umpama")[index % 2],
        finished_at=minutes(4 + index, "10.42"),
        standard=ACTIVITIES[step - 1][2],
        late_minutes=(14, 65, 22, 9, 8)[index % 5],
        note=NOTES[index % 3],
        row=100 + index * 7,
    )


def _running(index: int) -> RunningItem:
    step = (4, 5, 2)[index]
    return RunningItem(
        id=f"K-2026-{162 + index:04d}",
        title=TITLES[(22 + index) % 6],
        channel="Facebook",
        step=step,
        activity=ACTIVITIES[step - 1][0],
        role=ACTIVITIES[step - 1][1],
        since=minutes(28, "10.00"),
        deadline=minutes(31, "10.00"),
        age_minutes=(1210, 41, 205)[index],
        is_open=index != 1,
        overdue=index == 0,
        late_minutes=235 if index == 0 else 0,
    )


def empty() -> MonthFigures:
    """A month without a single event, the first of its register."""
    zero = tuple(
        StepFigures(n + 1, activity, role, standard, 0, 0, 0, 0, None, None, 0, 0, 0)
        for n, (activity, role, standard) in enumerate(ACTIVITIES)
    )
    return replace(
        august(),
        count=0,
        on_time=0,
        late=0,
        unjudged=0,
        running_overdue=0,
        waiting_overdue=0,
        items_handled=0,
        items=ItemFigures(0, 0, 0, 0, None, 0, 0),
        rework_rounds=0,
        steps=zero,
        series=tuple(MonthPoint(Month(2026, 8).shifted(n - 11), 0, 0, 0) for n in range(12)),
        listed=(),
        violations=(),
        running=(),
        finding_counts=(),
        not_counted=0,
    )


def many(count: int) -> MonthFigures:
    """August with `count` items, as many running ones, none of them late."""
    figures = august()
    item, running = figures.listed[2], figures.running[2]
    more = tuple(replace(item, item=n, id=f"K-2026-{n:04d}") for n in range(1000, 1000 + count - 25))
    waiting = tuple(replace(running, id=f"K-2026-{n:04d}") for n in range(count))
    return replace(figures, items_handled=count, listed=(*figures.listed, *more), running=waiting)


def findings() -> tuple[Finding, ...]:
    """Findings with cells, some of the codes of `august`."""
    unreadable = [
        _found("D404", "Riwayat", "Mulai", cell, reason="Waktu tidak terbaca.") for cell in ("E14", "F88")
    ]
    skipped = _found("U101", "Riwayat", "Langkah", "C61", step=5, allowed="4", missed="4")
    read = [_found("D405", "Riwayat", "Selesai", f"F{row}", value="3 Agustus 2026") for row in range(20, 39)]
    return (*unreadable, skipped, *read)


def _found(code: str, sheet: str, column: str, cell: str, **words: object) -> Finding:
    place = Place(sheet, int(cell[1:]), column, cell)
    return Finding(code, CODES[code].severity, place, str(words), "")


def imprint(**changes: object) -> Imprint:
    """The imprint of the eighth report."""
    eighth = Imprint(
        number="8/LAP-SOP/VIII/2026",
        printed_at=PRINTED_AT,
        printed_by="Siti Contoh",
        source_name="register-jdih-2026.xlsx",
        fingerprint=FINGERPRINT,
        place="Banjarbaru",
    )
    return replace(eighth, **changes)  # type: ignore[arg-type]


def signing() -> Signing:
    """A maker who is known and an acting head."""
    return Signing(
        Signature("Dibuat oleh,", "Pengelola JDIH", "Siti Contoh, S.H.", "19900412 201503 2 004"),
        Signature(
            "Mengetahui,", "Plt. Kasubbag Hukum dan SDM", "Budi Misal, S.H., M.H.", "19800101 200501 1 001"
        ),
    )
