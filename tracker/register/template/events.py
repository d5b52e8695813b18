"""The formulas behind sheet Riwayat: every event by its row, and every item's events in trace order.

The blocks say the same as `tracker.sop.tracing`, `.conformance` and `.timing`; the comments name the rules.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from tracker.register.schema import OUTCOMES
from tracker.register.template.hidden import TOP, typed
from tracker.register.template.standards import IS_STRICT, NUMBERS
from tracker.register.template.worktime import FIRST_DAY, NOW, NOW_WORKED, Standard, due_formulas, worked

if TYPE_CHECKING:
    from tracker.register.template.hidden import Block, Hidden

__all__ = ["CHECK_DATE", "UNJUDGED", "event_formulas", "trace_formulas"]

CHECK_DATE = "Periksa tanggal"
"""What a cell says where a moment is missing, is no real date-time, or lies outside the calendar."""
UNJUDGED = "Tidak dinilai"
_TOLERANCE = 15
_TOLERATED_OVERLAP = 5
_WIDEST = 900000


def clean(cell: str) -> str:
    """A cell as text without the blanks around it; the no-break space of web texts counts as one."""
    return f'TRIM(SUBSTITUTE({cell},CHAR(160)," "))'


def _moment(cell: str, days: Block) -> str:
    """Minutes of a real date-time; empty for an empty cell; x for text, a date alone, or outside the calendar."""
    minutes = f"ROUND({cell}*1440,0)"
    outside = f"{cell}<{FIRST_DAY},{cell}>={FIRST_DAY}+{days.rows}"
    number = f'IF(OR(MOD({minutes},1440)=0,{outside}),"x",{minutes})'
    return f'IF(TRIM({cell})="","",IF(ISNUMBER({cell}),{number},"x"))'


def event_formulas(hidden: Hidden) -> dict[str, str]:
    """The formulas of one row of Riwayat."""
    return {**_identity(hidden), **_place(hidden), **_timing(hidden), **_shown(hidden)}


def _identity(hidden: Hidden) -> dict[str, str]:
    events, items, steps = hidden.events, hidden.items, hidden.steps
    step, key = typed("events", "step"), events.here("id")
    start, finish, item = events.here("start"), events.here("finish"), events.here("item")
    cancelled = typed("register", "cancelled_on", item)
    moment = f"IF(ISNUMBER({finish}),{finish},{start})"
    later = f"IF(ISNUMBER({cancelled}),IF(ISNUMBER({moment}),INT({moment}/1440)>={cancelled},FALSE),FALSE)"
    dropped = f'IF({cancelled}="",FALSE,OR({finish}="",{later}))'
    return {
        "id": clean(typed("events", "id")),
        "item": f'IF({key}="",0,IFERROR(MATCH({key},{items.span("id")},0)+{TOP - 1},0))',
        "step": f'IF({step}="",0,IFERROR(MATCH(VALUE({step}),{steps.span("number")},0),0))',
        "start": _moment(typed("events", "start"), hidden.days),
        "finish": _moment(typed("events", "finish"), hidden.days),
        # Ya typed on a mixed keyboard: Cyrillic letters that look like y and a.
        "said": f'SUBSTITUTE(SUBSTITUTE(LOWER({clean(typed("events", "outcome"))}),"у","y"),"а","a")',
        # Of a cancelled item the events finished before that date count, open ones are dropped.
        "trace": f"IF(OR({item}=0,{events.here('step')}=0),0,IF({dropped},0,{item}))",
    }


def _place(hidden: Hidden) -> dict[str, str]:
    """Where the event stands: by Selesai (else Mulai), then Mulai, then place in Langkah, then row."""
    events, traces = hidden.events, hidden.traces
    start, finish, trace = events.here("start"), events.here("finish"), events.here("trace")
    behind, when, tie = events.here("behind"), events.here("when"), events.here("tie")
    key = f"IF(ISNUMBER({finish}),{finish},{start})"
    gap = _gap(start, key)
    is_silent = f"NOT(OR(ISNUMBER({start}),ISNUMBER({finish})))"
    readable = f"(ISNUMBER({events.span('start')})+ISNUMBER({events.span('finish')})>0)"
    above = f"({events.span('trace')}={trace})*(ROW({events.span('trace')})<ROW())*{readable}"
    own = f"({events.here('step')}*10000+ROW())*10000"
    others = f"({events.on_row('step', behind)}*10000+{behind})*10000+ROW()"
    same, same_when = f"{events.span('trace')},{trace}", f"{events.span('when')},{when}"
    earlier = f'COUNTIFS({same},{events.span("when")},"<"&{when})'
    tied = f'COUNTIFS({same},{same_when},{events.span("tie")},"<"&{tie})'
    in_others = f'COUNTIFS({events.span("trace")},">0",{events.span("trace")},"<"&{trace})'
    ahead = traces.on_row("item", f"{events.here('place')}+{TOP - 2}")
    finish_before = traces.on_row("finish", f"{events.here('place')}+{TOP - 2}")
    return {
        # An event without a moment stands behind the event of its item in the row above it.
        "behind": f"IF(AND({trace}>0,{is_silent}),SUMPRODUCT(MAX({above}*ROW({events.span('trace')}))),0)",
        "when": f'IF({trace}=0,"",IF({is_silent},IF({behind}=0,0,{_when_of(events, behind)}),'
        f"({key}-{FIRST_DAY}*1440)*1000000+{gap}))",
        "tie": f'IF({trace}=0,"",IF({behind}>0,{others},{own}))',
        "place": f'IF({trace}=0,"",{earlier}+{tied}+{in_others}+1)',
        "previous": f'IF({trace}=0,"",IF({ahead}={trace},{finish_before},""))',
    }


def _when_of(events: Block, row: str) -> str:
    """`when` of a readable event on another row, spelled out so that the column never refers to itself."""
    start, finish = events.on_row("start", row), events.on_row("finish", row)
    key = f"IF(ISNUMBER({finish}),{finish},{start})"
    return f"({key}-{FIRST_DAY}*1440)*1000000+{_gap(start, key)}"


def _gap(start: str, key: str) -> str:
    """Ties by Mulai: how far Mulai lies from the moment that orders; one that nobody knows lay before it."""
    apart = f"{start}-{key}+IF({start}<{key},0,1)"
    return f"MIN(MAX(IF(ISNUMBER({start}),{apart},0),-{_WIDEST}),99999)+{_WIDEST}"


def _timing(hidden: Hidden) -> dict[str, str]:
    events, steps, traces = hidden.events, hidden.steps, hidden.traces
    start, finish, step = events.here("start"), events.here("finish"), events.here("step")
    done, previous = events.here("done"), events.here("previous")
    given = {key: f"IF({step}=0,0,{steps.nth(key, step)})" for key in ("minutes", "days", "part")}
    assumed = f'AND({start}="",ISNUMBER({finish}))'
    deadline, spent, trace = events.here("deadline"), events.here("spent"), events.here("trace")
    # The event after this one in the trace belongs to another item: this one is the last.
    is_last = f"{traces.on_row('item', events.here('place') + f'+{TOP}')}<>{trace}"
    unreadable = f'OR({start}="x",{finish}="x",AND({start}="",{finish}=""))'
    future = f"OR(N({start})>{NOW}+{_TOLERANCE},N({finish})>{NOW}+{_TOLERANCE})"
    reversed_ = f"AND(ISNUMBER({start}),ISNUMBER({finish}),N({finish})<N({start}))"
    running = f'IF({is_last},IF({NOW_WORKED}>{spent},"Lewat tenggat","Berjalan"),"{UNJUDGED}")'
    late = f'IF(AND({start}="",{IS_STRICT}=0),"{UNJUDGED}","Terlambat")'
    judged = f'IF({finish}="",{running},IF({done}>{spent},{late},"Tepat"))'
    unknown = f'IF(OR({future},{reversed_},{deadline}=""),"{UNJUDGED}",{judged})'
    return {
        "begun": f'IF({assumed},IF(ISNUMBER({previous}),{previous},""),{start})',
        "worked": f'IF(ISNUMBER({events.here("begun")}),{worked(hidden, events.here("begun"))},"")',
        "done": f'IF(ISNUMBER({finish}),{worked(hidden, finish)},"")',
        **given,
        **due_formulas(hidden, events, Standard(*map(events.here, given))),
        "verdict": f'IF({events.here("id")}&{start}&{finish}="","",IF({unreadable},"{CHECK_DATE}",'
        f'IF({trace}=0,"{UNJUDGED}",{unknown})))',
    }


def _shown(hidden: Hidden) -> dict[str, str]:
    events, verdict = hidden.events, hidden.events.here("verdict")

    def when_readable(value: str) -> str:
        return f'IF({verdict}="","",IF({verdict}="{CHECK_DATE}","{CHECK_DATE}",{value}))'

    return {"elapsed": when_readable(_elapsed(events)), "order": when_readable(_order(hidden))}


def _elapsed(events: Block) -> str:
    """Working minutes from start to finish, or to now while the last event runs; empty when they mean nothing."""
    start, finish, verdict = events.here("start"), events.here("finish"), events.here("verdict")
    begun, done = events.here("worked"), events.here("done")
    running = f'IF(OR({verdict}="Berjalan",{verdict}="Lewat tenggat"),MAX(0,{NOW_WORKED}-{begun}),"")'
    reversed_ = f"N({finish})<N({start})"
    future = f"OR(N({finish})>{NOW}+{_TOLERANCE},N({start})>{NOW}+{_TOLERANCE})"
    silent = f'AND({start}="",{verdict}="{UNJUDGED}")'
    means_nothing = f'OR({begun}="",{events.here("trace")}=0,{silent},{reversed_},{future})'
    return f'IF({finish}="",{running},IF({means_nothing},"",{done}-{begun}))'


def _order(hidden: Hidden) -> str:
    """Sesuai unless a galat of order stands on the row: its code, U105 (left unfinished), U106 (overlap)."""
    events, traces = hidden.events, hidden.traces
    trace, start, previous = events.here("trace"), events.here("start"), events.here("previous")
    at = f"{events.here('place')}+{TOP - 1}"
    code, is_late = traces.on_row("code", at), f"{traces.on_row('late', at)}=1"
    broken = f"AND({code}<>0,{code}<>108)"
    overlap = f"AND(ISNUMBER({start}),ISNUMBER({previous}),N({start})<N({previous})-{_TOLERATED_OVERLAP})"
    following = traces.on_row("item", f"{events.here('place')}+{TOP}")
    left_open = f'AND({events.here("finish")}="",{following}={trace})'
    unknown = f'IF(OR({events.here("item")}=0,{events.here("step")}=0),"Periksa","")'
    faulty = f"OR({left_open},IF({is_late},FALSE,OR({broken},{overlap})))"
    return f'IF({trace}=0,{unknown},IF({faulty},"Periksa","Sesuai"))'


def _among(choice: str) -> str:
    return "|" + "|".join((choice.casefold(), *OUTCOMES[choice])) + "|"


def trace_formulas(hidden: Hidden) -> dict[str, str]:
    """The formulas of one place in the traces of all items, one item after another; row above = event before."""
    events, steps, traces = hidden.events, hidden.steps, hidden.traces
    row, item, step = traces.here("row"), traces.here("item"), traces.here("step")
    finish = events.on_row("finish", row)
    is_first, code = f"{item}<>{traces.above('item')}", traces.here("code")
    is_late, own = f"{traces.here('late')}=1", steps.nth("no", step)
    known = f"OR({traces.here('outcome')}=1,{traces.here('outcome')}=2)"
    returned = f'AND({traces.here("outcome")}=2,{finish}<>"")'
    two = f'IF({own}<0,-1,IF(AND({finish}<>"",{known}),-1,{own}))'

    def unless_late(key: str, value: str) -> str:
        return f'IF({row}=0,"",IF({is_late},{traces.above(key)},{value}))'

    return {
        "row": f"IFERROR(MATCH(ROW()-{TOP - 1},{events.span('place')},0)+{TOP - 1},0)",
        "item": f"IF({row}=0,0,{events.on_row('trace', row)})",
        "step": f"IF({row}=0,0,{events.on_row('step', row)})",
        "outcome": _outcome(hidden, finish),
        "code": _code(traces),
        # A step named missing by an earlier finding belongs to that finding and does not move the replay.
        "late": f"IF({row}=0,0,IF(OR({code}=0,{code}=108,{is_first}),0,"
        f'IF(ISNUMBER(FIND(TEXT({step},"00")&",",{traces.above("missing")})),1,0)))',
        "missing": _missing(traces, is_first),
        "stands": unless_late("stands", step),
        "yes": unless_late("yes", f"IF({returned},{own},{steps.nth('yes', step)})"),
        "no": unless_late("no", two),
        "finish": unless_late("finish", finish),
        "round": f'IF({row}=0,"",IF({is_first},1,{traces.above("round")}+IF({traces.above("outcome")}=2,1,0)))',
    }


def _outcome(hidden: Hidden, finish: str) -> str:
    """1 Ya, 2 Tidak, 3 not understood, 0 none; a finished decision without Hasil is read from what follows (D418)."""
    events, steps, traces = hidden.events, hidden.steps, hidden.traces
    row, step = traces.here("row"), traces.here("step")
    text = events.on_row("said", row)
    by_yes = f"{steps.nth('yes', step)}={traces.below('step')}"
    by_no = f"{steps.nth('no', step)}={traces.below('step')}"
    follows = f'AND({finish}<>"",{traces.below("item")}={traces.here("item")},({by_yes})<>({by_no}))'
    blank = f"IF({follows},IF({by_yes},1,2),0)"
    spelled = (
        f'IF(ISNUMBER(SEARCH("|"&{text}&"|","{_among("Ya")}")),1,'
        f'IF(ISNUMBER(SEARCH("|"&{text}&"|","{_among("Tidak")}")),2,3))'
    )
    is_undecided = f'OR({steps.nth("no", step)}<0,{finish}="")'
    return f'IF({row}=0,0,IF({is_undecided},0,IF({text}="",{blank},{spelled})))'


def _code(traces: Block) -> str:
    """0 in order, else the number of the finding (101 skipped, 102 repeated, 103, 104, 107, 108)."""
    step, stands = traces.here("step"), traces.above("stands")
    yes, no = traces.above("yes"), traces.above("no")
    highest = f"MAX({yes},{no})"
    ended = f"IF({step}={stands},108,103)"
    broken = f"IF({step}>{highest},101,IF({step}={stands},102,107))"
    follows = f"IF(OR({step}={yes},{step}={no},{yes}=-1),0,IF({highest}=0,{ended},{broken}))"
    is_first = f"{traces.here('item')}<>{traces.above('item')}"
    return f'IF({traces.here("row")}=0,"",IF({is_first},IF({step}=1,0,104),{follows}))'


def _missing(traces: Block, is_first: str) -> str:
    """Positions of the steps named missing so far and not seen since, as in `NUMBERS`."""
    step, code = traces.here("step"), traces.here("code")
    highest = f"MAX({traces.above('yes')},{traces.above('no')})"
    skipped = f'MID("{NUMBERS}",({highest}-1)*3+1,({step}-{highest})*3)'
    not_first = f'LEFT("{NUMBERS}",({step}-1)*3)'
    named = f'IF({traces.here("late")}=1,"",IF({code}=101,{skipped},IF({code}=104,{not_first},"")))'
    before = f'IF({is_first},"",{traces.above("missing")})'
    return f'IF({traces.here("row")}=0,"",SUBSTITUTE({before},TEXT({step},"00")&",","")&{named})'
