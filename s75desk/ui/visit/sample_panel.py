"""The sample behind an answer: how many of how many were looked at, how they were chosen, under which codes."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QComboBox, QGridLayout, QLineEdit, QWidget

from s75desk.domain.findings import Finding, Weight
from s75desk.domain.records import VisitAnswer
from s75desk.domain.visits.book import codes_of, sample_of
from s75desk.domain.visits.sample import MOST, SampleMethod, code_of, code_refusal, next_code, sample_findings
from s75desk.ui.theme import Theme
from s75desk.ui.visit.fields import TallButton, TallChoice, TallLine, WholeNumbers, counted, set_read_only
from s75desk.ui.visit.roving import Roving, tab_through
from s75desk.ui.widgets.announce import announce
from s75desk.ui.widgets.buttons import Button
from s75desk.ui.widgets.labels import Label, WrappedLabel
from s75desk.ui.widgets.layouts import column, row
from s75desk.ui.widgets.styling import set_look

_A_LINE, _MOST_SHOWN = 4, 12
_FIRST_CODE = "CP1"
_COUNTS = ("looked_at", "population")


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
        self._all = False
        self.what = TallLine("What was sampled", "what: care plans", self)
        self.fewer = Button("", "minus", touch=True, parent=self)
        self.more = Button("", "plus", touch=True, parent=self)
        for button, words in ((self.fewer, "One fewer looked at"), (self.more, "One more looked at")):
            button.setAccessibleName(words)
            button.setToolTip(words)
            button.setFocusPolicy(Qt.FocusPolicy.ClickFocus)  # Up and Down in the field do the same
        self.looked_at = self._count("How many were looked at")
        self.looked_at.setToolTip("Up and down count; empty is not known")
        self.looked_at.installEventFilter(self)
        self.population = self._count("How many there are")
        self.method = TallChoice("How they were chosen", self)
        self.method.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.method.addItem("how chosen?", None)
        for method in SampleMethod:
            self.method.addItem(method.word, method)
        self.code = TallLine("Add a code", _FIRST_CODE, self)
        self.code.installEventFilter(self)
        self.add = TallButton("Code", "plus", "quiet", parent=self)
        self.add.setAccessibleName("Add this code")
        self.add.setToolTip("Add a code, such as CP1; with none typed, the next one")
        self.chips: dict[str, TallButton] = {}
        self.more_codes = TallButton("", kind="quiet", parent=self)
        self.more_codes.hide()
        self.more_codes.clicked.connect(self._show_all_codes)
        self._chip_box = QWidget(self)
        self._chips = QGridLayout(self._chip_box)
        self._chips.setContentsMargins(0, 0, 0, 0)
        self._chips.setColumnStretch(_A_LINE, 1)
        self._chip_keys = Roving(self, columns=_A_LINE)
        self._count_message = WrappedLabel("", "small", colour="alert_text", parent=self)
        self._message = WrappedLabel("", "small", colour="alert_text", parent=self)
        column(
            row(Label("Sample", "visit_small", bold=True), (self.what, 1), gap=8),
            row(self.fewer, (self.looked_at, 1), Label("of", "visit_body"), (self.population, 1), self.more, gap=6),
            self._count_message,
            self._chip_box,
            row(self.code, self.add, (self.method, 1), gap=4),
            self._message,
            gap=5,
            parent=self,
        )
        tab_through(self.what, [self.looked_at, self.population, self.code, self.add, self.method])
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
        edit = TallLine(name, "?", self)
        edit.setValidator(WholeNumbers(MOST, edit))
        edit.setAlignment(Qt.AlignmentFlag.AlignCenter)
        edit.setProperty("large", True)
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
            set_read_only(edit, not able)
        self.method.setCurrentIndex(max(0, self.method.findData(answer.method)))
        for part in (self.fewer, self.more, self.method, self.code, self.add, *self.chips.values()):
            part.setEnabled(able)
        for part in (self.code, self.add):
            part.setVisible(able)
        self.method.setItemText(0, "how chosen?" if able else "How chosen: not known")
        if other:
            self.code.clear()
            self._all = False
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
        """Backspace in the empty field takes the last code back; Up and Down count what was looked at."""
        if event.type() != QEvent.Type.KeyPress or not isinstance(event, QKeyEvent):
            return False
        if watched is self.looked_at and self._able and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            by = {Qt.Key.Key_Up: 1, Qt.Key.Key_Down: -1}.get(Qt.Key(event.key()))
            if by is not None:
                self._step(by)
                return True
        if watched is self.code:
            held = codes_of(self._answer.codes) if self._answer else ()
            back = event.key() == Qt.Key.Key_Backspace and not event.isAutoRepeat()
            if back and not self.code.text() and held and self._able:
                self._set_codes(held[:-1])
                return True
        return False

    # What the officer does

    def _step(self, by: int) -> None:
        if self._answer is None:
            return
        self._tell(replace(self._answer, looked_at=counted(self._answer.looked_at, by, MOST)))

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
            chosen = self.method.currentData()  # Qt gives the text of the choice back, not the choice
            method = SampleMethod(chosen) if chosen is not None else None
            self._tell(replace(self._answer, method=method))

    def _add_code(self) -> None:
        if self._answer is None or not self._able:
            return
        held = codes_of(self._answer.codes)
        typed = self.code.text().strip() or (_next(held) if held else "")
        refusal = code_refusal(typed)
        code = code_of(typed)
        if code is not None and code in held:
            refusal = f"{code} stands here already."
        if refusal or code is None:
            self._refuse(refusal)
            return
        self.code.clear()
        self._set_codes((*held, code))

    def _set_codes(self, codes: tuple[str, ...]) -> None:
        if self._answer is not None:
            self._tell(replace(self._answer, codes=", ".join(codes) or None))

    def _drop_code(self) -> None:
        if self._answer is not None:
            chip = self.sender()
            dropped, held = str(chip.property("code")), codes_of(self._answer.codes)
            at = held.index(dropped)
            self._set_codes(tuple(code for code in held if code != dropped))
            left = list(self.chips.values())  # the keyboard goes to what took its place
            (left[min(at, len(left) - 1)] if left else self.code).setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell(self, answer: VisitAnswer) -> None:
        self.show_answer(answer, able=self._able)
        self.changed.emit(answer)

    # Parts

    def _show_codes(self, codes: tuple[str, ...]) -> None:
        self._chip_box.setVisible(bool(codes))
        if codes == self._shown:
            return
        self._shown = codes
        self.code.setPlaceholderText(_next(codes) if codes else _FIRST_CODE)
        while (item := self._chips.takeAt(0)) is not None:
            if (old := item.widget()) is not None and old is not self.more_codes:
                old.hide()
                old.deleteLater()
        few = len(codes) > _MOST_SHOWN and not self._all
        shown = codes[1 - _MOST_SHOWN :] if few else codes
        self.more_codes.setVisible(few)
        if few:
            self.more_codes.set_words(f"+{len(codes) - len(shown)}", f"Show all {len(codes)} codes")
            self.more_codes.setAccessibleName(f"Show all {len(codes)} codes")
            self._chips.addWidget(self.more_codes, 0, 0)
        self.chips = {code: self._chip(code) for code in shown}
        for place, chip in enumerate(self.chips.values(), 1 if few else 0):
            self._chips.addWidget(chip, place // _A_LINE, place % _A_LINE)
        stops: list[QWidget] = [*([self.more_codes] if few else []), *self.chips.values()]
        self._chip_keys.take(stops)
        tab_through(self.population, [*stops, self.code, self.add, self.method])

    def _chip(self, code: str) -> TallButton:
        chip = TallButton(code, tip=f"Take {code} out", parent=self._chip_box)
        chip.setProperty("code", code)
        chip.setAccessibleName(f"Code {code}; press to take it out")
        chip.setEnabled(self._able)
        chip.clicked.connect(self._drop_code)
        return chip

    def _show_all_codes(self) -> None:
        self._all = True
        codes, self._shown = self._shown, ()
        self._show_codes(codes)
        next(iter(self.chips.values())).setFocus(Qt.FocusReason.OtherFocusReason)

    def _show_findings(self) -> None:
        sample = sample_of(self._answer) if self._answer else None
        found = sample_findings(sample) if sample else ()
        counts = [finding for finding in found if finding.field in _COUNTS]
        rest = [finding for finding in found if finding.field not in _COUNTS]
        for edit, name in ((self.looked_at, "looked_at"), (self.population, "population")):
            wrong = any(finding.field == name for finding in counts)
            set_look(edit, "state", "fault" if wrong else "none")
            edit.setAccessibleDescription(counts[0].text if wrong else "")
        _tell(self._count_message, counts[0] if counts else None)
        _tell(self._message, rest[0] if rest else None)
        self.code.setAccessibleDescription(self._message.text())

    def _refuse(self, words: str) -> None:
        _tell(self._message, Finding(Weight.FAULT, "codes", words))
        self.code.setAccessibleDescription(words)
        announce(self, words, urgent=True)
        self.code.setFocus(Qt.FocusReason.OtherFocusReason)
        self.code.selectAll()

    def _clear_message(self) -> None:
        self._show_findings()

    def _size(self) -> None:
        metrics = Theme.of(self).metrics
        self._chips.setSpacing(metrics.space(6))
        for button in (self.fewer, self.more):
            button.setFixedWidth(metrics.size("touch"))
        self.code.setFixedWidth(metrics.px(4.6))


def _whole(text: str) -> int | None:
    return int(text) if text.strip().isdecimal() else None


def _next(held: tuple[str, ...]) -> str:
    """The code that comes after those there are: "CP3" after CP1 and CP2."""
    letters = "".join(sign for sign in held[-1] if sign.isalpha())
    return next_code(letters if code_of(f"{letters}1") else "CP", held)


def _tell(label: WrappedLabel, finding: Finding | None) -> None:
    label.set_colour("watch_text" if finding is not None and finding.weight is not Weight.FAULT else "alert_text")
    label.setText(finding.text if finding is not None else "")
    label.setVisible(finding is not None)
