"""The sample behind an answer: how many of how many were looked at, how they were chosen, under which codes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QIntValidator, QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QSizePolicy, QWidget

from s75desk.domain.findings import Weight
from s75desk.domain.records import VisitAnswer
from s75desk.domain.visits.book import codes_of, sample_of
from s75desk.domain.visits.sample import MOST, SampleMethod, code_of, code_refusal, next_code, sample_findings
from s75desk.ui.theme import Theme
from s75desk.ui.widgets.buttons import Button, make_button
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.styling import set_look

_A_LINE, _MOST_SHOWN = 4, 12


class SamplePanel(QWidget):
    """See the module. A code that may be a person's name is refused beside the field.

    Signals:
        changed: The ``VisitAnswer`` as it now is: a count, a method, a code.
        typed: The ``VisitAnswer`` as it now is; something is being typed.
    """

    changed = Signal(object)
    typed = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._answer: VisitAnswer | None = None
        self._able = True
        self._shown: tuple[str, ...] = ()
        self.what = QLineEdit(self)
        self.what.setPlaceholderText("what: care plans")
        self.what.setAccessibleName("What was sampled")
        self.fewer = Button("", "minus", touch=True, parent=self)
        self.more = Button("", "plus", touch=True, parent=self)
        for button, words in ((self.fewer, "One fewer looked at"), (self.more, "One more looked at")):
            button.setAccessibleName(words)
            button.setToolTip(words)
        self.looked_at = self._count("How many were looked at")
        self.population = self._count("How many there are")
        self.method = QComboBox(self)
        self.method.setAccessibleName("How they were chosen")
        self.method.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.method.addItem("how chosen?", None)
        for method in SampleMethod:
            self.method.addItem(method.word, method)
        self.code = QLineEdit(self)
        self.code.setPlaceholderText("CP1")
        self.code.setAccessibleName("Add a code")
        self.code.installEventFilter(self)
        self.add = make_button("Code", "plus", "quiet", parent=self)
        self.add.setToolTip("Add a code, such as CP1; with none typed, the next one")
        self._chip_box = QWidget(self)
        self._chips = QGridLayout(self._chip_box)
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setColumnStretch(_A_LINE, 1)
        self._message = WrappedLabel("", "small", colour="alert_text", parent=self)
        column(
            row(Label("Sample", "visit_small", bold=True), (self.what, 1), gap=8),
            row(self.fewer, (self.looked_at, 1), Label("of", "visit_body"), (self.population, 1), self.more, gap=6),
            self._chip_box,
            row(self.code, self.add, (self.method, 1), gap=4),
            self._message,
            gap=6,
            parent=self,
        )
        self.fewer.clicked.connect(self._one_fewer)
        self.more.clicked.connect(self._one_more)
        self.what.textEdited.connect(self._what_typed)
        self.looked_at.textEdited.connect(self._counts_typed)
        self.population.textEdited.connect(self._counts_typed)
        self.method.activated.connect(self._method_chosen)
        self.code.returnPressed.connect(self._add_code)
        self.code.textEdited.connect(self._clear_message)
        self.add.clicked.connect(self._add_code)
        self._size()

    def _count(self, name: str) -> QLineEdit:
        edit = QLineEdit(self)
        edit.setValidator(QIntValidator(0, MOST, edit))
        edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        edit.setPlaceholderText("?")
        edit.setAccessibleName(name)
        edit.setProperty("large", True)
        edit.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        return edit

    def show_answer(self, answer: VisitAnswer, *, able: bool) -> None:
        """Show the sample of an answer; what is being typed keeps its caret."""
        other = self._answer is None or answer.question != self._answer.question
        self._answer, self._able = answer, able
        for edit, text in (
            (self.what, answer.sample_of or ""),
            (self.looked_at, "" if answer.looked_at is None else str(answer.looked_at)),
            (self.population, "" if answer.population is None else str(answer.population)),
        ):
            if edit.text() != text:
                edit.setText(text)
            edit.setReadOnly(not able)
        self.method.setCurrentIndex(max(0, self.method.findData(answer.method)))
        for part in (self.fewer, self.more, self.method, self.code, self.add):
            part.setEnabled(able)
        for part in (self.code, self.add):
            part.setVisible(able)
        if other:
            self.code.clear()
            self._message.setText("")
        self._show_codes(codes_of(answer.codes))
        self._show_findings()

    def take_keyboard(self) -> None:
        """Put the keyboard into the count."""
        self.looked_at.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.looked_at.selectAll()

    def changeEvent(self, event: QEvent) -> None:
        """Sizes follow the text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange and hasattr(self, "_message"):
            self._size()

    def eventFilter(self, watched: object, event: QEvent) -> bool:
        """Enter adds a code and goes no further; Backspace in the empty field takes the last code back."""
        if watched is self.code and event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            held = codes_of(self._answer.codes) if self._answer else ()
            if event.key() == Qt.Key.Key_Backspace and not self.code.text() and held and self._able:
                self._set_codes(held[:-1])
                return True
        return False

    # What the officer does

    def _step(self, by: int) -> None:
        if self._answer is None:
            return
        now = min(MOST, max(0, (self._answer.looked_at or 0) + by))
        self._tell(replace(self._answer, looked_at=now))

    def _one_more(self) -> None:
        self._step(1)

    def _one_fewer(self) -> None:
        self._step(-1)

    def _what_typed(self, text: str) -> None:
        if self._answer is not None:
            self._answer = replace(self._answer, sample_of=text or None)
            self.typed.emit(self._answer)

    def _counts_typed(self) -> None:
        if self._answer is not None:
            looked, there = (_whole(edit.text()) for edit in (self.looked_at, self.population))
            self._answer = replace(self._answer, looked_at=looked, population=there)
            self.typed.emit(self._answer)
            self._show_findings()

    def _method_chosen(self) -> None:
        if self._answer is not None:
            self._tell(replace(self._answer, method=self.method.currentData()))

    def _add_code(self) -> None:
        if self._answer is None or not self._able:
            return
        held = codes_of(self._answer.codes)
        typed = self.code.text().strip()
        if not typed and held:
            typed = next_code("".join(sign for sign in held[-1] if sign.isalpha()), held)
        refusal = code_refusal(typed)
        code = code_of(typed)
        if code is not None and code in held:
            refusal = f"{code} stands here already."
        if refusal or code is None:
            self._say(refusal)
            self.code.setFocus(Qt.FocusReason.OtherFocusReason)
            return
        self.code.clear()
        self._set_codes((*held, code))

    def _set_codes(self, codes: tuple[str, ...]) -> None:
        if self._answer is not None:
            self._tell(replace(self._answer, codes=", ".join(codes) or None))

    def _drop_code(self) -> None:
        if self._answer is not None:
            dropped = str(self.sender().property("code"))
            self._set_codes(tuple(code for code in codes_of(self._answer.codes) if code != dropped))

    def _tell(self, answer: VisitAnswer) -> None:
        self.show_answer(answer, able=self._able)
        self.changed.emit(answer)

    # Parts

    def _show_codes(self, codes: tuple[str, ...]) -> None:
        self._chip_box.setVisible(bool(codes))
        if codes == self._shown:
            return
        self._shown = codes
        while (item := self._chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None:
                old.hide()
                old.deleteLater()
        for place, code in enumerate(codes[-_MOST_SHOWN:]):
            chip = make_button(code, parent=self._chip_box)
            chip.setProperty("code", code)
            chip.setToolTip(f"Take {code} out")
            chip.setAccessibleName(f"Code {code}; press to take it out")
            chip.setEnabled(self._able)
            chip.clicked.connect(self._drop_code)
            self._chips.addWidget(chip, place // _A_LINE, place % _A_LINE)

    def _show_findings(self) -> None:
        sample = sample_of(self._answer) if self._answer else None
        found = sample_findings(sample) if sample else ()
        counts = [finding for finding in found if finding.field in ("looked_at", "population")]
        for edit in (self.looked_at, self.population):
            wrong = any(self._field(edit) == finding.field for finding in counts)
            set_look(edit, "state", "fault" if wrong else "none")
        self._say(found[0].text if found else "", doubt=bool(found) and found[0].weight is not Weight.FAULT)

    def _field(self, edit: QLineEdit) -> str:
        return "looked_at" if edit is self.looked_at else "population"

    def _say(self, words: str, *, doubt: bool = False) -> None:
        self._message.set_colour("watch_text" if doubt else "alert_text")
        self._message.setText(words)
        self._message.setVisible(bool(words))
        self.code.setAccessibleDescription(words)

    def _clear_message(self) -> None:
        self._show_findings()

    def _size(self) -> None:
        metrics = Theme.of(self).metrics
        self._chips.setSpacing(metrics.space(6))
        for edit in (self.looked_at, self.population):
            edit.setFixedHeight(metrics.size("touch"))
        for button in (self.fewer, self.more):
            button.setFixedWidth(metrics.size("touch"))
        self.code.setFixedWidth(metrics.px(4.6))


def _whole(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() else None
