"""Drawings for the window, from the same builders that draw them on paper."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from s75desk.domain.deciding import Matter, by_waiver, with_extension
from s75desk.domain.dossier import AgreementDossier
from s75desk.domain.drawing import Drawing
from s75desk.domain.lengths import Length
from s75desk.domain.performance import KpiSheet
from s75desk.domain.records import Rating
from s75desk.reporting.charts import kpi_drawing, rating_history
from s75desk.reporting.decided_bar import decided_bar
from s75desk.reporting.timeline import term_drawing


def term_of_agreement(dossier: AgreementDossier, width: float, *, today: bool = True) -> Drawing:
    """The term drawn: first term, extensions, notice days, and the day it is shown as at. ``width`` in logical pixels.

    ``today`` says whether that is today; another day is written out.
    """
    return term_drawing(dossier.term, dossier.as_at, width, mark="Today" if today else "")


def term_if_decided(
    dossier: AgreementDossier, matter: Matter, goes_on: bool | None, length: Length | None, width: float
) -> Drawing:
    """The term as it would be by an answer; as it is while none is chosen, or where the answer moves no end."""
    option = matter.extension or (by_waiver(dossier, length) if length and matter.asks_length else None)
    after = with_extension(dossier, option, dossier.as_at) if goes_on and option is not None else dossier.term
    bar = decided_bar(dossier.term, after, width, ends_there=goes_on is False)
    return bar or term_drawing(after, dossier.as_at, width)


def chart_of_kpi(sheet: KpiSheet, today: date, width: float, height: float) -> Drawing:
    """A KPI's figures with the band they are held against."""
    return kpi_drawing(sheet, width, height, today)


def history_of_ratings(ratings: Sequence[Rating], today: date, width: float) -> Drawing:
    """CQC and our own ratings over time, as published."""
    return rating_history(ratings, today, width)
