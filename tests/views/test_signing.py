"""Who signs: Plt./Plh. before Definitif on the paper's date, one holder or a blank line; the QR code."""

from dataclasses import replace

import pytest
import segno

from tests.views.examples import FINGERPRINT, sop
from tracker.errors import WrongUsage
from tracker.sop.model import Appointment
from tracker.views.papers.matching import digest_lines, matching_text
from tracker.views.papers.signing import signatory, signature, signing_roles

ROLE = "Kasubbag Hukum dan SDM"


def _person(
    name: str, status: str = "Definitif", start: int | None = None, end: int | None = None
) -> Appointment:
    return Appointment(
        name, name.casefold(), "198001012005011001", ROLE, ROLE.casefold(), status, start, end, "", 2
    )


def test_the_only_holder_signs() -> None:
    assert signatory([_person("Budi")], ROLE.upper(), 100) == _person("Budi")


def test_acting_holders_come_first_and_only_while_they_act() -> None:
    people = [_person("Budi"), _person("Siti", "Plt.", 100, 200)]
    assert [signatory(people, ROLE, day) for day in (99, 100, 200, 201)] == [
        people[0],
        people[1],
        people[1],
        people[0],
    ]


def test_several_holders_leave_the_line_blank_unless_named() -> None:
    people = [_person("Budi"), _person("Siti")]
    assert signatory(people, ROLE, 100) is None
    assert signatory(people, ROLE, 100, named="siti") == people[1]
    assert signatory([*people, _person("A", "Plh."), _person("B", "Plt.")], ROLE, 100) is None


def test_two_rows_of_one_person_are_one_holder() -> None:
    assert signatory([_person("Budi", end=100), _person("budi", start=100)], ROLE, 100) is not None


def test_nobody_and_a_wrong_name() -> None:
    assert signatory([], ROLE, 100) is None
    assert signatory([replace(_person("Budi"), role="Lain")], ROLE, 100) is None
    with pytest.raises(WrongUsage) as refused:
        signatory([_person("Budi")], ROLE, 100, named="Joko")
    assert "Budi" in refused.value.remedy


def test_the_block_writes_the_status_before_the_title() -> None:
    block = signature("Mengetahui,", ROLE, _person("Siti", "Plh."))
    assert (block.title, block.nip) == (f"Plh. {ROLE}", "19800101 200501 1 001")
    assert signature("Mengetahui,", ROLE, None).name == ""


def test_roles_come_from_the_sop() -> None:
    assert signing_roles(sop()) == ("Pengelola JDIH", ROLE)
    assert signing_roles(replace(sop(), steps=())) == ("", "")


def test_the_code_stays_coarse_and_the_digest_readable() -> None:
    text = matching_text("LAP", "8/LAP-SOP/VIII/2026", FINGERPRINT)
    assert text == f"LAP:8/LAP-SOP/VIII/2026:SHA256:{FINGERPRINT.upper()}"
    assert segno.make_qr(text, error="m", boost_error=False).designator == "5-M"
    assert "".join(digest_lines(FINGERPRINT)).replace(" ", "") == FINGERPRINT
    assert [line.count(" ") for line in digest_lines(FINGERPRINT)] == [3, 3]
