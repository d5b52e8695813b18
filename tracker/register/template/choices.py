"""The drop-downs and stop-rules at entry, and what a cell says when it is entered."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from tracker.register.layout import Column, Kind, Sheet
from tracker.register.schema import DAFTAR
from tracker.register.store import letters
from tracker.register.template.hidden import HIDDEN, TOP, block_span, typed_span

if TYPE_CHECKING:
    from tracker.register.template.hidden import Hidden

__all__ = ["LAST_CHOICE", "defined_names", "rule_of"]

LAST_CHOICE: Final = 63
"""Last row of Daftar that feeds a drop-down."""
_FAR: Final = 5003
"""A row below anything a register grows to."""
_NAMES: Final = {
    "Kanal": "PilihKanal",
    "Jenis": "PilihJenis",
    "Hasil": "PilihHasil",
    "Satuan": "PilihSatuan",
    "Status Pegawai": "PilihStatus",
}
Rule = dict[str, object]


def defined_names(hidden: Hidden) -> Iterator[tuple[str, str]]:
    """(name, formula) of the ranges behind the drop-downs; each ends with its last filled cell."""
    for index, column in enumerate(DAFTAR.columns):
        letter = letters(index)
        span = f"{DAFTAR.name}!${letter}${TOP}:${letter}${LAST_CHOICE}"
        yield _NAMES[column.heading], _until(span, f"COUNTA({span})")
    numbers = typed_span("steps", "number", TOP + hidden.steps.rows - 1)
    yield "PilihLangkah", _until(numbers, f"COUNT({numbers})")
    for name, block in (("PilihID", hidden.items), ("PilihNama", hidden.people)):
        yield name, _until(block_span(block, "list"), f"MAX({block_span(block, 'count')})")
    yield "BukanKeputusan", f"{HIDDEN}!$R$1"


def _until(span: str, count: str) -> str:
    first = span.split(":", maxsplit=1)[0]
    return f"{first}:INDEX({span},MAX(1,{count}))"


def rule_of(sheet: Sheet, column: Column, hidden: Hidden) -> Rule | None:
    """The entry rule of a column, for its cells from `TOP` on; None where anything may be typed without a hint."""
    if column.is_formula:
        return _computed(column)
    rule = _special(sheet, column, hidden) or _general(column)
    if rule is None and not column.help:
        return None
    hint: Rule = (
        {"input_title": column.heading[:32], "input_message": column.help[:255]} if column.help else {}
    )
    return {"validate": "any", **(rule or {}), **hint}


def _computed(column: Column) -> Rule:
    return {
        "validate": "custom",
        "value": "=FALSE",
        "input_title": column.heading[:32],
        "input_message": "Dihitung sendiri oleh buku ini. Jangan diketik.",
        "error_title": "Kolom hitungan",
        "error_message": "Kolom ini dihitung sendiri. Tekan Esc, lalu isi kolom yang lain.",
    }


def _special(sheet: Sheet, column: Column, hidden: Hidden) -> Rule | None:
    """Rules that look at more than the cell itself."""
    here = f"${_letter(sheet, column.key)}{TOP}"
    if (sheet.key, column.key) == ("register", "id"):
        span = f"$A${TOP}:$A${_FAR}"
        return _stop(f"=COUNTIF({span},{here})<=1", "ID ganda", "ID ini sudah dipakai konten lain.")
    if sheet.key != "events":
        return None
    if column.key in ("start", "finish"):
        start, finish = (f"${_letter(sheet, key)}{TOP}" for key in ("start", "finish"))
        order = f"=OR(NOT(ISNUMBER({start})),NOT(ISNUMBER({finish})),{finish}>={start})"
        return _stop(order, "Selesai mendahului Mulai", "Selesai tidak boleh lebih awal daripada Mulai.")
    if column.key == "outcome":
        step = f"${_letter(sheet, 'step')}{TOP}"
        steps = hidden.steps
        decides = f'COUNTIFS({block_span(steps, "number")},{step},{block_span(steps, "no")},">=0")>0'
        message = (
            "Hasil hanya diisi Ya atau Tidak pada langkah keputusan (Jika Tidak terisi di lembar Langkah)."
        )
        return _list(f"=IF({decides},PilihHasil,BukanKeputusan)", "Hasil", message) | {"ignore_blank": False}
    lists = {"id": _ID_LIST, "step": _STEP_LIST, "performer": _NAME_LIST}
    return lists.get(column.key)


def _general(column: Column) -> Rule | None:
    """Rules that follow from the kind of a column."""
    if column.choices is not None:
        message = f"Pilih dari daftar {column.choices} di lembar Daftar."
        free = column.choices in ("Kanal", "Jenis")
        return _list(
            f"={_NAMES[column.choices]}", column.heading, message, style="warning" if free else "stop"
        )
    if column.options:
        return _list(list(column.options), column.heading, "Pilih dari daftar.")
    if column.kind is Kind.TIME:
        limits: Rule = {"validate": "time", "criteria": "between", "minimum": "=0", "maximum": "=0.999988"}
        return {
            **limits,
            "error_title": "Jam",
            "error_message": "Tulis jam, misalnya 07:30.",
            "error_type": "warning",
        }
    return None


def _letter(sheet: Sheet, key: str) -> str:
    return letters(sheet.columns.index(sheet.column(key)))


def _stop(formula: str, title: str, message: str) -> Rule:
    return {"validate": "custom", "value": formula, "error_title": title, "error_message": message}


def _list(source: str | list[str], title: str, message: str, style: str = "stop") -> Rule:
    shown = {"error_title": title[:32], "error_message": message, "error_type": style}
    return {"validate": "list", "source": source, **shown}


_ID_LIST: Final = _list(
    "=PilihID", "ID", "ID ini tidak ada dalam daftar konten yang belum selesai. Tetap pakai?", style="warning"
)
_STEP_LIST: Final = _list("=PilihLangkah", "Langkah", "Langkah ini tidak ada di lembar Langkah.")
_NAME_LIST: Final = _list(
    "=PilihNama",
    "Pelaksana",
    "Nama ini tidak ada di lembar Pegawai. Beberapa nama: pisahkan dengan titik koma.",
    style="warning",
)
