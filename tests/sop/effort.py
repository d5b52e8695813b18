"""How much of a comparison over random cases is run: mutation testing repeats it for every mutant."""

from __future__ import annotations

from hypothesis import settings


def share(count: int, *, of: int) -> int:
    """`count`, and one part `of` it under the profile `mutation` (tests/conftest.py)."""
    return count // of if settings.get_current_profile_name() == "mutation" else count
