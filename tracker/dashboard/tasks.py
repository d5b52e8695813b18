"""The rows of what waits for the reader, and the buttons beside them; the same buttons stand in Rincian."""

from __future__ import annotations

from collections.abc import Sequence
from urllib.parse import urlsplit

import streamlit as st

from tracker.dashboard import pieces, texts
from tracker.dashboard.clock import clock
from tracker.dashboard.decisions import HOLD_SECONDS, decision, why_not
from tracker.dashboard.dialogs import begin_step, finish_step, send_back
from tracker.dashboard.markup import Html, el, joined
from tracker.dashboard.messages import decide, take_back
from tracker.dashboard.moments import moment_shown
from tracker.dashboard.texts import actions
from tracker.dashboard.texts import queue as queue_words
from tracker.dashboard.texts import today as words
from tracker.dashboard.visit import Visit
from tracker.desk.queue import Item
from tracker.views import wording
from tracker.views.today import Task

__all__ = ["task_buttons", "task_rows"]

_SHOWN = 10
_MOST = 50
_DRAFT = 40


def task_rows(visit: Visit, tasks: Sequence[Task], key: str) -> None:
    """One card per item, its actions at the right; ten at first."""
    more = f"more-{key}"
    limit = _MOST if st.session_state.get(more) else _SHOWN
    for task in tasks[:limit]:
        with st.container(key=f"{key}-{task.standing.item}", horizontal=True, vertical_alignment="center"):
            with st.container(key=f"{key}-{task.standing.item}-what"):
                pieces.item_link(visit, task.standing.id, task.standing.title)
                st.html(_described(visit, task))
            task_buttons(visit, task, f"{key}-{task.standing.item}")
    if len(tasks) > limit:
        label = texts.and_more(len(tasks) - limit)
        st.button(label, key=f"{more}-button", on_click=lambda: st.session_state.update({more: True}))


def _described(visit: Visit, task: Task) -> Html:
    one = task.standing
    step = texts.step_name(task.step.number, task.step.activity)
    round_ = texts.ROUND.format(one.round) if one.round > 1 else ""
    parts = [pieces.meta((step, round_, one.channel, one.id))]
    reason = [el("p", "reason", texts.last_reason(task.reason))] if task.reason else []
    pace = el(
        "p", "pace", pieces.tagged(one, visit.day), " ", texts.progress(one, visit.day), *_draft(task.draft)
    )
    return el("div", "task", *parts, *reason, pace)


def _draft(draft: str) -> tuple[str, ...]:
    """The latest evidence: a link outside when it is an address, else the name of the file."""
    if not draft:
        return ()
    address = draft.split(maxsplit=1)[0]
    if urlsplit(address).scheme in ("http", "https"):
        return (
            texts.DOT,
            el("a", "draft", words.OPEN_DRAFT, href=address, target="_blank", rel="noopener noreferrer"),
        )
    return (texts.DOT, el("span", "nb", wording.shortened(draft, _DRAFT)))


def task_buttons(visit: Visit, task: Task, key: str) -> None:
    """What may be done with the step, or why not (R2)."""
    if task.standing.id in visit.pending:
        _pending(visit, visit.pending[task.standing.id], key)
        return
    refusal = why_not(visit.reader, task.step)
    register = visit.sight.evaluation.register
    off = bool(refusal) or visit.source.refuses_decisions or not register.is_writable
    with st.container(key=f"{key}-do", horizontal=True, horizontal_alignment="right", width="content"):
        if task.step.is_decision:
            _decide_buttons(visit, task, key, off=off)
        else:
            _do_buttons(visit, task, key, off=off)
        if refusal:
            st.html(joined(el("p", "hint", refusal)))


def _pending(visit: Visit, item: Item, key: str) -> None:
    """A decision that was made and does not stand in the register yet; it is not offered a second time (W6)."""
    with st.container(key=f"{key}-do", horizontal=True, horizontal_alignment="right", width="content"):
        tag = pieces.tag(queue_words.NOT_WRITTEN_YET, "soon")
        st.html(el("p", "hint", item.entry.what, " ", tag))
        if visit.reader is not None and visit.reader.name == item.entry.actor:
            label = queue_words.UNDO
            st.button(label, key=f"undo-{key}", on_click=take_back, args=(visit, item.entry.key))


def _decide_buttons(visit: Visit, task: Task, key: str, *, off: bool) -> None:
    if not task.standing.is_open:
        label = actions.BEGIN_CHECK
        st.button(
            label, key=f"{key}-begin", on_click=_begin, args=(visit, task), disabled=off, type="tertiary"
        )
    if st.button(actions.RETURN, key=f"{key}-no", icon=":material/undo:", disabled=off):
        send_back(visit, task)
    st.button(
        actions.APPROVE,
        key=f"{key}-yes",
        type="primary",
        icon=":material/check:",
        on_click=_approve,
        args=(visit, task),
        disabled=off,
    )


def _do_buttons(visit: Visit, task: Task, key: str, *, off: bool) -> None:
    opened = task.standing.is_open
    if not opened and st.button(
        actions.BEGIN, key=f"{key}-begin", icon=":material/play_arrow:", disabled=off
    ):
        begin_step(visit, task)
    if st.button(actions.FINISH, key=f"{key}-finish", type="primary", icon=":material/check:", disabled=off):
        finish_step(visit, task)


def _approve(visit: Visit, task: Task) -> None:
    """One click; the moment is the click (H1)."""
    decide(
        visit,
        decision(
            task.standing,
            task.step,
            actions.APPROVED,
            revision=visit.edition.reading.revision,
            outcome="ya",
            finish=moment_shown(visit, clock()),
        ),
        hold=HOLD_SECONDS,
    )


def _begin(visit: Visit, task: Task) -> None:
    decide(
        visit,
        decision(
            task.standing,
            task.step,
            actions.BEGUN,
            revision=visit.edition.reading.revision,
            start=moment_shown(visit, clock()),
        ),
    )
