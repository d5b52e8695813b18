"""How a sheet is described: Kind, Column, Sheet. What the sheets are stands in `tracker.register.schema`."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import Enum
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ["Column", "Kind", "Sheet"]


class Kind(Enum):
    """What a column holds, hence how one of its cells is read and written."""

    TEXT = "text"
    ID = "id"
    STEP = "step"
    MOMENT = "moment"
    DATE = "date"
    TIME = "time"
    NUMBER = "number"
    DURATION = "duration"
    CHOICE = "choice"
    NAMES = "names"
    LINKS = "links"
    WEEKDAYS = "weekdays"
    TARGET = "target"
    FORMULA = "formula"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `key` is its English name in code, `heading` what the book says, `width` in Excel characters.

    `choices` names the column of sheet Daftar that feeds the drop-down, `options` maps every canonical choice to
    the synonyms that staff type. `folded` columns are grouped and shut in the template.
    """

    key: str
    heading: str
    kind: Kind
    required: bool = False
    synonyms: tuple[str, ...] = ()
    choices: str | None = None
    options: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    help: str = ""
    width: float = 14.0
    folded: bool = False

    @property
    def is_formula(self) -> bool:
        return self.kind is Kind.FORMULA


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `required` sheets make the register read-only when missing; unread sheets are never opened."""

    key: str
    name: str
    columns: tuple[Column, ...]
    required: bool = False
    is_read: bool = True
    synonyms: tuple[str, ...] = ()
    help: str = ""

    @property
    def typed(self) -> tuple[Column, ...]:
        """The columns that people type; the rest are formulas of the template."""
        return tuple(column for column in self.columns if not column.is_formula)

    def column(self, key: str) -> Column:
        """The column with this English key; KeyError when there is none (our bug)."""
        for candidate in self.columns:
            if candidate.key == key:
                return candidate
        raise KeyError(f"{self.name}: {key}")
