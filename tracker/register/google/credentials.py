"""Who the tool is to Google: a service account whose key file the office keeps, never inside the repository.

The path comes from `GOOGLE_APPLICATION_CREDENTIALS`, else from the user's settings (`kunci` under `[google]`); the
token is asked for at the file's own `token_uri`. Neither the key nor a token is ever put into a message.
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
from tracker.register.home import remember_setting, setting, settings_file

if TYPE_CHECKING:
    from google.auth.credentials import Credentials

__all__ = ["VARIABLE", "Access", "access", "key_origin", "remember_key"]

VARIABLE: Final = "GOOGLE_APPLICATION_CREDENTIALS"
_SCOPES: Final = ("https://www.googleapis.com/auth/spreadsheets",)
"""Sheets only: the Drive API is never called."""
_HOW: Final = "Lihat petunjuk Google Sheets di dokumentasi: buat akun layanan, unduh kuncinya sebagai JSON."


@dataclass(frozen=True, slots=True)
class Access:
    """Credentials, and the address that a spreadsheet has to be shared with (empty for a person's own account)."""

    credentials: Credentials
    address: str = ""
    origin: str = ""
    """The setting that named the key file, for people to look at."""


class _ServiceAccount(ServiceCredentials):
    """A service account that asks no third address for the locations it may be used from.

    google-auth (seen in 2.62) looks them up at iamcredentials.googleapis.com after the first token, in a thread,
    with that token; the answer only adds a header. A guarded office network has one host less to allow, and a token
    of the loopback service never leaves this machine.
    """

    def _is_regional_access_boundary_lookup_required(self) -> bool:
        return False


def access(path: Path | None = None) -> Access:
    """The credentials in the JSON file at `path`, else at the path that the environment or the settings name.

    A service account's key or an authorised person's (`"type": "authorized_user"`). RegisterUnavailable when there
    is none or it cannot be used.
    """
    named, origin = (str(path), "") if path is not None else key_origin()
    if not named:
        raise RegisterUnavailable(
            "Belum ada akun layanan Google untuk membuka spreadsheet.",
            f"Isi {VARIABLE}, atau kunci di bawah [google] dalam {settings_file()}, dengan jalur berkas kunci JSON. "
            f"{_HOW}",
        )
    return _from(_content(Path(named).expanduser(), origin), named, origin)


def key_origin() -> tuple[str, str]:
    """(path of the key file, which setting names it); two empty texts when none does."""
    named = os.environ.get(VARIABLE, "").strip()
    if named:
        return named, VARIABLE
    named = setting("google", "kunci")
    return (named, str(settings_file())) if named else ("", "")


def remember_key(path: Path) -> None:
    """Use this key file from now on, unless the environment names another.

    RegisterUnavailable when it is none, or when the settings cannot be written.
    """
    _from(_content(path, ""), str(path), "")
    remember_setting("google", "kunci", str(path))


def _content(path: Path, origin: str) -> dict[str, object]:
    try:
        read = json.loads(path.read_text(encoding="utf-8"))
    except FileNotFoundError:
        raise RegisterUnavailable(
            f"Berkas kunci Google {path} tidak ada.",
            f"Periksa jalurnya{f' pada {origin}' if origin else ''}.",
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


def _from(info: dict[str, object], named: str, origin: str) -> Access:
    # google-auth raises ValueError (MalformedError among them) for a key that lacks a part or cannot be parsed.
    try:
        if info.get("type") == "authorized_user":
            person = PersonCredentials.from_authorized_user_info(info, _SCOPES)  # type: ignore[no-untyped-call]
            return Access(person, origin=origin)
        made = _ServiceAccount.from_service_account_info(info, scopes=_SCOPES)  # type: ignore[no-untyped-call]
    except (ValueError, TypeError, KeyError):
        raise _unusable(named) from None
    return Access(made, str(info.get("client_email", "")), origin)


def _unusable(named: str) -> RegisterUnavailable:
    return RegisterUnavailable(f"Berkas {named} bukan kunci akun layanan Google.", _HOW)
