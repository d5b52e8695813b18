"""What the documents promise: the two commands, fresh generated files, links that lead somewhere, real names."""

from __future__ import annotations

import importlib.util
import re
from pathlib import Path
from types import ModuleType

import pytest

from tracker.cli.app import ENTRIES
from tracker.findings import CODES

ROOT = Path(__file__).resolve().parents[1]
PAGES = [*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").glob("*.md"))]
LINK = re.compile(r"!?\[[^\]]*\]\(([^)\s]+)\)")
FENCE = re.compile(r"^```.*?^```", re.MULTILINE | re.DOTALL)
NAMES = [page.relative_to(ROOT).as_posix() for page in PAGES]


@pytest.fixture(scope="module")
def generator() -> ModuleType:
    spec = importlib.util.spec_from_file_location("generate_docs", ROOT / "tools" / "generate_docs.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    "command",
    [
        "pip install -r requirements.txt && python -m tracker dashboard --demo",
        "pip install -r requirements-dev.txt && python -m pytest",
    ],
)
def test_the_readme_has_the_two_commands(command: str) -> None:
    assert command in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()


def test_generated_files_are_fresh(generator: ModuleType) -> None:
    assert generator.stale() == []


def test_stale_files_are_found_and_written(generator: ModuleType, tmp_path: Path) -> None:
    assert generator.stale(tmp_path) == [*generator.PAGES]
    assert generator.write(tmp_path) == [*generator.PAGES]
    page = tmp_path / "docs" / "findings.md"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert generator.stale(tmp_path) == []
    page.write_text("disunting", encoding="utf-8")
    assert generator.stale(tmp_path) == ["docs/findings.md"]


def test_every_code_has_its_section() -> None:
    page = (ROOT / "docs" / "findings.md").read_text(encoding="utf-8")
    assert re.findall(r'^<a id="([a-z]\d{3})"></a>$', page, re.MULTILINE) == [code.lower() for code in CODES]


@pytest.mark.parametrize("name", NAMES)
def test_relative_links_lead_somewhere(name: str) -> None:
    page = ROOT / name
    links = LINK.findall(FENCE.sub("", page.read_text(encoding="utf-8")))
    broken = [link for link in links if not leads_somewhere(page, link)]
    assert broken == []


def leads_somewhere(page: Path, link: str) -> bool:
    if re.match(r"[a-z]+:", link):
        return True
    path, _, anchor = link.partition("#")
    target = page if not path else (page.parent / path).resolve()
    if not target.exists():
        return False
    return not anchor or target.suffix != ".md" or anchor in anchors(target)


def anchors(page: Path) -> set[str]:
    text = page.read_text(encoding="utf-8")
    headings = re.findall(r"^#+ (.+)$", FENCE.sub("", text), re.MULTILINE)
    slugs = {re.sub(r"[^\w\- ]", "", heading.lower()).strip().replace(" ", "-") for heading in headings}
    return slugs | set(re.findall(r'<a id="([^"]+)"', text))


@pytest.mark.parametrize("name", NAMES)
def test_commands_and_codes_that_are_named_exist(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    commands = set(re.findall(r"python -m tracker ([a-z]+)", text))
    codes = set(re.findall(r"\b[UWPDS][1-6]\d\d\b", text))
    assert (commands - ENTRIES.keys(), codes - CODES.keys()) == (set(), set())


def test_rooms_named_in_the_architecture_exist() -> None:
    text = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
    rooms = set(re.findall(r"`((?:tracker|tests|tools|templates|docs|benchmarks)/[\w./-]*)`", text))
    assert rooms
    assert sorted(room for room in rooms if not (ROOT / room).exists()) == []
