"""What PDF/A-3a and PDF/UA-1 ask of a file and can be seen without a validator, for each of the papers.

veraPDF is not at hand here; typst refuses on its own what it knows to be wrong. These checks look at the finished file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any, cast

import pytest
from pypdf import PdfReader
from pypdf.generic import DictionaryObject, IndirectObject

from tests.cli.test_printing import filing_book
from tracker.desk import Order, open_desk

NOW = datetime(2026, 8, 6, 10, 0)
ORDERS = (Order("sop"), Order("card", item="K-1"), Order("monthly"), Order("semester"))
SCRIPTS = {"/JS", "/JavaScript", "/AA", "/Launch", "/RichMedia", "/OpenAction"}


@pytest.fixture(scope="module", params=ORDERS, ids=lambda order: order.kind)
def pdf(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> PdfReader:
    """One of the four papers, as the desk makes it."""
    folder = tmp_path_factory.mktemp("naskah")
    made = open_desk(filing_book(folder)).preview(request.param, now=NOW)
    return PdfReader(BytesIO(made.content))


def root(pdf: PdfReader) -> dict[str, Any]:
    return cast("dict[str, Any]", pdf.trailer["/Root"])


def objects(pdf: PdfReader) -> Iterator[DictionaryObject]:
    """Every dictionary of the file that has a number."""
    for number in range(1, int(cast("int", pdf.trailer["/Size"]))):
        found = pdf.get_object(IndirectObject(number, 0, pdf))
        if isinstance(found, DictionaryObject):
            yield found


def test_it_declares_a_colour_profile_and_its_conformance(pdf: PdfReader) -> None:
    (intent,) = [one.get_object() for one in root(pdf)["/OutputIntents"]]
    assert intent["/S"] == "/GTS_PDFA1"
    assert intent["/DestOutputProfile"].get_data()
    metadata = root(pdf)["/Metadata"].get_object()
    assert "/Filter" not in metadata
    xmp = metadata.get_data().decode()
    assert re.search(r"<pdfaid:part>3<|pdfaid:part=\"3\"", xmp)
    assert re.search(r"<pdfaid:conformance>A<|pdfaid:conformance=\"A\"", xmp)
    assert re.search(r"<pdfuaid:part>1<|pdfuaid:part=\"1\"", xmp)


def test_it_is_tagged_titled_and_in_indonesian(pdf: PdfReader) -> None:
    found = root(pdf)
    assert found["/MarkInfo"]["/Marked"]
    assert found["/Lang"] == "id-ID"
    assert found["/ViewerPreferences"]["/DisplayDocTitle"]
    tree = found["/StructTreeRoot"].get_object()
    assert tree["/K"]
    assert "/ParentTree" in tree
    kinds = {str(one["/S"]) for one in objects(pdf) if one.get("/Type") == "/StructElem"}
    assert {"/Table", "/TR", "/TH", "/TD"} <= kinds
    assert pdf.metadata is not None
    assert pdf.metadata.title


def test_every_figure_has_words(pdf: PdfReader) -> None:
    figures = [
        one for one in objects(pdf) if one.get("/Type") == "/StructElem" and one.get("/S") == "/Figure"
    ]
    assert figures
    assert all(str(one.get("/Alt", "")).strip() for one in figures)


def test_every_page_has_the_order_of_its_tags(pdf: PdfReader) -> None:
    assert all("/StructParents" in page for page in pdf.pages)


def test_every_font_is_embedded(pdf: PdfReader) -> None:
    described = [one for one in objects(pdf) if one.get("/Type") == "/FontDescriptor"]
    assert described
    assert all({"/FontFile", "/FontFile2", "/FontFile3"} & set(one) for one in described)
    used = [one for one in objects(pdf) if one.get("/Type") == "/Font" and one.get("/Subtype") == "/Type0"]
    assert used
    assert all("/ToUnicode" in one for one in used)


def test_every_attachment_says_what_it_is_to_the_paper(pdf: PdfReader) -> None:
    files = [one.get_object() for one in root(pdf)["/AF"]]
    assert files
    assert {str(one["/AFRelationship"]) for one in files} <= {"/Data", "/Source"}
    for one in files:
        assert one["/Desc"]
        assert one["/EF"]["/F"].get_object()["/Subtype"]


def test_the_reports_carry_the_register_that_they_were_made_from(tmp_path: Path) -> None:
    import hashlib

    desk = open_desk(filing_book(tmp_path))
    for order in ORDERS:
        made = desk.preview(order, now=NOW)
        attached = PdfReader(BytesIO(made.content)).attachments
        texts = [found[0] for name, found in attached.items() if name.endswith("register.txt")]
        assert bool(texts) is (order.kind in ("monthly", "semester"))
        assert all(hashlib.sha256(text).hexdigest() == made.register_hash for text in texts)


def test_nothing_in_it_runs_or_is_locked(pdf: PdfReader) -> None:
    assert not pdf.is_encrypted
    for one in objects(pdf):
        assert not SCRIPTS & set(one)
        assert one.get("/S") not in ("/JavaScript", "/Launch", "/URI", "/SubmitForm")
