"""What became of the last decision, shown at the top of the page until the reader moves on.

A decision that is held or waits is followed by a fragment of its own, so that the tables stay as they are (P6).
"""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from math import ceil
from typing import Final

import streamlit as st

from tracker.dashboard import texts
from tracker.dashboard.addresses import FILES, ITEM, TODAY
from tracker.dashboard.clerk import OLD_MINUTES, instant
from tracker.dashboard.decisions import (
    Decision,
    NewItem,
    Outcome,
    can_force,
    forced,
    perform,
    written_of,
)
from tracker.dashboard.markup import el
from tracker.dashboard.office import Office
from tracker.dashboard.source import Source
from tracker.dashboard.texts import actions
from tracker.dashboard.texts import queue as words
from tracker.dashboard.visit import Visit, adopt_newest
from tracker.desk import Written
from tracker.desk.queue import Item, Stage
from tracker.errors import ChangeRefused, TrackerError
from tracker.views.wording import duration

__all__ = [
    "decide",
    "dialog_opened",
    "pending",
    "refused",
    "settle",
    "show_outcome",
    "take_back",
    "written_words",
]

_LAST: Final = "outcome"
_DIALOG: Final = "dialog"
_HELD_SECONDS: Final = 1
_WAITING_SECONDS: Final = 3


def settle(outcome: Outcome) -> None:
    """Keep the outcome for the next run; what was written is shown at once (W7: the writer is not told twice)."""
    st.session_state[_LAST] = outcome
    if outcome.written is not None:
        adopt_newest()


def decide(visit: Visit, decision: Decision | NewItem, *, hold: float = 0.0) -> None:
    """Write a decision from a button, perhaps a little later, and keep the outcome."""
    settle(perform(visit.office, visit.source, decision, seen=visit.edition, hold=hold))


def dialog_opened() -> None:
    """A dialog is drawn: what is typed there must not be lost to a page that refreshes itself (P6)."""
    st.session_state[_DIALOG] = True


def pending(shared: Office, source: Source) -> Mapping[str, Item]:
    """The decisions that do not stand in the register yet, by the ID of their item."""
    st.session_state[_DIALOG] = False  # a whole run shuts every dialog
    with suppress(TrackerError):  # a queue that cannot be read is said when somebody decides
        return {one.entry.item_id: one for one in shared.clerk(source).waiting()}
    return {}


def take_back(visit: Visit, key: str) -> None:
    """Take a waiting decision back, and say so."""
    by = visit.reader.name if visit.reader else ""
    with suppress(TrackerError):
        if visit.clerk.cancel(key, by=by):
            st.session_state[_LAST] = words.TAKEN_BACK
            return
    st.session_state[_LAST] = words.TOO_LATE


def forget() -> None:
    """The outcome has been read."""
    st.session_state.pop(_LAST, None)


def written_words(outcome: Outcome, written: Written) -> str:
    """The sentence after a write, with the row it stands in."""
    verb = actions.ADDED if isinstance(outcome.decision, NewItem) else outcome.decision.verb
    return actions.written(written.id, verb, written.sheet, written.row)


def show_outcome(visit: Visit, page: str) -> None:
    """The outcome of the last decision, once it has been made on this page."""
    _old_ones(visit)
    outcome = st.session_state.get(_LAST)
    if st.session_state.setdefault("outcome_page", page) != page:
        st.session_state["outcome_page"] = page
        if not isinstance(outcome, Outcome) or (outcome.error is None and outcome.queued is None):
            forget()
            return
    if isinstance(outcome, str):
        st.html(el("div", "banner", el("p", "", outcome), role="status"))
    if not isinstance(outcome, Outcome):
        return
    if outcome.queued is not None:
        seconds = _HELD_SECONDS if outcome.error is None else _WAITING_SECONDS
        st.fragment(_follow, run_every=seconds)(visit, outcome, outcome.queued.entry.key, page)
        return
    if outcome.written is not None:
        _show_written(outcome, outcome.written)
    elif outcome.error is not None:
        _show_refused(visit, outcome)


def _show_written(outcome: Outcome, written: Written) -> None:
    more = [el("p", "", one) for one in written.warnings]
    st.html(
        el(
            "div",
            "banner.good",
            el("p", "", el("b", "", written_words(outcome, written))),
            *more,
            role="status",
        )
    )


def _follow(visit: Visit, outcome: Outcome, key: str, page: str) -> None:
    """A decision on its way into the register, until it is there."""
    item = visit.clerk.log.item(key)
    if item is None or item.stage is Stage.CANCELLED:
        return
    if item.stage is Stage.WRITTEN:
        settled = Outcome(outcome.decision, written=written_of(item))
        if settled.written is not None:
            _show_written(settled, settled.written)
        _refresh(settled, page)
    elif item.stage is Stage.CONFLICT:
        _show_conflict(visit, item)
    else:
        _show_waiting(visit, outcome, item)


def _refresh(settled: Outcome, page: str) -> None:
    """Draw the page anew with what was written, where nothing can be lost by it."""
    if page in (TODAY, ITEM, "") and not st.session_state.get(_DIALOG):
        settle(settled)
        st.rerun()


def _show_waiting(visit: Visit, outcome: Outcome, item: Item) -> None:
    left = ceil((item.entry.not_before - instant()).total_seconds())
    named = item.entry.item_id
    if left > 0:
        said = el("p", "", el("b", "", words.held(item.entry.what, named, left)))
    else:
        trouble = visit.clerk.trouble or outcome.error
        reason = trouble.sentence if trouble is not None else ""
        said = el("p", "", el("b", "", words.waits(item.entry.what, named, reason)), " ", words.WAITS)
    with st.container(key="waiting", horizontal=True, vertical_alignment="center"):
        st.html(el("div", "banner.warn", said, role="status"))
        label = words.UNDO if left > 0 else words.TAKE_BACK
        if st.button(label, key="take-back"):
            take_back(visit, item.entry.key)
            st.rerun()


def _show_conflict(visit: Visit, item: Item) -> None:
    conflict = item.conflict
    sentence = conflict.sentence if conflict else ""
    if conflict and conflict.clashes:
        sentence = words.clashing(conflict.clashes)
    with st.container(key="clashed"):
        why = el("p", "", el("b", "", actions.NOT_WRITTEN), " ", sentence)
        st.html(el("div", "banner.bad", why, role="alert"))
        visit.link(FILES, words.OPEN_FILES)


def _old_ones(visit: Visit) -> None:
    """Decisions that wait too long, for their author and for whoever holds the first step (W6)."""
    steps = visit.sight.evaluation.register.sop.steps
    reader = visit.reader
    if reader is None:
        return
    is_head = bool(steps) and reader.holds(steps[0])
    now = instant()
    ages = [
        int((now - one.entry.queued_at).total_seconds()) // 60
        for one in visit.pending.values()
        if is_head or one.entry.actor == reader.name
    ]
    old = [age for age in ages if age > OLD_MINUTES]
    if old:
        said = words.long_waiting(len(old), duration(max(old)))
        st.html(el("div", "banner.warn", el("p", "", said), role="alert"))


def refused(error: TrackerError) -> None:
    """Why nothing was written: sentence, findings, remedy."""
    found = error.findings if isinstance(error, ChangeRefused) else ()
    why = [el("p", "", el("b", "", actions.NOT_WRITTEN), " ", error.sentence)] if not found else [
        el("p", "", el("b", "", actions.NOT_WRITTEN)),
        el("ul", "", *(el("li", "", el("b", "", one.code), " ", one.message) for one in found)),
    ]  # fmt: skip
    remedy = [el("p", "", error.remedy)] if error.remedy else []
    st.html(el("div", "banner.bad", *why, *remedy, role="alert"))


def _show_refused(visit: Visit, outcome: Outcome) -> None:
    error, decision = outcome.error, outcome.decision
    if error is None:
        return
    with st.container(key="refused"):
        refused(error)
        if isinstance(decision, Decision) and can_force(error):
            _offer_as_it_is(visit, decision)
        else:
            st.button(texts.CLOSE, key="forget", on_click=forget)


def _offer_as_it_is(visit: Visit, decision: Decision) -> None:
    """Refusal must never teach people to write false times (H5)."""
    with st.form("as-it-is", border=False):
        reason = st.text_input(
            actions.AS_IT_IS_WHY, placeholder=actions.AS_IT_IS_EXAMPLE, help=None, key="as-it-is-reason"
        )
        st.html(el("p", "hint", actions.AS_IT_IS_HINT))
        with st.container(horizontal=True):
            wanted = st.form_submit_button(actions.AS_IT_IS, type="primary")
            cancelled = st.form_submit_button(texts.CANCEL)
    if cancelled:
        forget()
        st.rerun()
    if wanted and not reason.strip():
        st.html(el("p", "wrong", actions.AS_IT_IS_NEEDED, role="alert"))
    elif wanted:
        decide(visit, forced(decision, reason.strip()))
        st.rerun()
