"""Reads finished PDFs back: what a checker says of them, and what a screen reader would hear."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import page
import pdfplumber
import pikepdf
import pypdfium2

PROFILES = ("ua1", "2a")

# Findings of outloud that say nothing against our files, each with its reason. A test names those it allows.
KNOWN_FALSE = {
    # A link inside a paragraph is drawn within the paragraph's text object, between two runs of the paragraph itself.
    "ORD-001": "links inside a paragraph",
    # A ruled table that goes on over the page repeats its header as an artifact.
    "TBL-014": "ruled table continuing on later pages",
    # Tables of one kind, one after the other on several pages, have the same heads: they are no page furniture.
    "PAG-001": "repetitive pages",
    # Head and foot of the page are known by their repetition; a briefing of a page or three repeats them too seldom.
    # The same holds for the head of a table that goes on over the page once: it is tagged where the table begins.
    "TAG-002": "head and foot of few pages, head of a table that goes on",
    # The words that stand for a chart hold every figure of it, so half of their characters are digits.
    "FIG-012": "alternative text made of figures",
}


def failures(data: bytes) -> list[str]:
    """What page-validation (PDF/UA-1 and PDF/A-2a) finds wrong: rule and message."""
    found = []
    for profile in PROFILES:
        report = page.validate_pdf_bytes(data, profile=profile)
        found += [f"{profile}: {each.rule_id}: {each.message}" for each in report.failures]
        if not report.is_compliant and not report.failures:
            found.append(f"{profile}: not compliant")
    return found


def complaints(data: bytes, allowed: Collection[str] = ()) -> list[str]:
    """What outloud finds wrong, warnings included, save those of rules in ``allowed``."""
    import outloud

    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "briefing.pdf"
        file.write_bytes(data)
        result = outloud.check(str(file))
    serious = [each for each in result.findings if each.severity in ("error", "warning")]
    return [f"{each.rule}: {each.message}" for each in serious if each.rule not in allowed]


def assert_conforms(data: bytes, allowed: Collection[str] = ()) -> None:
    """PDF/UA-1 and PDF/A-2a by page-validation, and outloud without a complaint but those in ``allowed``."""
    assert not set(allowed) - set(KNOWN_FALSE), "Say in KNOWN_FALSE why"
    assert failures(data) == []
    assert complaints(data, allowed) == []


# --- the tree ------------------------------------------------------------------------------------------------------


@dataclass
class Node:
    """A structure element with its text, as read back."""

    role: str
    text: str = ""
    alternative: str = ""
    attributes: dict[str, Any] = field(default_factory=dict)
    kids: list[Node] = field(default_factory=list)
    pages: set[int] = field(default_factory=set)
    annotations: int = 0
    language: str = ""
    identity: str = ""

    def all(self, *roles: str) -> Iterator[Node]:
        """This element and all below with one of the roles (or every one), in reading order."""
        if not roles or self.role in roles:
            yield self
        for kid in self.kids:
            yield from kid.all(*roles)

    def spoken(self) -> str:
        """All its text in reading order, a figure's words in place of its marks, white space closed up."""
        if self.alternative:
            words = [kid.spoken() for kid in self.kids if kid.role == "Caption"] + [self.alternative]
        else:
            words = self.parts
        # Runs of one paragraph bring their own spaces; blocks and cells stand apart.
        inline = self.role in ("P", "KeyMessage", "Caption", "Link", "Lbl", "H1", "H2", "H3", "H4")
        return " ".join(("" if inline else " ").join(words).split())

    parts: list[str] = field(default_factory=list)


def tree_of(data: bytes) -> Node:
    """The structure tree with the text of every element."""
    words = _words_by_mark(data)
    with pikepdf.open(io.BytesIO(data)) as pdf:
        numbers = {each.obj.objgen: place for place, each in enumerate(pdf.pages)}
        root = pdf.Root.StructTreeRoot.K[0]
        return _node(root, words, numbers)


def _node(element: Any, words: dict[tuple[int, int], str], numbers: dict[Any, int]) -> Node:
    node = Node(str(element.S)[1:])
    node.alternative = str(element.get("/Alt", ""))
    node.language = str(element.get("/Lang", ""))
    node.identity = str(element.get("/ID", ""))
    own = element.get("/A", pikepdf.Array())
    for group in own if isinstance(own, pikepdf.Array) else [own]:
        node.attributes |= {str(key)[1:]: group[key] for key in group.keys()}  # noqa: SIM118 - a pikepdf dictionary
    page_of = numbers.get(element.Pg.objgen) if "/Pg" in element else None
    kids = element.get("/K", pikepdf.Array())
    for kid in kids if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, int):
            _say(node, page_of, int(kid), words)
        elif kid.get("/Type") == "/MCR":
            _say(node, numbers[kid.Pg.objgen], int(kid.MCID), words)
        elif kid.get("/Type") == "/OBJR":
            node.annotations += 1
        else:
            child = _node(kid, words, numbers)
            node.kids.append(child)
            text = child.spoken()
            node.parts.append(f"{text} " if child.text.endswith(" ") else text)
            node.pages |= child.pages
    return node


def _say(node: Node, page_number: int | None, mark: int, words: dict[tuple[int, int], str]) -> None:
    assert page_number is not None
    node.pages.add(page_number)
    text = words.get((page_number, mark), "")
    node.text += text
    node.parts.append(text)


def _words_by_mark(data: bytes) -> dict[tuple[int, int], str]:
    words: dict[tuple[int, int], str] = {}
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        for number, sheet in enumerate(pdf.pages):
            for char in sheet.chars:
                if char["mcid"] is not None:
                    key = (number, char["mcid"])
                    words[key] = words.get(key, "") + char["text"]
    return words


def spoken(data: bytes) -> str:
    """The whole document as a screen reader would go through it: one line an element, with its role."""
    lines: list[str] = []
    for node in tree_of(data).kids:
        _speak(node, lines)
    return "\n".join(lines) + "\n"


def _speak(node: Node, lines: list[str]) -> None:
    match node.role:
        case "Table":
            for kid in node.all("Caption", "TR"):
                cells = [cell.spoken() for cell in kid.kids] if kid.role == "TR" else [kid.spoken()]
                lines.append(f"{'Table' if kid.role == 'Caption' else '  row'}: {' | '.join(cells)}")
        case "L":
            lines.extend(f"  item: {item.spoken()}" for item in node.all("LI"))
        case "TOC":
            lines.extend(f"  entry: {item.spoken()}" for item in node.all("TOCI"))
        case _:
            lines.append(f"{node.role}: {node.spoken()}")


def fonts_of(data: bytes) -> set[str]:
    """The names of all fonts in the file, subset prefixes left out."""
    with pikepdf.open(io.BytesIO(data)) as pdf:
        return {
            str(each.BaseFont)[1:].split("+")[-1]
            for each in pdf.objects
            if isinstance(each, pikepdf.Dictionary) and each.get("/Type") == "/Font"
        }


def text_of(data: bytes) -> str:
    """All text of all pages as it is seen, headers and footers included; quick, for long documents."""
    with contextlib.closing(pypdfium2.PdfDocument(data)) as pdf:
        return "\n".join(sheet.get_textpage().get_text_bounded() for sheet in pdf)
