"""What a reader sees when our own code fails: a code to quote, never a traceback; the log has the rest."""

from __future__ import annotations

import hashlib
import logging
import traceback
from typing import Final

import streamlit as st

from tracker.dashboard import texts
from tracker.dashboard.markup import el

__all__ = ["code_of", "show_mishap"]

_LOG: Final = logging.getLogger("tracker.dashboard")


def code_of(fault: BaseException) -> str:
    """Four characters that are the same whenever the same place fails in the same way."""
    frames = traceback.extract_tb(fault.__traceback__)
    places = ";".join(f"{one.filename}:{one.lineno}" for one in frames)
    return hashlib.sha256(f"{type(fault).__name__};{places}".encode()).hexdigest()[:4].upper()


def show_mishap(fault: Exception) -> bool:
    """Log the fault under its code and show the sentence; True tells Streamlit that it has been shown."""
    code = code_of(fault)
    _LOG.error("mishap %s", code, exc_info=fault)
    st.html(el("div", "banner.bad", texts.mishap(code), role="alert"))
    return True
