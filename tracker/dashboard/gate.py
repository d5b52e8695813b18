"""The gate in front of Streamlit: unknown addresses lead to the start page, and the shell speaks Indonesian.

Streamlit serves its shell for every address and then opens an English dialog "Page not found" (N5); the shell
itself is English (title, language, the text for browsers without JavaScript).
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path
from typing import Final

import streamlit
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from tracker.dashboard import texts
from tracker.dashboard.addresses import INSIDE, PAGES
from tracker.dashboard.markup import el

__all__ = ["Gate", "gate"]

_HEADERS: Final = {
    "Cache-Control": "no-cache",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "SAMEORIGIN",
}


class Gate:
    """ASGI middleware; only plain page requests are its business, everything else passes."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = str(scope.get("path", "")).strip("/")
        if path in PAGES and scope["method"] in ("GET", "HEAD"):
            await HTMLResponse(_shell(), headers=_HEADERS)(scope, receive, send)
        elif path.startswith(INSIDE) or not _is_page_request(scope):
            await self.app(scope, receive, send)
        else:
            start = str(scope.get("root_path", "")) + "/"
            await RedirectResponse(start, status_code=302)(scope, receive, send)


def _is_page_request(scope: Scope) -> bool:
    """Whether a browser wants to show this address. What Streamlit's own script asks for is left alone: it looks
    for its server below the page's address first, and a redirect there would be taken for an answer.
    """
    return scope["method"] in ("GET", "HEAD") and "text/html" in Request(scope).headers.get("accept", "")


def gate() -> list[Middleware]:
    """The middleware of the app."""
    return [Middleware(Gate)]


@lru_cache(maxsize=1)
def _shell() -> str:
    """Streamlit's index page in Indonesian, with addresses that hold on every page."""
    shell = (Path(streamlit.__file__).parent / "static" / "index.html").read_text("utf-8")
    shell = shell.replace('lang="en"', 'lang="id"', 1)
    shell = re.sub(r"<title>.*?</title>", lambda _: el("title", "", texts.TITLE), shell, count=1)
    shell = re.sub(r'<link rel="service-desc"[^>]*>', "", shell)
    notice = el("noscript", "", el("p", "", texts.NEEDS_SCRIPT))
    return re.sub(r"<noscript>.*?</noscript>", lambda _: notice, shell, count=1, flags=re.DOTALL)
