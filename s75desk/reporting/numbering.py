"""Numbers for everything in a briefing that carries one, and the words of every cross-reference."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from s75desk.reporting import content


class UnresolvedReference(LookupError):
    """A cross-reference names a key that nothing in the briefing has; it is the program's own fault."""


@dataclass(frozen=True, slots=True)
class Label:
    """What something numbered is called.

    Attributes:
        noun: "section", "paragraph", "Table" or "Figure".
        number: "2", "2.1"; "" in a briefing that is not numbered.
        anchor: Name of the place in the PDF.
        title: Of a section.
    """

    noun: str
    number: str
    anchor: str
    title: str = ""

    @property
    def words(self) -> str:
        """As written inside a sentence: "section 2", "Table 3"; without a number the title in quotation marks."""
        return f"{self.noun} {self.number}" if self.number else f"“{self.title}”"


@dataclass(frozen=True, slots=True)
class NumberedBlock:
    """A block with its label, or None for blocks that carry no number."""

    block: content.Block
    label: Label | None


@dataclass(frozen=True, slots=True)
class NumberedSection:
    """A section with its label and its blocks in order."""

    section: content.Section
    label: Label
    blocks: tuple[NumberedBlock, ...]


class Numbering:
    """A briefing with every number worked out.

    Attributes:
        briefing: The briefing as given.
        sections: Its sections with labels; a ``SourceTable`` has become a ``Table``.

    Raises:
        UnresolvedReference: If a reference points nowhere.
        ValueError: If two things have the same key.
    """

    def __init__(self, briefing: content.Briefing) -> None:
        self.briefing = briefing
        self._labels: dict[str, Label] = {}
        self._counts = {"Table": 0, "Figure": 0}
        numbered = tuple(self._section(section, place) for place, section in enumerate(briefing.sections, 1))
        self.sections = tuple(_with_sources(section, numbered) for section in numbered)
        for text in _texts(briefing, self.sections):
            self.plain(text)

    def label(self, key: str) -> Label:
        """The label of what has ``key``."""
        try:
            return self._labels[key]
        except KeyError:
            raise UnresolvedReference(f"Nothing in “{self.briefing.title}” has the key “{key}”") from None

    def holds(self, key: str) -> bool:
        """Whether anything of the briefing has ``key``."""
        return key in self._labels

    def words(self, ref: content.Ref) -> str:
        """A cross-reference as written: "section 2"."""
        words = self.label(ref.key).words
        return words[:1].upper() + words[1:] if ref.capital else words

    def plain(self, text: content.Rich) -> str:
        """Text without its formatting, references written out."""
        return "".join(part.text if isinstance(part, content.Words) else self.words(part) for part in text)

    def _section(self, section: content.Section, place: int) -> NumberedSection:
        number = str(place) if self.briefing.numbered else ""
        label = self._add(section.key, Label("section", number, f"section-{place}", section.title))
        paragraphs = 0
        blocks: list[NumberedBlock] = []
        for block in section.blocks:
            match block:
                case content.Paragraph() if self.briefing.numbered:
                    paragraphs += 1
                    number = f"{place}.{paragraphs}"
                    own = self._add(block.key, Label("paragraph", number, f"paragraph-{number}"))
                case content.Table(caption=""):
                    blocks.append(NumberedBlock(block, None))
                    continue
                case content.Table() | content.SourceTable():
                    own = self._add(block.key, self._counted("Table"))
                case content.Figure():
                    own = self._add(block.key, self._counted("Figure"))
                case _:
                    blocks.append(NumberedBlock(block, None))
                    continue
            blocks.append(NumberedBlock(block, own))
        return NumberedSection(section, label, tuple(blocks))

    def _counted(self, noun: str) -> Label:
        self._counts[noun] += 1
        number = str(self._counts[noun])
        return Label(noun, number, f"{noun.lower()}-{number}")

    def _add(self, key: str, label: Label) -> Label:
        if key:
            if key in self._labels:
                raise ValueError(f"Two things in “{self.briefing.title}” have the key “{key}”")
            self._labels[key] = label
        return label


def sources_text(sources: tuple[content.Source, ...]) -> str:
    """Sources as one phrase: "Committee report of 7 March 2024, para 2.5; para 3.7; case file, page 2"."""
    by_paper: dict[str, list[str]] = {}
    for source in sources:
        places = by_paper.setdefault(source.paper, [])
        if source.place and source.place not in places:
            places.append(source.place)
    return "; ".join(
        ", ".join(part for part in (paper, "; ".join(places)) if part) for paper, places in by_paper.items()
    )


def _with_sources(section: NumberedSection, whole: tuple[NumberedSection, ...]) -> NumberedSection:
    if not any(isinstance(numbered.block, content.SourceTable) for numbered in section.blocks):
        return section
    blocks = tuple(
        NumberedBlock(_source_table(numbered.block, whole), numbered.label)
        if isinstance(numbered.block, content.SourceTable)
        else numbered
        for numbered in section.blocks
    )
    return NumberedSection(section.section, section.label, blocks)


def _source_table(place: content.SourceTable, whole: tuple[NumberedSection, ...]) -> content.Table:
    named: dict[str, list[str]] = {}
    for section in whole:
        for numbered in section.blocks:
            block, label = numbered.block, numbered.label
            if label is None or not isinstance(block, content.Paragraph | content.Table | content.Figure):
                continue
            if block.sources:
                name = label.words if label.noun != "paragraph" else label.number
                named.setdefault(sources_text(block.sources), []).append(name)
    rows = [content.Row((content.cell(", ".join(names)), content.cell(text))) for text, names in named.items()]
    if not rows:
        rows.append(content.Row((content.cell("Whole briefing"), content.cell("Not known: no record names a source"))))
    columns = (content.Column("Paragraph, table or figure", least=150.0), content.Column("Rests on"))
    return content.Table(place.key, place.caption, columns, tuple(rows))


def _texts(briefing: content.Briefing, sections: tuple[NumberedSection, ...]) -> Iterator[content.Rich]:
    """Every piece of rich text, so that a reference that points nowhere is found before anything is drawn."""
    for box in (briefing.notice, briefing.key_message):
        if box:
            yield box.text
    for part in briefing.summary:
        for block in part.blocks:
            yield from _texts_of(block)
    for section in sections:
        for numbered in section.blocks:
            yield from _texts_of(numbered.block)


def _texts_of(block: content.Block) -> Iterator[content.Rich]:
    match block:
        case content.Paragraph() | content.Remark() | content.Callout():
            yield block.text
        case content.Bullets():
            yield from block.items
        case content.Entry():
            yield from block.texts
        case content.Gallery():
            for exhibit in block.exhibits:
                yield exhibit.caption
        case content.Table():
            yield block.note
            for row in block.rows:
                for cell in row.cells:
                    yield cell.text
                    yield from cell.items
        case _:
            return
