"""Papers: a briefing printed and read back, tables exported."""

from __future__ import annotations

from pathlib import Path

from s75desk.selftest.ground import SECRET, TODAY, must


def print_briefing(folder: Path) -> str:
    """Print a briefing twice and export a table."""
    from s75desk.models.desk_file import DeskFile
    from s75desk.services.briefings import Wish
    from s75desk.services.office import Office
    from s75desk.services.workplace import Workplace

    with DeskFile.open(folder / "secret.s75desk", SECRET) as desk:
        office = Office(Workplace(desk, "self-test", lambda: TODAY))
        agreement = office.agreements.by_reference("S75-2024-OT")
        assert agreement is not None
        wish = Wish(agreement.uid, TODAY, "Adults and Health Committee")
        made = office.briefings.make(wish)
        must(made.data == office.briefings.make(wish).data, "two prints of the same briefing differ")
        office.briefings.save_as(made, folder / "briefing.pdf")
        sheet = office.exports.table("agreement")
        office.exports.write(sheet, folder / "agreements.xlsx")
        office.exports.write(sheet, folder / "agreements.csv")
    return f"{made.pages} pages, the same bytes twice; {len(sheet.rows)} agreements as .xlsx and .csv"


def read_back(folder: Path) -> str:
    """Read the briefing back as the window does."""
    from s75desk.ui.self_check import read_pdf

    pages, text = read_pdf(folder / "briefing.pdf")
    for words in ("Occupational therapy, Section 75", "£10,193,315", "31 March 2026"):
        must(words in text, f"the PDF does not say {words}")
    return f"{pages} pages say what they must"
