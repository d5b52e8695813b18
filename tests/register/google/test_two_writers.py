"""Staff sort, insert, delete and retype while the tool writes: no row is left changed that nobody meant to change."""

from __future__ import annotations

import tempfile
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule

from tests.register.google.discovery import Call
from tests.register.google.office import office
from tests.register.google.registers import TYPED_EVENTS, at, register
from tests.register.google.server import Mishap
from tests.register.google.spreadsheets import Formula
from tracker.errors import ChangedMeanwhile, TrackerError
from tracker.register.placing import content
from tracker.register.store import AppendRow, ChangeRow, Patch

TOP = 3
Move = tuple[str, int, str]
MOVES = st.lists(
    st.tuples(
        st.sampled_from(["sort", "rotate", "insert", "blank", "delete", "retype", "finish"]),
        st.integers(0, 30),
        st.sampled_from(["Siti", "Budi", "Rina"]),
    ),
    max_size=3,
)
FAULTS = st.lists(
    st.sampled_from([
        Mishap("values.batchUpdate", 503), Mishap("values.batchUpdate", drop="after"),
        Mishap("values.batchUpdate", drop="before"), Mishap("values.append", 500),
        Mishap("values.append", drop="after"), Mishap("values.batchGet", 429),
    ]),
    max_size=2,
)  # fmt: skip


class TwoWriters(RuleBasedStateMachine):
    """`meant` is what should stand in Riwayat: number → row, each row with a number of its own in Bukti."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = ExitStack()
        patching = self.stack.enter_context(pytest.MonkeyPatch.context())
        folder = self.stack.enter_context(tempfile.TemporaryDirectory())
        self.office = self.stack.enter_context(office(Path(folder), patching))
        rows: list[list[Any]] = [
            [f"K-{n % 3}", n % 3 + 1, "Siti", at("9.00"), None, None, f"b{n}"] for n in range(6)
        ]
        register(self.office, [list(row) for row in rows])
        self.meant: dict[str, list[Any]] = {row[6]: row for row in rows}
        self.number = len(rows)
        self.refused = ""
        """A sheet that the account may not write to, by the beginning of its name."""
        self.store = self.office.store()
        self.store.read()

    def teardown(self) -> None:
        self.stack.close()

    # -- staff

    @property
    def cells(self) -> list[list[Any]]:
        return self.office.book.tab("Riwayat").cells

    def _move(self, move: Move) -> None:
        """One thing that staff do, to the sheet and to what is meant to stand in it."""
        kind, number, name = move
        rows = self.cells[TOP:]
        filled = [row for row in rows if len(row) > 6 and row[6] in self.meant]
        one = filled[number % len(filled)] if filled else None
        if kind == "sort":
            rows.sort(key=lambda row: str(row[:7]), reverse=number % 2 == 0)
        elif kind == "rotate":
            rows = rows[1:] + rows[:1]
        elif kind == "insert":
            rows.insert(number % (len(rows) + 1), list(self._new(name)))
        elif kind == "blank":
            rows.insert(number % (len(rows) + 1), [])
        elif kind == "delete" and one is not None:
            rows = [row for row in rows if row is not one]
            del self.meant[one[6]]
        elif kind in ("retype", "finish") and one is not None:
            column, value = (2, name) if kind == "retype" else (3, at(f"8.{number % 60:02d}"))
            one[column] = self.meant[one[6]][column] = value
        self.cells[TOP:] = rows

    def _new(self, name: str) -> list[Any]:
        self.number += 1
        row: list[Any] = [f"K-{self.number}", 1, name, at("9.00"), None, None, f"b{self.number}"]
        self.meant[row[6]] = list(row)
        return row

    @rule(moves=MOVES)
    def staff_work(self, moves: list[Move]) -> None:
        for move in moves:
            self._move(move)

    # -- the tool

    def _meanwhile(self, moves: list[Move], faults: list[Mishap]) -> None:
        left = list(moves)

        def before(call: Call) -> None:
            while left:
                self._move(left.pop(0))
            if self.refused and self.refused in call.path.get("range", ""):
                raise PermissionError

        self.office.service.before_write = before
        self.office.service.mishaps = [Mishap(**one.__dict__) for one in faults]

    def _calm(self) -> None:
        self.office.service.before_write, self.office.service.mishaps, self.refused = None, [], ""

    @rule(pick=st.integers(0, 30), minute=st.integers(0, 59), moves=MOVES, faults=FAULTS)
    def tool_finishes_an_event(self, pick: int, minute: int, moves: list[Move], faults: list[Mishap]) -> None:
        grid = self.store.read().grid("Riwayat")
        assert grid is not None
        rows = [row for row in range(TOP, len(grid.rows)) if content(grid, row).get(6)]
        if not rows:
            return
        row = rows[pick % len(rows)]
        number = str(grid.rows[row][6])
        change = ChangeRow("Riwayat", content(grid, row), {4: at(f"10.{minute:02d}")}, row)
        self._meanwhile(moves, faults)
        try:
            self.store.apply(Patch((change,)))
        except ChangedMeanwhile as conflict:
            self._reported(conflict)
        else:
            if number in self.meant:
                self.meant[number][4] = at(f"10.{minute:02d}")
        finally:
            self._calm()

    @rule(moves=MOVES, faults=FAULTS)
    def tool_adds_an_event(self, moves: list[Move], faults: list[Mishap]) -> None:
        self._meanwhile(moves, faults)
        row = self._row("Budi")
        try:
            self.store.apply(Patch(appends=(self._appended(row),)))
            self.meant[row[6]] = row
        except ChangedMeanwhile as conflict:
            self._reported(conflict)
        finally:
            self._calm()

    @rule(count=st.integers(2, 4), moves=MOVES, faults=FAULTS)
    def tool_adds_many_events(self, count: int, moves: list[Move], faults: list[Mishap]) -> None:
        self._meanwhile(moves, faults)
        rows = [self._row("Budi") for _ in range(count)]
        try:
            self.store.apply(Patch(appends=tuple(self._appended(row) for row in rows)))
            self.meant |= {row[6]: row for row in rows}
        except ChangedMeanwhile as conflict:
            self._reported(conflict)
        finally:
            self._calm()

    @rule(pick=st.integers(0, 30), count=st.integers(1, 3), moves=MOVES)
    def tool_is_refused_half_way(self, pick: int, count: int, moves: list[Move]) -> None:
        """The change and the new rows are written, then a row of another sheet is refused: all is taken back."""
        grid = self.store.read().grid("Riwayat")
        assert grid is not None
        rows = [row for row in range(TOP, len(grid.rows)) if content(grid, row)]
        changes = [
            ChangeRow("Riwayat", content(grid, row), {4: at("10.00")}, row) for row in rows[pick % len(rows) :][:1]
        ] if rows else []  # fmt: skip
        appends = [self._appended(self._row("Budi")) for _ in range(count)]
        refused = AppendRow("Hari Libur", {0: 46_300}, (0, 1), 0, "")
        self._meanwhile(moves, [])
        self.refused = "Hari"
        try:
            self.store.apply(Patch(tuple(changes), (*appends, refused)))
        except TrackerError as error:
            self._reported(error)
        else:
            raise AssertionError("it was refused")
        finally:
            self._calm()

    def _row(self, name: str) -> list[Any]:
        self.number += 1
        return [f"K-{self.number}", 1, name, at("9.00"), None, None, f"b{self.number}"]

    def _appended(self, row: list[Any]) -> AppendRow:
        cells = {column: value for column, value in enumerate(row) if value is not None}
        return AppendRow("Riwayat", cells, TYPED_EVENTS, 2, f"kunci-{row[6]}")

    def _reported(self, conflict: TrackerError) -> None:
        """A conflict that names a harmed row is a report: what stands there now is what people will look at."""
        if "periksa" not in conflict.sentence and "Sebagian" not in conflict.remedy:
            return
        rows = [list(row[:7]) for row in self.cells[TOP:] if _plain(row)]
        self.meant = {(row[6] if len(row) > 6 and row[6] else f"?{n}"): row for n, row in enumerate(rows)}

    @invariant()
    def nothing_else_changed(self) -> None:
        shown = sorted(_plain(row) for row in self.cells[TOP:] if _plain(row))
        assert shown == sorted(_plain(row) for row in self.meant.values())


def _plain(row: list[Any]) -> list[str]:
    cells = ["" if cell is None else str(cell) for cell in row[:7]]
    while cells and not cells[-1]:
        cells.pop()
    return cells


class WithoutKeys(TwoWriters):
    """A sheet that has no column for keys: rows are counted."""

    def __init__(self) -> None:
        super().__init__()
        cells = self.cells[TOP - 1]
        self.cells[TOP - 1] = cells[:8]
        self.store.read()


class ReadyRows(WithoutKeys):
    """A workbook that was converted: formulas of their own beside the records, and rows that wait for one."""

    def __init__(self) -> None:
        super().__init__()
        tab = self.office.book.tab("Riwayat")
        tab.arrays.clear()
        tab.put(TOP - 1, 8, "Kegiatan")
        for row in range(TOP, TOP + 16):
            tab.put(row, 8, Formula(f"=A{row + 1}", ""))
        self.store = self.office.store()
        self.store.read()


def _tried(machine: type[TwoWriters]) -> Any:
    case: Any = machine.TestCase
    case.settings = settings(
        max_examples=12, stateful_step_count=12, deadline=None, suppress_health_check=list(HealthCheck)
    )
    return case


TestTwoWriters = _tried(TwoWriters)
TestWithoutKeys = _tried(WithoutKeys)
TestReadyRows = _tried(ReadyRows)
