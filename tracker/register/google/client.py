"""The HTTP side of gspread: one class handed to `gspread.Client`, with our time-outs, retries and address.

`SHEETS_API_BASE` replaces Google's address in tests; only a loopback address is honoured, so that no token can be
sent anywhere else.
"""

from __future__ import annotations

import ipaddress
import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, Final, cast
from urllib.parse import urlsplit

import gspread
import requests
from google.auth.exceptions import GoogleAuthError, RefreshError, TransportError
from gspread.http_client import HTTPClient
from gspread.urls import SPREADSHEETS_API_V4_BASE_URL

from tracker.errors import WrongUsage
from tracker.register.google.retry import Failure, Fault, Patience, Retry, waited_for

if TYPE_CHECKING:
    from google.auth.credentials import Credentials

__all__ = ["BASE_VARIABLE", "SheetsClient", "api_base", "connect"]

BASE_VARIABLE: Final = "SHEETS_API_BASE"
_HOST: Final = SPREADSHEETS_API_V4_BASE_URL.removesuffix("/v4/spreadsheets")
_TIMEOUT: Final = (10.0, 60.0)
"""Seconds to connect, and between two bytes of an answer: Google gives up on a request after 180 seconds."""


def api_base() -> str:
    """Where requests go: Google, or the loopback address in `SHEETS_API_BASE`; WrongUsage for any other."""
    base = os.environ.get(BASE_VARIABLE, "").strip().rstrip("/")
    if not base:
        return _HOST
    parts = urlsplit(base)
    if parts.scheme not in ("http", "https") or parts.path or not _is_loopback(parts.hostname or ""):
        raise WrongUsage(
            f"{BASE_VARIABLE} hanya boleh menunjuk komputer ini sendiri (127.0.0.1).",
            f"Hapus {BASE_VARIABLE} untuk memakai Google.",
        )
    return base


def _is_loopback(host: str) -> bool:
    """Whether a host is this machine by its number. A name, `localhost` too, is whatever a resolver says."""
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def connect(
    credentials: Credentials, *, patience: Patience | None = None, timeout: tuple[float, float] = _TIMEOUT
) -> SheetsClient:
    """gspread's client for these credentials, with our requests beneath it. Nothing is sent yet."""
    client = gspread.Client(auth=credentials, http_client=SheetsClient)
    http = cast("SheetsClient", client.http_client)
    http.prepare(api_base(), patience or Patience())
    http.set_timeout(timeout)
    return http


class SheetsClient(HTTPClient):
    """gspread's HTTP client; every failure is a `Failure`, told apart by whether the request may be repeated."""

    base: str = _HOST
    patience: Patience = Patience()

    def prepare(self, base: str, patience: Patience) -> None:
        """Set the address and the bounds of trying again."""
        self.base, self.patience = base, patience
        if base != _HOST:
            self.session.trust_env = False  # a proxy of the office is no way to this machine

    def request(  # noqa: PLR0913 - the signature is gspread's
        self,
        method: str,
        endpoint: str,
        params: Any = None,
        data: bytes | None = None,
        json: Mapping[str, Any] | None = None,
        files: Any = None,
        headers: Any = None,
    ) -> requests.Response:
        """The answer to a request; Failure when there is none that says yes."""
        url = self.base + endpoint.removeprefix(_HOST) if endpoint.startswith(_HOST) else endpoint
        if not url.startswith(self.base + "/"):
            raise Failure(Fault.FINAL, message=f"refused address {urlsplit(url).hostname}")
        retry = Retry.ANY if method.casefold() == "get" else Retry.REFUSED
        return self.patience.call(lambda: self._once(method, url, params, json), retry)

    def _once(self, method: str, url: str, params: Any, json: Any) -> requests.Response:
        try:
            # A redirect of the service is never followed: it would carry the token along.
            response = self.session.request(
                method, url, params=params, json=json, timeout=self.timeout, allow_redirects=False
            )
        except RefreshError as error:
            if error.retryable or _is_page(error):
                raise Failure(Fault.UNSENT, message="no token") from None
            raise Failure(Fault.FINAL, 401, "token refused") from None
        except TransportError:
            raise Failure(Fault.UNSENT, message="no token") from None
        except GoogleAuthError:
            raise Failure(Fault.FINAL, 401, "credentials") from None
        except requests.RequestException as error:
            raise Failure(_fault_of(error), message=type(error).__name__) from None
        except OSError as error:  # such as certificates that REQUESTS_CA_BUNDLE names and that are not there
            raise Failure(Fault.LOST, message=type(error).__name__) from None
        except (TypeError, ValueError):  # google-auth, of a page in place of a token (seen in 2.62)
            raise Failure(Fault.UNSENT, message="no token") from None
        return _understood(response)


def _is_page(error: RefreshError) -> bool:
    """Whether a portal or proxy answered in place of the service that gives out tokens, which speaks JSON."""
    return str(error).lstrip("(\"' ").startswith("<")


def _fault_of(error: requests.RequestException) -> Fault:
    """UNSENT only where no connection was made; anything later may have reached the service."""
    if isinstance(error, requests.ConnectTimeout):
        return Fault.UNSENT
    reason = error.args[0] if error.args else None
    reason = getattr(
        reason, "reason", reason
    )  # urllib3's own error, known by its name: requests hides the type
    names = {one.__name__ for one in type(reason).__mro__}
    return Fault.UNSENT if "NewConnectionError" in names else Fault.LOST


_LOST: Final = frozenset({408, 409, 499})
"""No answer in time, aborted, cancelled: in the midst of it, so that nobody knows."""
_FOREIGN: Final = frozenset({401, 403, 404, 407, 451, 511})
"""What a guarded network says with a page of its own; Google says it as JSON."""


def _understood(response: requests.Response) -> requests.Response:
    """The response when it is a JSON object with status 200; the page of a proxy or portal is LOST like a 5xx."""
    is_json = response.content[:64].lstrip().startswith(b"{")
    if response.status_code == 200 and is_json:
        return response
    status, message = response.status_code, _message(response) if is_json else ""
    if status == 429 or (status == 403 and _is_quota(message)):
        raise Failure(Fault.QUOTA, status, message, waited_for(response.headers))
    is_lost = status in _LOST or (status in _FOREIGN and not is_json)
    if 400 <= status < 500 and not is_lost:
        raise Failure(Fault.FINAL, status, message)
    raise Failure(Fault.LOST, status, message, waited_for(response.headers))


def _is_quota(message: str) -> bool:
    """Whether a 403 is a quota after all, as older parts of Google say it."""
    return any(word in message.casefold() for word in ("quota exceeded", "rate limit exceeded"))


def _message(response: requests.Response) -> str:
    """Google's own words in an error body: {"error": {"code", "message", "status", "details"}}."""
    try:
        error = response.json().get("error")
    except ValueError:
        return ""
    return str(error.get("message", "")) if isinstance(error, dict) else str(error or "")
