"""What a message asks the assistant to remember, or tells about its writer.

Rules, not a second call to the model: they cost microseconds and can be read. They are in
``memory/telling.py``, because what weighs in a history is told in the same words.
"""

from __future__ import annotations

from dataclasses import dataclass

from desktop_agent.memory import telling
from desktop_agent.messages import is_chinese

LONGEST_NOTE = 2_000
"""Characters of one note made from a message; more is a document, not a note."""
LONGEST_TOLD = 400
"""Characters of a message that may tell something in passing; a longer one is about something else."""


@dataclass(frozen=True, slots=True)
class ToRemember:
    """A fact taken from a message; ``asked`` when its writer asked to remember it."""

    text: str
    asked: bool


def to_remember(text: str, *, statements: bool = True) -> ToRemember | None:
    """The fact that ``text`` asks to remember, or states in passing; ``None`` for anything else.

    Requests count in English and Chinese. When ``statements`` is on, so do sentences in
    which the writer tells something lasting about themselves or their people; the
    questions beside them are left out.
    """
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        return None
    if (fact := telling.request(text)) is not None:
        return ToRemember(_as_sentence(fact), asked=True)
    if not statements or len(text) > LONGEST_TOLD or text.count("\n") > 3:
        return None
    told = [_as_sentence(fact) for fact in telling.facts(text)]
    if not told:
        return None
    return ToRemember(("" if is_chinese(told[0]) else " ").join(told), asked=False)


def _as_sentence(fact: str) -> str:
    fact = fact[0].upper() + fact[1:]
    if fact[-1] in ".!?。！？…":
        return fact
    return fact + ("。" if is_chinese(fact) else ".")
