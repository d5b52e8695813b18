"""What became of the last decision, shown at the top of the page until the reader moves on."""

from __future__ import annotations

import streamlit as st

from tracker.dashboard import texts
from tracker.dashboard.decisions import Decision, NewItem, Outcome, can_force, forced, perform
from tracker.dashboard.markup import el
from tracker.dashboard.texts import actions
from tracker.dashboard.visit import Visit, adopt_newest
from tracker.desk import Written
from tracker.errors import ChangeRefused, TrackerError

__all__ = ["decide", "refused", "settle", "show_outcome", "written_words"]

_LAST = "outcome"


def settle(outcome: Outcome) -> None:
    """Keep the outcome for the next run; what was written is shown at once (W7: the writer is not told twice)."""
    st.session_state[_LAST] = outcome
    if outcome.written is not None:
        adopt_newest()


def decide(visit: Visit, decision: Decision | NewItem) -> None:
    """Write a decision from a button and keep the outcome."""
    settle(perform(visit.office, visit.source, decision))


def forget() -> None:
    """The outcome has been read."""
    st.session_state.pop(_LAST, None)


def written_words(outcome: Outcome, written: Written) -> str:
    """The sentence after a write, with the row it stands in."""
    verb = actions.ADDED if isinstance(outcome.decision, NewItem) else outcome.decision.verb
    return actions.written(written.id, verb, written.sheet, written.row)


def show_outcome(visit: Visit, page: str) -> None:
    """The outcome of the last decision, once it has been made on this page."""
    outcome = st.session_state.get(_LAST)
    if st.session_state.setdefault("outcome_page", page) != page:
        st.session_state["outcome_page"] = page
        if not isinstance(outcome, Outcome) or outcome.error is None:
            forget()
            return
    if not isinstance(outcome, Outcome):
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
