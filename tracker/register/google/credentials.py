"""Who the tool is to Google: a service account whose key file the office keeps, never inside the repository.

The path comes from `GOOGLE_APPLICATION_CREDENTIALS` (or a setting); the token is asked for at the file's own
`token_uri`. Neither the key nor a token is ever put into a message.
"""

from __future__ import annotations

import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Final

from google.oauth2.credentials import Credentials as PersonCredentials
from google.oauth2.service_account import Credentials as ServiceCredentials

from tracker.errors import RegisterUnavailable, reason_of

if TYPE_CHECKING:
    from google.auth.credentials import Credentials

__all__ = ["VARIABLE", "Access", "access"]

VARIABLE: Final = "GOOGLE_APPLICATION_CREDENTIALS"
_SCOPES: Final = ("https://www.googleapis.com/auth/spreadsheets",)
"""Sheets only: the Drive API is never called."""
_HOW: Final = "Lihat petunjuk Google Sheets di dokumentasi: buat akun layanan, unduh kuncinya sebagai JSON."


@dataclass(frozen=True, slots=True)
class Access:
    """Credentials, and the address that a spreadsheet has to be shared with (empty for a person's own account)."""

    credentials: Credentials
    address: str = ""


class _ServiceAccount(ServiceCredentials):
    """A service account that asks no third address for the locations it may be used from.

    google-auth (seen in 2.62) looks them up at iamcredentials.googleapis.com after the first token, in a thread,
    with that token; the answer only adds a header. A guarded office network has one host less to allow, and a token
    of the loopback service never leaves this machine.
    """

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        return False


def access(path: Path | None = None) -> Access:
    """The credentials in the JSON file at `path`, else at the path in `GOOGLE_APPLICATION_CREDENTIALS`.

    A service account's key or an authorised person's (`"type": "authorized_user"`). RegisterUnavailable when there
    is none or it cannot be used.
    """
    named = str(path) if path is not None else os.environ.get(VARIABLE, "").strip()
    if not named:
        raise RegisterUnavailable(
            "Belum ada akun layanan Google untuk membuka spreadsheet.",
            f"Isi {VARIABLE} dengan jalur berkas kunci JSON. {_HOW}",
        )
    return _from(_content(Path(named)), named)


def _content(path: Path) -> dict[str, object]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RegisterUnavailable(
            f"Berkas kunci Google {path} tidak ada.", f"Periksa jalur pada {VARIABLE}."
        ) from None
    except OSError as error:
        raise RegisterUnavailable(
            f"Berkas kunci Google {path} tidak dapat dibaca: {reason_of(error)}.", "Periksa izin berkasnya."
        ) from None
    except ValueError:
        raise _unusable(str(path)) from None
    if not isinstance(read, dict):
        raise _unusable(str(path))
    return read


def _from(info: dict[str, object], named: str) -> Access:
    # google-auth raises ValueError (MalformedError among them) for a key that lacks a part or cannot be parsed.
    try:
        if info.get("type") == "authorized_user":
            return Access(PersonCredentials.from_authorized_user_info(info, _SCOPES))  # type: ignore[no-untyped-call]
        made = _ServiceAccount.from_service_account_info(info, scopes=_SCOPES)  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, KeyError):
        raise _unusable(named) from None
    return Access(made, str(info.get("client_email", "")))


def _unusable(named: str) -> RegisterUnavailable:
    return RegisterUnavailable(f"Berkas {named} bukan kunci akun layanan Google.", _HOW)
