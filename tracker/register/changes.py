"""Commands (add an item, record an event) → a patch, or the findings why not.

A change is planned in memory: only the touched item is judged, as it stands and as it would stand. What would add
a galat is refused with its code; a galat that stood before never blocks (source: "What a write is" in the writing
contract). Lateness is recorded, not refused.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from tracker.errors import ChangeRefused, RegisterReadOnly
from tracker.folding import fold, nearest
from tracker.register.book import Book
from tracker.register.commands import AddItem, CancelItem, Command, RecordEvent
from tracker.register.drafts import Draft, completed, one_item
from tracker.register.judging import judged
from tracker.register.layout import Sheet
from tracker.register.moments import read_date, read_moment, written_date
from tracker.register.numbering import next_id
from tracker.register.schema import REGISTER, RIWAYAT
from tracker.register.store import CellValue, ChangeRow, Patch, Snapshot
from tracker.sop.calendar import DAY
from tracker.sop.evaluation import evaluate
from tracker.sop.model import Outcome, Register, State, Step
from tracker.sop.performers import match_name
from tracker.sop.verdicts import ItemState

__all__ = ["Plan", "plan"]


@dataclass(frozen=True, slots=True)
class Plan:
    """A patch that may be applied, and what it will have written."""

    patch: Patch
    sheet: str
    """Schema name of the sheet of the main record."""
    main: int
    """Index of the main record among `Receipt.rows`."""
    id: str
    written: dict[str, str | int | float | None]
    warnings: tuple[str, ...] = ()


def plan(snapshot: Snapshot, register: Register, command: Command, *, now: int) -> Plan:
    """The patch for a command at `now` (local minutes).

    ChangeRefused with the findings that it would add; RegisterReadOnly when the layout forbids writing.
    """
    if not register.is_writable:
        raise RegisterReadOnly(
            "Register ini hanya dapat dibaca karena lembar atau kolom wajib tidak lengkap.",
            "Jalankan pemeriksaan (check) dan betulkan temuan S501, S502, atau S504.",
        )
    book = Book(snapshot, register, now)
    if isinstance(command, AddItem):
        return _plan_item(book, command)
    return _plan_cancel(book, command) if isinstance(command, CancelItem) else _plan_event(book, command)


# -- add


def _plan_item(book: Book, command: AddItem) -> Plan:
    if not command.title.strip():
        raise ChangeRefused("Judul kosong.", "Isi judul konten.")
    id_ = (command.id or "").strip() or next_id([str(one) for one in book.register.items.id], book.now)
    if fold(id_) in set(book.register.items.key):
        raise ChangeRefused(f"ID {id_} sudah dipakai di lembar Register (D401).", "Pilih ID lain.")
    if fold(id_) in set(book.register.events.key):
        raise ChangeRefused(f"ID {id_} sudah dipakai di lembar Riwayat.", "Pilih ID lain.")
    values: dict[str, CellValue] = {
        "id": id_,
        "title": command.title.strip(),
        "channel": command.channel.strip(),
        "kind": command.kind.strip(),
        "target_on": _date_value(book, command.target_on),
        "note": command.note.strip(),
    }
    appends = [book.append(REGISTER, values, command.key and f"{command.key}:item")]
    warnings: tuple[str, ...] = ()
    if command.by is not None:
        draft = _first_step(book, id_, command.by)
        warnings = judged(book, draft, forced=False)
        appends.append(book.append(RIWAYAT, draft.values(), command.key and f"{command.key}:event"))
    return Plan(Patch(appends=tuple(appends)), REGISTER.name, 0, id_, _shown(REGISTER, values), warnings)


def _date_value(book: Book, text: str | None) -> CellValue:
    if text is None or not text.strip():
        return None
    found = read_date(text, zone=book.register.settings.zone)
    if found.state is State.UNREADABLE:
        raise ChangeRefused(f"Target tayang tidak terbaca: {found.problem}", "Tulis seperti 17/8/2026.")
    return written_date(found.value)


def _first_step(book: Book, id_: str, by: str) -> Draft:
    if not book.register.sop.steps:
        raise ChangeRefused("Lembar Langkah belum berisi langkah.", "Isi lembar Langkah lebih dulu.")
    return Draft(
        id=id_,
        step=0,
        number=book.register.sop.steps[0].number,
        performer=_performer(book, by),
        finish=book.now,
    )


# -- cancel


def _plan_cancel(book: Book, command: CancelItem) -> Plan:
    items, item = book.register.items, _item_of(book, command.id)
    if not command.reason.strip():
        raise ChangeRefused("Alasan pembatalan kosong.", "Tulis alasannya.")
    state = ItemState(
        int(evaluate(one_item(book.register, str(items.key[item])).register, book.now).items.state[0])
    )
    if state in (ItemState.CANCELLED, ItemState.FINISHED):
        raise ChangeRefused(f"{items.id[item]} sudah {state.label}.", "Periksa ID-nya.")
    there = str(items.note[item]).strip()
    values: dict[str, CellValue] = {
        "cancelled_on": written_date(book.now // DAY),
        "note": ". ".join(part for part in (there.rstrip("."), command.reason.strip()) if part),
    }
    change = book.change(REGISTER, int(items.row[item]), values)
    return Plan(Patch(changes=(change,)), REGISTER.name, 0, str(items.id[item]), _shown(REGISTER, values))


# -- record


def _plan_event(book: Book, command: RecordEvent) -> Plan:
    item = _item_of(book, command.id)
    step_index, step = _step_of(book, command.step)
    draft = Draft(
        id=str(book.register.items.id[item]),
        step=step_index,
        number=step.number,
        performer=_performer(book, command.by),
        start=_moment(book, command.start, "Mulai"),
        finish=_moment(book, command.finish, "Selesai"),
        outcome=_outcome(command.outcome, step),
        note=command.note.strip(),
        evidence=command.evidence.strip(),
    )
    if command.start is None and command.finish is None:
        draft = replace(draft, finish=book.now)
    open_event = _open_event(book, item, step_index)
    if open_event is not None:
        draft = completed(book.register, draft, open_event, now=book.now)
    warnings, draft = _accepted(book, draft, command)
    changes, appends = [], []
    if open_event is not None:
        row = int(book.register.events.row[open_event])
        changes.append(book.change(RIWAYAT, row, draft.values()))
    else:
        appends.append(book.append(RIWAYAT, draft.values(), command.key))
    if command.link:
        changes.append(_link(book, item, command.link))
    main = 0 if open_event is not None else len(changes)
    patch = Patch(tuple(changes), tuple(appends))
    return Plan(patch, RIWAYAT.name, main, draft.id, _shown(RIWAYAT, draft.values()), warnings)


def _item_of(book: Book, id_: str) -> int:
    items = book.register.items
    found = [index for index, key in enumerate(items.key) if key == fold(id_) and key]
    if len(found) == 1:
        return found[0]
    if not found:
        near = nearest(id_, [str(one) for one in items.id])
        hint = f"; mungkin maksud Anda {near}" if near else ""
        raise ChangeRefused(
            f"ID {id_} tidak ada di lembar Register (D402){hint}.", "Tambahkan kontennya lebih dulu."
        )
    rows = ", ".join(str(items.row[index]) for index in found)
    raise ChangeRefused(
        f"ID {id_} dipakai lebih dari satu kali di lembar Register, baris {rows} (D401).",
        "Beri ID yang berbeda, lalu ulangi.",
    )


def _step_of(book: Book, number: int) -> tuple[int, Step]:
    index = book.register.sop.index_of(number)
    if index is None:
        known = ", ".join(str(step.number) for step in book.register.sop.steps)
        raise ChangeRefused(
            f"Langkah {number} tidak ada di lembar Langkah (D403).", f"Pilih salah satu: {known}."
        )
    return index, book.register.sop.steps[index]


def _performer(book: Book, by: str) -> str:
    """The name as Pegawai spells it; as given when it is not found (the rules then refuse it with P302)."""
    return match_name(by, book.register.people) or by.strip()


def _moment(book: Book, text: str | None, heading: str) -> int | None:
    if text is None or not text.strip():
        return None
    found = read_moment(text, zone=book.register.settings.zone)
    if found.state is State.UNREADABLE:
        raise ChangeRefused(
            f"{heading} tidak terbaca (D404): {found.problem}", "Tulis seperti 3/8/2026 09.15."
        )
    if found.state is State.DATE_ONLY:
        raise ChangeRefused(f"{heading} belum berjam.", "Tulis tanggal dan jam, seperti 3/8/2026 09.15.")
    return found.value


def _outcome(text: str | None, step: Step) -> Outcome:
    if text is None:
        return Outcome.BLANK
    if not step.is_decision:
        raise ChangeRefused(
            f"Langkah {step.number} tidak memutuskan, jadi tidak mempunyai Hasil (D407).", "Kosongkan Hasil."
        )
    return Outcome.YES if fold(text) == "ya" else Outcome.NO


def _open_event(book: Book, item: int, step: int) -> int | None:
    """The open event of this step of the item: the last of its trace, if it is unfinished."""
    one = one_item(book.register, str(book.register.items.key[item]))
    opened = int(evaluate(one.register, book.now).items.open_event[0])
    if opened < 0 or int(one.register.events.step[opened]) != step:
        return None
    return int(one.events[opened])


def _link(book: Book, item: int, link: str) -> ChangeRow:
    """Tautan with the link added on a line of its own; an address that stands there already is not repeated."""
    known = str(book.register.items.links[item]).split()
    lines = [*known, link.strip()] if link.strip() not in known else known
    return book.change(REGISTER, int(book.register.items.row[item]), {"links": "\n".join(lines)})


# -- judging


def _accepted(book: Book, draft: Draft, command: RecordEvent) -> tuple[tuple[str, ...], Draft]:
    """(sentences to show, the draft to write); ChangeRefused when it adds a galat that is not forced."""
    try:
        return judged(book, draft, forced=False), draft
    except ChangeRefused as refused:
        codes = sorted({one.code for one in refused.findings})
        if not command.force or not codes or any(code[0] not in "UP" for code in codes):
            raise
    reason = f" – {command.force_reason.strip()}" if command.force_reason.strip() else ""
    note = f"Dicatat apa adanya ({', '.join(codes)}){reason}"
    forced = replace(draft, note=f"{draft.note}. {note}" if draft.note else note)
    return judged(book, forced, forced=True), forced


def _shown(sheet: Sheet, values: Mapping[str, CellValue]) -> dict[str, str | int | float | None]:
    """Heading → value as JSON shows it."""
    shown: dict[str, str | int | float | None] = {}
    for name, value in values.items():
        if value in (None, ""):
            continue
        heading = sheet.column(name).heading
        shown[heading] = value if isinstance(value, str | int | float) else written_text(value)
    return shown


def written_text(value: CellValue) -> str:
    """A moment in ISO form to the minute; a date alone without its midnight."""
    text = str(value).replace(" ", "T")[:16]
    return text.removesuffix("T00:00")
