"""The text object of a paragraph: where its links start and stop, and a real space at each line's end."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

from reportlab.pdfgen.textobject import PDFTextObject

from s75desk.reporting.tagged.structure import NO_ATTRIBUTES, Element, Tag

if TYPE_CHECKING:
    from s75desk.reporting.tagged.canvas import TaggedCanvas

# reportlab's name for a link inside a paragraph: its running number there, and its target.
LinkName = tuple[int, str]


class LinkedText(PDFTextObject):  # type: ignore[misc]
    """Text between BT and ET, split into marked pieces where links begin and end."""

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self._tag: Tag | None = None
        self._words: dict[LinkName, str] = {}
        self._edges: list[tuple[int, LinkName | None]] = []
        self._waiting: list[LinkName] = []
        self._whole: LinkName | None = None
        self._before_last = 0

    def expect_links(self, tag: Tag, words: dict[LinkName, str], whole: LinkName | None) -> None:
        """Say whose links these are and what they read; ``whole`` if the paragraph is nothing but one link."""
        self._tag = tag
        self._words = words
        self._whole = whole
        if whole is not None:
            self._edges.append((1, whole))

    @property
    def has_links(self) -> bool:
        """Whether any link begins in this text."""
        return bool(self._edges)

    def _textOut(self, text: Any, TStar: int = 0) -> None:  # noqa: N802, N803 (reportlab)
        """Write a fragment; at a line's end add the space that the line break stands for (ISO 32000-1, 14.8.2.5).

        Without it, what reads the text in order glues the last word of a line to the first of the next.
        """
        self._before_last = len(self._code)
        if TStar and text[-1:] not in (" ", "-"):
            text = text + " "
        super()._textOut(text, TStar)

    def _linkRecord(self, link: LinkName, what: str) -> None:  # noqa: N802 (reportlab)
        """Called by reportlab where a link starts or ends; "start" comes after the link's first text is written."""
        if what == "start":
            self._edges.append((self._before_last, link))
        else:
            self._edges.append((len(self._code), None))
            self._waiting.append(link)

    def next_link(self, canvas: TaggedCanvas, paragraph: Element) -> tuple[Element, str]:
        """The Link element, and its words, of the annotation that reportlab makes next.

        reportlab makes a line's annotations after writing the line, sorted by the links' running numbers.
        """
        if self._whole is not None:
            link = self._whole
        else:
            self._waiting.sort()
            link = self._waiting.pop(0)
        return self._element(canvas, link, paragraph), self._words[link]

    def mark_pieces(self, canvas: TaggedCanvas, paragraph: Element) -> None:
        """Put marks round each piece of text: the paragraph's own, and each link's."""
        code = self._code
        edges = [(1, None), *self._edges, (len(code), None)]
        marked = code[:1]
        for (start, link), (end, _) in pairwise(edges):
            piece = code[start:end]
            if any("Tj" in operators or "TJ" in operators for operators in piece):
                element = paragraph
                if link is not None:
                    element = self._element(canvas, link, paragraph)
                    canvas.tree.attach(element)
                marked += [canvas.begin_content(element), *piece, "EMC"]
            else:
                marked += piece
        code[:] = marked

    def _element(self, canvas: TaggedCanvas, link: LinkName, paragraph: Element) -> Element:
        # Not yet among the paragraph's kids: its annotation is made before the text that comes before the link.
        return canvas.tree.element((self._tag, link), "Link", paragraph, NO_ATTRIBUTES, attached=False)
