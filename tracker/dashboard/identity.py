"""Who sits in front of the screen. Identity enters here and nowhere else.

Local mode: whoever uses this computer can edit the file anyway, so a name is chosen, not proved. Network mode will
put another function in the place of `who`.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable

import streamlit as st

from tracker.dashboard import settings
from tracker.sop.verdicts import Evaluation
from tracker.views.today import Person, person, persons

__all__ = ["Provider", "choose", "everybody", "reader", "session", "use", "who"]

Provider = Callable[[str], str]
_CHOSEN = "identity"
_SESSION = "session"


def who(register: str) -> str:
    """The name chosen in this session, else the one this computer's user chose last; empty when none."""
    if _CHOSEN not in st.session_state:
        st.session_state[_CHOSEN] = settings.chosen_name(register)
    return str(st.session_state[_CHOSEN])


class _Seat:
    """Holds the one replaceable function."""

    provider: Provider = staticmethod(who)


def use(provider: Provider | None) -> None:
    """Let another function say who is there (accounts, tests); None brings back the choice of a name."""
    _Seat.provider = staticmethod(provider or who)


def choose(register: str, name: str) -> None:
    """From now on this session is `name`; remembered for this user of the computer."""
    st.session_state[_CHOSEN] = name
    settings.remember_name(register, name)


def session() -> str:
    """A name for this session (one tab of a browser), the same as long as it lasts."""
    return str(st.session_state.setdefault(_SESSION, uuid.uuid4().hex))


def reader(register: str, evaluation: Evaluation) -> Person | None:
    """The person in front of the screen with the roles of that day; None when no name is chosen or known."""
    return person(evaluation.register.people, _Seat.provider(register), evaluation.now // 1440)


def everybody(evaluation: Evaluation) -> tuple[Person, ...]:
    """All who may be chosen."""
    return persons(evaluation.register.people, evaluation.now // 1440)
