"""Help pages and usage errors are Indonesian, whatever click would say."""

from __future__ import annotations

import re
from collections.abc import Iterator

import click
import pytest

from tests.cli.doors import call
from tracker.cli.app import ENTRIES, app

ENGLISH = re.compile(
    r"\b(usage|options?|commands?|arguments?|show|this|message|exit|error|missing|invalid|value|required|default"
    r"|try|for|help|no such|such|got|unexpected|extra|requires?|choose|from|text|integer|path|file|range|and|or"
    r"|aborted|did you mean|positional|not|is|the)\b",
    re.IGNORECASE,
)
"""Words of click, and common English ones that are no Indonesian words."""


def command_paths(group: click.Group = app, path: tuple[str, ...] = ()) -> Iterator[tuple[str, ...]]:
    yield path
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        if isinstance(command, click.Group):
            yield from command_paths(command, (*path, name))
        else:
            yield (*path, name)


def english_in(text: str) -> list[str]:
    """English words outside option names, file names and the name of the program."""
    plain = re.sub(
        r"--?[a-z][a-z-]*|python -m tracker( [a-z]+)*|\S*\.(xlsx|txt)\S*|\{.*?\}+", " ", text, flags=re.S
    )
    names = "|".join(sorted({part for path in command_paths() for part in path}))
    return ENGLISH.findall(re.sub(rf"^  ({names}) ", "", plain, flags=re.M))


@pytest.mark.parametrize("path", list(command_paths()), ids=" ".join)
def test_help_is_indonesian(path: tuple[str, ...]) -> None:
    ended = call(*path, "--help")
    assert ended.code == 0
    assert ended.out.startswith("Pemakaian: python -m tracker")
    assert english_in(ended.out) == []
    assert ended.err == ""


@pytest.mark.parametrize(
    "path", [path for path in command_paths() if path and path != ("report",)], ids=" ".join
)
def test_every_command_takes_json_and_now(path: tuple[str, ...]) -> None:
    page = call(*path, "--help").out
    assert "--json" in page
    assert "--now WAKTU" in page


def test_the_list_of_commands_is_that_of_this_version() -> None:
    assert set(ENTRIES) == {
        "init", "check", "explain", "status", "add", "record", "cancel", "restore", "share", "report",
        "verify", "template", "dashboard", "doctor",
    }  # fmt: skip
    assert list(command_paths())[-1] == ("doctor",)
    assert ("report", "monthly") in list(command_paths())


USAGE_ERRORS = {
    "no command": (),
    "bare group": ("report",),
    "unknown command": ("chek",),
    "unknown command of a group": ("report", "yearly"),
    "unknown option": ("check", "r.xlsx", "--jsn"),
    "unknown option of the program": ("--x",),
    "unknown short option": ("check", "-x"),
    "flag with a value": ("check", "r.xlsx", "--json=1"),
    "option without its value": ("check", "r.xlsx", "--now"),
    "missing argument": ("check",),
    "missing option": ("add", "r.xlsx"),
    "surplus argument": ("check", "r.xlsx", "b", "c"),
    "no moment": ("check", "r.xlsx", "--now", "besok"),
    "month 13": ("check", "r.xlsx", "--now", "2026-13-01T10:00"),
    "year 1": ("check", "r.xlsx", "--now", "0001-01-01T00:00"),
    "no number": ("record", "r.xlsx", "K-1", "tiga", "--by", "x"),
    "negative number": ("record", "r.xlsx", "K-1", "-1", "--by", "x"),
    "endless number": ("record", "r.xlsx", "K-1", "9" * 5000, "--by", "x"),
    "step 0": ("record", "r.xlsx", "K-1", "0", "--by", "x"),
    "no outcome": ("record", "r.xlsx", "K-1", "4", "--by", "x", "--outcome", "mungkin"),
    "nobody": ("record", "r.xlsx", "K-1", "4"),
    "no period": ("report", "monthly", "r.xlsx", "--period", "2026-13", "--json"),
    "semester": ("report", "monthly", "r.xlsx", "--period", "2026-S2", "--json"),
    "no output": ("report", "monthly", "r.xlsx"),
    "output is no pdf": ("report", "monthly", "r.xlsx", "-o", "r.xlsx"),
    "no paper": ("report", "monthly", "r.xlsx", "--paper", "a5", "-o", "a.pdf"),
    "network mode": ("dashboard", "--lan"),
    "two registers": ("dashboard", "r.xlsx", "--demo"),
    "port 0": ("dashboard", "--port", "0"),
    "port 99999": ("dashboard", "--port", "99999"),
    "no workbook name": ("init", "register.pdf"),
    "template name": ("template", "-o", "templat.txt"),
    "seed": ("init", "r.xlsx", "--seed", "x"),
    "unknown code": ("explain", "U199"),
    "no code": ("explain",),
}


@pytest.mark.parametrize("args", USAGE_ERRORS.values(), ids=USAGE_ERRORS.keys())
def test_wrong_usage_ends_with_2_and_an_indonesian_sentence(args: tuple[str, ...]) -> None:
    ended = call(*args)
    assert ended.code == 2
    assert ended.out == ""
    assert ended.err.strip()
    assert english_in(ended.err) == []


def test_an_unknown_option_is_named_and_help_is_offered() -> None:
    ended = call("check", "r.xlsx", "--x")
    assert ended.err == "Opsi tidak dikenal: --x. Lihat python -m tracker check --help\n"


@pytest.mark.parametrize(("typed", "meant"), [("chek", "check"), ("statu", "status")])
def test_the_nearest_command_is_offered(typed: str, meant: str) -> None:
    assert f" {meant}." in call(typed).err


def test_nearest_codes_are_offered() -> None:
    assert "U101" in call("explain", "U110").err
