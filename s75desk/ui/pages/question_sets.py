"""The page of question sets: each version with its questions or standards, how it rates, and the way to a new one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from s75desk.domain.records import QuestionSet, Standard
from s75desk.domain.records.visit import SetState
from s75desk.domain.statuses.counts import state_count
from s75desk.domain.visits.question_set import QuestionSetBody
from s75desk.domain.wording import date_long, date_short, number, plural
from s75desk.services.question_sets import QuestionSetPage, QuestionSetRow
from s75desk.ui.itemmodels.cells import Cell, Column
from s75desk.ui.navigation import Destination
from s75desk.ui.pages.child_columns import Names, columns_of
from s75desk.ui.pages.child_section import ChildSection
from s75desk.ui.pages.context import Context
from s75desk.ui.pages.field_sheet import FieldSheet
from s75desk.ui.pages.form_pane import FormWish, wish_for_edit
from s75desk.ui.pages.history_page import HistoryPage
from s75desk.ui.pages.list_page import ListPage, ListSpec
from s75desk.ui.pages.question_reader import QuestionReader
from s75desk.ui.pages.question_rule import RuleBlock, ScaleBlock, SourcesPage
from s75desk.ui.pages.record_view import RecordView, Step, SubPage
from s75desk.ui.pages.section_page import SectionPage
from s75desk.ui.widgets.filter_button import FilterButton
from s75desk.ui.widgets.labels import Label
from s75desk.ui.widgets.layouts import boxed, column


def _version_words(row: QuestionSetRow) -> str:
    questions = " with questions" if row.with_questions else ""
    return f"Version {row.version}, {plural(row.standards, 'standard')}{questions}"


def _since(row: QuestionSetRow) -> Cell:
    return Cell(date_short(row.since), sort=row.since) if row.since else Cell("Not known", colour="muted")


COLUMNS: list[Column[QuestionSetRow]] = [
    Column(
        "title",
        "Question set",
        lambda r: Cell(r.title, _version_words(r)),
        "two_line",
        0,
        second="Version",
    ),
    Column("status", "State", lambda r: Cell(status=r.status), "status", 7.6),
    Column("since", "In use from", _since, "date", 8),
    Column("visits", "Visits", lambda r: Cell(number(r.visits), sort=r.visits), "number", 5, from_width=34),
]

_VERSIONS: list[Column[QuestionSetRow]] = [
    Column("version", "Version", lambda r: Cell(r.version), "text", 8),
    Column("status", "State", lambda r: Cell(status=r.status), "status", 9),
    Column("since", "In use from", _since, "date", 9),
    Column("standards", "Standards", lambda r: Cell(number(r.standards), sort=r.standards), "number", 7.5),
    Column("visits", "Visits", lambda r: Cell(number(r.visits), sort=r.visits), "number", 7.5),
    Column("rest", "", lambda r: Cell(""), "text", 0, sortable=False),
]


class QuestionSetSheet(SubPage):
    """Scale, rule and versions of a question set.

    Signals:
        form_asked: A ``FormWish``.
    """

    form_asked = Signal(object)

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent=parent)
        self.facts = FieldSheet(label_width=9, parent=self)
        self.versions = ChildSection(
            context,
            "Other versions",
            _VERSIONS,
            name="question set versions",
            page_kind="question_set",
            fixed=True,
            empty="There is no other version.",
            parent=self,
        )
        self.versions.opened.connect(context.navigator.open)
        self.scale, self.rule = ScaleBlock(self), RuleBlock(self)
        known = column(Label("About it", "heading", bold=True, parent=self), self.facts, gap=8)
        self.put(boxed(known, self), self.scale, self.rule, self.versions)

    def show_set(self, page: QuestionSetPage) -> None:
        """Show a question set."""
        found, body = page.question_set, page.body
        for block in (self.scale, self.rule):
            block.setVisible(body is not None)
        if body is not None:
            self.scale.show_scale(body.scale)
            self.rule.show_rule(body)
            pairs = [("About", body.about), ("Fingerprint", found.content or "")]
        else:
            pairs = [("Scale", found.scale or ""), ("Rating rule", found.rule or "")]
        pairs += [
            ("In use from", date_long(found.since) if found.since else ""),
            ("Visits", f"{number(page.visits)} made or planned with this version"),
            ("Source", found.cited if found.source or found.paragraph else ""),
        ]
        self.facts.set_pairs([*pairs, ("Note", found.note)] if found.note else pairs)
        self.versions.set_rows(page.versions, f"of {found.title}" if page.versions else "")


class QuestionSetRecord(RecordView):
    """The page of one version of a question set."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(context, "question_set", ("standard", "visit"), parent)
        self.page: QuestionSetPage | None = None
        self.standards = SectionPage(
            context,
            "Standards",
            _by_area(columns_of(Standard, Names({}, context.today))),
            name="question set standards",
            make=self._next_standard,
            add="Add a standard",
            of=self._name,
            empty="None recorded. A visit is rated standard by standard.",
            parent=self,
        )
        self.questions = QuestionReader(context, self)
        self.sheet = QuestionSetSheet(context, self)
        self.sources = SourcesPage(self)
        self.history = HistoryPage(context, self)
        self.add_sub_page("Questions", self.questions)
        self.add_sub_page("Standards", self.standards)
        self.add_sub_page("Rating and versions", self.sheet)
        self.add_sub_page("Sources", self.sources)
        self.add_sub_page("History", self.history)
        self.standards.form_asked.connect(self.form_asked)
        self.sheet.form_asked.connect(self.form_asked)

    def read(self, uid: str) -> QuestionSetPage:
        """The question set with its standards."""
        return self.context.office.question_sets.page(uid)

    def show_page(self, page: QuestionSetPage) -> None:
        """Show a question set on every sub-page."""
        self.page = page
        found = page.question_set
        self.set_header(found.title, f"Version {found.version or 'not known'}", page.status)
        self.set_steps(self._steps(page))
        self._show_questions(page.body)
        words = f"{number(len(page.standards))} in {plural(len(page.areas), 'area')}" if page.standards else ""
        self.standards.show_rows(page.standards, words)
        self.sheet.show_set(page)
        self.history.show_history("question_set", found.uid)
        self.set_count("Standards", len(page.standards))

    def edit_wish(self) -> FormWish | None:
        """The form of this question set; none for one with questions, which stays as it is."""
        if self.page is None or self.page.question_set.content:
            return None
        return wish_for_edit(self.page.question_set)

    def _show_questions(self, body: QuestionSetBody | None) -> None:
        """One tab or the other: a set with questions is read, one without is a list of standards to edit."""
        with_questions = body is not None
        self.tabs.set_shown("Questions", shown=with_questions)
        self.tabs.set_shown("Sources", shown=with_questions)
        self.tabs.set_shown("Standards", shown=not with_questions)
        hidden = ("Standards",) if with_questions else ("Questions", "Sources")
        if self.tabs.current() in hidden:
            self.tabs.set_current("Questions" if with_questions else "Standards")
        if body is not None:
            self.questions.show_body(body)
            self.sources.show_sources(body.sources)
            self.set_count("Questions", len(body.questions))
            self.set_count("Sources", len(body.sources))

    def _steps(self, page: QuestionSetPage) -> tuple[Step, ...]:
        house: tuple[Step, ...] = ()
        if not page.house_is_here:
            house = (("Add the house standards", "plus", "", self.add_house),)
        if page.question_set.content:
            if page.question_set.state is SetState.IN_USE:
                plan: Step = ("Plan a visit", "visit", "", self._plan)
                return plan, ("Retire this version", "archive", "", self._retire)
            return (("Put it into use", "tick", "", self._use),)
        return (
            ("Make a new version", "sample", "", self._new_version),
            ("Add a standard", "plus", "", self.standards.list.add),
            ("Edit question set", "pencil", "F2", self.ask_edit),
            *house,
        )

    def add_house(self) -> None:
        """Take in the question set that comes with the program."""
        self.context.operations.write(self, self.context.office.question_sets.house)

    def _plan(self) -> None:
        self.context.navigator.go(Destination("visits", new="visit"))

    def _retire(self) -> None:
        self._put_into(SetState.RETIRED)

    def _use(self) -> None:
        self._put_into(SetState.IN_USE)

    def _put_into(self, state: SetState) -> None:
        if self.page is not None:
            moved, records = replace(self.page.question_set, state=state), self.context.office.records
            self.context.operations.write(self, lambda: records.save(moved))

    def _name(self) -> str:
        return self.page.question_set.title if self.page else ""

    def _next_standard(self) -> Standard:
        """A blank standard with the next number, in the area of the last."""
        last = self.page.standards[-1] if self.page and self.page.standards else None
        number_ = (last.number or 0) + 1 if last else 1
        return Standard(question_set=self.uid, number=number_, area=last.area if last else None)

    def _new_version(self) -> None:
        if self.page is None:
            return
        found, service = self.page.question_set, self.context.office.question_sets
        blank = replace(found, uid="", version=_next_version(found.version), state=SetState.DRAFT, since=None)
        self.form_asked.emit(
            FormWish(
                blank,
                "New version",
                f"{plural(len(self.page.standards), 'standard')} will be copied from version {found.version}. "
                "Visits keep the version they were made with.",
                save=lambda record: service.enter_version(record, found.uid),
                about=found.uid,
            )
        )


def _by_area(columns: Sequence[Column[Standard]]) -> list[Column[Standard]]:
    """Number and area first: standards are read area by area."""
    order = ("number", "area", "title", "weight")
    return sorted(columns, key=lambda found: order.index(found.key))


def _next_version(version: str | None) -> str:
    """The version after a whole number; "" where the officer must name it."""
    return str(int(version) + 1) if version and version.isdigit() else ""


def _count(shown: Sequence[QuestionSetRow], rows: Sequence[QuestionSetRow]) -> str:
    in_use = state_count((row.status for row in shown), SetState.IN_USE.word)
    words = plural(len(rows), "question set") if len(shown) == len(rows) else f"{number(len(shown))} of {len(rows)}"
    return f"{words}, {in_use} in use"


class QuestionSetsPage(ListPage):
    """Question sets."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        self._state = FilterButton("State", [(state.word, state.word) for state in SetState])
        spec = ListSpec(
            page="question_sets",
            title="Question sets",
            hint="Search title, version",
            new="New question set",
            columns=COLUMNS,
            uid=lambda row: row.uid,
            search=lambda row: f"{row.title} {row.version} {row.status.word}",
            load=lambda archived: context.office.question_sets.rows(),
            stale=frozenset({"question_set", "standard", "visit"}),
            count=_count,
            empty_title="No question sets yet",
            empty_text="What a visit asks, standard by standard, with the scale and the rule of its rating.\n"
            "A visit keeps the version it was made with. The house standards come with the program.",
            split=0.38,
            second="Add the house standards",
        )
        record = QuestionSetRecord(context)
        super().__init__(context, spec, record, filters=(self._state,), parent=parent)
        self._record = record

    def second_step(self) -> None:
        """Take in the question set that comes with the program."""
        self._record.add_house()

    def new_wish(self) -> FormWish:
        """The form of a new question set."""
        words = "Title and version are needed. Standards come next."
        return FormWish(QuestionSet(version="1"), "New question set", words)

    def apply_filter(self, value: str) -> None:
        """Show question sets in one state: "In use"."""
        self._state.set_value(value)

    def clear_filters(self) -> None:
        """Let go of the filter."""
        self._state.set_value("")

    def accept(self) -> Callable[[QuestionSetRow], bool] | None:
        """The state, if one is chosen."""
        state = self._state.value()
        return (lambda row: row.status.state == state) if state else None
