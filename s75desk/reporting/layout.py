"""From content to PDF: the one door through which a briefing becomes bytes."""

from __future__ import annotations

import hashlib
import io
import logging
import threading
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from reportlab.platypus import BaseDocTemplate, Frame, PageTemplate

from s75desk.domain import wording
from s75desk.reporting import content, styles
from s75desk.reporting.mending import without_what_fails
from s75desk.reporting.numbering import Numbering, UnresolvedReference
from s75desk.reporting.story import build_story
from s75desk.reporting.tagged import fonts
from s75desk.reporting.tagged.canvas import TaggedCanvas
from s75desk.reporting.tagged.metadata import Properties

PRODUCT = "s75desk"

_logger = logging.getLogger(__name__)

_one_at_a_time = threading.Lock()
"""Two threads may print; what reportlab keeps for all documents of a process is made for one."""

FINGERPRINT_SHOWN = 16
"""So many characters of the content's fingerprint stand at the foot of every page; all of it in the properties."""


@dataclass(frozen=True, slots=True)
class RenderedPdf:
    """A finished PDF.

    Attributes:
        data: The file.
        pages: How many pages it has.
        sha256: Its fingerprint, in hexadecimal.
        warnings: Sentences about what could not be printed as it stands in the records.
    """

    data: bytes
    pages: int
    sha256: str
    warnings: tuple[str, ...]


def render(briefing: content.Briefing, *, as_at: date) -> RenderedPdf:
    """Lay a briefing out as a tagged PDF (PDF/UA-1, PDF/A-2a); what cannot be laid out leaves its sentence.

    The same briefing and date give the same bytes: the file is dated ``as_at`` and no clock is asked.

    Args:
        briefing: What it says.
        as_at: The day everything in it was worked out for.

    Raises:
        UnresolvedReference: If a cross-reference in it points nowhere.
    """
    with _one_at_a_time:
        return _render(briefing, as_at)


def _render(briefing: content.Briefing, as_at: date) -> RenderedPdf:
    try:
        return _laid_out(briefing, as_at)
    except (UnresolvedReference, ValueError):
        raise  # The content itself is at fault: no section of it could be trusted.
    except Exception:
        _logger.exception("%s could not be laid out as it is", briefing.title)
        return _laid_out(without_what_fails(briefing, partial(_works, as_at)), as_at)


def _works(as_at: date, briefing: content.Briefing) -> bool:
    try:
        _laid_out(briefing, as_at)
    except Exception:
        _logger.exception("This part of it cannot be laid out")
        return False
    return True


def _laid_out(briefing: content.Briefing, as_at: date) -> RenderedPdf:
    printable = fonts.Printable()
    numbering = Numbering(briefing)
    file = io.BytesIO()
    document = _Document(file, briefing, as_at, printable)
    document.build(build_story(numbering, printable), canvasmaker=document.make_canvas)
    data = file.getvalue()
    return RenderedPdf(data, document.page, hashlib.sha256(data).hexdigest(), printable.warnings)


class _Document(BaseDocTemplate):  # type: ignore[misc]
    """One frame a page, with head and foot."""

    def __init__(self, file: io.BytesIO, briefing: content.Briefing, as_at: date, printable: fonts.Printable) -> None:
        page = styles.PAGE
        super().__init__(file, pagesize=(page.width, page.height), initialFontName=fonts.REGULAR, invariant=1)
        self._briefing = briefing
        self._as_at = as_at
        self._printable = printable
        frame = Frame(
            page.side, page.bottom, page.measure, page.depth,
            leftPadding=0, rightPadding=0, topPadding=0, bottomPadding=0,
        )  # fmt: skip
        self.addPageTemplates(PageTemplate("page", [frame], onPage=self._furniture))

    def make_canvas(self, file: Any, **options: Any) -> TaggedCanvas:
        """The canvas that platypus draws on."""
        canvas = TaggedCanvas(file, **options)
        briefing = self._briefing
        canvas.properties = Properties(
            title=self._printable(f"{briefing.kind}: {briefing.title}"),
            author=self._printable(briefing.author),
            subject=self._printable(briefing.subtitle),
            keywords=tuple(self._printable(word) for word in (*briefing.keywords, briefing.fingerprint) if word),
            dated=self._as_at,
        )
        canvas.setPageCompression(1)
        return canvas

    def _furniture(self, canvas: TaggedCanvas, document: Any) -> None:
        page = styles.PAGE
        canvas.saveState()
        canvas.setFont(fonts.REGULAR, 8.5)
        canvas.setFillColor(styles.colour("muted"))
        canvas.setStrokeColor(styles.colour("line"))
        canvas.setLineWidth(0.5)
        if document.page > 1:
            with canvas.artifact("Header"):
                self._header(canvas)
        with canvas.artifact("Footer"):
            canvas.line(page.side, page.foot + 12, page.width - page.side, page.foot + 12)
            briefing = self._briefing
            fingerprint = briefing.fingerprint
            made = f"content {fingerprint[:FINGERPRINT_SHOWN]}" if fingerprint else f"printed with {PRODUCT}"
            parts = (briefing.reference, f"as at {wording.date_long(self._as_at)}", made)
            text = "  ·  ".join(self._printable(part) for part in parts if part)
            canvas.drawString(page.side, page.foot, _shortened(text, page.measure - 80))
            canvas.later(partial(_page_number, canvas, document.page))
        canvas.restoreState()

    def _header(self, canvas: TaggedCanvas) -> None:
        page, briefing = styles.PAGE, self._briefing
        y = page.height - page.head
        canvas.drawRightString(page.width - page.side, y, self._printable(briefing.kind))
        canvas.drawString(page.side, y, _shortened(self._printable(briefing.title), page.measure - 110))
        canvas.line(page.side, y - 6, page.width - page.side, y - 6)


def _page_number(canvas: TaggedCanvas, number: int) -> None:
    page = styles.PAGE
    canvas.setFont(fonts.REGULAR, 8.5)
    canvas.setFillColor(styles.colour("muted"))
    canvas.drawRightString(page.width - page.side, page.foot, f"Page {number} of {canvas.page_count}")


def _shortened(text: str, width: float) -> str:
    """``text`` on one line of at most ``width`` points at the size of head and foot, cut with an ellipsis."""
    line = " ".join(text.split())
    if fonts.width(line, 8.5) <= width:
        return line
    fits, too_long = 0, len(line)
    while too_long - fits > 1:
        middle = (fits + too_long) // 2
        if fonts.width(f"{line[:middle].rstrip()}…", 8.5) <= width:
            fits = middle
        else:
            too_long = middle
    return f"{line[:fits].rstrip()}…"
