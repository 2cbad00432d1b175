"""The structure tree: which element says what, on which page, and how it is written into the file.

Elements are found by any hashable key, so that a table which continues on the next page, or a paragraph split in
two, goes on in the element it began in. Terms are those of ISO 32000-1, 14.7 and 14.8.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from reportlab.pdfbase.pdfdoc import PDFDictionary, PDFObject, PDFString


@dataclass(frozen=True, slots=True)
class Attributes:
    """What an element says of itself besides its role.

    Attributes:
        alternative: Words that stand for a figure.
        language: Language of the element if it is not that of the document.
        identity: ID, by which data cells name their headers.
        scope: Whether a header cell heads its "Column" or its "Row".
        headers: IDs of the header cells of a data cell.
        numbering: "Disc" or "Decimal" for a list.
        box: Bounding box of a figure on its page: left, bottom, right, top in points.
    """

    alternative: str = ""
    language: str = ""
    identity: str = ""
    scope: str = ""
    headers: tuple[str, ...] = ()
    numbering: str = ""
    box: tuple[float, float, float, float] | None = None


NO_ATTRIBUTES = Attributes()


class Tag:
    """Identity and role of one structure element, carried by a flowable and shared by the parts it is split into."""

    __slots__ = ("attributes", "role")

    def __init__(self, role: str, attributes: Attributes = NO_ATTRIBUTES) -> None:
        self.role = role
        self.attributes = attributes


class Content(NamedTuple):
    """A marked-content sequence of a page."""

    page: int
    number: int


class Annotation(NamedTuple):
    """An annotation of a page, by reportlab's name for the object."""

    page: int
    name: str


class Element(PDFObject):  # type: ignore[misc]
    """A structure element that writes itself; three times as fast as building it from PDFDictionary and PDFArray."""

    __RefOnly__ = 1

    def __init__(self, role: str, parent: Element | None, attributes: Attributes = NO_ATTRIBUTES) -> None:
        self.role = role
        self.parent = parent
        self.attributes = attributes
        self.kids: list[Element | Content | Annotation] = []
        self.number = 0
        self.parent_number = 0

    def format(self, document: Any) -> bytes:
        """The element as bytes; object numbers of pages and annotations are asked of ``document``."""
        numbers = document.idToObjectNumberAndVersion
        page = next((kid.page for kid in self.kids if isinstance(kid, Content)), 0)
        parent = self.parent.number if self.parent else self.parent_number
        head = f"<</Type/StructElem/S/{self.role}/P {parent} 0 R"
        if page:
            head += f"/Pg {_page(numbers, page)} 0 R"
        kids = " ".join(self._kid(kid, page, numbers) for kid in self.kids)
        return f"{head}/K [{kids}]".encode("latin1") + self._attributes(document) + b">>"

    def _kid(self, kid: Element | Content | Annotation, page: int, numbers: Mapping[str, Any]) -> str:
        if isinstance(kid, Element):
            return f"{kid.number} 0 R"
        if isinstance(kid, Annotation):
            return f"<</Type/OBJR/Pg {_page(numbers, kid.page)} 0 R/Obj {numbers[kid.name][0]} 0 R>>"
        if kid.page == page:
            return str(kid.number)
        return f"<</Type/MCR/Pg {_page(numbers, kid.page)} 0 R/MCID {kid.number}>>"

    def _attributes(self, document: Any) -> bytes:
        own = self.attributes
        if own is NO_ATTRIBUTES:
            return b""
        out = b""
        for name, value in (("Alt", own.alternative), ("Lang", own.language), ("ID", own.identity)):
            if value:
                out += f"/{name}".encode() + PDFString(value).format(document)
        groups = ""
        if own.scope or own.headers:
            scope = f"/Scope/{own.scope}" if own.scope else ""
            headers = f"/Headers[{' '.join(f'({name})' for name in own.headers)}]" if own.headers else ""
            groups += f"<</O/Table{scope}{headers}>>"
        if own.numbering:
            groups += f"<</O/List/ListNumbering/{own.numbering}>>"
        if own.box:
            groups += f"<</O/Layout/Placement/Block/BBox[{' '.join(f'{edge:.2f}' for edge in own.box)}]>>"
        return out + (f"/A[{groups}]".encode("latin1") if groups else b"")


def _page(numbers: Mapping[str, Any], page: int) -> int:
    number: int = numbers[f"Page{page}"][0]
    return number


class _Written(PDFObject):  # type: ignore[misc]
    """An object whose bytes are known."""

    __RefOnly__ = 1

    def __init__(self, written: bytes) -> None:
        self.written = written

    def format(self, document: Any) -> bytes:
        """The bytes."""
        return self.written


class StructureTree:
    """The tree of one document while it is drawn.

    Attributes:
        root: The Document element.
        roles: Roles of our own and the standard roles they stand for.
    """

    def __init__(self) -> None:
        self.root = Element("Document", None)
        self.roles: dict[str, str] = {"KeyMessage": "P"}
        self._elements: dict[Hashable, Element] = {}
        self._page_content: list[Element] = []
        self._page_key = 0
        self._next_key = 0
        self._owners: dict[int, Element | list[Element]] = {}

    def element(
        self, key: Hashable, role: str, parent: Element, attributes: Attributes, *, attached: bool = True
    ) -> Element:
        """The element with ``key``, made as the last kid of ``parent`` when it is first asked for.

        With ``attached`` false it is not yet a kid; ``attach`` makes it one when its text is reached.
        """
        found = self._elements.get(key)
        if found is None:
            found = self._elements[key] = Element(role, parent, attributes)
            if attached:
                parent.kids.append(found)
        return found

    def attach(self, element: Element) -> None:
        """Make ``element`` the last kid of its parent, unless it is a kid already."""
        if element.parent is not None and element not in element.parent.kids:
            element.parent.kids.append(element)

    def has(self, key: Hashable) -> bool:
        """Whether an element with ``key`` has been made."""
        return key in self._elements

    def content(self, element: Element, page: int) -> int:
        """A new marked-content sequence of ``page`` that belongs to ``element``; returns its MCID."""
        if not self._page_content:
            self._page_key = self._new_key()
        number = len(self._page_content)
        self._page_content.append(element)
        element.kids.append(Content(page, number))
        return number

    def annotation(self, element: Element, page: int, name: str) -> int:
        """Note that an annotation belongs to ``element``; returns its StructParent key."""
        key = self._new_key()
        self._owners[key] = element
        element.kids.append(Annotation(page, name))
        return key

    def end_page(self) -> int | None:
        """The page is full; returns its StructParents key, or None if it holds no marked content."""
        if not self._page_content:
            return None
        self._owners[self._page_key] = self._page_content
        self._page_content = []
        return self._page_key

    def write(self, document: Any) -> None:
        """Put the tree, its parent tree and its table of IDs into the catalog of ``document``."""
        numbers = document.idToObjectNumberAndVersion
        order = self._in_order()
        for place, element in enumerate(order):
            name = f"StructElem{place}"
            document.Reference(element, name)
            element.number = numbers[name][0]
        top = _Written(b"")
        document.Reference(top, "StructTreeRoot")
        self.root.parent_number = numbers["StructTreeRoot"][0]
        document.Reference(_Written(self._parent_tree()), "ParentTree")
        roles = "".join(f"/{own}/{standard}" for own, standard in sorted(self.roles.items()))
        top.written = (
            f"<</Type/StructTreeRoot/K[{self.root.number} 0 R]/ParentTree {numbers['ParentTree'][0]} 0 R"
            f"/ParentTreeNextKey {self._next_key}/RoleMap<<{roles}>>{_identities(order)}>>"
        ).encode("latin1")
        document.Catalog.StructTreeRoot = top
        document.Catalog.MarkInfo = PDFDictionary({"Marked": "true"})

    def _new_key(self) -> int:
        self._next_key += 1
        return self._next_key - 1

    def _in_order(self) -> list[Element]:
        order: list[Element] = []
        waiting = [self.root]
        while waiting:
            element = waiting.pop()
            order.append(element)
            if element.role == "Link":
                # reportlab makes annotations before it draws the text they lie on; readers want the text first.
                element.kids.sort(key=lambda kid: isinstance(kid, Annotation))
            waiting.extend(kid for kid in reversed(element.kids) if isinstance(kid, Element))
        return order

    def _parent_tree(self) -> bytes:
        lines = []
        for key in sorted(self._owners):
            owner = self._owners[key]
            if isinstance(owner, Element):
                lines.append(f"{key} {owner.number} 0 R")
            else:
                lines.append(f"{key} [{' '.join(f'{element.number} 0 R' for element in owner)}]")
        return f"<</Nums[{chr(10).join(lines)}]>>".encode("latin1")


def _identities(order: list[Element]) -> str:
    names = sorted((element.attributes.identity, element.number) for element in order if element.attributes.identity)
    listed = "\n".join(f"({name}){number} 0 R" for name, number in names)
    return f"/IDTree<</Names[{listed}]>>" if names else ""
