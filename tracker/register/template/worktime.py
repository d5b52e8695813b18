"""Working time in formulas: the calendar of dates, measuring, and adding.

The calendar has one row per date with its opening, break and closing in minutes of the day (0 on days without
working time), the working minutes before it (`passed`) and the number of working days up to it (`workday`). Of a
moment m in minutes, W(m) is the number of working minutes before it; then

* working minutes from a to b are W(b) - W(a);
* the deadline of n minutes is the earliest moment whose W is W(start) + n;
* the deadline of n days lies on the working day whose number is n higher than that of the next working moment;
* a part of a day after that is the same part of the working minutes of the day reached.

Source of the rules: "Working time" in the rules contract; `tracker.sop.calendar` is the same for the tool.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from tracker.register.schema import HOLIDAY_KINDS
from tracker.register.template.hidden import typed, typed_span

if TYPE_CHECKING:
    from tracker.register.template.hidden import Block, Hidden

__all__ = [
    "FIRST_DAY",
    "NOW",
    "NOW_WORKED",
    "Standard",
    "day_formulas",
    "due_formulas",
    "hours_formulas",
    "worked",
]

NOW: Final = "$B$1"
"""Now, in minutes since 1899-12-30."""
NOW_WORKED: Final = "$D$1"
"""Working minutes before now."""
FIRST_DAY: Final = "$F$1"
"""Serial number of the first date of the calendar."""

_DAYS: Final = "sen|sel|rab|kam|jum|sab|min|aha"
_HOLIDAY_ROWS: Final = 603


def _day_number(text: str) -> str:
    """1 (Senin) … 7 (Minggu, Ahad) from the first three letters of a text; an error when it is no day."""
    return f'MIN(7,(SEARCH(LEFT({text},3),"{_DAYS}")+3)/4)'


def _minutes(sheet_cell: str) -> str:
    """Minutes of the day of a cell that holds a time, or a text such as 07.30; empty when it is neither."""
    as_text = f'ROUND(TIMEVALUE(SUBSTITUTE({sheet_cell},".",":"))*1440,0)'
    return (
        f'IF({sheet_cell}="","",IF(ISNUMBER({sheet_cell}),ROUND({sheet_cell}*1440,0),IFERROR({as_text},"")))'
    )


def _normal_range(cell: str) -> str:
    text = f"LOWER(TRIM({cell}))"
    for dash in ("–", "—", " s.d. ", " s/d ", " sampai "):
        text = f'SUBSTITUTE({text},"{dash}","-")'
    return text


def hours_formulas(hours: Block) -> dict[str, str]:
    """The formulas of one row of Jam Kerja: its days, its minutes, and its rank on each weekday (0 = not then)."""
    text, first, last = hours.here("text"), hours.here("from"), hours.here("to")
    tail = f'TRIM(MID({text},FIND("-",{text})+1,20))'
    formulas = {
        "text": _normal_range(typed("hours", "weekdays")),
        "from": f'IF({text}="",0,IFERROR({_day_number(text)},0))',
        "to": f"IFERROR({_day_number(tail)},{first})",
        "open": _minutes(typed("hours", "opens")),
        "rest": _minutes(typed("hours", "break_starts")),
        "resume": _minutes(typed("hours", "break_ends")),
        "close": _minutes(typed("hours", "closes")),
        "since": f"N({typed('hours', 'from_on')})",
        "until": f"IF(N({typed('hours', 'until_on')})=0,2958465,N({typed('hours', 'until_on')}))",
    }
    is_sound = f"AND({first}>0,ISNUMBER({hours.here('open')}),ISNUMBER({hours.here('close')}))"
    rank = f"IF({hours.here('since')}>0,{hours.here('since')},IF({hours.here('until')}<2958465,2,1))"
    for day in range(1, 8):
        ranges = f"IF({first}<={last},AND({first}<={day},{day}<={last}),OR({first}<={day},{day}<={last}))"
        formulas[f"d{day}"] = f"IF({is_sound},IF({ranges},{rank}*1000+ROW(),0),0)"
    return formulas


def day_formulas(hidden: Hidden) -> dict[str, str]:
    """The formulas of one date; `rule` is the row of Jam Kerja that holds on it, 0 when it is no working day."""
    days, hours = hidden.days, hidden.hours
    on = days.here("date")
    grid = hours.span("d1").split(":")[0] + ":" + hours.span("d7").split(":")[1]

    def rule(weekday: str) -> str:
        in_force = f"({hours.span('since')}<={on})*({hours.span('until')}>={on})"
        return f"MOD(SUMPRODUCT(MAX({in_force}*INDEX({grid},0,{weekday}))),1000)"

    own, monday = rule(f"WEEKDAY({on},2)"), rule("1")
    listed = f"{typed_span('holidays', 'on', _HOLIDAY_ROWS)},{on}"
    swapped = next(kind for kind in HOLIDAY_KINDS if "engganti" in kind).split()[-1]
    works = f'COUNTIFS({listed},{typed_span("holidays", "kind", _HOLIDAY_ROWS)},"*{swapped}*")'

    def part(key: str) -> str:
        value = hours.on_row(key, days.here("rule"))
        return f"IF({days.here('rule')}=0,0,N({value}))"

    return {
        "rule": f"IF(COUNTIF({listed})=0,{own},IF({works}=0,0,IF({own}>0,{own},{monday})))",
        "open": part("open"),
        "rest": part("rest"),
        "resume": part("resume"),
        "close": part("close"),
        "net": f"{days.here('close')}-{days.here('open')}-({days.here('resume')}-{days.here('rest')})",
        # Not one row upon the other: LibreOffice loses its way in a chain of so many cells.
        "passed": f"SUM({days.so_far('net')})-{days.here('net')}",
        "workday": f'COUNTIF({days.so_far("rule")},">0")',
    }


def worked(hidden: Hidden, moment: str) -> str:
    """W(moment): working minutes before a moment given in minutes; an error outside the calendar."""
    days, row, minute = hidden.days, f"INT({moment}/1440)-{FIRST_DAY}+1", f"MOD({moment},1440)"
    until_close = f"MAX(0,MIN({minute},{days.nth('close', row)})-{days.nth('open', row)})"
    at_rest = f"MAX(0,MIN({minute},{days.nth('resume', row)})-{days.nth('rest', row)})"
    return f"{days.nth('passed', row)}+{until_close}-{at_rest}"


@dataclass(frozen=True, slots=True)
class Standard:
    """Where a time standard stands: in minutes (0 when it is given in days), whole days, thousandths of a day."""

    minutes: str
    days: str
    part: str


def due_formulas(hidden: Hidden, block: Block, standard: Standard) -> dict[str, str]:
    """The deadline of the standard after the working moment `worked` (W of the start) of the block, in steps.

    `target` is the index of the date reached by its minutes or whole days, `via` the moment reached on it, `spent` the
    W of the deadline; all are empty where there is none, and so is the last, `deadline`.
    """
    days, start, target, via = hidden.days, block.here("worked"), block.here("target"), block.here("via")
    spent = block.here("spent")
    day_of_spent = f"MATCH({spent}-1,{days.span('passed')},1)"
    later = _moment(days, day_of_spent, spent)
    days_spent = f"{worked(hidden, via)}+{_part_of_day(days, target, standard.part)}"
    is_none = f"{standard.minutes}+{standard.days}+{standard.part}=0"
    return {
        "target": f'IF({start}="","",IF({is_none},"",IFERROR({_reached(days, start, standard)},"")))',
        "via": f'IF({target}="","",{_via(days, start, target, standard)})',
        "spent": f'IF({via}="","",IF({standard.minutes}>0,{start}+{standard.minutes},{days_spent}))',
        "deadline": f'IF({via}="","",IF({standard.part}=0,{via},IFERROR({later},"")))',
    }


def _reached(days: Block, start: str, standard: Standard) -> str:
    """Index of the date that the minutes or the whole days of a standard lead to, from W(start)."""
    number = days.nth("workday", f"MATCH({start},{days.span('passed')},1)")
    nth = f"MATCH({number}+{standard.days},{days.span('workday')},0)"
    return f"IF({standard.minutes}>0,MATCH({start}+{standard.minutes}-1,{days.span('passed')},1),{nth})"


def _via(days: Block, start: str, target: str, standard: Standard) -> str:
    """The moment in minutes that the minutes or the whole days of a standard lead to, on the date of `target`."""
    from_row = f"MATCH({start},{days.span('passed')},1)"
    same_clock = _clock(days, from_row, f"{start}-{days.nth('passed', from_row)}", ">=")
    clipped = f"MIN(MAX({same_clock},{days.nth('open', target)}),{days.nth('close', target)})"
    counted = _moment(days, target, f"{start}+{standard.minutes}")
    return f"IF({standard.minutes}>0,{counted},({FIRST_DAY}+{target}-1)*1440+{clipped})"


def _moment(days: Block, row: str, spent: str) -> str:
    """The earliest moment, in minutes, whose W is `spent`; `row` is the index of its date."""
    return f"({FIRST_DAY}+{row}-1)*1440+" + _clock(days, row, f"{spent}-{days.nth('passed', row)}", ">")


def _part_of_day(days: Block, row: str, part: str) -> str:
    """So many thousandths of the working minutes of a date, rounded half up in whole numbers."""
    return f"INT(({days.nth('net', row)}*{part}+500)/1000)"


def _clock(days: Block, row: str, since_opening: str, comparison: str) -> str:
    """Minute of the day after so many working minutes of it; `comparison` tells which side of the break counts."""
    minute = f"{days.nth('open', row)}+{since_opening}"
    pause = f"{days.nth('resume', row)}-{days.nth('rest', row)}"
    return f"{minute}+IF({minute}{comparison}{days.nth('rest', row)},{pause},0)"
