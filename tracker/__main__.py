"""The door `python -m tracker`: loads the command line, and only as much of it as the command needs."""

from __future__ import annotations

import sys


def main() -> int:
    """Run the command line on `sys.argv`; the exit code."""
    try:
        from tracker.cli.app import run  # noqa: PLC0415 - an interrupt while loading must not show a traceback

        return run(sys.argv[1:])
    except KeyboardInterrupt:
        print("Dihentikan.", file=sys.stderr)
        return 130


if __name__ == "__main__":
    sys.exit(main())
