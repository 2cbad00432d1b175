"""Writes tests/reference/agreement-briefing-r1.txt: what a screen reader hears of the briefing on R1.

    python -m tests.unit.reporting.make_reference

Read the difference before committing it: it is the briefing as a committee would get it.
"""

from __future__ import annotations

from pathlib import Path

from s75desk.reporting.agreement_briefing import SECTION_TITLES, BriefingOptions, agreement_briefing
from s75desk.reporting.layout import render
from tests.unit.reporting.dossiers import r1
from tests.unit.reporting.pdf_reading import spoken

TARGET = Path(__file__).parents[2] / "reference" / "agreement-briefing-r1.txt"


def reference() -> str:
    """The briefing on R1 for its committee, in reading order, one line an element."""
    dossier = r1()
    options = BriefingOptions("Adults and Health Committee", tuple(SECTION_TITLES), show_workings=True)
    briefing = agreement_briefing(dossier, options)
    return spoken(render(briefing, as_at=dossier.as_at).data)


if __name__ == "__main__":
    TARGET.write_text(reference(), encoding="utf-8")
