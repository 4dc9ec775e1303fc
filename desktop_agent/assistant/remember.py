"""What a message asks the assistant to remember, or tells about its writer.

Rules, not a second call to the model: they cost microseconds and can be read. They are in
``memory/telling.py``, because what weighs in a history is told in the same words.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_agent.memory import single_facts, telling
from desktop_agent.messages import is_chinese

LONGEST_NOTE = 2_000
"""Characters of one note made from a message; more is a document, not a note."""
LONGEST_TOLD = 400
"""Characters of a message that may tell something in passing; a longer one is about something else."""


@dataclass(frozen=True, slots=True)
class ToRemember:
    """One fact taken from a message; ``asked`` when its writer asked to remember it."""

    text: str
    asked: bool


def to_remember(text: str, *, statements: bool = True) -> tuple[ToRemember, ...]:
    """The facts that ``text`` asks to remember, or states in passing; none for anything else.

    Requests count in English and Chinese. When ``statements`` is on, so do sentences in
    which the writer tells something lasting about themselves or their people; the
    questions beside them are left out. Each fact is one by itself, so that a later one
    changes the right note.
    """
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        return ()
    if (fact := telling.request(text)) is not None:
        return tuple(ToRemember(_as_sentence(one), asked=True) for one in single_facts.apart(fact))
    if not statements or len(text) > LONGEST_TOLD or text.count("\n") > 3:
        return ()
    told = [one for fact in telling.facts(text) for one in single_facts.apart(fact)]
    return tuple(ToRemember(_as_sentence(one), asked=False) for one in dict.fromkeys(told))


def _as_sentence(fact: str) -> str:
    fact = fact[0].upper() + fact[1:]
    if fact[-1] in ".!?。！？…":
        return fact
    return fact + ("。" if is_chinese(fact) else ".")
