"""What is copied from Word, Outlook, Excel and browsers becomes plain words, and no word is lost."""

from __future__ import annotations

import html
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from s75desk.ui.visit.html_pieces import pieces_of
from s75desk.ui.visit.pasted_text import cleaned, words_of, words_of_html, words_of_text

WORD = """<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><meta charset=utf-8>
<!--[if gte mso 9]><xml><w:WordDocument><w:View>Normal</w:View></w:WordDocument></xml><![endif]-->
<style><!-- /* Style Definitions */ p.MsoNormal {margin:0cm; content:">"} --></style></head>
<body lang=EN-GB><!--StartFragment-->
<p class=MsoNormal><b>Medicines</b> were
checked.<o:p></o:p></p>
<p class=MsoNormal><o:p>&nbsp;</o:p></p>
<p class=MsoListParagraphCxSpFirst style='text-indent:-18.0pt;mso-list:l0 level1 lfo1'><![if !supportLists]><span
style='font-family:Symbol'><span style='mso-list:Ignore'>·<span style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp;
</span></span></span><![endif]>Two doses unsigned<o:p></o:p></p>
<p class=MsoListParagraphCxSpLast style='text-indent:-18.0pt;mso-list:l0 level2 lfo1'><![if !supportLists]><span
style='mso-list:Ignore'>o<span>&nbsp; </span></span><![endif]>28 January<o:p></o:p></p>
<p class=MsoListParagraph style='mso-list:l1 level1 lfo2'><![if !supportLists]><span
style='mso-list:Ignore'>1.<span>&nbsp; </span></span><![endif]>First<o:p></o:p></p>
<table class=MsoTableGrid border=1><tr><td><p class=MsoNormal>Chart</p></td><td><p class=MsoNormal>Gaps</p></td></tr>
<tr><td><p class=MsoNormal>CP1</p></td><td><p class=MsoNormal>2</p><p class=MsoNormal>both in January</p></td></tr>
</table><p class=MsoNormal>After &amp; &lt;end&gt; &#8211; caf&eacute; 😀</p><!--EndFragment--></body></html>"""

WORD_WORDS = """Medicines were checked.

• Two doses unsigned
  • 28 January
1. First
Chart | Gaps
CP1 | 2 both in January
After & <end> – café 😀"""

EXCEL = """<html><head><style><!--table {mso-displayed-decimal-separator:"\\.";} --></style></head><body>
<table border=0><col width=64><!--StartFragment--><tr height=20><td class=xl65>CP1</td><td></td><td align=right>2</td>
</tr><tr><td>CP2</td><td>none</td><td></td></tr><!--EndFragment--></table></body></html>"""

OUTLOOK = """<div><table role=presentation><tbody><tr><td><div>Dear colleague,</div><div><br></div>
<div>The audit is late.<br>It comes on <s>Monday</s> Tuesday <img src="cid:1"
alt="🙂"><img alt="Logo of the trust">.</div>
<table><tr><td>Unit</td><td>Date</td></tr><tr><td>2</td><td>3 March</td></tr></table></td></tr></tbody></table></div>"""


def test_word_keeps_paragraphs_bullets_and_tables() -> None:
    assert words_of_html(WORD) == WORD_WORDS


def test_a_table_of_excel_is_a_line_a_row() -> None:
    assert words_of_html(EXCEL) == "CP1 |  | 2\nCP2 | none"


def test_a_table_that_only_holds_a_page_together_is_no_table() -> None:
    assert words_of_html(OUTLOOK) == (
        "Dear colleague,\n\nThe audit is late.\nIt comes on Monday Tuesday 🙂.\nUnit | Date\n2 | 3 March"
    )


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("<p>One</p><p>Two</p>", "One\nTwo"),
        ("<p>One<br>Two<br></p>Three", "One\nTwo\nThree"),
        ("One<br><br>Two", "One\n\nTwo"),
        ("<p>  much \n\t room </p>", "much room"),
        ("<ul><li>a<ul><li>b</ul><li><p>c</p></ul>d", "• a\n  • b\n• c\nd"),
        ('<ol start="3"><li>c</li><li>d</li></ol>', "3. c\n4. d"),
        ("<ol><li>a<ul><li>x</li></ul></li><li>b</li></ol>", "1. a\n  • x\n2. b"),
        ("<li>cut out of a list</li>", "• cut out of a list"),
        ("<tr><td>a<td>b<tr><td>c<td>d", "a | b\nc | d"),
        ("<table><tr><th>A<th>B</table>after", "A | B\nafter"),
        ("<pre>x  1\n\ty  2</pre>z", "x  1\n\ty  2\nz"),
        ("<h2>Head</h2>Text<hr>More", "Head\nText\nMore"),
        ("a<span style='display: none'>b<span>c</span></span>d", "ad"),
        ("a<script>if (1 < 2) alert('<p>')</script><style>p{}</style>b", "ab"),
        ("<title>Not this</title>This", "This"),
        ("<a href='x?a>b' title=\"it's > this\">link</a>", "link"),
        ("<p title=it's>kept</p><p>it's</p>", "kept\nit's"),
        ("5 < 6 & 7 > 2 &amp;lt;", "5 < 6 & 7 > 2 &lt;"),
        ("<p>&nbsp;</p>a<p>&nbsp;</p><p>&nbsp;</p><p>&nbsp;</p>b", "a\n\nb"),
        ("<P>capitals<BR>too</P>", "capitals\ntoo"),
        ("", ""),
        ("no tags", "no tags"),
    ],
)
def test_html(source: str, words: str) -> None:
    assert words_of_html(source) == words


@pytest.mark.parametrize(
    ("source", "words"),
    [
        ("one\r\ntwo\rthree\u2028four\u2029five\x0bsix\x85seven", "one\ntwo\nthree\nfour\nfive\nsix\nseven"),
        ("•\tone\n·\ttwo\n\uf0b7\tthree\n  ▪ four\n-\tfive\no\tsix", "• one\n• two\n• three\n  • four\n• five\n• six"),
        ("- a dash\no no bullet\n* star", "- a dash\no no bullet\n* star"),
        ("CP1\t2\t\tnone\n\tmoved in", "CP1 | 2 |  | none\nmoved in"),
        ("nul\x00 bell\x07 escape\x1b[0m delete\x7f high\x9f", "nul bell escape[0m delete high"),
        ("\ufeffmark \ufffc object \ufdd0 \uffff", "mark  object  "),
        ("half \ud83d and \ude00", "half � and �"),
        ("a\u00a0b 👨‍👩‍👧 שלום \u202bعربي\u202c e\u0301 ก็ 𝒳", "a\u00a0b 👨‍👩‍👧 שלום \u202bعربي\u202c e\u0301 ก็ 𝒳"),
    ],
)
def test_plain_text(source: str, words: str) -> None:
    assert words_of_text(source) == words


def test_html_that_lacks_words_gives_way_to_the_plain_text_beside_it() -> None:
    assert words_of("<p>Two charts</p>", "Two charts") == "Two charts"
    assert words_of("<p>Two</p><!-- never closed: charts were read", "Two charts were read") == "Two charts were read"
    assert words_of("<script>never closed", "Two charts") == "Two charts"
    assert words_of("", "•\tone") == "• one"
    assert words_of("<img src='x.png'>", "") == ""
    assert words_of("<p>x</p>" * 600_000, "plain") == "plain", "too long to be taken apart while the officer waits"


@pytest.mark.parametrize(
    "piece",
    [
        "<!", "<!--", "<!---", "<a ", "<a b='", '<a b="', "<![if ", "<![CDATA[", "<?", "</", "</a", "&", "&#", "<td>",
        "<table>", "<tr>", "<ul>", "<ul><li>a", "<script>", "<style></", "<p ='", "<pre>\n",
        "<span style='mso-list:ignore'>",
    ],
)  # fmt: skip
def test_nothing_that_is_never_closed_holds_the_window(piece: str) -> None:
    """A parser that looks for each end again needs minutes for these, and the time limit of a test ends it."""
    words_of_html(piece * (400_000 // len(piece)))


def test_an_endless_nest_of_lists_does_not_indent_without_end() -> None:
    assert len(words_of_html("<ul><li>a" * 20_000)) < 20_000 * 25


def is_text(sign: str) -> bool:
    return sign == "\n" or sign == "\t" or unicodedata.category(sign) not in ("Cc", "Cs")


ANY_TEXT = st.text(st.characters(codec=None, exclude_categories=()), max_size=300)


@given(ANY_TEXT)
def test_what_is_kept_can_be_written_to_a_file_and_is_kept_as_it_is_the_second_time(text: str) -> None:
    once = words_of_text(text)
    assert all(map(is_text, once))
    once.encode("utf-8")
    assert words_of_text(once) == once
    assert cleaned(once) == once


@given(ANY_TEXT)
def test_no_letter_is_lost(text: str) -> None:
    letters = [sign for sign in text if sign.isalnum()]
    # A line that begins with a bullet of letters, such as Word's "o", gives it up.
    if not any(line.lstrip(" \t").startswith(("o\t", "\uf0a7", "\uf0b7")) for line in cleaned(text).split("\n")):
        assert [sign for sign in words_of_text(text) if sign.isalnum()] == letters
    assert [sign for sign in words_of_html(f"<p>{html.escape(text)}</p>") if sign.isalnum()] == letters


PARTS = st.sampled_from(
    "<p> </p> <br> <td> </td> <tr> </tr> <table> </table> <ul> <ol> <li> </li> </ul> <pre> </pre> <span> </span> <!-- "
    "--> <![if> <![endif]> <div style='display:none'> </div> <b> &amp; &nbsp; < > \" ' = word \n \t <script> </script> "
    "<span style='mso-list:Ignore'> <p style='mso-list:l0 level9'> <img alt=🙂>".split(" ")
)


@given(st.lists(PARTS | st.text(max_size=5), max_size=60))
def test_any_tags_in_any_order_are_read(parts: list[str]) -> None:
    source = "".join(parts)
    words = words_of_html(source)
    assert all(map(is_text, words))
    assert not words.startswith("\n")
    assert not words.endswith("\n")
    assert "\n\n\n" not in words
    for piece in pieces_of(source):
        assert bool(piece.words) != bool(piece.tag)
