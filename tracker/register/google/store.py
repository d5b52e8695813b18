"""GoogleStore: a register that is a Google spreadsheet which staff keep open and edit meanwhile.

Source: the Google contract. Quota is 60 reads and 60 writes a minute for an account: metadata are read once at
opening, after a 400 and every `_LIFE` reads, everything else with one `values:batchGet` of all tabs.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from tracker.errors import ChangedMeanwhile, RegisterBusy, RegisterReadOnly, RegisterUnavailable
from tracker.register.emptied import bare_sheets, records_lost
from tracker.register.google.adding import addition_of
from tracker.register.google.addresses import cell_link, spreadsheet_id, spreadsheet_link
from tracker.register.google.client import connect
from tracker.register.google.credentials import access
from tracker.register.google.ledger import Source
from tracker.register.google.retry import Patience
from tracker.register.google.service import Book, LayoutMoved, RowWrite, Service
from tracker.register.google.troubles import Uncertain, Who
from tracker.register.google.values import Formulas, Tab, grid_of, headings_of, revision
from tracker.register.google.writing import Writing, touched
from tracker.register.headings import Headings, find_sheets
from tracker.register.home import setting
from tracker.register.keeping import keep_copy
from tracker.register.schema import SHEETS
from tracker.register.store import Grid, Patch, RawValue, Receipt, Snapshot

__all__ = ["GoogleStore"]

_LIFE: Final = 30
"""Reads after which metadata and formulas are read anew: five minutes of a dashboard that polls every 10 s."""

Rows = Sequence[Sequence[RawValue]]


class GoogleStore:
    """A `Store` over a spreadsheet. Nothing is asked of Google before the first read."""

    def __init__(
        self,
        target: str,
        *,
        key_file: Path | None = None,
        patience: Patience | None = None,
        timeout: tuple[float, float] = (10.0, 60.0),
    ) -> None:
        self.id = spreadsheet_id(target)
        self._patience = patience or Patience()
        self._connection = (key_file, timeout)
        self._lock = threading.RLock()
        self._made: Service | None = None
        self._book: Book | None = None
        self._formulas: dict[str, Formulas] = {}
        self._shapes: dict[str, Headings] = {}
        self._full: dict[str, Grid] = {}
        self._reads = 0
        self._seek_at = 0
        self._held = 0
        self._served: Snapshot | None = None

    @property
    def name(self) -> str:
        """The spreadsheet's title once it has been read, its ID before."""
        return self._book.title if self._book else self.id

    @property
    def book(self) -> Book:
        """Title, locale, time zone and tabs; asks for them when they are not known yet, and waits only then."""
        known = self._book
        if known is not None:
            return known
        with self._lock:
            return self._book or self._described()

    @property
    def service(self) -> Service:
        """The calls to this spreadsheet; reads the key file when it is first needed."""
        known = self._made
        if known is not None:
            return known
        with self._lock:
            if self._made is None:
                key_file, timeout = self._connection
                granted = access(key_file)
                http = connect(granted.credentials, patience=self._patience, timeout=timeout)
                self._made = Service(http, Who(self.id, granted.address))
            return self._made

    @property
    def address(self) -> str:
        """Where the spreadsheet opens in a browser."""
        return spreadsheet_link(self.id)

    def link(self, sheet: str, cell: str) -> str:
        """The address that opens the spreadsheet at a cell of a sheet (by its name in the book or the schema)."""
        tabs = {tab.title: tab.gid for tab in self.book.tabs}
        keys = {one.name: one.key for one in SHEETS}
        named = find_sheets(list(tabs)).get(keys.get(sheet, ""), sheet)
        return cell_link(self.id, tabs.get(named, 0), cell)

    @contextmanager
    def exclusive(self) -> Iterator[None]:
        """Threads of this store take turns; other programs are met by receipts, for the service has no lock.

        Another thread is waited for as long as a request may be: in the dashboard the queue is the second try.
        """
        if not self._lock.acquire(timeout=self._patience.total):
            raise RegisterBusy("Spreadsheet ini sedang ditulis.", "Tunggu sebentar, lalu ulangi.")
        self._held += 1
        try:
            yield
        finally:
            self._held -= 1
            self._lock.release()

    def file(self, folder: str, name: str, content: bytes) -> Path | None:
        """Kept where the settings say (`arsip` under `[google]`); a spreadsheet itself has no folder beside it."""
        archive = setting("google", "arsip")
        if not archive:
            return None
        # Papers are named by period and kind only, so each spreadsheet has a folder of its own.
        return keep_copy(Path(archive).expanduser() / self.id / folder, name, content)

    def try_writing(self) -> None:
        """Write nothing into one cell of the first tab: null skips a cell, so the service only says whether it may.

        RegisterReadOnly when it may not; RegisterUnavailable when nobody can be reached.
        """
        tab = next(iter(self.book.tabs), None)
        if tab is None:
            raise RegisterReadOnly(
                "Spreadsheet ini tidak mempunyai lembar berisi sel.", "Tambahkan satu lembar."
            )
        try:
            self.service.write_rows([RowWrite(tab.title, 0, 1, {})])
        except (LayoutMoved, Uncertain) as error:
            raise error.trouble from None

    # -- reading

    def read(self) -> Snapshot:
        with self._lock:
            self._prepare()
            self._served = self._snapshot()
            bare = bare_sheets(self._served)
            self._full.update({grid.name: grid for grid in self._served.grids if grid.name not in bare})
            return self._served

    def _prepare(self) -> None:
        """Metadata and formulas, as far as this read needs them anew; nothing that a decision would wait for."""
        self._reads += 1
        if self._held and self._book is not None:
            return
        if self._book is None or self._reads % _LIFE == 0 or _is_incomplete(self._book):
            self._describe()
            if self._reads > 1:
                self._forget_formulas()
        elif not self._formulas and self._reads >= self._seek_at:
            try:
                self._find_formulas()
            except (
                RegisterUnavailable
            ):  # a long answer that does not come: the headings say which are computed
                self._seek_at = self._reads + _LIFE

    def _describe(self) -> None:
        self._book = self._described()

    def _described(self) -> Book:
        try:
            self._book = self.service.book()
        except LayoutMoved as moved:
            raise moved.trouble from None
        return self._book

    def _find_formulas(self) -> None:
        titles = [tab.title for tab in self._tabs()]
        self._forget_formulas()
        try:
            self._formulas = self.service.formulas(titles) if titles else {}
        except LayoutMoved:
            self._describe()

    def _forget_formulas(self) -> None:
        self._formulas, self._shapes = {}, {}

    def _snapshot(self) -> Snapshot:
        try:
            return self._values()
        except LayoutMoved:
            self._describe()
            self._forget_formulas()
        try:
            return self._values()
        except LayoutMoved as moved:
            raise moved.trouble from None

    def _values(self) -> Snapshot:
        tabs = self._tabs()
        return self._made_of(tabs, self.service.values([tab.title for tab in tabs]))

    def _tabs(self) -> tuple[Tab, ...]:
        """The tabs that are read: all but hidden ones that the schema does not know, such as a calculating sheet."""
        tabs = self.book.tabs
        known = set(find_sheets([tab.title for tab in tabs]).values())
        return tuple(tab for tab in tabs if tab.title in known or not tab.is_hidden)

    def _made_of(self, tabs: Sequence[Tab], rows: Sequence[Rows]) -> Snapshot:
        if self._formulas and any(self._is_reshaped(*one) for one in zip(tabs, rows, strict=True)):
            self._forget_formulas()
        grids = tuple(
            grid_of(tab, cells, self._formulas.get(tab.title)) for tab, cells in zip(tabs, rows, strict=True)
        )
        return Snapshot(grids, revision(grids), serials_are_dates=True)

    def _is_reshaped(self, tab: Tab, rows: Rows) -> bool:
        """Whether columns have moved since the formulas were looked for: then they are elsewhere too."""
        shape = headings_of(Grid(tab.title, rows))
        if shape is None:
            return False
        known = self._shapes.setdefault(tab.title, shape)
        return (known.row, known.columns) != (shape.row, shape.columns)

    def _learn(self, snapshot: Snapshot) -> tuple[Snapshot, Mapping[str, Formulas]]:
        """The same rows with exactly known formulas; asks for them when that has not been done."""
        if not self._formulas:
            self._find_formulas()
        tabs = {tab.title: tab for tab in self._tabs()}
        grids = [grid for grid in snapshot.grids if grid.name in tabs]
        return self._made_of([tabs[one.name] for one in grids], [one.rows for one in grids]), self._formulas

    # -- writing

    def apply(self, patch: Patch) -> Receipt:
        with self.exclusive():
            if self._book is None:
                self._describe()
            self._renew_loose(patch)
            writing = Writing(self.service, Source(self._snapshot, self._learn))
            self._compare_layout(patch, writing.ledger.snapshot)
            self._refuse_if_emptied(writing.ledger.snapshot)
            new = addition_of(patch, writing.ledger.snapshot, self.book)
            rows = writing.apply(new.rest, last=lambda: new.make(self.service, self._described))
            self._book = self.book.including(new.tabs)
            grids = new.added(writing.ledger.snapshot)
            after = Snapshot(grids, revision(grids), serials_are_dates=True)
            return Receipt(new.joined(rows), after.revision, after)

    def _renew_loose(self, patch: Patch) -> None:
        """Single formulas move when staff sort or insert: where a touched sheet has some, find them again."""
        if any(self._formulas[name].are_loose for name in touched(patch) & self._formulas.keys()):
            self._find_formulas()

    def _compare_layout(self, patch: Patch, now: Snapshot) -> None:
        """Refuse when the headings that a new record was planned for have moved, or a full sheet is empty."""
        for append in patch.appends:
            was = self._served.grid(append.sheet) if self._served else None
            grid = now.grid(append.sheet)
            if was is None or grid is None or append.heading >= len(was.rows):
                continue
            if not grid.rows:
                raise RegisterReadOnly(
                    f"Lembar {append.sheet} tiba-tiba kosong, jadi tidak ditulis.",
                    "Kembalikan isinya dari riwayat versi spreadsheet.",
                )
            if _headings(grid, append.heading) != _headings(was, append.heading):
                raise ChangedMeanwhile(
                    f"Judul kolom lembar {append.sheet} berubah sejak dibaca, jadi tidak ditulis.",
                    "Muat ulang, lalu ulangi.",
                )

    def _refuse_if_emptied(self, now: Snapshot) -> None:
        """ChangedMeanwhile when a sheet lost all the records that this store has seen there."""
        lost = records_lost(bare_sheets(now), self._full)
        if lost is not None:
            raise ChangedMeanwhile(
                f"Lembar {lost[0]} kini kosong, padahal sebelumnya berisi {lost[1]} baris, jadi tidak ditulis.",
                "Kembalikan isinya dari riwayat versi spreadsheet. Bila memang sengaja dikosongkan, buka register "
                "ini sekali lagi.",
            )


def _headings(grid: Grid, row: int) -> list[RawValue]:
    return list(grid.rows[row]) if row < len(grid.rows) else []


def _is_incomplete(book: Book) -> bool:
    """Whether a sheet that the reader wants is missing: it may be made or renamed any moment."""
    found = find_sheets([tab.title for tab in book.tabs])
    return any(one.is_read and one.required and one.key not in found for one in SHEETS)
