"""Lists: an L element of items, each a label and a body."""

from __future__ import annotations

from typing import Any

from s75desk.reporting.tagged import fonts
from s75desk.reporting.tagged.flowables import TaggedParagraph
from s75desk.reporting.tagged.structure import Attributes, Tag


def list_tag(*, ordered: bool) -> Tag:
    """The tag that the items of one list share."""
    return Tag("L", Attributes(numbering="Decimal" if ordered else "Disc"))


class ListItem(TaggedParagraph):
    """One item of a list, hanging from its label; items of a list follow one another in the story.

    It stands in for reportlab's ListFlowable, which hides what it draws in a tree of wrappers that cannot be tagged
    without reaching into all of them.
    """

    _shared = (*TaggedParagraph._shared, "_list", "_item")
    _list: Tag
    _item: Tag
    _label = ""

    def of(self, owner: Tag, label: str) -> ListItem:
        """Say which list it is in and what stands before it; returns self."""
        self._list, self._item, self._label = owner, Tag("LI"), label
        return self

    def draw(self) -> None:
        """Draw label and body inside their elements; a part on the next page has no label."""
        canvas = self.canv
        with canvas.inside(self._list), canvas.inside(self._item):
            if self._label:
                with canvas.inside((self._item, "label"), "Lbl"):
                    self._draw_label(canvas)
            with canvas.inside((self._item, "body"), "LBody"):
                super().draw()

    def _draw_label(self, canvas: Any) -> None:
        style = self.style
        canvas.saveState()
        canvas.setFont(style.fontName, style.fontSize)
        canvas.setFillColor(style.textColor)
        canvas.drawString(style.bulletIndent, self.height - fonts.ascent(style.fontSize), f"{self._label} ")
        canvas.restoreState()
