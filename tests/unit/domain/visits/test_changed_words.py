"""Which words of a note were changed: marked where that helps, and never a letter lost."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from s75desk.domain.visits.changed_words import Pieces, changed_words

TEXTS = st.lists(st.sampled_from(["two", "charts", "of", "nine,", "CP1:", "\n", " ", "\u2028", "", "é"])).map(" ".join)


def joined(pieces: Pieces) -> str:
    return "".join(piece.text for piece in pieces)


def marked(pieces: Pieces) -> list[str]:
    return [piece.text.strip() for piece in pieces if piece.changed]


def unmarked(pieces: Pieces) -> list[str]:
    return "".join(piece.text for piece in pieces if not piece.changed).split()


def test_the_words_that_differ_are_marked_in_both() -> None:
    before, after = changed_words(
        "Two of nine charts had no signature, and nobody had noticed.",
        "Two of ten charts had one signature missing, and nobody had noticed.",
    )
    assert marked(before) == ["nine", "no signature,"]
    assert marked(after) == ["ten", "one signature missing,"]


def test_what_was_put_in_or_taken_out_is_marked_where_it_stands() -> None:
    before, after = changed_words("All ten plans are signed.", "All ten plans are signed by the person.")
    assert (marked(before), marked(after)) == (["signed."], ["signed by the person."])
    before, after = changed_words("Six plans were late. None was signed.", "Six plans were late.")
    assert (marked(before), marked(after)) == (["None was signed."], [])


def test_space_at_the_end_is_no_change() -> None:
    before, after = changed_words("All ten plans are signed. \n", "All ten plans are signed.")
    assert (marked(before), marked(after)) == ([], [])


def test_where_hardly_anything_is_the_same_nothing_is_marked() -> None:
    long = "The audit of medicines was read and three gaps were found that nobody had seen before this visit."
    for one, other in (
        ("None was seen before.", long),
        ("Poor", "Requires improvement"),
        ("No note", "Two of nine charts had gaps."),
        ("", "New."),
    ):
        before, after = changed_words(one, other)
        assert (marked(before), marked(after)) == ([], [])
        assert (joined(before), joined(after)) == (one, other)


def test_a_note_that_was_cut_short_shows_what_went() -> None:
    before, after = changed_words(
        "Two of nine charts had gaps. " + "Nobody knew why they had. " * 3, "Two of ten charts had gaps."
    )
    assert marked(before)[0] == "nine"
    assert marked(after) == ["ten"]


def test_a_note_of_a_hundred_thousand_words_is_not_compared_for_ever() -> None:
    long = "word " * 100_000
    before, after = changed_words(long, f"{long}more")
    assert (marked(before), marked(after)) == ([], [])
    assert joined(after) == f"{long}more"


@given(TEXTS, TEXTS)
def test_no_letter_is_lost_and_what_is_not_marked_is_the_same_in_both(one: str, other: str) -> None:
    before, after = changed_words(one, other)
    assert joined(before) == one
    assert joined(after) == other
    if marked(before) or marked(after):
        assert unmarked(before) == unmarked(after)


@given(TEXTS)
def test_nothing_is_marked_in_a_text_that_stayed(text: str) -> None:
    before, after = changed_words(text, text)
    assert before == after
    assert marked(before) == []
