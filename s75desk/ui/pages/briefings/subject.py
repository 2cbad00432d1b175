"""What a briefing is to be made of: its kind, the agreement or the visit with its version, for whom, as at when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from s75desk.domain.parsing import NotUnderstood, parse_date
from s75desk.domain.records.briefing import BriefingKind
from s75desk.domain.wording import date_long
from s75desk.services.briefings import VISIT_KINDS, AnyWish, VisitWish, Wish
from s75desk.services.visit_dossiers import VisitChoice
from s75desk.ui.pages.context import Context
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.choice_box import ChoiceBox
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.styling import set_look


class Subject(QWidget):
    """The fields at the top of the composer.

    Signals:
        changed: Something is chosen or typed that makes other pages.
        kind_changed: Another kind of briefing is chosen.

    Attributes:
        kind_box: Chooses the kind.
        agreement: Chooses the agreement.
        visit: Chooses the visit.
        version: Chooses the version of the visit.
        audience: For whom.
        as_at: As at which day, as typed.
        as_at_message: What is wrong with the day.
    """

    changed = Signal()
    kind_changed = Signal()

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._choices: dict[str, VisitChoice] = {}
        self.kind_box = self._box("Kind of briefing")
        for kind in (BriefingKind.AGREEMENT, *VISIT_KINDS):
            self.kind_box.addItem(kind.word, kind.value)
        self.agreement = self._box("Agreement")
        self.visit = self._box("Visit")
        self.version = self._box("Version")
        self.audience = QLineEdit(self)
        self.audience.setAccessibleName("For")
        self.as_at = QLineEdit(self)
        self.as_at.setAccessibleName("As at")
        self.as_at_message = WrappedLabel("", "small", colour="alert_text", parent=self)
        self.as_at_message.hide()
        self._rows: dict[QWidget, Label] = {}
        self._build()
        self.kind_box.currentIndexChanged.connect(self._kind_chosen)
        self.agreement.currentIndexChanged.connect(self.changed)
        self.visit.currentIndexChanged.connect(self._visit_chosen)
        self.version.currentIndexChanged.connect(self.changed)
        self.audience.textChanged.connect(self.changed)
        self.as_at.textChanged.connect(self.changed)
        self.as_at.editingFinished.connect(self._normalise)
        self._show_fields()

    # What is chosen

    @property
    def kind(self) -> BriefingKind:
        """The kind that is chosen."""
        return BriefingKind(self.kind_box.currentData())

    @property
    def of_visit(self) -> bool:
        """Whether it is a paper on a visit."""
        return self.kind in VISIT_KINDS

    @property
    def uid(self) -> str:
        """The agreement or the visit that is chosen; "" if there is none."""
        return str((self.visit if self.of_visit else self.agreement).currentData() or "")

    def wish(self, sections: tuple[str, ...], *, workings: bool) -> AnyWish | None:
        """What is asked for, or None while the day cannot be read or there is nothing to make it of."""
        as_at, audience = self.day(), self.audience.text().strip()
        if as_at is None or not self.uid:
            return None
        if self.of_visit:
            number = self.version.currentData()
            report = self.kind is BriefingKind.VISIT_REPORT
            return VisitWish(self.uid, self.kind, as_at, int(number) if number else None, audience, report and workings)
        return Wish(self.uid, as_at, audience, sections, workings)

    def day(self) -> date | None:
        """The day, or None with a message beside the field if it cannot be read."""
        try:
            found = parse_date(self.as_at.text(), self._context.today)
        except NotUnderstood as trouble:
            set_look(self.as_at, "state", "fault")
            self.as_at_message.setText(trouble.reason)
            self.as_at_message.show()
            return None
        set_look(self.as_at, "state", "none")
        self.as_at_message.hide()
        return found

    # Filling in

    def begin(self) -> None:
        """Put in today."""
        self.as_at.setText(date_long(self._context.today))

    def fill(
        self,
        agreements: Sequence[tuple[str, str]],
        visits: Sequence[VisitChoice],
        kind: BriefingKind,
        uid: str,
    ) -> None:
        """Offer agreements and visits, and choose one; nothing is told of it."""
        boxes = (self.kind_box, self.agreement, self.visit, self.version)
        for box in boxes:
            box.blockSignals(True)
        self._choices = {choice.uid: choice for choice in visits}
        for box, pairs in ((self.agreement, agreements), (self.visit, [(each.uid, each.title) for each in visits])):
            before = box.currentData()
            box.clear()
            for key, title in pairs:
                box.addItem(title, key)
            place = max(box.findData(uid), box.findData(before) if not uid else -1)
            box.setCurrentIndex(max(0, place))
        self.kind_box.setCurrentIndex(self.kind_box.findData(kind.value))
        self._offer_versions()
        for box in boxes:
            box.blockSignals(False)
        self._show_fields()

    def take_keyboard(self) -> None:
        """Put the keyboard into what it is made of."""
        (self.visit if self.of_visit else self.agreement).setFocus(Qt.FocusReason.OtherFocusReason)

    # Answers

    def _kind_chosen(self) -> None:
        self._show_fields()
        self.kind_changed.emit()
        self.changed.emit()

    def _visit_chosen(self) -> None:
        self.version.blockSignals(True)
        self._offer_versions()
        self.version.blockSignals(False)
        self.changed.emit()

    def _offer_versions(self) -> None:
        """The visit as it stands if that is not signed, then every signed version, the newest first."""
        choice = self._choices.get(str(self.visit.currentData() or ""))
        self.version.clear()
        if choice is None:
            return
        if choice.amending or not choice.versions:
            self.version.addItem("As it stands, not signed", "")
        for number in reversed(choice.versions):
            self.version.addItem(f"Version {number}, signed", str(number))

    def _normalise(self) -> None:
        found = self.day()
        if found is not None:
            self.as_at.setText(date_long(found))

    def _show_fields(self) -> None:
        for field, of_visit in ((self.agreement, False), (self.visit, True), (self.version, True)):
            for part in (field, self._rows[field]):
                part.setVisible(of_visit is self.of_visit)
        self.audience.setPlaceholderText("the registered manager" if self.of_visit else "Adults and Health Committee")

    # Build

    def _box(self, name: str) -> QComboBox:
        box = ChoiceBox(self)
        box.setAccessibleName(name)
        box.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        return box

    def _build(self) -> None:
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        metrics = Theme.of(self).metrics
        grid.setHorizontalSpacing(metrics.space(10))
        grid.setVerticalSpacing(metrics.space(6))
        grid.setColumnStretch(1, 1)
        fields = (
            ("Kind", self.kind_box),
            ("Agreement", self.agreement),
            ("Visit", self.visit),
            ("Version", self.version),
            ("For", self.audience),
            ("As at", self.as_at),
        )
        for line, (words, field) in enumerate(fields):
            label = Label(words, parent=self)
            label.setBuddy(field)
            grid.addWidget(label, line, 0)
            grid.addWidget(field, line, 1)
            self._rows[field] = label
        grid.addWidget(self.as_at_message, len(fields), 1)
