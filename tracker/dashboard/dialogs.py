"""The dialogs around a decision. What was typed stays when a write is refused."""

from __future__ import annotations

import uuid

import streamlit as st

from tracker.dashboard import texts
from tracker.dashboard.clock import clock
from tracker.dashboard.decisions import Decision, NewItem, can_force, decision, perform
from tracker.dashboard.markup import el
from tracker.dashboard.messages import dialog_opened, refused, settle
from tracker.dashboard.moments import moment_fault, moment_shown
from tracker.dashboard.paper import choices
from tracker.dashboard.texts import actions
from tracker.dashboard.visit import Visit
from tracker.sop.model import END
from tracker.views import wording
from tracker.views.today import Task

__all__ = ["add_item", "begin_step", "finish_step", "send_back"]


def _write(visit: Visit, wanted: Decision | NewItem) -> None:
    """Write from within a dialog: it closes when written or queued, and stays with the reason when refused.

    What may be recorded as it is goes on at the top of the page, where that is offered.
    """
    outcome = perform(visit.office, visit.source, wanted, seen=visit.edition)
    is_refused = outcome.error is not None and outcome.queued is None
    if outcome.error is not None and is_refused and not can_force(outcome.error):
        refused(outcome.error)
        return
    settle(outcome)
    st.rerun()


def _buttons(label: str, key: str) -> bool:
    """Batal and the one that writes, side by side; True when it is to be written."""
    with st.container(horizontal=True, key=f"{key}-buttons"):
        if st.button(texts.CANCEL, key=f"{key}-cancel", width="stretch"):
            st.rerun()
        return st.button(label, key=f"{key}-go", type="primary", width="stretch")


def _wrong(words: str) -> None:
    st.html(el("p", "wrong", words, role="alert"))


def _about(title: str, line: str) -> None:
    st.html(el("p", "about", el("b", "", title), el("br", ""), el("span", "meta", line)))


@st.dialog(actions.RETURN_TITLE)
def send_back(visit: Visit, task: Task) -> None:
    """Tidak with its reason: names where the item goes and in which round."""
    dialog_opened()
    one, to = task.standing, task.returns_to
    line = actions.returns_to(one.id, to.number, to.activity, one.round + 1) if to else one.id
    _about(one.title, line)
    reason = st.text_area(
        actions.RETURN_WHY, placeholder=actions.RETURN_EXAMPLE, key="return-reason", height=96
    )
    st.html(el("p", "hint", actions.return_hint(to.role if to else "")))
    if _buttons(actions.RETURN, "return"):
        if not reason.strip():
            _wrong(actions.RETURN_NEEDED)
            return
        wanted = decision(
            one,
            task.step,
            actions.RETURNED,
            revision=visit.edition.reading.revision,
            outcome="tidak",
            finish=moment_shown(visit, clock()),
            note=reason.strip(),
        )
        _write(visit, wanted)


@st.dialog(actions.BEGIN_TITLE)
def begin_step(visit: Visit, task: Task) -> None:
    """The start of a step, now or a little earlier."""
    dialog_opened()
    one = task.standing
    _about(one.title, texts.step_name(task.step.number, task.step.activity))
    at = _moment_field(visit, actions.BEGIN_AT, "begin-at")
    if _buttons(actions.RECORD_BEGIN, "begin"):
        fault = moment_fault(visit, one, at)
        if fault:
            _wrong(fault)
            return
        revision = visit.edition.reading.revision
        _write(visit, decision(one, task.step, actions.BEGUN, revision=revision, start=at))


@st.dialog(actions.FINISH_TITLE)
def finish_step(visit: Visit, task: Task) -> None:
    """The finish of a step, with its evidence; the link of the publication on the last step."""
    dialog_opened()
    one, step = task.standing, task.step
    _about(one.title, texts.step_name(step.number, step.activity))
    at = _moment_field(visit, actions.FINISH_AT, "finish-at")
    evidence = st.text_input(
        actions.EVIDENCE, key="finish-evidence", placeholder="" if step.needs_evidence else actions.OPTIONAL
    )
    link = ""
    if step.on_yes == END:
        link = st.text_input(actions.LINK, key="finish-link", placeholder=actions.LINK_EXAMPLE)
    note = st.text_input(actions.NOTE, key="finish-note", placeholder=actions.OPTIONAL)
    if _buttons(actions.RECORD_FINISH, "finish"):
        fault = moment_fault(visit, one, at)
        if not fault and step.needs_evidence and not evidence.strip():
            fault = actions.EVIDENCE_NEEDED
        if fault:
            _wrong(fault)
            return
        wanted = decision(
            one,
            step,
            actions.DONE,
            revision=visit.edition.reading.revision,
            finish=at,
            evidence=evidence,
            link=link.strip(),
            note=note,
        )
        _write(visit, wanted)


def _moment_field(visit: Visit, label: str, key: str) -> str:
    """A time prefilled with now, in the form that staff type into a cell (H3)."""
    at = st.text_input(label, value=moment_shown(visit, clock()), key=key, placeholder=actions.MOMENT_EXAMPLE)
    st.html(el("p", "hint", actions.editable_back(wording.standard(visit.settings.backdate_limit))))
    return at or ""


@st.dialog(actions.NEW_ITEM)
def add_item(visit: Visit) -> None:
    """A new item with its finished first step (H0)."""
    dialog_opened()
    key = st.session_state.setdefault("new-item-key", uuid.uuid4().hex)
    snapshot = visit.edition.reading.snapshot
    title = st.text_input(actions.NEW_TITLE, key=f"title-{key}", placeholder=actions.NEW_TITLE_EXAMPLE)
    channel = _choice(actions.NEW_CHANNEL, choices(snapshot, "channel"), f"channel-{key}")
    kind = _choice(actions.NEW_KIND, choices(snapshot, "kind"), f"kind-{key}")
    target = st.text_input(actions.NEW_TARGET, key=f"target-{key}", placeholder=actions.NEW_TARGET_EXAMPLE)
    note = st.text_input(actions.NOTE, key=f"note-{key}", placeholder=actions.OPTIONAL)
    first = visit.sight.evaluation.register.sop.steps[0]
    st.html(el("p", "hint", actions.first_step(first.number, first.activity)))
    if _buttons(actions.SAVE_NEW, "new"):
        if not title.strip():
            _wrong(actions.NEW_NEEDED)
            return
        wanted = NewItem(title.strip(), key, channel, kind, target.strip() or None, note.strip())
        outcome = perform(visit.office, visit.source, wanted, seen=visit.edition)
        if outcome.error is not None and outcome.queued is None:
            refused(outcome.error)
            return
        st.session_state.pop("new-item-key", None)
        settle(outcome)
        st.rerun()


def _choice(label: str, options: tuple[str, ...], key: str) -> str:
    """One of the choices of sheet Daftar; a free text where the book has none."""
    if not options:
        return st.text_input(label, key=key, placeholder=actions.OPTIONAL)
    return (
        st.selectbox(label, options, index=None, key=key, placeholder=actions.CHOOSE, filter_mode=None) or ""
    )
