"""The formulas behind sheet Register and the drop-down lists: where every item stands, and whom it waits for."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.register.template.events import clean
from tracker.register.template.hidden import TOP, typed, typed_span
from tracker.register.template.standards import WAIT
from tracker.register.template.worktime import NOW_WORKED, due_formulas, worked

if TYPE_CHECKING:
    from tracker.register.template.hidden import Block, Hidden

__all__ = ["item_formulas", "people_formulas"]


def item_formulas(hidden: Hidden) -> dict[str, str]:
    """The formulas of one row of Register; `last` is the row of the item's last event in the traces, 0 for none."""
    items, events, traces = hidden.items, hidden.events, hidden.traces
    key, last, event = items.here("id"), items.here("last"), items.here("event")
    up_to = f'COUNTIFS({events.span("trace")},">0",{events.span("trace")},"<="&ROW())+{TOP - 1}'
    is_open, step = items.here("is_open"), items.here("step")
    yes, no = traces.on_row("yes", last), traces.on_row("no", last)
    # The last step left open before a step written down late: only the end has still to be finished.
    ended = f'IF({traces.on_row("finish", last)}="",{traces.on_row("stands", last)},0)'
    following = f"IF({yes}>0,{yes},IF({no}>0,{no},IF(AND({yes}=0,{no}=-1),{ended},-1)))"
    since, waits = items.here("since"), due_formulas(hidden, items, WAIT)
    own = f"IF({is_open}=1,{events.on_row('deadline', event)},{waits['deadline']})"
    again = f"IF(AND({traces.on_row('outcome', last)}=2,{is_open}=0),1,0)"
    return {
        "id": clean(typed("register", "id")),
        "last": f'IF({key}="",0,IF({traces.on_row("item", up_to)}=ROW(),{up_to},0))',
        "event": f"IF({last}=0,0,{traces.on_row('row', last)})",
        "is_open": f'IF({last}=0,0,IF({events.on_row("finish", event)}="",1,0))',
        "step": f'IF({key}="","",IF({last}=0,1,IF({is_open}=1,{traces.on_row("step", last)},{following})))',
        "since": f'IF(OR({last}=0,{is_open}=1),"",IF({step}=0,"",{traces.on_row("finish", last)}))',
        "worked": f'IF(ISNUMBER({since}),{worked(hidden, since)},"")',
        **waits,
        "deadline": f'IF({last}=0,"",{own})',
        "cancelled": f'{typed("register", "cancelled_on")}<>""',
        "status": _status(hidden),
        "round": f'IF({last}=0,IF({key}="","",1),{traces.on_row("round", last)}+{again})',
        **_unfinished(items),
    }


def _status(hidden: Hidden) -> str:
    items = hidden.items
    deadline = items.here("deadline")
    overdue = f'IF({deadline}="",FALSE,{NOW_WORKED}>{worked(hidden, deadline)})'
    running = f'IF({overdue},"Lewat tenggat","Berjalan")'
    state = f'IF({items.here("last")}=0,"Belum mulai",IF({items.here("step")}=0,"Selesai",{running}))'
    return f'IF({items.here("id")}="","",IF({items.here("cancelled")},"Dibatalkan",{state}))'


def _listed(block: Block) -> str:
    """Where the list's own place is first reached in the counter."""
    return f"MATCH(ROW()-{TOP - 1},{block.span('count')},0)"


def _unfinished(items: Block) -> dict[str, str]:
    """The IDs of items that may still get events, one after another: the source of a drop-down."""
    status = items.here("status")
    counts = f'OR({status}="Belum mulai",{status}="Berjalan",{status}="Lewat tenggat")'
    above = f"IF(ROW()={TOP},0,N({items.above('count')}))"
    return {
        "count": f"{above}+IF({counts},1,0)",
        "list": f'IFERROR(INDEX({items.span("id")},{_listed(items)}),"")',
    }


def people_formulas(people: Block) -> dict[str, str]:
    """The names of Pegawai, each once: the source of a drop-down. `count` grows at the first row of a name."""
    name, last = typed("people", "name"), TOP + people.rows - 1
    names = typed_span("people", "name", last)
    is_new = f'IF({name}="",FALSE,MATCH({name},{names},0)=ROW()-{TOP - 1})'
    return {
        "count": f"IF(ROW()={TOP},0,N({people.above('count')}))+IF({is_new},1,0)",
        "list": f'IFERROR(INDEX({names},{_listed(people)}),"")',
    }
