"""A strict Sheets service on the loopback address, which can fail in every way that the real one can."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

from tests.register.google.discovery import BadRequest, Call, call_of, mask_of, pruned
from tests.register.google.spreadsheets import Spreadsheet
from tests.register.google.structure import restructure

HTML = "<!doctype html><title>Masuk ke Wi-Fi</title>"


@dataclass
class Mishap:
    """What happens to one request instead of a plain answer; `on` says to which (a prefix of the call's name)."""

    on: str = ""
    status: int = 0
    headers: dict[str, str] = field(default_factory=dict)
    body: str | None = None
    drop: str = ""
    """`before` or `after` applying: the connection is closed without an answer."""
    slow: float = 0.0
    message: str = ""


class QuotaUsedUp(Exception):
    """A 429."""


@dataclass
class Service:
    """The state behind the handler."""

    books: dict[str, Spreadsheet] = field(default_factory=dict)
    mishaps: list[Mishap] = field(default_factory=list)
    calls: list[str] = field(default_factory=list)
    """Names of the calls that arrived, in order, failed ones too."""
    before_write: Callable[[Call], None] | None = None
    tokens: set[str] = field(default_factory=set)
    issued: int = 0
    refuse_tokens: bool = False
    access: str = "writer"
    writes_left: int | None = None
    """How many writes the quota of this minute still allows."""
    largest: int = 0
    """Bytes of the largest body that arrived."""
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def api_calls(self) -> list[str]:
        return [name for name in self.calls if name != "token"]

    def take_mishap(self, name: str) -> Mishap | None:
        for mishap in self.mishaps:
            if name.startswith(mishap.on) and (name != "token" or mishap.on == "token"):
                self.mishaps.remove(mishap)
                return mishap
        return None

    def answer(self, call: Call, body: Any) -> dict[str, Any]:
        book = self.books.get(call.path["spreadsheetId"])
        if book is None:
            raise LookupError
        is_write = "pdate" in call.name or "append" in call.name
        if is_write and self.writes_left is not None:
            if self.writes_left == 0:
                raise QuotaUsedUp
            self.writes_left -= 1
        if self.access == "none" or (is_write and self.access == "reader"):
            raise PermissionError
        if is_write and self.before_write is not None:
            self.before_write(call)
        kinds: dict[str, Callable[[Spreadsheet, Call, Any], dict[str, Any]]] = {
            "spreadsheets.get": _get, "values.batchGet": _batch_get, "values.batchUpdate": _batch_update,
            "values.append": _append, "spreadsheets.batchUpdate": _structure,
        }  # fmt: skip
        if call.name not in kinds:
            raise BadRequest(f"{call.name} is not wanted here")
        return kinds[call.name](book, call, body)


def _get(book: Spreadsheet, call: Call, _: Any) -> dict[str, Any]:
    if "fields" not in call.query:
        raise BadRequest("this server wants a field mask")
    mask = mask_of(call.query["fields"][0])
    answer = book.metadata(call.query.get("ranges"), data="data" in mask.get("sheets", {}))
    found: dict[str, Any] = pruned(answer, mask, "Spreadsheet")
    return found


def _batch_get(book: Spreadsheet, call: Call, _: Any) -> dict[str, Any]:
    if call.query.get("valueRenderOption") != ["UNFORMATTED_VALUE"]:
        raise BadRequest("formatted values lose what was typed")
    return {"spreadsheetId": book.id, "valueRanges": [book.read(one) for one in call.query["ranges"]]}


def _batch_update(book: Spreadsheet, call: Call, body: Any) -> dict[str, Any]:
    answers = [
        book.write(one["range"], one["values"], body.get("valueInputOption", "")) for one in body["data"]
    ]
    if not body.get("includeValuesInResponse"):
        answers = [{"updatedRange": one["updatedRange"]} for one in answers]
    return {"spreadsheetId": book.id, "responses": answers}


def _append(book: Spreadsheet, call: Call, body: Any) -> dict[str, Any]:
    range_ = unquote(call.path["range"])
    if body.get("range", range_) != range_:
        raise BadRequest(f"Requested writing within range [{body['range']}], but the path says {range_}")
    option, insert = (
        call.query.get("valueInputOption", [""])[0],
        call.query.get("insertDataOption", ["OVERWRITE"])[0],
    )
    return {"spreadsheetId": book.id, **book.append(range_, body["values"], option, insert)}


def _structure(book: Spreadsheet, call: Call, body: Any) -> dict[str, Any]:
    restructure(book, body["requests"])
    return {"spreadsheetId": book.id, "replies": [{} for _ in body["requests"]]}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True
    wbufsize = -1
    service: Service

    def do_GET(self) -> None:
        self._handle(None)

    def do_POST(self) -> None:
        raw = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        self.service.largest = max(self.service.largest, len(raw))
        if self.path == "/token":
            self._token()
            return
        self._handle(json.loads(raw) if raw else None)

    def _token(self) -> None:
        with self.service.lock:
            self.service.calls.append("token")
            mishap = self.service.take_mishap("token")
            if mishap is not None:
                self._drop() if mishap.drop else self._fail(mishap)
                return
            if self.service.refuse_tokens:
                self._send(
                    400, json.dumps({"error": "invalid_grant", "error_description": "Invalid JWT Signature."})
                )
                return
            self.service.issued += 1
            token = f"token-{self.service.issued}"
            self.service.tokens.add(token)
        self._send(200, json.dumps({"access_token": token, "expires_in": 3600, "token_type": "Bearer"}))

    def _handle(self, body: Any) -> None:
        parts = urlsplit(self.path)
        with self.service.lock:
            try:
                call = call_of(self.command, parts.path, parse_qs(parts.query, keep_blank_values=True), body)
            except BadRequest as error:
                self.service.calls.append("refused")
                self._error(400, str(error), "INVALID_ARGUMENT")
                return
            self.service.calls.append(call.name)
            mishap = self.service.take_mishap(call.name) or Mishap()
            if mishap.drop == "before":
                self._drop()
                return
            if mishap.status:
                self._fail(mishap)
                return
            status, text = self._outcome(call, body)
        time.sleep(mishap.slow)
        if mishap.drop == "after":
            self._drop()
        else:
            self._send(status, text)

    def _outcome(self, call: Call, body: Any) -> tuple[int, str]:
        token = self.headers.get("Authorization", "").removeprefix("Bearer ")
        if token not in self.service.tokens:
            return 401, _error_body(401, "Request had invalid authentication credentials.", "UNAUTHENTICATED")
        try:
            return 200, json.dumps(self.service.answer(call, body))
        except BadRequest as error:
            return 400, _error_body(400, str(error), "INVALID_ARGUMENT")
        except QuotaUsedUp:
            message = "Quota exceeded for quota metric 'Write requests' and limit 'Write requests per minute per user'"
            return 429, _error_body(429, message, "RESOURCE_EXHAUSTED")
        except PermissionError:
            return 403, _error_body(403, "The caller does not have permission", "PERMISSION_DENIED")
        except LookupError:
            return 404, _error_body(404, "Requested entity was not found.", "NOT_FOUND")

    def _fail(self, mishap: Mishap) -> None:
        body = (
            mishap.body
            if mishap.body is not None
            else _error_body(mishap.status, mishap.message or "no", "X")
        )
        self._send(mishap.status, body, mishap.headers)

    def _drop(self) -> None:
        self.close_connection = True
        self.connection.shutdown(socket.SHUT_RDWR)

    def _error(self, code: int, message: str, status: str) -> None:
        self._send(code, _error_body(code, message, status))

    def _send(self, status: int, text: str, headers: dict[str, str] | None = None) -> None:
        data = text.encode()
        kind = "text/html" if text.startswith("<") else "application/json; charset=UTF-8"
        try:
            self.send_response(status)
            for key, value in {"Content-Type": kind, **(headers or {})}.items():
                self.send_header(key, value)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)
            self.wfile.flush()
        except OSError:
            self.close_connection = True

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing: a test says what matters."""


def _error_body(code: int, message: str, status: str) -> str:
    return json.dumps({"error": {"code": code, "message": message, "status": status}})


@contextmanager
def serving() -> Iterator[tuple[Service, str]]:
    """A running service and its address."""
    service = Service()
    handler = type("Handler", (_Handler,), {"service": service})
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield service, f"http://127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join(5)
