"""The gate: pages pass, unknown addresses lead home, what Streamlit asks for itself is left alone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from typing import Any

import pytest

from tracker.dashboard.gate import Gate

BROWSER = "text/html,application/xhtml+xml"


@dataclass
class Answer:
    """What came back; `inside` when the request was let through."""

    status: int = 0
    location: str = ""
    text: str = ""
    inside: bool = False


def ask(address: str, accept: str) -> Answer:
    """One GET through the gate."""
    answer = Answer()

    async def app(*_: Any) -> None:
        answer.inside = True

    async def send(message: Any) -> None:
        if message["type"] == "http.response.start":
            answer.status = message["status"]
            answer.location = dict(message["headers"]).get(b"location", b"").decode()
        else:
            answer.text += message.get("body", b"").decode()

    path, _, query = address.partition("?")
    scope = {"type": "http", "method": "GET", "path": path, "query_string": query.encode(),
             "headers": [(b"accept", accept.encode())]}  # fmt: skip
    asyncio.run(Gate(app)(scope, None, send))  # type: ignore[arg-type]
    return answer


@pytest.mark.parametrize("address", ["/", "/papan", "/konten?id=K-1", "/temuan"])
def test_pages_are_served_in_indonesian(address: str) -> None:
    answer = ask(address, BROWSER)
    assert answer.status == 200
    assert '<html lang="id">' in answer.text
    assert "<title>Pelacak SOP Konten</title>" in answer.text
    assert "You need to enable JavaScript" not in answer.text


@pytest.mark.parametrize("address", ["/tidak-ada", "/papan/lagi", "/hari-ini", "/admin", "/konten/K-1"])
def test_unknown_addresses_lead_home(address: str) -> None:
    answer = ask(address, BROWSER)
    assert (answer.status, answer.location) == (302, "/")


@pytest.mark.parametrize("address", ["/_stcore/health", "/papan/_stcore/health", "/static/js/index.js"])
def test_what_the_script_of_streamlit_asks_for_passes(address: str) -> None:
    assert ask(address, "*/*").inside
