"""Everything CI runs, in one command: format, lint, types, floors, generated files, tests with branch coverage.

Run: `python tools/check.py`. Options: `--fast` leaves the tests out, `--fix` first mends what can be mended.
Works on Windows too: every tool is started as a module of the Python that runs this file.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
LONG: Final = 300
"""A file with more lines is named, not refused: does it serve two purposes?"""

CODE: Final = tuple(name for name in ("tracker", "dashboard.py", "tools") if (ROOT / name).exists())


@dataclass(frozen=True, slots=True)
class Step:
    """One tool: what it is called here, and how it is started."""

    name: str
    command: tuple[str, ...]


FIXES: Final = (
    Step("lint (fix)", ("-m", "ruff", "check", "--fix-only", "--quiet", ".")),
    Step("format (fix)", ("-m", "ruff", "format", "--quiet", ".")),
    Step("generated files (write)", ("tools/generate_docs.py",)),
)
CHECKS: Final = (
    Step("format", ("-m", "ruff", "format", "--check", "--output-format", "concise", ".")),
    Step("lint", ("-m", "ruff", "check", "--quiet", "--output-format", "concise", ".")),
    Step("types", ("-m", "mypy", "--strict", "--no-error-summary", *CODE)),
    Step("floors", ("-c", "from importlinter.cli import lint_imports_command as run; run()", "--no-logo")),
    Step("generated files", ("tools/generate_docs.py", "--check")),
)
TESTS: Final = Step(
    "tests", ("-m", "pytest", "--cov", "--cov-branch", "--cov-report=term-missing:skip-covered")
)


def main() -> int:
    """Run the steps; the exit code: 0 when all passed."""
    options = _options()
    if options.fix:
        for step in FIXES:
            _run(step)
    steps = CHECKS if options.fast else (*CHECKS, TESTS)
    failed = [step.name for step in steps if not _run(step)]
    for name, lines in long_files():
        print(f"note     {name} has {lines} lines: does it serve two purposes?")
    print(f"\nFAILED: {', '.join(failed)}" if failed else "\nAll checks passed.", flush=True)
    return 1 if failed else 0


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Everything CI runs, in one command.")
    parser.add_argument(
        "--fast", "--skip-tests", action="store_true", dest="fast", help="leave the tests out"
    )
    parser.add_argument("--fix", action="store_true", help="mend format, lint and generated files first")
    return parser.parse_args()


def _run(step: Step) -> bool:
    """Start one tool; its output is shown when it failed, and always for the tests."""
    shown = step is TESTS
    if shown:
        print("tests", flush=True)
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, *step.command],
        cwd=ROOT,
        env={**os.environ, "PYTHONUTF8": "1", "NO_COLOR": "1"},
        check=False,
        text=True,
        encoding="utf-8",
        errors="replace",
        stdout=None if shown else subprocess.PIPE,
        stderr=None if shown else subprocess.STDOUT,
    )
    passed = done.returncode == 0
    print(f"{'ok' if passed else 'FAILED':8} {step.name} ({time.perf_counter() - began:.1f} s)", flush=True)
    if not passed and done.stdout:
        print("".join(f"  {line}\n" for line in done.stdout.strip().splitlines()), flush=True)
    return passed


def long_files() -> Iterator[tuple[str, int]]:
    """The product's files that are longer than `LONG` lines."""
    for folder in ("tracker", "tools"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            lines = len(path.read_text(encoding="utf-8").splitlines())
            if lines > LONG:
                yield path.relative_to(ROOT).as_posix(), lines


if __name__ == "__main__":
    sys.exit(main())
