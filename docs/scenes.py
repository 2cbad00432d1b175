"""What the pictures show: one short play each, acted in the studio."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from PySide6.QtCore import Qt

from docs.studio import MADE_UP, Scene, Studio
from s75desk.domain.errors import DeskDamaged, DiskTrouble, NewerDesk
from s75desk.domain.records import Kpi
from s75desk.services.desk import Backup, RecentDesk
from s75desk.ui.pages.form_pane import wish_for_edit
from s75desk.ui.widgets.progress_sheet import ProgressSheet
from s75desk.ui.widgets.question_dialog import QuestionDialog
from s75desk.ui.window.passphrase_dialogs import AskPassphrase, SetPassphrase

KEY = Qt.Key
CTRL = Qt.KeyboardModifier.ControlModifier

# Without a desk


class _Present(RecentDesk):
    """A desk that is there, in a folder that is not."""

    @property
    def present(self) -> bool:
        return True


def _recent(*names: str) -> list[RecentDesk]:
    opened = [datetime(2026, 2, 2 - place, 8, 30, tzinfo=UTC) for place in range(2)]
    return [_Present(MADE_UP / f"{name}.s75desk", "", opened[place % 2]) for place, name in enumerate(names)]


def welcome_first(room: Studio) -> None:
    room.window.show_welcome()
    room.window.welcome.show_recent([])


def welcome(room: Studio) -> None:
    room.window.welcome.show_recent(_recent("East", "South"))


def welcome_trouble(room: Studio) -> None:
    welcome(room)
    room.window.welcome.show_trouble(
        DiskTrouble("Not made: this folder can only be read.", "Choose another folder, such as Documents.")
    )


def _leave_trouble(room: Studio) -> None:
    room.window.welcome.show_trouble(None)


def _backups() -> list[Backup]:
    path = MADE_UP / "East.s75desk"
    moments = ((2, 2, 8, 58), (2, 1, 16, 40), (1, 30, 15, 20), (1, 23, 16, 5), (12, 31, 15, 58))
    years = (2026, 2026, 2026, 2026, 2025)
    return [
        Backup(path, "East", datetime(year, month, day, hour, minute, tzinfo=UTC), 1_480_000 - 60_000 * place, True)
        for place, (year, (month, day, hour, minute)) in enumerate(zip(years, moments, strict=True))
    ]


def restore_damaged(room: Studio) -> None:
    _leave_trouble(room)
    room.window._failed(
        MADE_UP / "East.s75desk",
        DeskDamaged("The desk is damaged: part of the file cannot be read.", "Restore the newest backup below."),
        _backups(),
    )
    room.window.restore.table.setFocus(Qt.FocusReason.TabFocusReason)


def restore_newer(room: Studio) -> None:
    room.window._failed(
        MADE_UP / "South.s75desk",
        NewerDesk(
            "This desk was written by a later version of s75desk. It was not opened, so nothing in it has changed.",
            "Install the current version on this computer, then open it again.",
        ),
        [],
    )


def ask_passphrase(room: Studio) -> None:
    welcome(room)
    room.window.stack.setCurrentWidget(room.window.welcome)
    AskPassphrase(room.window, "East", "That passphrase does not open this desk. Try it again.").open()


def set_passphrase(room: Studio) -> None:
    dialog = SetPassphrase(room.window, "East", new_desk=True)
    dialog.open()
    dialog.first.setFocus()


def set_passphrase_fault(room: Studio) -> None:
    dialog = SetPassphrase(room.window, "East", change=True)
    dialog.open()
    room.pump(20)
    for field, words in ((dialog.present, "four quiet wooden boats"), (dialog.first, "boats"), (dialog.again, "boat")):
        field.setFocus()
        room.type(words)
    dialog._answer = "protect"
    dialog.accept()


def locked_elsewhere(room: Studio) -> None:
    QuestionDialog(
        room.window,
        "Open East although another computer has it?",
        "East is open on another computer since 08:12 today. If it is truly closed there, open it here. "
        "Two computers writing to it at once damage it.",
        safe=("leave", "Leave it closed"),
        verbs=(("take", "Open it here", "danger", ""),),
    ).open()


# Tabs


def _tab(page: str) -> Callable[[Studio], None]:
    return lambda room: room.go(page) and None


def overview_filtered(room: Studio) -> None:
    page = room.go("overview")
    tile = list(page._tiles.values())[2]
    tile.setFocus(Qt.FocusReason.TabFocusReason)
    tile.click()
    room.settle()


def overview_why(room: Studio) -> None:
    page = room.go("overview")
    for tile in page._tiles.values():
        if tile.isChecked():
            tile.click()
    page._why_button.click()


def _agreement(sub: str, reference: str = "S75-2024-OT") -> Callable[[Studio], None]:
    return lambda room: room.go("agreements", room.agreement(reference), sub) and None


def agreement_working(room: Studio) -> None:
    page = room.go("agreements", room.agreement(), "Term")
    page.record.terms.value._button.setFocus(Qt.FocusReason.TabFocusReason)
    room.press(KEY.Key_F9)


def agreement_more(room: Studio) -> None:
    page = room.go("agreements", room.agreement(), "Term")
    _pop_up(page.record._more)


def _pop_up(button: Any) -> None:
    menu = button.menu()
    menu.popup(button.mapToGlobal(button.rect().bottomLeft()))


def filter_menu(room: Studio) -> None:
    page = room.go("agreements", room.agreement(), "Term")
    _pop_up(page._kind)


def columns_menu(room: Studio) -> None:
    page = room.go("agreements", room.agreement(), "Term")
    _pop_up(page.filter_row.columns)


def main_menu(room: Studio) -> None:
    room.go("agreements", room.agreement(), "Term")
    _pop_up(room.view.top_bar.menu_button)


def nothing_matches(room: Studio) -> None:
    page = room.go("agreements", room.agreement(), "Term")
    page.filter_row.search.setFocus()
    room.type("harbour")
    room.settle()


def _clear_search(room: Studio) -> None:
    room.page.filter_row.search.clear()
    room.settle()


def _kpi(sub: str, beginning: str) -> Callable[[Studio], None]:
    return lambda room: room.go("kpis", room.kpi(beginning), sub) and None


def _first(page: str, sub: str) -> Callable[[Studio], None]:
    def play(room: Studio) -> None:
        shown = room.go(page)
        room.go(page, shown.table.rows_model().uid_at(0), sub)

    return play


def _named(page: str, words: str, sub: str) -> Callable[[Studio], None]:
    """The row whose text holds these words."""

    def play(room: Studio) -> None:
        shown = room.go(page)
        model = shown.table.rows_model()
        for line in range(model.rowCount()):
            if words in model.index(line, 0).data():
                room.go(page, model.uid_at(line), sub)
                return
        raise LookupError(words)

    return play


# Forms


def form_new(room: Studio) -> None:
    room.go("agreements", new="agreement")


def _discard(room: Studio) -> None:
    form = room.page.form.form
    if form is not None:
        form.discarded.emit()
        room.settle()


def form_faults(room: Studio) -> None:
    page = room.go("agreements", new="agreement")
    form = page.form.form
    room.fill_in(
        form,
        title="Community equipment, Section 75",
        reference="S75-2024-OT",
        starts="1/4/26",
        initial_months="3 years",
        extensions="1 + 1",
        stated_end="31 March 2026",
        notice_months="12",
        first_pays="£372k",
        second_pays="374,000",
        stated_yearly="764000",
    )
    room.settle(600)
    form._area.verticalScrollBar().setValue(0)


def form_disk_full(room: Studio) -> None:
    page = room.go("agreements", new="agreement")
    room.settle()
    form = page.form.form
    form.show_trouble(
        DiskTrouble(
            "Not saved: the disk is full. Nothing in the desk has changed and your words are still here.",
            "Free some space, then save again.",
        )
    )


def form_discard(room: Studio) -> None:
    page = room.go("agreements", new="agreement")
    form = page.form.form
    form._footer._ask()


def form_action(room: Studio) -> None:
    page = room.go("actions", new="action")
    room.fill_in(page.form.form, title="Send the quarter 3 return", owner="Branch manager", due="fri")
    room.settle(500)


def _visit_mode(place: str) -> Callable[[Studio], None]:
    """The visit with most to grade from before, at a place of it, part of it answered."""

    def play(room: Studio) -> None:
        waiting = [one for one in room.office.visits.rows() if one.with_questions and not one.past]
        uid = max(waiting, key=lambda one: (one.to_grade, one.uid)).uid
        visiting = room.office.visiting
        visiting.start(uid)
        book = visiting.book(uid)
        if book.answer("8.3").rating is None:
            questions = book.body.questions[:30]
            said = [
                replace(book.answer(one.code), rating=4 if n % 7 == 0 else 3, seen="Seen and found in order.")
                for n, one in enumerate(questions)
            ]
            weak = replace(
                book.answer("8.3"),
                rating=2,
                seen="2 charts read, CP1 and CP2. CP1: two doses unsigned. CP2 complete. The weekly audit has begun, "
                "but not on unit 2.",
                sample_of="medicines charts",
                population=45,
                looked_at=2,
                codes="CP1, CP2",
            )
            visiting.keep(uid, settled=[*(one for one in said if one.question != "8.3"), weak])
        room.go("visit_mode", uid, place)
        room.view.visits.mode.go(place)
        room.settle(300)

    return play


def _leave_visit(room: Studio) -> None:
    room.go("visits")


def form_visit(room: Studio) -> None:
    room.go("visits", new="visit")


def form_provider(room: Studio) -> None:
    room.go("providers", new="provider")


def form_kpi(room: Studio) -> None:
    page = room.go("kpis", room.kpi("OT assessments"))
    page.open_form(wish_for_edit(room.record(Kpi, room.kpi("OT assessments"))))
    room.settle()


def form_calendar(room: Studio) -> None:
    page = room.go("actions", new="action")
    editor = page.form.form.editor_row("due").editor
    editor.setFocus(Qt.FocusReason.TabFocusReason)
    room.press(KEY.Key_Down, Qt.KeyboardModifier.AltModifier)


def form_reference(room: Studio) -> None:
    page = room.go("agreements", new="agreement")
    room.fill_in(page.form.form, first_partner="co")
    room.settle()


# Moments


def finder(room: Studio) -> None:
    room.go("overview")
    room.view.open_finder()
    room.pump(30)
    room.type("occ")
    room.settle(200)


def finder_commands(room: Studio) -> None:
    room.go("overview")
    room.view.open_finder()
    room.pump(30)
    room.type(">")
    room.settle(200)


def notice(room: Studio) -> None:
    page = room.go("actions")
    page.table.setFocus(Qt.FocusReason.TabFocusReason)
    page.table.selectRow(2)
    room.settle()
    room.view.archive_here()
    room.settle(300)


def _undo(room: Studio) -> None:
    room.view.undo()
    room.settle(200)


def notice_trouble(room: Studio) -> None:
    room.go("overview")
    room.view._say_trouble(
        DiskTrouble("Not exported: the disk is full. No file is left behind.", "Free some space, then export again.")
    )


def page_trouble(room: Studio) -> None:
    page = room.go("kpis")
    page._fail(DiskTrouble("Not read: the drive of this desk is not there.", "Plug it in, then try again."))


def _page_back(room: Studio) -> None:
    room.page.reload()
    room.settle()


def help_here(room: Studio) -> None:
    room.go("agreements", room.agreement(), "Term")
    room.window.help_here()
    room.settle(200)


def about(room: Studio) -> None:
    room.go("overview")
    from dataclasses import replace

    from s75desk.ui.window.about import AboutSheet

    status = replace(
        room.program.desks.status(),
        path=MADE_UP / "East.s75desk",
        backup_folder=MADE_UP.parent / ".local/share/s75desk/backups/e3b0c442",
    )
    AboutSheet(room.window, status).open_centred()


def progress(room: Studio) -> None:
    room.go("agreements", room.agreement(), "Term")
    sheet = ProgressSheet(
        room.window,
        "Backing up this desk",
        icon="backup",
        assurance="The desk stays as it is. Nothing is left behind if you stop.",
        cancel="Cancel backup",
    )
    sheet.set_progress(62, 100, "62% copied")
    sheet._appear()
    room.pump(200)
    room._progress = sheet  # type: ignore[attr-defined]


def _finish_progress(room: Studio) -> None:
    room._progress.hide()  # type: ignore[attr-defined]
    room._progress.deleteLater()  # type: ignore[attr-defined]


def composer(room: Studio) -> None:
    page = room.go("briefings", new="briefing", filter=room.agreement())
    page.composer._audience.setText("Adults and Health Committee")
    room.settle(700)
    room.settle(400)


def composer_date(room: Studio) -> None:
    page = room.go("briefings", new="briefing", filter=room.agreement())
    page.composer._as_at.setFocus(Qt.FocusReason.TabFocusReason)
    page.composer._as_at.selectAll()
    room.type("31/2/26")
    room.settle(500)


def briefings(room: Studio) -> None:
    room.go("briefings")
    room.page._show_list()
    room.settle(300)


def briefing_details(room: Studio) -> None:
    briefings(room)
    room.page.filed.record.tabs.set_current("Details")
    room.settle()


def narrow_list(room: Studio) -> None:
    room.window.resize(1000, 700)
    room.pump(50)
    page = room.go("agreements")
    page._record_gone()
    room.settle()


def narrow_record(room: Studio) -> None:
    room.window.resize(1000, 700)
    room.pump(50)
    page = room.go("agreements")
    page.table.setFocus()
    page.table.select_uid(room.agreement())
    room.press(KEY.Key_Return)


def narrow_form(room: Studio) -> None:
    room.window.resize(1000, 700)
    form_faults(room)


def large_text(room: Studio) -> None:
    room.program.theme.set_text_scale(1.5)
    room.go("agreements", room.agreement(), "Term")
    room.pump(100)


def large_text_overview(room: Studio) -> None:
    room.program.theme.set_text_scale(1.5)
    room.go("overview")
    room.pump(100)


def _small_text(room: Studio) -> None:
    room.program.theme.set_text_scale(1.0)
    room.pump(50)


AGREEMENT_PAGES = (
    "Money",
    "KPIs",
    "Forums",
    "Milestones",
    "Options",
    "Decisions",
    "Risks",
    "Documents",
    "Doubts",
    "History",
)

VISIT_PLACES = (("question", "8.3"), ("prior", "prior"), ("finish", "finish"))
"""Names of pictures of a visit, and where in it they are taken."""

SCENES: list[Scene] = [
    Scene("welcome-first", welcome_first, ""),
    Scene("welcome", welcome, ""),
    Scene("welcome-trouble", welcome_trouble, "", wide=False),
    Scene("restore", restore_damaged, ""),
    Scene("restore-newer", restore_newer, "", wide=False),
    Scene("passphrase-ask", ask_passphrase, "", wide=False),
    Scene("passphrase-set", set_passphrase, "", wide=False),
    Scene("passphrase-change", set_passphrase_fault, "", wide=False),
    Scene("question", locked_elsewhere, "", wide=False),
    Scene("overview", _tab("overview")),
    Scene("overview-filtered", overview_filtered, wide=False),
    Scene("overview-why", overview_why, wide=False),
    Scene("agreements", _agreement("Term")),
    *(Scene(f"agreement-{sub.lower()}", _agreement(sub)) for sub in AGREEMENT_PAGES),
    Scene("agreement-r0-term", _agreement("Term", "S75-2012-COT"), wide=False),
    Scene("agreement-r0-money", _agreement("Money", "S75-2012-COT"), wide=False),
    Scene("agreement-r0-kpis", _agreement("KPIs", "S75-2012-COT"), wide=False),
    Scene("agreement-r0-doubts", _agreement("Doubts", "S75-2012-COT"), wide=False),
    Scene("agreement-lots", _agreement("Lots", "DPS-2020-HC"), wide=False),
    Scene("agreement-working", agreement_working),
    Scene("agreement-more", agreement_more, wide=False),
    Scene("filter-menu", filter_menu, wide=False),
    Scene("columns-menu", columns_menu, wide=False),
    Scene("menu", main_menu, wide=False),
    Scene("nothing-matches", nothing_matches, wide=False, tidy=_clear_search),
    Scene("providers", _first("providers", "Summary")),
    *(
        Scene(f"provider-{sub.lower()}", _first("providers", sub), wide=sub in ("Ratings", "Services"))
        for sub in ("Services", "Ratings", "Visits", "Actions", "Agreements", "KPIs", "Documents", "History")
    ),
    Scene("visits", _tab("visits")),
    *(Scene(f"visit-{name}", _visit_mode(place), tidy=_leave_visit) for name, place in VISIT_PLACES),
    Scene("kpis", _kpi("Chart", "OT assessments")),
    *(
        Scene(f"kpi-{sub.lower()}", _kpi(sub, "OT assessments"), wide=sub == "Figures")
        for sub in ("Figures", "Returns", "Definition", "Actions", "History")
    ),
    Scene("actions", _first("actions", "Action")),
    Scene("action-history", _first("actions", "History"), wide=False),
    Scene("briefings", briefings),
    Scene("briefing-details", briefing_details, wide=False),
    Scene("briefing-composer", composer),
    Scene("briefing-date", composer_date, wide=False),
    Scene("organisations", _tab("organisations")),
    Scene("question-sets", _tab("question_sets")),
    Scene("archived", _tab("archived")),
    Scene("form-new", form_new, tidy=_discard),
    Scene("form-faults", form_faults, tidy=_discard),
    Scene("form-disk-full", form_disk_full, wide=False, tidy=_discard),
    Scene("form-discard", form_discard, wide=False, tidy=_discard),
    Scene("form-reference", form_reference, wide=False, tidy=_discard),
    Scene("form-action", form_action, wide=False, tidy=_discard),
    Scene("form-calendar", form_calendar, wide=False, tidy=_discard),
    Scene("form-visit", form_visit, wide=False, tidy=_discard),
    Scene("form-provider", form_provider, wide=False, tidy=_discard),
    Scene("form-kpi", form_kpi, tidy=_discard),
    Scene("finder", finder),
    Scene("finder-commands", finder_commands, wide=False),
    Scene("notice", notice, tidy=_undo),
    Scene("notice-trouble", notice_trouble, wide=False),
    Scene("page-trouble", page_trouble, wide=False, tidy=_page_back),
    Scene("progress", progress, wide=False, tidy=_finish_progress),
    Scene("help", help_here, wide=False),
    Scene("about", about, wide=False),
    Scene("narrow-list", narrow_list, wide=False),
    Scene("narrow-record", narrow_record, wide=False),
    Scene("narrow-form", narrow_form, wide=False, tidy=_discard),
    Scene("large-text", large_text, wide=False, tidy=_small_text),
    Scene("large-text-overview", large_text_overview, wide=False, tidy=_small_text),
    Scene("empty-overview", _tab("overview"), "empty", wide=False),
    *(
        Scene(f"empty-{page.replace('_', '-')}", _tab(page), "empty", wide=False)
        for page in (
            "agreements",
            "providers",
            "visits",
            "kpis",
            "actions",
            "briefings",
            "organisations",
            "question_sets",
            "archived",
        )
    ),
]
