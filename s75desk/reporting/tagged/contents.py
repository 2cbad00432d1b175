"""The list of contents: TOC elements whose entries link to their sections; page numbers are written in at the end."""

from __future__ import annotations

from functools import partial
from typing import Any

from s75desk.reporting.tagged import fonts
from s75desk.reporting.tagged.flowables import TaggedParagraph
from s75desk.reporting.tagged.structure import Tag


class ContentsEntry(TaggedParagraph):
    """One line of the list: number, title, dots, page."""

    _toc: Tag
    _anchor = ""
    _room = 24.0

    def of(self, toc: Tag, anchor: str) -> ContentsEntry:
        """Say which list it is in and where it leads; returns self."""
        self._toc, self._anchor, self._entry = toc, anchor, Tag("TOCI")
        return self

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803 (reportlab)
        """An entry stays whole."""
        return []

    def draw(self) -> None:
        """Draw inside TOC, TOCI, Reference and Link; the whole line is the link."""
        canvas, entry = self.canv, self._entry
        with (
            canvas.inside(self._toc),
            canvas.inside(entry),
            canvas.inside((entry, "reference"), "Reference"),
            canvas.inside((entry, "link"), "Link"),
        ):
            self.draw_text()
            self._draw_dots(canvas)
            with canvas.content():
                canvas.later(partial(self._draw_page, canvas))
            words = f"{self.bulletText or ''}{self.getPlainText()}"
            canvas.linkRect(words, self._anchor, (0, 0, self.width, self.height), relative=1)

    @property
    def _baseline(self) -> float:
        """Baseline of the last line, above the bottom edge."""
        return float(self.style.leading - self.style.fontSize)

    def _draw_dots(self, canvas: Any) -> None:
        style = self.style
        start = self._text_end() + 6
        stop = self.width - self._room
        if start >= stop:
            return
        canvas.saveState()
        canvas.setStrokeColor(style.dotColor)
        canvas.setLineWidth(0.8)
        canvas.setLineCap(1)
        canvas.setDash(0.01, 3)
        canvas.line(start, self._baseline + 1, stop, self._baseline + 1)
        canvas.restoreState()

    def _text_end(self) -> float:
        """Where the last line's words end."""
        line = self.blPara.lines[-1]
        words = line[1] if isinstance(line, tuple) else [word.text for word in line.words]
        return float(self.style.leftIndent + fonts.width(" ".join(words), self.style.fontSize))

    def _draw_page(self, canvas: Any) -> None:
        canvas.setFont(self.style.fontName, self.style.fontSize)
        canvas.setFillColor(self.style.textColor)
        canvas.drawRightString(self.width, self._baseline, f" {canvas.page_of(self._anchor)}")
