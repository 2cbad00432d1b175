"""What a later version of a visit says differently, in words: "8.3 Doses right and recorded: what was seen".

``differences`` finds the fields that differ in two contents; here each is named as an officer would name it, with its
value before and after. Fields that belong together (a rating, a sample, a signature) are told as one, an action or a
photo that came or went as one too. Left out is what only follows from something else: points, shares, counts, marks.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import Any, TypeVar

from s75desk.domain.british_time import signed_words
from s75desk.domain.fields import FieldType
from s75desk.domain.records import (
    Action,
    PeopleSpoken,
    PriorGrading,
    Provider,
    Record,
    Service,
    Visit,
    VisitAnswer,
    VisitOverride,
    VisitPhoto,
    VisitSignature,
)
from s75desk.domain.visits.book import VisitBook, sample_of
from s75desk.domain.visits.differences import Difference
from s75desk.domain.visits.rule import LevelKind
from s75desk.domain.wording import NOT_KNOWN, date_short, sentence_case, value_text

R = TypeVar("R", bound=Record)

NONE = "None"

_SAMPLE = frozenset({"sample_of", "population", "looked_at", "method", "codes"})
_RATING = frozenset({"rating", "not_applicable"})
_ACTION = ("title", "kind", "owner", "due", "evidence_wanted", "questions", "why", "state", "done", "evidence")
_PRIOR = ("title", "kind", "owner", "raised", "due", "evidence_wanted")
_VISIT = ("kind", "planned", "at", "days", "team", "made", "summary", "comment", "no_comment", "note")


@dataclass(frozen=True, slots=True)
class Told:
    """One thing that differs.

    Attributes:
        what: What it is: "8.3 Doses right and recorded: what was seen".
        before: What was said of it, in words.
        after: What is said of it now.
    """

    what: str
    before: str
    after: str


def told(found: Iterable[Difference], before: VisitBook, after: VisitBook) -> tuple[Told, ...]:
    """Differences in words: ratings, answers in the order of the questions, and then the rest in that of a report.

    Args:
        found: What differs between the contents of the two books.
        before: The visit as the earlier content has it.
        after: The visit as the later content has it.
    """
    touched: dict[str, dict[str, set[str]]] = {}
    ratings = []
    for difference in found:
        area, *rest = difference.path
        if area == "rating":
            ratings.append(difference)
        elif rest:
            # Of a record that there is one of, the path goes straight to the field.
            key, name = (rest[0], rest[1]) if len(rest) > 1 else ("", rest[0])
            touched.setdefault(area, {}).setdefault(key, set()).add(name)
    teller = _Teller(before, after, touched)
    lines = (*_ratings(ratings, before, after), *teller.lines())
    return tuple(line for line in lines if line.before != line.after)


def _ratings(found: list[Difference], before: VisitBook, after: VisitBook) -> Iterator[Told]:
    """The words of ratings, the whole first; what was worked out only where it is overridden."""
    overridden = {place for book in (before, after) for place in book.overrides}
    kinds = (("overall", LevelKind.OVERALL), ("areas", LevelKind.AREA), ("standards", LevelKind.STANDARD))
    order = [place for place, _ in kinds]
    for difference in sorted(found, key=lambda one: order.index(one.path[1]) if one.path[1] in order else 9):
        place, *rest = difference.path[1:]
        kind = dict(kinds).get(place)
        if kind is None or not rest:
            continue
        code, name = ("", rest[0]) if kind is LevelKind.OVERALL else (rest[0], rest[-1])
        if name == "word" or (name == "worked_out" and (kind, code) in overridden):
            what = f"{sentence_case(level_words(after, kind, code))}{', worked out' if name == 'worked_out' else ''}"
            yield Told(what, str(difference.before or NOT_KNOWN), str(difference.after or NOT_KNOWN))


def level_words(book: VisitBook, kind: LevelKind, code: str) -> str:
    """What is rated: "rating of standard 8 Medicines", "overall rating"."""
    if kind is LevelKind.OVERALL:
        return "overall rating"
    if kind is LevelKind.AREA:
        title = next((area.title for area in book.body.areas if area.code == code), code)
        return f"rating of the area {title}"
    heading = next((standard.heading for standard in book.body.standards if standard.code == code), code)
    return f"rating of standard {heading}"


class _Teller:
    """Names what was touched: area of the content -> uid of the record -> fields."""

    def __init__(self, before: VisitBook, after: VisitBook, touched: dict[str, dict[str, set[str]]]) -> None:
        self._before = before
        self._after = after
        self._touched = touched

    def lines(self) -> Iterator[Told]:
        yield from self._answers()
        yield from self._each("overrides", lambda book: book.overrides.values(), self._override)
        yield from self._each("people", lambda book: book.people.values(), self._people)
        yield from self._each("prior", lambda book: book.prior, self._prior)
        yield from self._each("gradings", lambda book: book.gradings.values(), self._grading)
        yield from self._each("actions", lambda book: book.actions, self._action)
        yield from self._each("photos", lambda book: book.photos, self._photo)
        yield from self._visit()
        yield from self._each("signatures", lambda book: book.signatures.values(), self._signature)
        yield from self._place("service", Service, self._before.service, self._after.service)
        yield from self._place("provider", Provider, self._before.provider, self._after.provider)
        if "question_set" in self._touched:
            yield Told("Question set", self._before.body.heading, self._after.body.heading)

    def _each(
        self,
        area: str,
        records_of: Callable[[VisitBook], Iterable[R]],
        tell: Callable[[R | None, R | None, set[str]], Iterator[Told]],
    ) -> Iterator[Told]:
        old = {record.uid: record for record in records_of(self._before)}
        new = {record.uid: record for record in records_of(self._after)}
        touched = self._touched.get(area, {})
        for uid in dict.fromkeys((*old, *new)):
            if uid in touched:
                yield from tell(old.get(uid), new.get(uid), touched[uid])

    # --- what is said of questions ---------------------------------------------------------------------------------

    def _answers(self) -> Iterator[Told]:
        touched = self._touched.get("answers", {})
        codes = [question.code for question in self._after.body.questions]
        codes += [code for code in (*self._before.answers, *self._after.answers) if code not in codes]
        for code in dict.fromkeys(codes):
            old, new = self._before.answer(code), self._after.answer(code)
            names = touched.get(old.uid, set()) | touched.get(new.uid, set())
            heading = question_words(self._after, code)
            if names & _RATING:
                yield Told(f"{heading}: rating", answer_word(self._before, old), answer_word(self._after, new))
            if "reason" in names:
                yield Told(f"{heading}: why it does not apply", old.reason or NONE, new.reason or NONE)
            if "seen" in names:
                yield Told(f"{heading}: what was seen", old.seen or "No note", new.seen or "No note")
            if "evidence" in names:
                yield Told(f"{heading}: evidence", _evidence(old), _evidence(new))
            if names & _SAMPLE:
                yield Told(f"{heading}: sample", _sample(old), _sample(new))

    def _override(self, old: VisitOverride | None, new: VisitOverride | None, names: set[str]) -> Iterator[Told]:
        record = new or old
        if record is not None and record.level is not None:
            level = level_words(self._after, LevelKind(record.level.value), record.code or "")
            what = f"Officer’s judgement of the {level}"
            yield Told(what, _judgement(self._before, old), _judgement(self._after, new))

    def _photo(self, old: VisitPhoto | None, new: VisitPhoto | None, names: set[str]) -> Iterator[Told]:
        record = new or old
        if record is not None:
            words = photo_words(record)
            yield Told(words, *("Not there" if one is None else one.caption or "No caption" for one in (old, new)))

    # --- people and actions ----------------------------------------------------------------------------------------

    def _people(self, old: PeopleSpoken | None, new: PeopleSpoken | None, names: set[str]) -> Iterator[Told]:
        record = new or old
        if record is not None and record.role is not None:
            counts = (NOT_KNOWN if one is None or one.count is None else str(one.count) for one in (old, new))
            yield Told(f"People spoken to: {record.role.value}", *counts)

    def _prior(self, old: Action | None, new: Action | None, names: set[str]) -> Iterator[Told]:
        yield from _action("Action from before", "Not on the list", _PRIOR, old, new, names)

    def _action(self, old: Action | None, new: Action | None, names: set[str]) -> Iterator[Told]:
        yield from _action("Action agreed", "Not agreed", _ACTION, old, new, names)

    def _grading(self, old: PriorGrading | None, new: PriorGrading | None, names: set[str]) -> Iterator[Told]:
        record = new or old
        if record is None:
            return
        titles = {action.uid: action.title for book in (self._before, self._after) for action in book.prior}
        what = f"Action from before, “{titles.get(record.action or '', NOT_KNOWN)}”"
        if "grade" in names:
            grades = ("Not graded" if one is None or one.grade is None else one.grade.word for one in (old, new))
            yield Told(f"{what}: how far it is done", *grades)
        if "reason" in names:
            yield Told(f"{what}: why", *((one.reason if one else "") or NONE for one in (old, new)))

    # --- the visit as a whole --------------------------------------------------------------------------------------

    def _visit(self) -> Iterator[Told]:
        names = self._touched.get("visit", {}).get("", set())
        if names & {"comment", "no_comment"}:
            yield Told("Provider’s comment", comment_words(self._before.visit), comment_words(self._after.visit))
        for name in _VISIT:
            if name in names and name not in ("comment", "no_comment"):
                yield _field(f"The visit: {_label(Visit, name)}", name, self._before.visit, self._after.visit)

    def _signature(self, old: VisitSignature | None, new: VisitSignature | None, names: set[str]) -> Iterator[Told]:
        record = new or old
        # That it was given for something else goes without saying: what else was changed is told.
        if record is not None and record.party is not None and names != {"content"}:
            yield Told(f"Signature of the {record.party.value}", signature_words(old), signature_words(new))

    def _place(self, area: str, cls: type[Record], old: Record | None, new: Record | None) -> Iterator[Told]:
        names = self._touched.get(area, {}).get("", set())
        for name, field in cls.fields().items():
            if name in names and not field.hidden and field.type is not FieldType.REFERENCE:
                yield _field(f"{sentence_case(cls.NOUN)}: {_label(cls, name)}", name, old, new)


def question_words(book: VisitBook, code: str) -> str:
    """Code and short name of a question; its code alone if the set has no such question."""
    return next((question.heading for question in book.body.questions if question.code == code), f"Question {code}")


def answer_word(book: VisitBook, answer: VisitAnswer) -> str:
    """The rating of an answer as a word: "Good", "Not applicable", "Not looked at"."""
    scale = book.body.scale
    if answer.rating is not None:
        return scale.word(answer.rating) if 1 <= answer.rating <= scale.top else str(answer.rating)
    return scale.not_applicable if answer.not_applicable else scale.unanswered


def photo_words(photo: VisitPhoto) -> str:
    """What a photo is called: "Photo 2, question 8.3"."""
    name = f"Photo {photo.number}" if photo.number else "Photo"
    return f"{name}, question {photo.question}" if photo.question else name


def comment_words(visit: Visit) -> str:
    """The provider's comment, or that there is none."""
    return (visit.comment or "").strip() or ("None made" if visit.no_comment else "Not yet asked")


def signature_words(signature: VisitSignature | None) -> str:
    """That a party signed, and when, or refused, and why."""
    if signature is None:
        return "Not signed"
    role = f"{signature.role}, " if signature.role else ""
    when = f" {signed_words(signature.signed)}" if signature.signed else ""
    if signature.refused:
        return sentence_case(f"{role}refused{when}: {signature.reason or NOT_KNOWN}")
    return sentence_case(f"{role}signed{when}") if signature.strokes and signature.signed else "Not signed"


def _judgement(book: VisitBook, override: VisitOverride | None) -> str:
    if override is None or override.rating is None:
        return NONE
    return f"{book.body.scale.word(override.rating)}: {override.reason or NOT_KNOWN}"


def _evidence(answer: VisitAnswer) -> str:
    return answer.evidence or NONE


def _sample(answer: VisitAnswer) -> str:
    sample = sample_of(answer)
    return NONE if sample is None else sample.sentence


def _action(
    noun: str, absent: str, shown: tuple[str, ...], old: Action | None, new: Action | None, names: set[str]
) -> Iterator[Told]:
    if old is None or new is None:
        record = new or old
        if record is not None:
            yield Told(f"{noun}: {record.title}", *(absent if one is None else _summary(one) for one in (old, new)))
        return
    for name in shown:
        if name in names:
            yield _field(f"{noun}, “{new.title}”: {_label(Action, name)}", name, old, new)


def _summary(action: Action) -> str:
    """What an action is, in a line: kind, owner, due date."""
    kind = action.kind.word if action.kind else "Kind not known"
    due = f"due {date_short(action.due)}" if action.due else "no due date"
    return f"{kind}, {action.owner or 'no owner'}, {due}"


def _field(what: str, name: str, old: Any, new: Any) -> Told:
    return Told(
        what, *(NOT_KNOWN if one is None else value_text(one.fields()[name], getattr(one, name)) for one in (old, new))
    )


def _label(cls: type[Record], name: str) -> str:
    """The label of a field inside a phrase: a capital only where all of it is capitals."""
    label = cls.fields()[name].label
    return label if label[:2].isupper() else f"{label[:1].lower()}{label[1:]}"
