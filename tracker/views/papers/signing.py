"""Who signs a paper: the office holder on the paper's date, from sheet Pegawai."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from tracker.errors import WrongUsage
from tracker.folding import fold
from tracker.sop.model import Appointment, Sop
from tracker.views import wording

__all__ = ["Signature", "Signing", "signatory", "signature", "signing_roles"]

_ACTING: Final = ("Plt.", "Plh.")
_NAME: Final = 80
_NIP: Final = 40


@dataclass(frozen=True, slots=True)
class Signature:
    """One signature block; name and NIP are empty where a person writes them by hand."""

    duty: str
    """`Dibuat oleh,` or `Mengetahui,`."""
    title: str
    """The role, with Plt. or Plh. before it."""
    name: str
    nip: str


@dataclass(frozen=True, slots=True)
class Signing:
    """The two signatures of a report."""

    maker: Signature
    approver: Signature


def signatory(people: Sequence[Appointment], role: str, day: int, *, named: str = "") -> Appointment | None:
    """Who holds `role` on `day` (days since 1970-01-01): Plt./Plh. before Definitif, `named` before both.

    None when nobody does, or several do and none is named: the line stays blank. WrongUsage when `named`
    does not hold the role that day. (Source: the register contract, sheet Pegawai.)
    """
    holders = [row for row in people if fold(row.role) == fold(role) and row.holds_on(day)]
    if named:
        return _named(holders, named, role)
    for candidates in ([row for row in holders if row.status in _ACTING], holders):
        if len({fold(row.name) for row in candidates}) == 1:
            return candidates[0]
        if candidates:
            return None
    return None


def _named(holders: Sequence[Appointment], named: str, role: str) -> Appointment:
    for row in holders:
        if fold(row.name) == fold(named):
            return row
    held = wording.listing([row.name for row in holders]) or "tidak ada"
    raise WrongUsage(
        f"{named} tidak memegang peran {role} pada tanggal naskah.",
        f"Pemegang peran itu menurut lembar Pegawai: {held}.",
    )


def signature(duty: str, role: str, holder: Appointment | None) -> Signature:
    """The block of `holder` (None: blank lines) for `role`."""
    if holder is None:
        return Signature(duty, wording.shortened(role, _NAME), "", "")
    acting = f"{holder.status} " if holder.status in _ACTING else ""
    name, nip = wording.shortened(holder.name, _NAME), wording.shortened(wording.nip(holder.nip), _NIP)
    return Signature(duty, wording.shortened(f"{acting}{role}", _NAME), name, nip)


def signing_roles(sop: Sop) -> tuple[str, str]:
    """(who makes the monthly report, who countersigns it), as the SOP itself tells them.

    The maker is the role of the last step, which ends the SOP and keeps the book; the countersigner is the
    role of the last decision, else of the first step. Empty strings for an SOP without steps.
    """
    if not sop.steps:
        return "", ""
    decisions = [step.role for step in sop.steps if step.is_decision]
    return sop.steps[-1].role, (decisions or [sop.steps[0].role])[-1]
