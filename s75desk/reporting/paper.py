"""Sizes that content and layout share, in points: how wide the text is and how large words in drawings are."""

from __future__ import annotations

MEASURE = 470.0
"""Width of text, tables and drawings on an A4 page."""

DRAWING_TEXT = 9.0
"""Size of the larger words in drawings on paper; everything else in a drawing follows it."""

CHART_HEIGHT = 165.0
"""Height of a KPI's chart on paper."""

SMALL_CHART_HEIGHT = 125.0
"""Height of a chart of two or three figures."""
