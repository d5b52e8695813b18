"""The one batchUpdate that makes a register out of an empty spreadsheet."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import count
from typing import Final

from tracker.register.google.layout.calculation import Calculation, calculation, room
from tracker.register.google.layout.columns import KEY, columns_of
from tracker.register.google.layout.looks import Message, cell_format, format_of, heading_format
from tracker.register.google.layout.rules import colours, guards, span, validations
from tracker.register.google.values import serial
from tracker.register.layout import Sheet
from tracker.register.schema import SHEETS
from tracker.register.seed.content import BookContent, Row, Value
from tracker.register.template.hidden import HEADING_ROW, HIDDEN, TOP
from tracker.register.template.styles import BANNER, TITLE

__all__ = ["Existing", "Plan", "requests_for"]

_PIXELS: Final = 7.2
"""Width of a character of Excel's column widths in pixels."""
_VALUES: Final = "userEnteredValue,userEnteredFormat,note"


@dataclass(frozen=True, slots=True)
class Existing:
    """The tabs that are there now, all empty: title → gid."""

    tabs: Mapping[str, int]


@dataclass(frozen=True, slots=True)
class Plan:
    """The requests, in order, and the gids of the tabs that they make."""

    requests: tuple[Message, ...]
    gids: frozenset[int]


def requests_for(content: BookContent, existing: Existing) -> Plan:
    """Tabs, headings, records, formulas, rules and looks; the empty tabs that were there go."""
    free = (gid for gid in count(100) if gid not in existing.tabs.values())
    gids = {described.key: next(free) for described in SHEETS}
    hidden_gid = next(free)
    computed = calculation(content, _computed_headings())
    requests = [*_made_way(existing)]
    requests += [_tab(described, content, gids[described.key]) for described in SHEETS]
    requests.append(_hidden_tab(computed, hidden_gid))
    requests += [_deleted(gid) for gid in existing.tabs.values()]
    requests += _hidden_cells(computed, hidden_gid)
    for described in SHEETS:
        requests += _sheet(described, content, gids[described.key], computed)
    requests.append(_properties(content))
    return Plan(tuple(requests), frozenset((*gids.values(), hidden_gid)))


def _computed_headings() -> dict[tuple[str, str], str]:
    return {
        (described.key, column.key): column.heading
        for described in SHEETS
        for column in described.columns
        if column.is_formula
    }


def _made_way(existing: Existing) -> Iterator[Message]:
    """Old tabs get names that no new one has; they are deleted later, for a spreadsheet is never without a tab."""
    for gid in existing.tabs.values():
        properties = {"sheetId": gid, "title": f"kosong {gid}"}
        yield {"updateSheetProperties": {"properties": properties, "fields": "title"}}


def _deleted(gid: int) -> Message:
    return {"deleteSheet": {"sheetId": gid}}


def _properties(content: BookContent) -> Message:
    """NOW() follows the zone of the office. The locale stays the office's own: not every one can be set."""
    zone = next((str(row["value"]) for row in content.of("sop") if row.get("label") == "Zona Waktu"), "")
    properties = {"timeZone": zone or "Asia/Makassar"}
    return {"updateSpreadsheetProperties": {"properties": properties, "fields": "timeZone"}}


def _last_row(described: Sheet, content: BookContent) -> int:
    """1-based last row of a tab: its records and as much room as the formulas serve."""
    return HEADING_ROW + (room(described, content) if described.columns else 40)


def _tab(described: Sheet, content: BookContent, gid: int) -> Message:
    grid: Message = {
        "rowCount": _last_row(described, content),
        "columnCount": max(len(columns_of(described)), 3),
    }
    if described.columns:
        grid |= {"frozenRowCount": HEADING_ROW, "frozenColumnCount": 1}
    return {"addSheet": {"properties": {"sheetId": gid, "title": described.name, "gridProperties": grid}}}


def _hidden_tab(computed: Calculation, gid: int) -> Message:
    rows, columns = computed.size
    grid = {"rowCount": rows, "columnCount": columns}
    return {
        "addSheet": {"properties": {"sheetId": gid, "title": HIDDEN, "hidden": True, "gridProperties": grid}}
    }


def _hidden_cells(computed: Calculation, gid: int) -> Iterator[Message]:
    """Settings in row 1; headings and first formulas; then every column copied down."""
    for at, value in computed.settings.items():
        setting: Message = {"userEnteredValue": _entered(value, is_formula=True)}
        yield _cells(gid, 0, at, [[setting]])
    for column in computed.columns:
        heading: Message = {"userEnteredValue": {"stringValue": column.heading}}
        first: Message = {"userEnteredValue": {"formulaValue": column.formula}}
        yield _cells(gid, TOP - 2, column.at, [[heading], [first]])
    for column in computed.columns:
        yield {
            "copyPaste": {
                "source": span(gid, TOP - 1, TOP, column.at, column.at + 1),
                "destination": span(gid, TOP, TOP - 1 + column.rows, column.at, column.at + 1),
                "pasteType": "PASTE_FORMULA",
            }
        }


def _sheet(described: Sheet, content: BookContent, gid: int, computed: Calculation) -> Iterator[Message]:
    if not described.columns:
        yield from _guide(gid, content)
        return
    last = _last_row(described, content)
    yield from _formats(described, gid, last)
    yield _cells(gid, 0, 0, _top(described, content))
    yield _cells(
        gid, HEADING_ROW - 1, 0, [_headings(described, computed)], "userEnteredValue,userEnteredFormat,note"
    )
    rows = [_record(described, row) for row in content.of(described.key)]
    if rows:
        yield _cells(gid, TOP - 1, 0, rows, "userEnteredValue")
    yield from validations(described, gid, last, computed.hidden)
    yield from colours(described, gid, last)
    yield from guards(described, gid, last)
    yield {
        "setBasicFilter": {
            "filter": {"range": span(gid, HEADING_ROW - 1, last, 0, len(columns_of(described)))}
        }
    }


def _cells(
    gid: int, row: int, column: int, rows: Sequence[Sequence[Message]], fields: str = _VALUES
) -> Message:
    start = {"sheetId": gid, "rowIndex": row, "columnIndex": column}
    return {
        "updateCells": {"start": start, "rows": [{"values": list(one)} for one in rows], "fields": fields}
    }


def _formats(described: Sheet, gid: int, last: int) -> Iterator[Message]:
    for at, column in enumerate(columns_of(described)):
        where = {"sheetId": gid, "dimension": "COLUMNS", "startIndex": at, "endIndex": at + 1}
        size: Message = {"pixelSize": int(column.width * _PIXELS)}
        if column is KEY:
            size["hiddenByUser"] = True
        yield {"updateDimensionProperties": {"range": where, "properties": size, "fields": ",".join(size)}}
        yield {
            "repeatCell": {
                "range": span(gid, TOP - 1, last, at, at + 1),
                "cell": {"userEnteredFormat": cell_format(column)},
                "fields": "userEnteredFormat",
            }
        }
        if column.folded:
            yield {"addDimensionGroup": {"range": where}}


def _top(described: Sheet, content: BookContent) -> list[list[Message]]:
    title = {"userEnteredValue": {"stringValue": described.name}, "userEnteredFormat": format_of(TITLE)}
    words = f"{described.help}  ·  {content.office}"
    banner = {"userEnteredValue": {"stringValue": words}, "userEnteredFormat": format_of(BANNER)}
    return [[title], [banner]]


def _headings(described: Sheet, computed: Calculation) -> list[Message]:
    """A ƒ column's heading is written by its array formula."""
    found: list[Message] = []
    for column in columns_of(described):
        array = computed.shown.get((described.key, column.key))
        value = {"stringValue": column.heading} if array is None else {"formulaValue": array}
        note: Message = {"note": column.help} if column.help else {}
        found.append({"userEnteredValue": value, "userEnteredFormat": heading_format(column), **note})
    return found


def _record(described: Sheet, row: Row) -> list[Message]:
    return [_cell(row.get(column.key)) for column in columns_of(described) if not column.is_formula]


def _cell(value: Value) -> Message:
    return {} if value is None or value == "" else {"userEnteredValue": _entered(value)}


def _entered(value: Value, *, is_formula: bool = False) -> Message:
    """An ExtendedValue; text is never a formula unless it is ours."""
    if isinstance(value, bool):
        return {"boolValue": value}
    if isinstance(value, str):
        return {"formulaValue" if is_formula else "stringValue": value}
    if isinstance(value, time):
        return {"numberValue": (value.hour * 60 + value.minute) / 1440}
    if isinstance(value, date):
        moment = value if isinstance(value, datetime) else datetime.combine(value, time())
        return {"numberValue": serial(moment)}
    return {"numberValue": value or 0}


_GUIDE: Final = (
    "Satu baris di Register untuk setiap konten; satu baris di Riwayat setiap kali sebuah langkah dikerjakan.",
    "Isi ID, Langkah, Mulai, dan Selesai; Hasil hanya pada langkah keputusan, dengan alasan bila Tidak.",
    "Perbaikan ditulis sebagai baris baru; baris lama jangan ditimpa atau dihapus.",
    "Tulis waktu sebagai tanggal dan jam, misalnya 3/8/2026 9:15. Ctrl+; tanggal hari ini, Ctrl+Shift+; jam.",
    "Kolom abu-abu dihitung sendiri. Mengetik di dalamnya mematikan seluruh kolom: hapus saja ketikannya.",
    "Urutkan dan saring lewat panah di judul kolom. Kolom Kunci tersembunyi dan diisi aplikasi.",
)


def _guide(gid: int, content: BookContent) -> Iterator[Message]:
    lines = [
        "Panduan mengisi",
        content.title,
        *_GUIDE,
        *(f"{one.name}: {one.help}" for one in SHEETS if one.columns),
    ]
    cells: list[Message] = [{"userEnteredValue": {"stringValue": line}} for line in lines]
    cells[0]["userEnteredFormat"] = format_of(TITLE)
    yield _cells(gid, 0, 0, [[cell] for cell in cells])
