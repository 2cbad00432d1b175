"""What may be kept of a visit while it is made, and what history calls it."""

from __future__ import annotations

from collections.abc import Sequence

from s75desk.domain.errors import Rejected
from s75desk.domain.records import Action, Record, Visit
from s75desk.domain.wording import list_words


def complete(record: Record) -> bool:
    """Whether a record may stand in the desk: an action has words. What is not complete stays a draft."""
    return not isinstance(record, Action) or bool(record.title.strip())


def refuse_stranger(visit: str, record: Record) -> None:
    """Only a mistake of ours puts a record of one visit into another; nothing is written then."""
    if (record.uid if isinstance(record, Visit) else getattr(record, "visit", None)) != visit:
        raise ValueError(f"a {record.KIND} is not of this visit")


def archived_visit(visit: Visit) -> Rejected:
    """What is said to whoever would write to a visit that is archived."""
    return Rejected("", f"This {visit.NOUN} is archived. Restore it first.")


def label_of(written: Sequence[Record]) -> str:
    """What history says of a change: the questions, or the kinds of thing."""
    questions = list(dict.fromkeys(str(q) for one in written if (q := getattr(one, "question", None))))
    others = list(dict.fromkeys(one.NOUN for one in written if not getattr(one, "question", None)))
    what = [f"{'question' if len(questions) == 1 else 'questions'} {list_words(questions[:4])}"] if questions else []
    what += [noun for noun in others if noun != Visit.NOUN]
    return f"At the visit: {list_words(what)}" if what else "At the visit: the provider’s comment"
