"""The visit report: every question with its evidence, photos, the working redone from the page, what changed."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator
from dataclasses import replace
from functools import cache

import pdfplumber
import pytest

from s75desk.domain.records import VisitPhoto
from s75desk.domain.visits.book import VisitBook
from s75desk.domain.visits.difference_words import Told
from s75desk.domain.working import Line, Working
from s75desk.reporting.content import Entry, Rich, Table, Words
from s75desk.reporting.visit.changes import change_section
from s75desk.reporting.visit.working import TITLE
from s75desk.reporting.visit_report import visit_report
from tests.unit.domain.visits.redone_by_hand import Redone, redo
from tests.unit.reporting.pdf_reading import Node, assert_conforms, spoken, text_of, tree_of
from tests.unit.reporting.test_layout import heading_pages
from tests.unit.reporting.visit_papers import made, report_of, rewritten, stages
from tests.unit.rich_visit import FINDINGS, NOT_APPLICABLE, NOT_LOOKED_AT, NOTES, PRAISE, jpeg


@cache
def tree_at(stage: str) -> Node:
    return tree_of(report_of(stage).data)


@cache
def lines_of(stage: str) -> list[str]:
    return spoken(report_of(stage).data).splitlines()


def about(lines: list[str], heading: str) -> list[str]:
    """What follows a heading, up to the next one of its level or above."""
    begin = lines.index(heading)
    level = int(heading[1])
    following = range(begin + 1, len(lines))
    end = next((at for at in following if re.match(rf"H[1-{level}]: ", lines[at])), len(lines))
    return lines[begin + 1 : end]


@pytest.mark.parametrize("stage", ["blank", "draft", "first", "second"])
def test_it_conforms_at_every_stage(stage: str) -> None:
    result = report_of(stage)
    assert result.warnings == ()
    assert_conforms(result.data, allowed=("PAG-001",))


def test_it_says_everything_that_the_sheet_says() -> None:
    for heading in (
        "Ratings", "Not looked at", "Findings", "Good practice", "Actions from before", "Actions agreed",
        "People spoken to", "The provider’s comment", "Signatures",
    ):  # fmt: skip
        assert f"H2: {heading}" in lines_of("first")


def test_every_question_stands_under_its_standard_with_its_rating_and_what_was_seen() -> None:
    body, lines = stages().first.book.body, lines_of("first")
    for area in body.areas:
        inside = about(lines, f"H2: Evidence: {area.title}")
        heads = [line.removeprefix("H3: ") for line in inside if line.startswith("H3: ")]
        assert heads == [standard.heading for standard in area.standards]
        for standard in area.standards:
            under = about(lines, f"H3: {standard.heading}")
            asked = [line.removeprefix("H4: ").removesuffix(" critical") for line in under if line.startswith("H4: ")]
            untouched = [question for question in standard.questions if question.code in NOT_LOOKED_AT]
            assert asked == [question.heading for question in standard.questions if question not in untouched]
            names = "; ".join(question.heading for question in untouched)
            assert not untouched or f"P: Not looked at: {names}." in under
    for question in body.questions:
        if question.code in NOT_LOOKED_AT:
            continue
        own = about(lines, f"H4: {question.heading}{' critical' if question.critical else ''}")
        assert own[1] == f"P: {question.text}"
        if question.code in NOT_APPLICABLE:
            assert own[0] == "P: Not applicable"
            assert own[2] == f"P: Why it does not apply: {NOT_APPLICABLE[question.code]}"
        else:
            rating = FINDINGS.get(question.code, (0, ""))[0]
            assert own[0] == f"P: {({1: 'Poor', 2: 'Requires improvement'}).get(rating) or own[0][3:]}"
            note = FINDINGS.get(question.code, (0, ""))[1] or PRAISE.get(question.code) or NOTES.get(question.code)
            if note:
                assert own[2] == f"P: {' '.join(note.split())}"
                assert own[3].startswith("P: Evidence from: ")


def test_how_the_rating_was_worked_out_is_printed_when_it_is_asked_for() -> None:
    assert f"H2: {TITLE}" in lines_of("first")
    plain = made(visit_report(stages().first))
    assert TITLE not in text_of(plain.data)
    assert plain.pages < report_of("first").pages


def test_a_visit_that_answered_little_does_not_print_page_after_page_of_what_it_did_not_look_at() -> None:
    lines = spoken(made(visit_report(stages().blank)).data).splitlines()
    assert not [line for line in lines if line.startswith("H4: ")]
    for standard in stages().blank.book.body.standards:
        names = "; ".join(question.heading for question in standard.questions)
        assert f"P: No question was looked at: {names}." in about(lines, f"H3: {standard.heading}")


@pytest.mark.parametrize("stage", ["blank", "draft", "first"])
def test_an_area_begins_on_the_page_of_its_first_standard(stage: str) -> None:
    tree = tree_of(made(visit_report(getattr(stages(), stage))).data)
    pages = {node.spoken(): min(node.pages) for node in tree.all("H2", "H3")}
    for area in getattr(stages(), stage).book.body.areas:
        assert pages[f"Evidence: {area.title}"] == pages[area.standards[0].heading]


def test_sources_and_sample_stand_below_what_was_seen() -> None:
    own = about(lines_of("first"), "H4: 8.3 Doses right and recorded critical")
    assert "P: Evidence from: file and staff. Sample: 9 of 45 medicines charts, at random: CP1, CP2 and CP7." in own


# --- photos ----------------------------------------------------------------------------------------------------------


def figures(tree: Node) -> list[Node]:
    return [node for node in tree.all("Figure") if node.alternative.startswith("Photo")]


def test_photos_stand_with_their_question_and_are_named_for_those_who_do_not_see_them() -> None:
    data = report_of("first").data
    found = figures(tree_at("first"))
    assert [node.alternative for node in found] == [
        "Photo 1, question 8.3: Chart with two gaps on the morning of 3 February",
        "Photo 2, question 8.3: no caption",
        "Photo 3, question 9.1: Evacuation plan beside the night rota",
    ]
    captions = [node.kids[0].spoken() for node in found]
    assert captions[1] == "Photo 2, question 8.3: no caption"
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        pictures = [(number, image) for number, sheet in enumerate(pdf.pages) for image in sheet.images]
    assert len(pictures) == 3
    for (number, image), node in zip(pictures, found, strict=True):
        assert node.pages == {number}
        box = [float(edge) for edge in node.attributes["BBox"]]
        assert box == pytest.approx([image["x0"], image["y0"], image["x1"], image["y1"]], abs=0.1)
        wide, high = image["srcsize"]
        assert image["width"] / image["height"] == pytest.approx(wide / high, abs=0.01), "not stretched"
    (_, one), (_, two), _ = pictures
    assert one["top"] == pytest.approx(two["top"], abs=0.1), "two to a row"


def test_a_picture_is_kept_as_it_is_and_once() -> None:
    dossier = stages().first
    (first, *_) = dossier.book.photos
    twice = rewritten(dossier, lambda book: book.holding(replace(first, uid="again", number=9, question="1.1")))
    data = made(visit_report(twice)).data
    assert len(figures(tree_of(data))) == 4
    assert data.count(dossier.pictures[first.sha256 or ""]) == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (None, "It is not in this desk."),
        (b"", "Its picture cannot be printed."),
        (b"GIF89a no photo at all", "Its picture cannot be printed."),
        (b"\xff\xd8\xff\xe0\x00\x10JFIF", "Its picture cannot be printed."),
    ],
)
def test_a_photo_that_cannot_be_printed_is_told_in_words(data: bytes | None, words: str) -> None:
    dossier = stages().first
    photo = dossier.book.photos[0]
    pictures = {name: kept for name, kept in dossier.pictures.items() if name != photo.sha256}
    if data is not None:
        pictures[photo.sha256 or ""] = data
    result = made(visit_report(replace(dossier, pictures=pictures)))
    text = " ".join(text_of(result.data).split())
    assert f"Photo 1, question 8.3. Chart with two gaps on the morning of 3 February. {words}" in text
    assert result.data.count(b"/Alt(Photo") == 2


def test_a_grey_picture_a_wide_one_and_a_tall_one() -> None:
    from PIL import Image

    kept = io.BytesIO()
    Image.new("L", (600, 400), 128).save(kept, "JPEG")
    shapes = {"grey": kept.getvalue(), "wide": jpeg((2000, 100), ""), "tall": jpeg((100, 2000), "")}
    photos = tuple(VisitPhoto(uid=name, visit="v", question="1.1", sha256=name) for name in shapes)
    dossier = rewritten(stages().first, lambda book: replace(book, photos=photos))
    result = made(visit_report(replace(dossier, pictures=shapes)))
    assert result.data.count(b"/Alt(Photo") == 3
    assert_conforms(result.data, allowed=("PAG-001",))


def test_photos_of_questions_that_the_set_does_not_have_come_last() -> None:
    dossier = stages().first
    stray = rewritten(dossier, lambda book: book.holding(replace(book.photos[0], uid="x", number=4, question=None)))
    lines = spoken(made(visit_report(stray)).data).splitlines()
    assert any("Photo 4: Chart" in line for line in about(lines, "H2: Evidence: other photos"))


# --- the working -----------------------------------------------------------------------------------------------------


def workings_on_paper(tree: Node) -> Iterator[tuple[str, Working]]:
    """Every working that is printed, put together again from the page: title, lines, and the rule for its level."""
    rules: dict[str, str] = {}
    heading = ""
    for node in tree.kids:
        if node.role == "H3":
            heading = node.spoken()
        elif node.role == "L" and heading.startswith("The rule for "):
            rules[heading] = " ".join(kid.spoken() for kid in node.all("LBody"))
        elif node.role == "Table":
            caption = next((kid.spoken() for kid in node.kids if kid.role == "Caption"), "")
            match = re.fullmatch(r"Table \d+ (Standard )?(.+): .+", caption)
            if match is None:
                continue
            level = "a standard" if match[1] else "the overall rating" if match[2] == "Overall" else "an area"
            rows = [[cell.spoken() for cell in row.kids] for row in node.all("TR")][1:]
            lines = tuple(Line(*row) for row in rows)
            yield match[2], Working(caption, lines, rules[f"The rule for {level}"])


@pytest.mark.parametrize("stage", ["draft", "first", "second"])
def test_every_rating_redone_from_the_page_alone_comes_out_as_printed(stage: str) -> None:
    rating, found = getattr(stages(), stage).rating, dict(workings_on_paper(tree_at(stage)))
    assert len(found) == len(rating.levels) == 22
    for level in rating.levels:
        assert redo(found[level.heading]) == Redone(level.computed_word, level.word), level.heading


def test_the_page_would_tell_if_a_rating_were_wrong() -> None:
    found = dict(workings_on_paper(tree_at("first")))
    medicines = found["8 Medicines"]
    assert redo(medicines).final == "Poor"
    mended = tuple(replace(line, value="3 Good") if line.label.startswith("8.3") else line for line in medicines.lines)
    assert redo(replace(medicines, lines=mended)).final == "Good"


def test_an_override_is_printed_with_its_reason_beside_what_was_worked_out() -> None:
    found = dict(workings_on_paper(tree_at("first")))["13 Supporting staff"]
    (line,) = [line for line in found.lines if line.label == "Overridden"]
    assert (line.value, line.remark) == (
        "2 Requires improvement",
        "A third of the care staff went half a year without supervision; the average hides it.",
    )
    assert redo(found) == Redone("Good", "Requires improvement")


# --- what changed ----------------------------------------------------------------------------------------------------


def test_a_first_version_has_nothing_to_compare_with() -> None:
    assert not any("What changed" in line for line in lines_of("first"))


def test_a_second_version_tells_what_it_says_differently_and_why() -> None:
    lines = about(lines_of("second"), "H2: What changed since version 1")
    assert lines[0] == (
        "P: Version 2 amends version 1, signed on 2 February 2026. Why: The clinical lead sent the chart that was "
        "missing on the day. Words in bold stand in one of the two only."
    )
    for row in (
        "  row: What | Version 1 | Version 2",
        "  row: Rating of standard 8 Medicines | Poor | Requires improvement",
        "  row: 2.4 Wishes set down and found: rating | Not looked at | Good",
        "  row: 8.3 Doses right and recorded: rating | Poor | Requires improvement",
        "  row: Action agreed: Audit medicines every month | Not agreed | Developmental, clinical lead, due "
        "31 Mar 2026",
    ):
        assert row in lines
    at = lines.index("H3: 8.3 Doses right and recorded: what was seen")
    assert lines[at + 1].startswith("P: Version 1: Two of nine charts")
    assert lines[at + 2] == (
        "P: Version 2: Two of ten charts for the morning round had no signature against a dose of warfarin."
    )


def test_words_that_differ_are_in_bold_in_tables_and_paragraphs() -> None:
    (section,) = change_section(stages().second)
    table = next(block for block in section.blocks if isinstance(block, Table))
    cells = [cell for row in table.rows for cell in row.cells]
    entry = next(block for block in section.blocks if isinstance(block, Entry))

    def marked(*texts: Rich) -> list[str]:
        return [part.text.strip() for text in texts for part in text if isinstance(part, Words) and part.bold]

    assert marked(*(cell.text for cell in cells)) == ["9", "10", "10", "17"]
    assert marked(*entry.texts)[:2] == ["Version 1:", "nine"]
    assert marked(entry.texts[1]) == ["Version 2:", "ten", "warfarin."]


def test_a_version_without_a_difference_says_so() -> None:
    text = spoken(made(visit_report(replace(stages().second, changed=()))).data)
    assert "P: Nothing that is printed differs." in text


def test_a_draft_that_amends_says_which_version_stands() -> None:
    changed = (Told("Overall rating", "Poor", "Good"),)
    dossier = replace(stages().second, version=None, because="A slip.", changed=changed)
    lines = spoken(made(visit_report(dossier)).data).splitlines()
    assert lines[0] == "P: Visit report: draft, not signed"
    assert "It is to amend version 2, signed on 2 February 2026, which stands until this is signed." in "\n".join(lines)
    changes = about(lines, "H2: What changed since version 2")
    assert changes[0] == "P: This draft is to amend version 2, signed on 2 February 2026. Why: A slip."
    assert "  row: Overall rating | Poor | Good" in changes


# --- pages -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("stage", ["draft", "first", "second"])
def test_no_heading_is_left_behind(stage: str) -> None:
    assert all(own == following for own, following in heading_pages(report_of(stage).data))


def test_the_same_dossier_makes_the_same_bytes() -> None:
    assert made(visit_report(stages().second, show_workings=True)).data == report_of("second").data


def test_the_content_is_named_on_every_page_and_whole_in_the_file() -> None:
    content, data = stages().second.content, report_of("second").data
    with pdfplumber.open(io.BytesIO(data)) as pdf:
        assert all(f"content {content[:16]}" in sheet.extract_text() for sheet in pdf.pages)
    assert content.encode() in data
    assert content in text_of(data)


def test_answers_of_questions_that_the_set_does_not_have_are_left_out() -> None:
    def strange(book: VisitBook) -> VisitBook:
        return replace(book, answers={**book.answers, "99.9": replace(book.answer("99.9"), rating=1, seen="Strange.")})

    assert "Strange." not in spoken(made(visit_report(rewritten(stages().first, strange))).data)
