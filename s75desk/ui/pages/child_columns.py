"""How records that hang under another are shown in a table: which columns, in which words."""

from __future__ import annotations

from typing import Any

from s75desk.domain.records import Kpi, Record
from s75desk.ui.itemmodels.cells import Column
from s75desk.ui.pages import agreement_columns, kpi_columns, provider_columns
from s75desk.ui.pages.cell_words import Names

__all__ = ["Names", "columns_of"]

_MAKERS = agreement_columns.MAKERS | kpi_columns.MAKERS | provider_columns.MAKERS


def columns_of(cls: type[Record], names: Names, *, kpi: Kpi | None = None) -> list[Column[Any]]:
    """The columns of a table of these records.

    Args:
        cls: Class of the records.
        names: Names of what they refer to, and the day.
        kpi: The KPI whose figures they are.
    """
    return _MAKERS[cls](names, kpi)
