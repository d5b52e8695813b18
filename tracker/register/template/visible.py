"""The formulas of the ƒ columns, as they stand in Register and Riwayat.

Each is the same text on every row: it looks its row up on the hidden sheet, so rows may be sorted, inserted and
copied, and a table that grows fills them in by itself.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.register.template.events import CHECK_DATE, UNJUDGED
from tracker.register.template.hidden import HIDDEN, TOP, typed

if TYPE_CHECKING:
    from tracker.register.template.hidden import Block, Hidden

__all__ = ["visible_formulas"]

_FULL = "Lembar penuh"


def visible_formulas(hidden: Hidden) -> dict[str, dict[str, str]]:
    """Sheet key → column key → formula (without the equals sign)."""
    return {
        "register": _bounded(hidden.items, _register(hidden)),
        "events": _bounded(hidden.events, _riwayat(hidden)),
    }


def _bounded(block: Block, formulas: dict[str, str]) -> dict[str, str]:
    """Say so on rows beyond what the hidden sheet serves, instead of showing nothing."""
    last = TOP + block.rows - 1
    return {key: f'IF(ROW()>{last},"{_FULL}",{formula})' for key, formula in formulas.items()}


def _register(hidden: Hidden) -> dict[str, str]:
    items = hidden.items
    status, step = items.seen("status"), items.seen("step")
    is_done = f'OR({status}="",{status}="Selesai",{status}="Dibatalkan")'
    number = f"INDEX({HIDDEN}!{hidden.steps.span('number')},{step})"
    deadline = items.seen("deadline")
    unknown = f'IF({status}="Belum mulai","","{CHECK_DATE}")'
    shown = f'IF({deadline}="",{unknown},{deadline}/1440)'

    def when_going(value: str) -> str:
        return f'IF({is_done},"",IF({step}<1,"",{value}))'

    return {
        "now_step": when_going(number),
        "position": when_going(typed("steps", "role", f"{step}+{TOP - 1}")),
        "deadline": f'IF({is_done},"",{shown})',
        "status": status,
        "round": items.seen("round"),
    }


def _riwayat(hidden: Hidden) -> dict[str, str]:
    events = hidden.events
    key, item, step = events.seen("id"), events.seen("item"), events.seen("step")
    verdict, deadline = events.seen("verdict"), events.seen("deadline")
    assumed = f'AND({events.seen("start")}="",{events.seen("finish")}<>"")'
    is_silent = f'OR({events.seen("trace")}=0,AND({verdict}="{UNJUDGED}",{assumed}))'
    row = f"{step}+{TOP - 1}"
    standard = f'TRIM({typed("steps", "standard", row)}&" "&{typed("steps", "unit", row)})'

    shown = f'IF(OR({is_silent},{deadline}=""),"",{deadline}/1440)'
    titled = f'IF({item}=0,"ID tidak ada di Register",{typed("register", "title", item)}&"")'
    unknown = f'IF({typed("events", "step")}="","","Langkah tidak dikenal")'
    return {
        "title": f'IF({key}="","",{titled})',
        "activity": f"IF({step}=0,{unknown},{typed('steps', 'activity', row)})",
        "standard": f'IF({step}=0,"",{standard})',
        "deadline": f'IF({verdict}="","",IF({verdict}="{CHECK_DATE}","{CHECK_DATE}",{shown}))',
        "elapsed": events.seen("elapsed"),
        "punctuality": verdict,
        "order": events.seen("order"),
    }
