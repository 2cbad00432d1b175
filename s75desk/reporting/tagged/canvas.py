"""The canvas that marks what is drawn on it: text as content of the open element, everything else as artifact."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any, Literal

from reportlab.pdfbase import pdfdoc
from reportlab.pdfgen.canvas import Canvas

from s75desk.reporting.jpeg import JpegSize
from s75desk.reporting.tagged.metadata import Properties, write_metadata
from s75desk.reporting.tagged.structure import NO_ATTRIBUTES, Attributes, Element, StructureTree, Tag
from s75desk.reporting.tagged.text import LinkedText

Furniture = Literal["Header", "Footer"]


class TaggedCanvas(Canvas):  # type: ignore[misc]
    """A reportlab canvas on which every mark has a meaning.

    Text drawn while no element is open raises ValueError rather than becoming text that no screen reader hears.

    Attributes:
        tree: The structure of the document so far.
        properties: Title, author, dates and the rest; set before ``save``.
    """

    def __init__(self, *args: Any, **options: Any) -> None:
        options.setdefault("pdfVersion", (1, 7))
        super().__init__(*args, **options)
        # The file's ID is made from its contents; reportlab has already put the clock, or an environment variable
        # that stands for it, into the sum.
        self._doc.signature = hashlib.md5(usedforsecurity=False)
        self.tree = StructureTree()
        self.properties = Properties()
        self._element = self.tree.root
        self._outer: list[Element] = []
        self._marked = False
        self._page_of: dict[str, int] = {}
        self._tagged_annotations = 0
        self._late: list[tuple[str, Callable[[], None]]] = []
        self._pages: list[tuple[Any, list[tuple[str, Callable[[], None]]]]] = []
        # The text object whose links are being placed, and the tag of its paragraph: see text.py.
        self.linked: LinkedText | None = None

    # --- elements --------------------------------------------------------------------------------------------------

    def open(self, key: Any, role: str = "", attributes: Attributes = NO_ATTRIBUTES) -> Element:
        """Go into the element with ``key``, making it if it is new; a Tag is its own key, role and attributes.

        Inside an artifact or a figure there is no structure, and opening an element has no effect.
        """
        self._outer.append(self._element)
        if not self._marked:
            if isinstance(key, Tag):
                role, attributes = key.role, key.attributes
            self._element = self.tree.element(key, role, self._element, attributes)
        return self._element

    def close(self) -> None:
        """Go back to the element that was open before."""
        self._element = self._outer.pop()

    @contextmanager
    def inside(self, key: Any, role: str = "", attributes: Attributes = NO_ATTRIBUTES) -> Iterator[Element]:
        """Draw inside the element with ``key``."""
        element = self.open(key, role, attributes)
        try:
            yield element
        finally:
            self.close()

    # --- marks -----------------------------------------------------------------------------------------------------

    @contextmanager
    def artifact(self, furniture: Furniture | None = None, *, pagination: bool = False) -> Iterator[None]:
        """Draw what is not content: a rule, a fill, page furniture, a repeated table header."""
        if furniture:
            operator = f"/Artifact <</Type/Pagination/Subtype/{furniture}>> BDC"
        else:
            operator = "/Artifact <</Type/Pagination>> BDC" if pagination else "/Artifact BMC"
        with self._mark(operator):
            yield

    @contextmanager
    def content(self) -> Iterator[None]:
        """Draw everything as one marked-content sequence of the open element, as a figure needs."""
        with self._mark("" if self._marked else self.begin_content(self._element)):
            yield

    @contextmanager
    def _mark(self, operator: str) -> Iterator[None]:
        if self._marked:
            yield
            return
        self._marked = True
        self._code.append(operator)
        try:
            yield
        finally:
            self._code.append("EMC")
            self._marked = False

    def begin_content(self, element: Element) -> str:
        """The operator that begins a new marked-content sequence of ``element`` on this page."""
        return f"/{element.role} <</MCID {self.tree.content(element, self._pageNumber)}>> BDC"

    # --- text ------------------------------------------------------------------------------------------------------

    def beginText(self, x: float = 0, y: float = 0, direction: Any = None) -> LinkedText:  # noqa: N802 (reportlab)
        """A text object that knows where its links are."""
        return LinkedText(self, x, y, direction=direction)

    def drawText(self, text: Any) -> None:  # noqa: N802 (reportlab)
        """Draw a text object as content of the open element, its links as Link elements inside that."""
        if self._marked:
            super().drawText(text)
            return
        if self._element is self.tree.root:
            raise ValueError(f"Text outside any structure element: {text.getCode()}")
        if isinstance(text, LinkedText) and text.has_links:
            text.mark_pieces(self, self._element)
            super().drawText(text)
            return
        self._code.append(self.begin_content(self._element))
        super().drawText(text)
        self._code.append("EMC")

    # --- pictures --------------------------------------------------------------------------------------------------

    def jpeg(self, data: bytes, size: JpegSize, width: float, height: float) -> None:
        """Draw a JPEG with its lower left corner at the origin, its bytes as they are and once a document.

        reportlab's own ``drawImage`` decodes a picture to name it; here its fingerprint does.
        """
        name = hashlib.sha256(data).hexdigest()
        if not self.hasForm(name):
            self._doc.addForm(name, _Jpeg(data, size))
        with self.artifact():
            self._code.append(f"q {width:.3f} 0 0 {height:.3f} 0 0 cm /{self._doc.getXObjectName(name)} Do Q")
        self._formsinuse.append(name)

    # --- links and places --------------------------------------------------------------------------------------------

    def place(self, anchor: str, y: float) -> None:
        """Make the height ``y`` of the current frame of reference the place that links to ``anchor`` go to."""
        self.bookmarkHorizontal(anchor, 0, y)
        self._page_of[anchor] = self._pageNumber

    def page_of(self, anchor: str) -> int:
        """The page on which ``anchor`` was placed; to be asked in ``later`` only."""
        return self._page_of[anchor]

    @property
    def page_count(self) -> int:
        """How many pages there are; to be asked in ``later`` only."""
        return len(self._pages)

    def linkRect(  # noqa: N802 (reportlab)
        self,
        contents: str,
        destinationname: str,
        Rect: Any = None,  # noqa: N803 (reportlab)
        relative: int = 1,
        **_rest: Any,
    ) -> None:
        """A link to a place in this document, owned by the Link element it belongs to.

        reportlab calls this while it draws a paragraph, once a line for each link on it.
        """
        element, words = self._element, contents
        if self.linked is not None:
            element, words = self.linked.next_link(self, self._element)
        name = f"NUMBER{self._annotationCount + 1}"
        key = self.tree.annotation(element, self._pageNumber, f"Annot.{name}")
        self._tagged_annotations += 1
        self._addAnnotation(
            _LinkAnnotation(
                self._absRect(Rect, relative),
                words,
                self._bookmarkReference(destinationname),
                Border="[0 0 0]",
                F=4,
                StructParent=key,
            ),
            name,
        )

    # --- what is only known at the end ---------------------------------------------------------------------------

    def later(self, draw: Callable[[], None]) -> None:
        """Draw something here once all pages are done; the mark it belongs to must be open.

        ``draw`` draws on this canvas in the coordinates that hold here, and may ask ``page_of`` and ``page_count``.
        """
        if not self._marked:
            raise ValueError("Only what is already marked can be drawn later")
        # A comment on a line of its own holds the place in the page's stream.
        token = f"%later {len(self._pages)}.{len(self._late)}"
        self._code.append(token)
        self._late.append((token, draw))

    def _draw_late(self) -> None:
        for page, waiting in self._pages:
            for token, draw in waiting:
                self._code: list[str] = []
                self._marked = True
                self.saveState()
                draw()
                self.restoreState()
                self._marked = False
                page.stream = page.stream.replace(f"\n{token}\n", "\n" + "\n".join(self._code) + "\n", 1)
        self._code = []

    # --- pages and the file --------------------------------------------------------------------------------------

    def _setAnnotations(self, page: Any) -> None:  # noqa: N802 (reportlab)
        """The one hook between the making of a page object and its joining the document."""
        super()._setAnnotations(page)
        if self._marked or self._outer:
            raise ValueError("A mark or an element is still open at the end of a page")
        if len(self._annotationrefs) != self._tagged_annotations:
            raise ValueError("An annotation on this page belongs to no structure element")
        self._tagged_annotations = 0
        # reportlab writes a fixed list of a page's keys; ours must join that list, on this page object only.
        page.__NoDefault__ = [*page.__NoDefault__, "StructParents", "Tabs"]
        page.Tabs = "/S"
        page.StructParents = self.tree.end_page()
        self._pages.append((page, self._late))
        self._late = []

    def save(self) -> None:
        """Finish the document: late text, structure tree, metadata; then write it."""
        if self._code:
            self.showPage()
        self._draw_late()
        self.tree.write(self._doc)
        write_metadata(self._doc, self.properties)
        super().save()


class _Jpeg(pdfdoc.PDFObject):  # type: ignore[misc]
    """A picture whose bytes a reader decodes itself."""

    def __init__(self, data: bytes, size: JpegSize) -> None:
        self._data = data
        self._size = size

    def format(self, document: Any) -> bytes:
        """The stream as bytes."""
        head = {
            "Type": pdfdoc.PDFName("XObject"),
            "Subtype": pdfdoc.PDFName("Image"),
            "Width": self._size.width,
            "Height": self._size.height,
            "BitsPerComponent": 8,
            "ColorSpace": pdfdoc.PDFName("DeviceGray" if self._size.colours == 1 else "DeviceRGB"),
            "Filter": pdfdoc.PDFArray([pdfdoc.PDFName("DCTDecode")]),
            "Length": len(self._data),
        }
        written: bytes = pdfdoc.PDFStream(pdfdoc.PDFDictionary(head), self._data).format(document)
        return written


class _LinkAnnotation(pdfdoc.LinkAnnotation):  # type: ignore[misc]
    permitted = (*pdfdoc.LinkAnnotation.permitted, "StructParent")


def _as_artifact(name: str) -> Callable[..., Any]:
    paint = getattr(Canvas, name)

    def method(self: TaggedCanvas, *args: Any, **options: Any) -> Any:
        with self.artifact():
            return paint(self, *args, **options)

    method.__name__ = name
    return method


# Every painting operator of reportlab's canvas besides text: an artifact, unless a figure's mark is open.
for _name in (
    *("line", "lines", "grid", "bezier", "arc", "rect", "roundRect", "ellipse", "wedge", "circle", "drawPath"),
    *("linearGradient", "radialGradient", "shade", "doForm", "drawImage", "drawInlineImage"),
):
    if hasattr(Canvas, _name):
        setattr(TaggedCanvas, _name, _as_artifact(_name))
