"""Paragraphs, headings, captions and figures that know their place in the structure."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from reportlab.platypus import Flowable, Paragraph

from s75desk.domain.status import Shape
from s75desk.reporting.tagged import fonts
from s75desk.reporting.tagged.structure import NO_ATTRIBUTES, Attributes, Tag
from s75desk.reporting.tagged.text import LinkedText, LinkName

PaintShape = Callable[[Any, Shape, float, float, float], None]


class TaggedParagraph(Paragraph):  # type: ignore[misc]
    """A paragraph that is one structure element, also when it is split over two pages.

    Its role is the ``role`` attribute of its style, P if the style has none. ``number`` hangs to the left of the
    text and is read as part of it.
    """

    # What a part of a split paragraph takes over from the whole; reportlab's ``split`` makes parts by calling the
    # class with (None, style, bulletText=, frags=).
    _shared: tuple[str, ...] = ("tag", "_links", "_whole")

    def __init__(
        self,
        markup: str | None,
        style: Any,
        bulletText: str | None = None,  # noqa: N803 (reportlab)
        frags: Any = None,
        *,
        number: str = "",
        tag: Tag | None = None,
        language: str = "",
    ) -> None:
        # The space keeps the number apart from the first word for whoever reads the text in order.
        super().__init__(markup, style, f"{number} " if number else bulletText, frags)
        if frags is not None:
            return
        attributes = Attributes(language=language) if language else NO_ATTRIBUTES
        self.tag = tag or Tag(getattr(style, "role", "P"), attributes)
        self._links = _links(self.frags)
        self._whole = self.frags[0].link[0] if self._links and len(self.frags) == 1 else None

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 (reportlab)
        """Break into lines, once for each width: a cell is asked four times over before it is drawn."""
        if self._wrapped_for == availWidth and hasattr(self, "blPara"):
            return self.width, self.height
        size: tuple[float, float] = super().wrap(availWidth, availHeight)
        self._wrapped_for = availWidth
        return size

    _wrapped_for = -1.0

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803 (reportlab)
        """Split, each part going on in the same element."""
        parts: list[Any] = super().split(availWidth, availHeight)
        for part in parts:
            for name in self._shared:
                setattr(part, name, getattr(self, name))
        return parts

    def draw(self) -> None:
        """Draw inside the element."""
        canvas = self.canv
        outer = canvas.linked
        # Not ``inside``: thousands of paragraphs are drawn, and an exception ends the document anyway.
        canvas.open(self.tag)
        self.draw_text()
        canvas.close()
        canvas.linked = outer

    def draw_text(self) -> None:
        """Draw the text; the element is open."""
        super().draw()

    def beginText(self, x: float, y: float) -> Any:  # noqa: N802 (reportlab)
        """Called by reportlab for the paragraph's text: tell the text object which links to expect."""
        text = super().beginText(x, y)
        if self._links and isinstance(text, LinkedText):
            text.expect_links(self.tag, self._links, self._whole)
            self.canv.linked = text
        return text


def _links(fragments: Any) -> dict[LinkName, str]:
    """What each link of a paragraph reads."""
    words: dict[LinkName, str] = {}
    for fragment in fragments:
        for link in getattr(fragment, "link", None) or ():
            words[link] = words.get(link, "") + (getattr(fragment, "text", "") or "")
    return words


class ShapedParagraph(TaggedParagraph):
    """A paragraph with a status shape before its first line.

    The shape is an artifact: the word beside it says the same. The style's left indent leaves room for it.
    """

    _shared = (*TaggedParagraph._shared, "_paint", "_inset")

    shape: Shape | None = None
    _paint: PaintShape | None = None
    _inset = 0.0

    def with_shape(self, shape: Shape | None, paint: PaintShape, inset: float = 0.0) -> ShapedParagraph:
        """Draw ``shape`` with ``paint``, ``inset`` points from the left edge; returns self."""
        self.shape, self._paint, self._inset = shape, paint, inset
        return self

    def draw_text(self) -> None:
        """The text, then the shape, level with the capitals of the first line (over the fill, if there is one)."""
        super().draw_text()
        if self.shape is not None and self._paint is not None:
            size = self.style.fontSize
            side = size * 0.95
            middle_of_capitals = self.height - fonts.ascent(size) + size * 0.33
            with self.canv.artifact():
                self._paint(self.canv, self.shape, self._inset, middle_of_capitals + side / 2, side)


class Callout(ShapedParagraph):
    """A paragraph in a box with a soft fill and a thick bar on its left; both go on with it to the next page."""

    _shared = (*ShapedParagraph._shared, "_bar")
    _bar: Any = None

    def with_bar(self, colour: Any) -> Callout:
        """Give the bar its colour; returns self."""
        self._bar = colour
        return self

    def draw_text(self) -> None:
        """The bar over the fill's left edge, then the text. The fill comes from the style's ``backColor``."""
        super().draw_text()
        canvas, (top, _, bottom, left) = self.canv, self.style.borderPadding
        canvas.saveState()
        canvas.setFillColor(self._bar)
        x = self.style.leftIndent - left
        canvas.rect(x, -bottom, 3, self.height + top + bottom, stroke=0, fill=1)
        canvas.restoreState()


class Heading(TaggedParagraph):
    """A heading: a place to go to, a line in the reader's outline, and a page number for the contents list."""

    _shared = (*TaggedParagraph._shared, "_anchor", "_outline", "_level")

    def with_place(self, anchor: str, outline: str, level: int) -> Heading:
        """Say where links go, what the outline calls it and at which level; returns self."""
        self._anchor, self._outline, self._level = anchor, outline, level
        return self

    _anchor = ""
    _outline = ""
    _level = 0

    def draw_text(self) -> None:
        """Note the place, then the words."""
        if self._anchor:
            self.canv.place(self._anchor, self.height + self.style.leading / 2)
            self.canv.addOutlineEntry(self._outline, self._anchor, self._level)
        super().draw_text()


class Caption(TaggedParagraph):
    """A caption: an element inside the table or figure it belongs to, and the place links to that go to."""

    _shared = (*TaggedParagraph._shared, "_owner", "_anchor")
    _owner: Tag
    _anchor = ""

    def of(self, owner: Tag, anchor: str) -> Caption:
        """Say whose caption it is; returns self."""
        self._owner, self._anchor = owner, anchor
        return self

    def draw(self) -> None:
        """Draw inside the owner's element."""
        if self._anchor:
            self.canv.place(self._anchor, self.height + self.style.leading / 2)
        with self.canv.inside(self._owner):
            super().draw()


class PlacedParagraph(TaggedParagraph):
    """A paragraph that cross-references can go to."""

    _shared = (*TaggedParagraph._shared, "_anchor")
    _anchor = ""

    def at(self, anchor: str) -> PlacedParagraph:
        """Give the place its name; returns self."""
        self._anchor = anchor
        return self

    def split(self, availWidth: float, availHeight: float) -> list[Any]:  # noqa: N803 (reportlab)
        """Split; only the first part is the place."""
        parts = super().split(availWidth, availHeight)
        for later in parts[1:]:
            later._anchor = ""
        return parts

    def draw_text(self) -> None:
        """Note the place, then the words."""
        if self._anchor:
            self.canv.place(self._anchor, self.height)
        super().draw_text()


class Figure(Flowable):  # type: ignore[misc]
    """A picture of fixed size as one Figure element with alternative text and bounding box.

    Args:
        width: In points.
        height: In points.
        alternative: The words that stand for it; never empty.
        paint: Draws it with its lower left corner at the origin of the canvas it is given.
    """

    def __init__(self, width: float, height: float, alternative: str, paint: Callable[[Any], None]) -> None:
        super().__init__()
        if not alternative:
            raise ValueError("A figure needs words that stand for it")
        self.width, self.height = width, height
        self.tag = Tag("Figure", Attributes(alternative=alternative))
        self._paint = paint
        self.hAlign = "LEFT"

    def wrap(self, availWidth: float, availHeight: float) -> tuple[float, float]:  # noqa: N803 (reportlab)
        """The size it was given."""
        return self.width, self.height

    def draw(self) -> None:
        """Draw as one marked-content sequence."""
        canvas = self.canv
        left, bottom = canvas.absolutePosition(0, 0)
        box = (left, bottom, left + self.width, bottom + self.height)
        self.tag.attributes = Attributes(alternative=self.tag.attributes.alternative, box=box)
        with canvas.inside(self.tag) as element:
            # The caption, drawn first, may have made the element before the place on the page was known.
            element.attributes = self.tag.attributes
            with canvas.content():
                self._paint(canvas)
