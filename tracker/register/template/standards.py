"""The steps of sheet Langkah and the settings of sheet SOP, as numbers that the other formulas can use."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from tracker.register.schema import sheet
from tracker.register.template.hidden import TOP, typed
from tracker.register.template.worktime import Standard

if TYPE_CHECKING:
    from tracker.register.template.hidden import Block

__all__ = ["IS_STRICT", "NUMBERS", "WAIT", "setting_formulas", "step_formulas"]

IS_STRICT: Final = "$H$1"
"""1 when the setting Mulai Kosong is ketat, else 0."""
WAIT: Final = Standard("$N$1", "$P$1", "$O$1")
"""Batas Tunggu."""
NUMBERS: Final = "".join(f"{number:02d}," for number in range(1, 21))
"""Positions of steps as text, three characters each: what a skipped stretch is cut out of."""


def _first_word(text: str) -> str:
    return f'IF(ISNUMBER(FIND(" ",{text})),LEFT({text},FIND(" ",{text})-1),{text})'


def _number(word: str) -> str:
    """The number of a word such as 10 or 1,5, whatever the decimal sign of the program."""
    plain = f'SUBSTITUTE({word},".",",")'
    whole = f'LEFT({plain},FIND(",",{plain})-1)'
    part = f'MID({plain},FIND(",",{plain})+1,9)'
    return f'IF(ISNUMBER(FIND(",",{plain})),VALUE({whole})+VALUE({part})/10^LEN({part}),VALUE({plain}))'


def _unit(text: str) -> str:
    """m, j or h (menit, jam, hari) from the word behind the number; an empty text when there is none."""
    return f'IF(ISNUMBER(FIND(" ",{text})),LEFT(TRIM(MID({text},FIND(" ",{text})+1,20)),1),"")'


def _durations(text: str, amount: str, unit: str) -> dict[str, str]:
    is_days = f'OR({unit}="h",{unit}="d")'
    return {
        "amount": f'IF({text}="","",IFERROR({_number(_first_word(text))},""))',
        "unit": _unit(text),
        "minutes": f'IF({unit}="m",ROUND(N({amount}),0),IF({unit}="j",ROUND(N({amount})*60,0),0))',
        "days": f"IF({is_days},INT(N({amount})),0)",
        "part": f"IF({is_days},ROUND((N({amount})-INT(N({amount})))*1000,0),0)",
    }


def step_formulas(steps: Block) -> dict[str, str]:
    """One row of Langkah: number, standard, and where it leads (position, 0 = the end, -1 = nowhere)."""
    number, text = steps.here("number"), steps.here("text")
    numbers, place = steps.span("number"), f"ROW()-{TOP - 1}"

    def target(column: str, blank: str) -> str:
        cell = typed("steps", column)
        found = f"IFERROR(MATCH(VALUE({cell}),{numbers},0),-1)"
        ends = f'LOWER(TRIM({cell}))="selesai"'
        return f'IF({number}="",-1,IF({cell}="",{blank},IF({ends},0,{found})))'

    standard, unit = typed("steps", "standard"), typed("steps", "unit")
    following = f"IF(COUNT({numbers})={place},0,{place}+1)"
    return {
        "number": f'IF({typed("steps", "number")}="","",IFERROR(VALUE({typed("steps", "number")}),""))',
        "text": f'LOWER(TRIM({standard}&" "&{unit}))',
        **_durations(text, steps.here("amount"), steps.here("unit")),
        "yes": target("on_yes", following),
        "no": target("on_no", "-1"),
    }


def setting_formulas() -> dict[str, str]:
    """Cell of the hidden sheet → formula: the settings that the other formulas need."""
    described = sheet("sop")
    labels, values = f"{described.name}!$A:$A", f"{described.name}!$B:$B"

    def setting(label: str) -> str:
        return f'INDEX({values},MATCH("{label}",{labels},0))'

    text, amount, unit = "$J$1", "$L$1", "$M$1"
    parsed = _durations(text, amount, unit)
    return {
        "H1": f'IF(IFERROR(LOWER(TRIM({setting("Mulai Kosong")})),"")="ketat",1,0)',
        "J1": f'IFERROR(IF({setting("Batas Tunggu")}="","1 hari",LOWER(TRIM({setting("Batas Tunggu")}))),"1 hari")',
        "L1": parsed["amount"],
        "M1": parsed["unit"],
        "N1": parsed["minutes"],
        "O1": parsed["part"],
        "P1": parsed["days"],
    }
