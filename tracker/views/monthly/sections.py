"""The tables of the monthly report as rows of words; each function names its columns."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from tracker.findings import CODES, Finding, Severity
from tracker.sop.figures import ListedItem, MonthFigures, RunningItem, StepFigures, Violation
from tracker.sop.verdicts import NONE
from tracker.views import wording

__all__ = [
    "Row",
    "facts",
    "finding_rows",
    "item_rows",
    "item_total",
    "recap",
    "running_rows",
    "step_rows",
    "step_total",
    "tiles",
    "violation_rows",
]

Row = tuple[str, ...]
NOTHING = "–"
NBSP = "\u00a0"
# Limits of what one cell of a list prints, so that no row outgrows a page (source: the papers' layout, 0.7).
_TITLE = 200
_ACTIVITY = 300
_NAME = 80
_LINKS = 6
_NOTE = 500
_SHORT = 64
_CELLS_SHOWN = {Severity.GALAT: 60, Severity.PERINGATAN: 16, Severity.CATATAN: 8}


def tiles(figures: MonthFigures) -> tuple[Row, ...]:
    """Five times (figure, caption, what it is made of)."""
    judged = figures.on_time + figures.late
    reworked = sum(item.rework_rounds > 0 for item in figures.listed)
    late = sum(item.violations > 0 for item in figures.listed)
    n = wording.number
    return (
        (n(figures.items_handled), "konten ditangani", f"{n(len(figures.running))} masih berjalan"),
        (n(figures.items.count), "konten selesai", f"{n(figures.items.compliant)} sesuai SOP"),
        (
            wording.share(figures.on_time, judged),
            "pelaksanaan tepat waktu",
            f"{n(figures.on_time)} dari {n(judged)} yang dinilai" if judged else "tidak ada yang dinilai",
        ),
        (n(figures.rework_rounds), "putaran perbaikan", _on_items(reworked)),
        (n(figures.late), "pelanggaran waktu", _on_items(late)),
    )


def _on_items(count: int) -> str:
    return f"pada {wording.number(count)} konten" if count else "nihil"


def facts(figures: MonthFigures) -> tuple[Row, ...]:
    """(what, how much) of what the tiles do not say."""
    items = figures.items
    lead = NOTHING if items.median_lead_minutes is None else wording.duration(items.median_lead_minutes)
    return (
        ("Konten selesai yang sesuai SOP", _of_all(items.compliant, items.count)),
        ("Konten selesai tanpa perbaikan", _of_all(items.first_pass, items.count)),
        ("Putaran perbaikan pada konten selesai", wording.number(items.rework_rounds)),
        ("Lama penyelesaian konten (median)", lead),
        ("Waktu kerja pada konten selesai", wording.duration(items.work_minutes)),
        ("Waktu tunggu pada konten selesai", wording.duration(items.wait_minutes)),
        ("Pelaksanaan berjalan lewat tenggat", wording.number(figures.running_overdue)),
        ("Konten menunggu melewati batas", wording.number(figures.waiting_overdue)),
    )


def _of_all(part: int, whole: int) -> str:
    return wording.share_with_percent(part, whole) if whole else NOTHING


def step_rows(figures: MonthFigures) -> tuple[Row, ...]:
    """No, kegiatan, pelaksana, baku, jumlah, tepat, lambat, tidak dinilai, % tepat, median, P90, lewat,
    kembali.
    """
    return tuple(
        (str(step.step), *_described(step), *_counts(step), *_minutes(step)) for step in figures.steps
    )


def _described(step: StepFigures) -> Row:
    standard = wording.joined(wording.shortened(step.standard, _NAME)) or NOTHING
    return wording.shortened(step.activity, _ACTIVITY), wording.shortened(step.role, _NAME), standard


def _counts(step: StepFigures) -> Row:
    n = wording.number
    judged = step.on_time + step.late
    return n(step.count), n(step.on_time), n(step.late), n(step.unjudged), wording.share(step.on_time, judged)


def _minutes(step: StepFigures) -> Row:
    median, p90 = (
        NOTHING if minutes is None else wording.number(minutes)
        for minutes in (step.median_minutes, step.p90_minutes)
    )
    return median, p90, wording.number(step.late_minutes), wording.number(step.returned)


def step_total(figures: MonthFigures) -> Row:
    """Jumlah, tepat, lambat, tidak dinilai, % tepat, lewat, kembali."""
    n = wording.number
    return (
        n(figures.count),
        n(figures.on_time),
        n(figures.late),
        n(figures.unjudged),
        wording.share(figures.on_time, figures.on_time + figures.late),
        n(sum(step.late_minutes for step in figures.steps)),
        n(sum(step.returned for step in figures.steps)),
    )


def item_rows(figures: MonthFigures) -> tuple[Row, ...]:
    """No, ID, judul, kanal dan jenis, tautan, mulai, selesai, perbaikan, langgar, kerja, tunggu,
    penilaian.
    """
    return tuple(_item(index, item) for index, item in enumerate(figures.listed, start=1))


def _item(index: int, item: ListedItem) -> Row:
    return (
        str(index),
        wording.shortened(item.id, _NAME),
        wording.shortened(item.title, _TITLE) or NOTHING,
        wording.shortened(", ".join(filter(None, (item.channel, item.kind))), _NAME),
        _links(item.links),
        _at(item.started_at),
        _at(item.finished_at),
        wording.number(item.rework_rounds),
        wording.number(item.violations),
        wording.joined(wording.duration(item.work_minutes)),
        wording.joined(wording.duration(item.wait_minutes)),
        _judgement(item),
    )


def _links(links: Sequence[str]) -> str:
    shown = [wording.shortened(link, _TITLE) for link in links[:_LINKS]]
    more = len(links) - len(shown)
    return "\n".join([*shown, f"dan {more} tautan lain"] if more else shown)


def _at(minutes: int) -> str:
    return NOTHING if minutes == NONE else wording.joined(wording.stacked_moment(minutes).replace("\n", " "))


def _judgement(item: ListedItem) -> str:
    if item.compliant is not None:
        return "Sesuai" if item.compliant else "Dengan catatan"
    words = {"berjalan": "Dalam proses", "dibatalkan": "Dibatalkan", "belum mulai": "Belum mulai"}
    return words.get(item.state, "Tidak dinilai")


def item_total(figures: MonthFigures) -> Row:
    """Perbaikan, langgar of the whole list."""
    listed = figures.listed
    return (
        wording.number(sum(item.rework_rounds for item in listed)),
        wording.number(sum(item.violations for item in listed)),
    )


def recap(listed: Sequence[ListedItem], attribute: Callable[[ListedItem], str]) -> tuple[Row, ...]:
    """Per channel or kind, by name: nama, konten, selesai, perbaikan, langgar."""
    groups: dict[str, list[ListedItem]] = {}
    for item in listed:
        groups.setdefault(wording.shortened(attribute(item), _NAME) or "(tidak diisi)", []).append(item)
    return tuple((name, *_group(groups[name])) for name in sorted(groups, key=str.casefold))


def _group(items: Sequence[ListedItem]) -> Row:
    finished = sum(item.state == "selesai" for item in items)
    rounds, late = sum(item.rework_rounds for item in items), sum(item.violations for item in items)
    return tuple(wording.number(value) for value in (len(items), finished, rounds, late))


def violation_rows(violations: Iterable[Violation]) -> tuple[Row, ...]:
    """No, ID, judul, langkah, pelaksana, selesai, baku, lampau, tindak lanjut (blank: written by hand),
    baris.
    """
    return tuple(
        (
            str(index),
            wording.shortened(late.id, _NAME),
            wording.shortened(late.title, _SHORT),
            f"{late.step}. {wording.shortened(late.activity, _SHORT)}",
            wording.shortened(late.performer, _NAME) or NOTHING,
            _stacked(late.finished_at),
            wording.joined(wording.shortened(late.standard, _NAME)) or NOTHING,
            _stacked_overrun(late.late_minutes),
            wording.shortened(late.note, _NOTE),
            f"Riwayat baris {late.row}",
        )
        for index, late in enumerate(violations, start=1)
    )


def _stacked(minutes: int) -> str:
    return "\n".join(wording.joined(line) for line in wording.stacked_moment(minutes).split("\n"))


def _stacked_overrun(minutes: int) -> str:
    """`+1 jam` over `5 menit`: a number never parts from its unit."""
    return wording.joined(wording.overrun(minutes)).replace(f"jam{NBSP}", "jam ")


def finding_rows(counts: Iterable[tuple[str, int]], findings: Sequence[Finding]) -> tuple[Row, ...]:
    """Kode, temuan, tingkat, jumlah, sel; the heaviest first, then by code."""
    rows = [(code, count, [found for found in findings if found.code == code]) for code, count in counts]
    order = list(Severity)
    rows.sort(key=lambda row: (order.index(_severity(row[0], row[2])), row[0]))
    return tuple(_finding(code, count, found) for code, count, found in rows)


def _severity(code: str, found: Sequence[Finding]) -> Severity:
    if found:
        return min((one.severity for one in found), key=list(Severity).index)
    return CODES[code].severity if code in CODES else Severity.CATATAN


def _finding(code: str, count: int, found: Sequence[Finding]) -> Row:
    severity = _severity(code, found)
    title = CODES[code].title if code in CODES else NOTHING
    return code, title, severity.value, wording.number(count), _cells(found, _CELLS_SHOWN[severity])


def _cells(found: Sequence[Finding], limit: int) -> str:
    """`Riwayat E14, E17; Register A3`, at most `limit` of them."""
    places = dict.fromkeys((one.place.sheet or "", _address(one)) for one in found)
    shown = list(places)[:limit]
    by_sheet: dict[str, list[str]] = {}
    for sheet, address in shown:
        by_sheet.setdefault(sheet, []).append(address)
    text = "; ".join(f"{sheet} {', '.join(filter(None, cells))}".strip() for sheet, cells in by_sheet.items())
    more = len(places) - len(shown)
    return (f"{text}, dan {wording.number(more)} sel lain" if more else text) or NOTHING


def _address(found: Finding) -> str:
    place = found.place
    return place.cell or (f"baris {place.row}" if place.row else "")


def running_rows(running: Iterable[RunningItem]) -> tuple[Row, ...]:
    """No, ID, judul, langkah, pelaksana, sejak, tenggat, usia in menit, usia in words, lewat in menit,
    keadaan.
    """
    return tuple(
        (
            str(index),
            wording.shortened(item.id, _NAME),
            wording.shortened(item.title, _SHORT),
            f"{item.step}. {wording.shortened(item.activity, _SHORT)}",
            wording.shortened(item.role, _NAME),
            _at(item.since),
            _at(item.deadline),
            wording.number(item.age_minutes),
            wording.joined(wording.duration(item.age_minutes)) if item.age_minutes >= 60 else "",
            wording.number(item.late_minutes) if item.late_minutes else NOTHING,
            _state(item),
        )
        for index, item in enumerate(running, start=1)
    )


def _state(item: RunningItem) -> str:
    if item.is_open:
        return "LEWAT TENGGAT" if item.overdue else "Dikerjakan"
    return "MENUNGGU LAMA" if item.overdue else "Menunggu"
