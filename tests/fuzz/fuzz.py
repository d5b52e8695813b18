"""Coverage-guided fuzzing with atheris (Linux, optional): see docs/testing.md for how to run it.

`python -m tests.fuzz.fuzz cells CORPUS… [libFuzzer options]`; without a corpus folder nothing is kept.
"""

from __future__ import annotations

import sys

import atheris  # type: ignore[import-not-found]  # optional: atheris has no wheel for Windows

with atheris.instrument_imports(include=["tracker"]):
    from tests.fuzz.targets import TARGETS


def main() -> None:
    """Fuzz one target until libFuzzer stops."""
    target = TARGETS[sys.argv[1]]
    atheris.Setup([sys.argv[0], *sys.argv[2:]], target)
    atheris.Fuzz()


if __name__ == "__main__":
    main()
