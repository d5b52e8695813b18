"""requirements.txt names what the product imports, and nothing without an upper bound."""

from __future__ import annotations

import ast
import sys
from importlib.metadata import packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
BROUGHT_BY_STREAMLIT = {"starlette", "uvicorn"}
"""Parts of the server that `streamlit.starlette` is made of; their versions are Streamlit's to choose."""
DATED = {"tzdata"}
"""Data that is numbered by year: a newer one is always right."""


def requirements(name: str) -> dict[str, Requirement]:
    lines = (ROOT / name).read_text(encoding="utf-8").splitlines()
    found = [Requirement(line) for line in lines if line and not line.startswith(("#", "-r"))]
    return {canonicalize_name(requirement.name): requirement for requirement in found}


def imported() -> set[str]:
    """Top-level names of everything that the product imports, lazily or not."""
    files = [ROOT / "dashboard.py", *(ROOT / "tracker").rglob("*.py")]
    trees = [ast.parse(path.read_text(encoding="utf-8")) for path in files if path.exists()]
    nodes = [node for tree in trees for node in ast.walk(tree)]
    direct = {alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names}
    parts = {node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)}
    return {name.partition(".")[0] for name in direct | parts} - set(sys.stdlib_module_names) - {"tracker"}


def test_everything_imported_is_required() -> None:
    owners = packages_distributions()
    known = requirements("requirements.txt").keys() | BROUGHT_BY_STREAMLIT
    # A namespace such as `google` has several owners: one of them must be required.
    missing = [name for name in imported() if known.isdisjoint(map(canonicalize_name, owners[name]))]
    assert sorted(missing) == []


def test_every_requirement_is_bounded() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        for requirement in requirements(name).values():
            operators = {specifier.operator for specifier in requirement.specifier}
            assert ">=" in operators, requirement
            assert "<" in operators or requirement.name in DATED, requirement


def test_the_developers_install_begins_with_the_product() -> None:
    first = (ROOT / "requirements-dev.txt").read_text(encoding="utf-8").splitlines()[0]
    assert first == "-r requirements.txt"


def test_the_documents_explain_every_requirement() -> None:
    page = (ROOT / "docs" / "dependencies.md").read_text(encoding="utf-8").casefold()
    for name in ("requirements.txt", "requirements-dev.txt"):
        assert [one for one in requirements(name) if f"**{one}**" not in page] == []
