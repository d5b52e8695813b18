"""Rincian: what happened to this item?"""

from __future__ import annotations

import streamlit as st

from tracker.dashboard import pieces, texts
from tracker.dashboard.addresses import BOARD
from tracker.dashboard.markup import Html, el, joined, raw_code
from tracker.dashboard.paper import cell_address, extent, raw_seen
from tracker.dashboard.tasks import task_buttons
from tracker.dashboard.texts import issues as issue_texts
from tracker.dashboard.texts import item as words
from tracker.dashboard.visit import Visit
from tracker.findings import Finding, Severity
from tracker.register.schema import REGISTER, RIWAYAT
from tracker.sop.model import Outcome
from tracker.sop.verdicts import NONE, ItemState, Verdict
from tracker.views import wording
from tracker.views.issues import address
from tracker.views.journey import Journey, Leg, journey
from tracker.views.today import own_step, task_of

__all__ = ["show"]

_LEVELS = {
    Verdict.ON_TIME: "good",
    Verdict.LATE: "late",
    Verdict.OVERDUE: "late",
    Verdict.RUNNING: "calm",
    Verdict.UNJUDGED: "calm",
}


def show(visit: Visit) -> None:
    """The item that the address names."""
    visit.back(BOARD, texts.NAV_BOARD)
    id_ = st.query_params.get("id", "")
    seen = journey(visit.sight.evaluation, id_)
    if seen is None:
        pieces.empty(words.unknown_id(id_))
        return
    _head(seen)
    _findings(seen.findings)
    _segments(seen)
    with st.container(key="item-columns"):
        left, right = st.columns([5, 2], gap="large")
    with left:
        pieces.heading(words.JOURNEY)
        _legs(visit, seen)
    with right:
        _panel(visit, seen)
        _origin(visit, seen)


def _head(seen: Journey) -> None:
    officers = wording.listing(seen.standing.officers) if seen.standing and seen.standing.officers else ""
    parts = [
        seen.id,
        seen.channel,
        seen.kind,
        words.target(wording.long_date(wording.day_of(seen.target_on * 1440))) if seen.target_on else "",
        words.officer(officers) if officers else "",
        texts.ROUND.format(seen.round) if seen.round > 1 else "",
    ]
    lead = texts.DOT.join(part for part in parts if part)
    st.html(el("div", "title", el("h1", "", seen.title), el("p", "lead", lead)))


def _findings(findings: tuple[Finding, ...]) -> None:
    """What is wrong with the item, with the cells (D2)."""
    if not findings:
        return
    level = "bad" if any(one.severity is Severity.GALAT for one in findings) else "warn"
    rows = [
        el("li", "", el("b", "", issue_texts.SEVERITIES[one.severity]), " ", el("code", "", address(one)), " ",
           one.message, " ", el("span", "meta", one.remedy))
        for one in findings
    ]  # fmt: skip
    st.html(el("div", f"banner.{level}", el("ul", "", *rows), role="note"))


def _segments(seen: Journey) -> None:
    parts = [
        el("li", one.progress.value, texts.step_name(one.step.number, one.step.activity),
           title=texts.step_in_full(one.step.number, one.step.activity),
           **({"aria_current": "step"} if one.progress.value == "now" else {}))
        for one in seen.segments
    ]  # fmt: skip
    st.html(el("ol", "segments", *parts))


def _legs(visit: Visit, seen: Journey) -> None:
    if not seen.legs:
        pieces.empty(words.NO_EVENTS)
        return
    st.html(pieces.table(words.COLUMNS_JOURNEY, [_leg(visit, one) for one in seen.legs], classes="journey"))


def _leg(visit: Visit, one: Leg) -> tuple[str, ...]:
    name = texts.step_name(one.step.number, one.step.activity) if one.step else one.step_text
    full = texts.step_in_full(one.step.number, one.step.activity) if one.step else one.step_text
    round_ = [" ", pieces.tag(texts.ROUND.format(one.round), "calm")] if one.round > 1 else []
    who = wording.listing(one.performers) or (one.step.role if one.step else texts.NOTHING)
    start: str = visit.moment(one.start)
    if one.is_assumed:
        start = joined(start, el("br", ""), el("span", "meta", words.ASSUMED))
    elapsed = texts.NOTHING if one.elapsed == NONE else wording.duration_in_days(one.elapsed, visit.day)
    return (
        joined(
            el("b", "", name, title=full),
            *round_,
            el("br", ""),
            el("span", "meta", words.journey_row(who, one.row)),
            *_typed(visit, one, words.STEP, words.PERFORMER),
        ),
        joined(start, *_typed(visit, one, words.START)),
        joined(visit.moment(one.finish), *_typed(visit, one, words.FINISH)),
        elapsed,
        one.standard,
        joined(_verdict(visit, one), *_typed(visit, one, words.OUTCOME)),
    )


def _typed(visit: Visit, one: Leg, *columns: str) -> list[Html]:
    """What stands in the cells of these columns, where it was read otherwise than it is typed."""
    lines = []
    for found in one.typed:
        if found.place.column in columns:
            raw = raw_seen(visit.edition.reading.snapshot, found) or ""
            lines.append(
                el(
                    "span",
                    "typed",
                    words.TYPED,
                    " ",
                    raw_code(raw),
                    " ",
                    words.in_cell(found.place.cell or ""),
                )
            )
    return lines


def _verdict(visit: Visit, one: Leg) -> Html:
    late = one.verdict in (Verdict.LATE, Verdict.OVERDUE)
    said = (
        words.late_by(wording.duration_in_days(one.late_minutes, visit.day))
        if late
        else words.VERDICTS[one.verdict]
    )
    outcome = [" ", el("b", "", words.OUTCOMES[one.outcome])] if one.outcome in words.OUTCOMES else []
    note = (
        [el("br", ""), el("span", "reason" if one.outcome is Outcome.NO else "meta", one.note)]
        if one.note
        else []
    )
    return joined(pieces.tag(said, _LEVELS[one.verdict]), *outcome, *note)


def _panel(visit: Visit, seen: Journey) -> None:
    """The current step and what may be done with it."""
    one = seen.standing
    with st.container(border=True, key="panel"):
        if one is None:
            ended = {ItemState.FINISHED: words.FINISHED_PATH, ItemState.CANCELLED: words.CANCELLED_PATH}
            pieces.empty(ended.get(seen.state, words.NOT_READ))
            _links(seen)
            return
        task = task_of(visit.sight.evaluation, one, own_step(visit.sight.evaluation, one, visit.reader))
        st.html(
            el(
                "div",
                "now",
                el("h2", "part", texts.step_name(task.step.number, task.step.activity)),
                el("p", "meta", texts.DOT.join((task.step.role, texts.progress(one, visit.day)))),
                pieces.bar(one),
                pieces.tagged(one, visit.day),
                *([el("p", "reason", texts.last_reason(task.reason))] if task.reason else []),
            )
        )
        task_buttons(visit, task, "panel")


def _links(seen: Journey) -> None:
    safe = [one for one in seen.links if one.startswith(("http://", "https://"))]
    if safe:
        rows = [
            el("li", "", el("a", "", one, href=one, target="_blank", rel="noopener noreferrer"))
            for one in safe
        ]
        st.html(joined(el("b", "", words.LINKS), el("ul", "links", *rows)))


def _origin(visit: Visit, seen: Journey) -> None:
    """Which cells all of this stands in."""
    snapshot = visit.edition.reading.snapshot
    parts = [(REGISTER, [(seen.row, seen.row)]), (RIWAYAT, list(seen.event_rows))]
    found = []
    for sheet, rows in parts:
        edge = extent(snapshot, sheet)
        found += [f"{sheet.name}!{edge.first}{first}:{edge.last}{last}" for first, last in rows]
    typed = [
        el("li", "", el("code", "", address(one)), " ", words.TYPED, " ", raw_code(raw_seen(snapshot, one) or ""), ". ",
           one.message)
        for one in seen.typed
    ]  # fmt: skip
    with st.container(border=True, key="origin"):
        pieces.heading(words.ORIGIN)
        st.html(el("ul", "origin", *(el("li", "", _range(visit, one)) for one in found), *typed))


def _range(visit: Visit, cells: str) -> Html:
    """A range as it is named, as a link where the register is a spreadsheet."""
    sheet, _, where = cells.partition("!")
    there = cell_address(visit.source.desk.store, visit.source.target, sheet, where)
    shown = el("code", "", cells)
    return el("a", "", shown, href=there, target="_blank", rel="noopener noreferrer") if there else shown
