"""Several facts in one sentence taken apart: "My name is Li Na and I live in Xi'an" are two.

A part stands alone only when it tells something by itself; else it stays with the part before
it, as "a cat" in "I have a dog and a cat". A part that leaves out who it speaks of gets that
back: 我叫李娜，住在西安 are 我叫李娜 and 我住在西安.
"""

from __future__ import annotations

import re

from desktop_agent.memory.scripts import simplified
from desktop_agent.memory.telling import PERSON_ZH, sentences
from desktop_agent.memory.telling import tells_of_oneself as tells
from desktop_agent.messages import is_chinese

_LONGEST = 400
"""Letters; what is longer is a story, not a list of facts."""
_BETWEEN = re.compile(r"(,?\s+(?:and|but)\s+(?:also\s+)?|[,;]\s+)", re.IGNORECASE)
_BETWEEN_ZH = re.compile("([，,；;、]\\s*(?:而且|并且|还有|另外|同时|并|也(?=对|住|在|是|有))?|(?<=[^是])而且|并且)")
_I = re.compile(r"(?:i|we)(?=['’ ])", re.IGNORECASE)
_STATE = re.compile(
    r"(?:allergic|vegetarian|vegan|diabetic|married|divorced|single|retired|\d{1,3}(?: years old)?$)\b", re.IGNORECASE
)
_SOMEBODY_ZH = re.compile(PERSON_ZH)
_WHO_ZH = re.compile(rf"我(?:的|们|家|们家|家的)?(?:{PERSON_ZH})?")
_CALLED_ZH = re.compile("(?:名字?|都|分别|一[只个])?叫|名[叫为]")
_HAS_ZH = re.compile("我(?:们|家)?(?:现在|最近|刚|也|还)?(?:家里)?(?:有|养|买|生|收养|领养|捡)")


def apart(text: str) -> list[str]:
    """The facts of ``text``, each as a sentence of its own without its full stop; ``text`` itself when it is one."""
    if len(text) > _LONGEST:
        return [text]
    said = sentences(text)
    if len(said) > 1:
        # "My dog is called Rex. He is five." is one: nobody would know who is five.
        return [fact for sentence in said for fact in apart(sentence)] if all(map(tells, said)) else [text]
    chinese = is_chinese(text)
    pieces = (_BETWEEN_ZH if chinese else _BETWEEN).split(text.rstrip(".。!！ "))
    facts = [pieces[0]]
    for between, piece in zip(pieces[1::2], pieces[2::2], strict=True):
        alone = _alone(piece.strip(), facts[-1], chinese)
        if alone and tells(facts[-1]):
            facts.append(alone)
        else:
            facts[-1] += between + piece
    return facts if len(facts) > 1 else [text]


def _alone(piece: str, before: str, chinese: bool) -> str:
    """``piece`` as a sentence that tells something by itself; empty when it does not."""
    if len(piece) < 2:
        return ""
    if tells(piece):
        return piece
    if chinese:
        if _CALLED_ZH.match(simplified(piece)) and _HAS_ZH.match(simplified(before)):
            return ""  # 我养了两只猫，叫豆豆和米米: the cats are called so, not the user
        who = _WHO_ZH.match(simplified(before))
        if who is None:
            return ""
        # 老婆是老师 after 我妈妈住在西安 is about 我老婆.
        whole = before[: 1 if _SOMEBODY_ZH.match(simplified(piece)) else who.end()] + piece.removeprefix(
            "她"
        ).removeprefix("他")
        return whole if tells(whole) else ""
    speaks = _I.match(before)
    if speaks is None:
        return ""
    said = f"{speaks[0]} {'am ' if _STATE.match(piece) else ''}{piece}"
    return said if tells(said) else ""
