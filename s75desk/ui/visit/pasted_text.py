"""What was copied elsewhere, as plain words: paragraphs, bullets and tables are kept, looks and control signs are not.

Knows how Word, Outlook, Excel and browsers write their HTML, but nothing of Qt.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from s75desk.ui.visit.html_pieces import pieces_of

BULLET = "• "
BETWEEN_CELLS = " | "

_MOST_HTML = 4_000_000
_ENOUGH = 0.7
"""Share of the plain text's letters that the HTML must have to be believed."""

_LINE_ENDS = re.compile("\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Control signs, Unicode's non-characters (Qt uses two of them for itself), and the stand-in for an embedded object.
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ufdd0-\ufdef\ufeff\ufffc\ufffe\uffff]")
_HALF = re.compile("[\ud800-\udfff]")
_BLANK_LINES = re.compile("\n{3,}")
_SPACES = re.compile("[ \t\n\r\f]+")
# A bullet as Word and others write it into plain text; a letter or a dash counts only with a tab behind it.
_BULLET_LINE = re.compile("^([ \t]*)(?:[•●○◦▪■‣⁃·\uf0a7\uf0b7\uf0d8\uf0fc][ \t\xa0]+|[-–o*§]\t[ \t]*)")
_DEEPEST = 8
_NUMBER = re.compile(r"^\(?\w{1,4}[.)]$")
_LEVEL = re.compile(r"mso-list:[^;]*level(\d)")

_MAY_HIDE = frozenset(("div", "section", "span", "table"))
"""Where "display: none" is heeded: what is closed by a tag of its own."""

_UNSEEN = frozenset("head title style script template xml noscript svg select datalist object".split())
_BLOCKS = frozenset(
    "address article aside blockquote body caption center dd details div dl dt fieldset figcaption figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr html legend li main nav ol p pre section summary tbody tfoot thead ul".split()
)
_TABLE_PARTS = frozenset(("table", "tr", "td", "th"))


def cleaned(text: str) -> str:
    """The text with line ends as line feeds and without what is no text; a half of a broken sign becomes �."""
    return _HALF.sub("\ufffd", _NOT_TEXT.sub("", _LINE_ENDS.sub("\n", text)))


def words_of_text(text: str) -> str:
    """Plain text as it is kept: bullets as "• ", tabs between cells as " | "."""
    return "\n".join(_line(line) for line in cleaned(text).split("\n"))


def _line(line: str) -> str:
    found = _BULLET_LINE.match(line)
    if found:
        line = found[1].replace("\t", "  ") + BULLET + line[found.end() :]
    return line.strip("\t").replace("\t", BETWEEN_CELLS) if "\t" in line else line


def words_of(html: str, text: str) -> str:
    """The words of something that was copied as HTML and as plain text, either of which may be "".

    HTML knows paragraphs, lists and tables better. Where it lacks much of what the plain text says, it is broken, and
    the plain text is taken.
    """
    plain = words_of_text(text)
    if not html or len(html) > _MOST_HTML:
        return plain
    words = words_of_html(html)
    return words if _letters(words) >= _ENOUGH * _letters(plain) else plain


def _letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def words_of_html(html: str) -> str:
    """The words of an HTML page or fragment, a paragraph or a row of a table to a line; "" if it breaks off."""
    reader = _Reader()
    for piece in pieces_of(cleaned(html)):
        if not piece.tag:
            reader.take_words(piece.words)
        elif piece.ends:
            reader.take_end(piece.tag)
        else:
            reader.take_start(piece.tag, piece.attributes)
    # An entity may have brought a control sign in.
    return _BLANK_LINES.sub("\n\n", cleaned(reader.words())).strip("\n") if reader.whole else ""


class _Cell:
    """The lines of the page, or of one cell of a table."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.parts: list[str] = []
        self.prefix = ""
        self.indent = 0

    def end_line(self, *, forced: bool = False, as_it_is: bool = False) -> None:
        """Begin another line.

        Args:
            forced: It is kept even if it is empty: a line break. Else only if a hard space holds it open.
            as_it_is: Its spaces are kept.
        """
        line = "".join(self.parts)
        meant = forced or "\xa0" in line
        line = line.replace("\xa0", " ")
        line = line.rstrip() if as_it_is else re.sub(" {2,}", " ", line).strip(" ")
        self.parts.clear()
        if line:
            self.lines.append("  " * self.indent + self.prefix + line)
            self.prefix = ""
        elif meant and not self.prefix:
            self.lines.append("")

    def one_line(self) -> str:
        self.end_line()
        return " ".join(line.strip() for line in self.lines if line)


class _Reader:
    """Walks through the tags once; what is never closed harms nothing."""

    def __init__(self) -> None:
        self._cells = [_Cell()]
        self._rows: list[list[_Cell]] = []
        self._lists: list[int | None] = []
        self._unseen = ""
        self._unseen_depth = 0
        self._marker: list[str] | None = None
        self._marker_depth = 0
        self._kept_as_it_is = 0

    @property
    def whole(self) -> bool:
        """Whether the end was reached, not the inside of something that is not seen."""
        return not self._unseen

    def words(self) -> str:
        """What has been read."""
        while self._rows:
            self._end_table_part("table")
        self._here.end_line()
        return "\n".join(line.rstrip() for line in self._here.lines)

    @property
    def _here(self) -> _Cell:
        return self._cells[-1]

    # What stands there

    def take_start(self, tag: str, attributes: Mapping[str, str]) -> None:
        """Blocks begin a line; bullets, cells and what is not seen are looked after."""
        style = attributes.get("style", "").lower().replace(" ", "")
        if tag == "body":
            self._unseen = ""
        if self._unseen:
            self._unseen_depth += tag == self._unseen
            return
        if tag in _UNSEEN or (tag in _MAY_HIDE and "display:none" in style):
            self._unseen, self._unseen_depth = tag, 1
            return
        if self._marker is not None:
            self._marker_depth += tag == "span"
            return
        if tag == "span" and "mso-list:ignore" in style:
            self._marker, self._marker_depth = [], 1
        elif tag == "br":
            self._here.end_line(forced=True)
        elif tag == "img":
            self._picture(attributes.get("alt", ""))
        elif tag in _TABLE_PARTS:
            self._begin_table_part(tag)
        elif tag in _BLOCKS:
            self._begin_block(tag, attributes.get("start", "1"), style)

    def take_end(self, tag: str) -> None:
        """Blocks end a line."""
        if self._unseen:
            self._unseen_depth -= tag == self._unseen
            if not self._unseen_depth:
                self._unseen = ""
        elif self._marker is not None:
            self._marker_depth -= tag == "span"
            if not self._marker_depth or tag == "p":
                self._end_marker()
        elif tag in _TABLE_PARTS:
            self._end_table_part(tag)
        elif tag in _BLOCKS:
            self._end_block(tag)

    def take_words(self, data: str) -> None:
        """Words."""
        if self._unseen:
            return
        if self._marker is not None:
            self._marker.append(data)
        elif self._kept_as_it_is:
            first, *rest = data.split("\n")
            self._here.parts.append(first)
            for line in rest:
                self._here.end_line(forced=bool(self._here.lines), as_it_is=True)
                self._here.parts.append(line)
        else:
            self._here.parts.append(_SPACES.sub(" ", data))

    # Blocks and bullets

    def _begin_block(self, tag: str, start: str, style: str) -> None:
        here = self._here
        here.end_line()
        if tag == "ul":
            self._lists.append(None)
        elif tag == "ol":
            self._lists.append(int(start) if start.isdecimal() and len(start) < 6 else 1)
        elif tag == "li":
            number = self._lists[-1] if self._lists else None
            if number is not None:
                self._lists[-1] = number + 1
            here.prefix = BULLET if number is None else f"{number}. "
            here.indent = self._depth()
        elif tag == "pre":
            self._kept_as_it_is += 1
        elif tag == "p" and (level := _LEVEL.search(style)):
            here.indent = int(level[1]) - 1

    def _end_block(self, tag: str) -> None:
        here = self._here
        here.end_line(as_it_is=tag == "pre")
        if tag in ("ul", "ol") and self._lists:
            self._lists.pop()
            here.indent = self._depth()
        elif tag == "li":
            here.prefix = ""
        elif tag == "pre":
            self._kept_as_it_is = max(0, self._kept_as_it_is - 1)
        if not self._lists:
            here.indent = 0
            here.prefix = ""

    def _depth(self) -> int:
        return min(_DEEPEST, max(0, len(self._lists) - 1))

    def _end_marker(self) -> None:
        """What Word puts before a line of a list: a number is kept, anything else is a bullet."""
        marker = "".join(self._marker or ()).replace("\xa0", " ").strip()
        self._marker = None
        self._here.prefix = f"{marker} " if _NUMBER.match(marker) else BULLET

    def _picture(self, words: str) -> None:
        """A sign that was drawn as a picture, such as a smile, is kept; pictures are not words."""
        if words and len(words) <= 8 and not any(sign.isascii() or sign.isspace() for sign in words):
            self._here.parts.append(words)

    # Tables

    def _begin_table_part(self, tag: str) -> None:
        self._here.end_line()
        if tag == "table" or not self._rows:  # a fragment may have been cut out of a table
            self._rows.append([])
        if tag == "tr":
            self._put_row()
        elif tag in ("td", "th"):
            cell = _Cell()
            self._rows[-1].append(cell)
            self._cells.append(cell)

    def _end_table_part(self, tag: str) -> None:
        self._here.end_line()
        if self._rows and tag in ("tr", "table"):
            self._put_row()
            if tag == "table":
                self._rows.pop()

    def _put_row(self) -> None:
        """Put the cells of a row into a line; one cell alone keeps its lines, as it only holds a page together."""
        cells, self._rows[-1] = self._rows[-1], []
        # The cells of the innermost table's row always stand last.
        del self._cells[len(self._cells) - len(cells) :]
        if len(cells) == 1:
            cells[0].end_line()
            self._here.lines.extend(cells[0].lines)
            return
        words = [cell.one_line() for cell in cells]
        while words and not words[-1]:
            words.pop()
        if words:
            self._here.lines.append(BETWEEN_CELLS.join(words))
