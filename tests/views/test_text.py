"""The filter before the printer, and the coverage of the fonts."""

import unicodedata

from hypothesis import given
from hypothesis import strategies as st

from tracker.views.papers.coverage import covered
from tracker.views.papers.text import BREAK, cleaned, printable, with_breaks


def test_the_fonts_cover_what_indonesian_papers_need() -> None:
    needed = "ABCxyz0189.,:;!?()[]%+–—…“”‘’«»•·×±°→√≤≥½éàñçğČΩбЖ€"
    assert {ord(character) for character in needed} <= covered()
    assert not {ord(character) for character in "😀漢ꦲع\ue000"} & covered()
    assert {ord(character) for character in "0123456789abcdef "} <= covered("LiberationMono")


@given(st.text())
def test_cleaned_text_has_a_glyph_for_every_character(text: str) -> None:
    found: list[str] = []
    result = cleaned(text, found)
    assert all(ord(character) in covered() or character == "\n" for character in result)
    assert result.count("[U+") >= len(found)


@given(st.text())
def test_breaks_add_nothing_but_breaks(text: str) -> None:
    clean = text.replace(BREAK, "")
    assert with_breaks(clean).replace(BREAK, "") == clean


def test_surrogates_marks_and_controls_are_gone() -> None:
    assert cleaned("a\ud800b\x00c\u202ed\u200be\ufefff\x9bg\U000e0041h\U0001ffff", []) == "abcdefgh"
    assert cleaned("satu\r\ndua\rtiga\u2028empat\tlima", []) == "satu\ndua\ntiga\nempat lima"
    assert unicodedata.is_normalized("NFC", cleaned("e\u0301", []))


def test_a_long_word_may_break_and_a_short_one_may_not() -> None:
    assert with_breaks("https://a.id/b") == "https://a.id/b"
    assert max(map(len, with_breaks("x" * 400).split(BREAK))) <= 16
    assert with_breaks("3 Agustus 2026 pukul 09.15 WITA".replace(" ", "\u00a0")).count(BREAK) == 0


def test_the_whole_tree_is_filtered() -> None:
    result = printable({"a": ["😀", {"b": "x\x00"}], "c": None, "d": 1.5})
    assert result.fields == {"a": ["[U+1F600]", {"b": "x"}], "c": None, "d": 1.5}
    assert result.missing == ("😀",)


def test_breaks_are_never_more_than_typst_can_place() -> None:
    """A text with more than 512 of them fails the whole paper (typst 0.15: maximum grouping depth)."""
    text = with_breaks("[U+6F22]" * 700)
    assert text.count(BREAK) < 512
    assert text.replace(BREAK, "") == "[U+6F22]" * 700
