"""Several questions in one message, taken apart: "What is my name and where do I live?" are two.

Each comes back as a question that can be read by itself: what it leaves out is put back from the one before it
("…, when is her birthday?", "……，住在哪里？"). A part that only points at the one before it ("is it gone then?")
stays with that. The trap: a message that is not clearly several questions must come back as none, since what answers
it as a whole knows more.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache

from desktop_agent.inference import phrases, ways
from desktop_agent.inference.bearing import Relations
from desktop_agent.inference.wording import folded, pairs
from desktop_agent.messages import is_chinese

LONGEST = 240
"""Characters; a longer message is a text, not a list of questions."""
MOST = 4

_OPENS = (
    r"(?:(?:can|could|would) you (?:please )?tell me |tell me |do you (?:know|remember) )?"
    r"(?:what|where|when|who|whom|whose|which|how|why|whether|do|does|did|is|are|was|can|could|may|should)\b"
)
_CUT = re.compile(
    rf"(?<=[?!.;])\s+|\s*\n+\s*|\s*[;,]?\s+(?:and|but|plus)\s+(?:also |then |please |by the way,? )*(?={_OPENS})"
    rf"|\s*,\s+(?:also |then |please |by the way,? )*(?={_OPENS})",
    re.IGNORECASE,
)
_CUT_ZH = re.compile(
    r"(?:[，,。？?！!；;、\n]|(?<=[\u3400-\u9fff])\s+(?=[\u3400-\u9fff]))+\s*"
    r"(?:还有|另外|以及|并且|而且|顺便问一下|再问一下|然后|那么?)?[，,]?"
    r"|(?<=[么里儿谁少大字号岁])(?:和|以及|还有|并且)(?=我|住|在哪|叫|多大|几|生日|怎么|如何|哪|什么)"
)
_ASKS = re.compile(rf"^(?:(?:and|so|also|but|please|hey|ok)[ ,]+)*{_OPENS}|[?？]$")
_POINTS = re.compile(
    r"\b(?:it|its|that|this|they|them|those|these|one|there|so|then|else|either|he|him|his|she|her)\b"
    r"|[它这那他她]|其他|别的|另一个"
)
"""Points at something said before."""
_PHATIC = frozenset(("hello", "how_are_you", "thanks", "ok", "praise", "laugh"))
"""Kinds of small talk that need no answer beside a question."""
_SENTENCE = re.compile(r"(?<=[.!?])\s+|(?<=[。！？；])|\n+")
_JOINS = re.compile(r"^(?:(?:and|also|but|so|plus)[ ,]+)+", re.IGNORECASE)
_HE = re.compile(r"\b(his|her|their)\b(?= [a-z])|\b(he|she|they)\b|(他们?|她们?)")
_SAYS_NOTHING = re.compile(
    r"^(?:请问|请|麻烦|你|您|还|能|可以|可不可以|能不能|帮我|告诉|记得|记不记得|知道|想知道|我|想|要|问|一下|下|忘了|吗|呢|了|啊)*$"
)
_LEFT_OUT = re.compile(r"^(?:今年|现在|平时|又|还|都|是|在|对|有)*")
_HEAD = "> "
Kind = Callable[[str], str | None]
_ABOUT = {False: "About “{asked}”: {answer}", True: "关于“{asked}”：{answer}"}
_AND = {False: "” and “", True: "”和“"}


def questions(text: str, kind: Kind = ways.kind) -> tuple[str, ...]:
    """What ``text`` asks, each question readable by itself: two to four, or one when greetings and facts stand
    around it; empty when there is nothing to take apart.

    ``kind`` tells small talk; its patterns take a third of a second to compile, once. Who finds notes for each
    question can do without (``plain``): a greeting finds none.
    """
    text = " ".join(line.strip() for line in text.strip().splitlines() if line.strip())
    if not text or len(text) > LONGEST:
        return ()
    relations = _relations()
    pieces = _sentences_zh(text, relations, kind) if is_chinese(text) else _sentences(text, relations, kind)
    found = list(dict.fromkeys(each for one in pieces or [text] for each in _listed(one, relations)))
    if len(found) == 1:
        # What was joined again, or had something told behind it, is better read as it was written.
        only, whole = _bare(found[0]), _bare(text)
        return tuple(found) if only != whole and whole.endswith(only) and _phatic(text, found[0], kind) else ()
    return tuple(found) if len(found) <= MOST else ()


def asking(text: str) -> str:
    """The sentences of ``text`` that ask; empty when none or all of them do."""
    sentences = [part for part in _SENTENCE.split(text.strip()) if part.strip()]
    asked = [part for part in sentences if _ASKS.search(folded(part).strip()) or phrases.ASKS.search(part)]
    return " ".join(asked) if 0 < len(asked) < len(sentences) else ""


def plain(_text: str) -> None:
    """Takes nothing for small talk."""


def joined(passages: Mapping[str, str]) -> str:
    """Passages of the help under the questions they answer, as one text."""
    return "\n\n".join(f"{_HEAD}{question}\n{passage}" for question, passage in passages.items())


def apart(text: str) -> dict[str, str]:
    """What ``joined`` made one text of; empty for a single passage."""
    if not text.startswith(_HEAD):
        return {}
    parts = (block.removeprefix(_HEAD).partition("\n") for block in text.split("\n\n"))
    return {question: passage for question, _, passage in parts}


def together(
    answers: Sequence[tuple[str, str]], *, small: Callable[[str], bool], nothing: Callable[[str], bool]
) -> str:
    """One answer from those to each question; what has none is named, and small talk left out beside real answers.

    ``small`` and ``nothing`` say of an answer that it is small talk, and that it says no.
    """
    if len(answers) == 1:
        return answers[0][1]
    missing: dict[str, list[str]] = {}
    for question, answer in answers:
        if nothing(answer):
            missing.setdefault(answer, []).append(question.strip(" ?？"))
    said = list(dict.fromkeys(answer for _, answer in answers if not nothing(answer)))
    said = [answer for answer in said if not small(answer)] or said
    if not said and len(missing) == 1:
        return next(iter(missing))
    for answer, asked in missing.items():
        about = _ABOUT[is_chinese(answer)]
        said.append(about.format(asked=_AND[is_chinese(answer)].join(asked), answer=answer))
    return "\n\n".join(said)


@cache
def _relations() -> Relations:
    return Relations.open()


def _sentences(text: str, relations: Relations, kind: Kind) -> list[str]:
    found: list[str] = []
    told = ""
    for piece in _CUT.split(text):
        piece = _JOINS.sub("", piece)
        bare = folded(piece).strip(" ,.")
        if not bare or kind(piece) in _PHATIC:
            continue
        if not _ASKS.search(bare):
            told += f"{piece} "
            continue
        owner = relations.owner(found[-1]) if found else ""
        if owner and _HE.search(bare):
            piece = _HE.sub(_named(owner), folded(piece))
        elif found and (_POINTS.search(bare) or len(bare.split()) < 3) and not phrases.POSSESSED.search(bare):
            found[-1] += f" {told}{piece}"
            told = ""
            continue
        # "I moved to Bern. Where do I work?": what is told is noted elsewhere; anything else belongs to the question.
        found.append((told if told and not phrases.STATES.search(folded(told)) else "") + piece)
        told = ""
    return found


def _named(owner: str) -> Callable[[re.Match[str]], str]:
    return lambda match: f"{owner}'s" if match[1] else owner


def _sentences_zh(text: str, relations: Relations, kind: Kind) -> list[str]:
    found: list[str] = []
    told, end = "", "？" if text.endswith(("?", "？")) else ""
    for piece in _CUT_ZH.split(text):
        owner = relations.owner(found[-1]) if found else ""
        left_out = bool(owner) and _left_out(piece, relations)
        if not piece or _SAYS_NOTHING.match(piece) or (not left_out and kind(piece) in _PHATIC):
            continue
        if not phrases.ASKS.search(folded(piece)):
            told += f"{piece}，"
            continue
        if len(owner) > 1 and _HE.search(piece):
            piece = _HE.sub(owner, piece)
        elif left_out:
            piece = owner + piece
        elif found and "我" not in piece and (_POINTS.search(piece) or _says_little(piece, kind)):
            found[-1] += f"，{told}{piece}"
            told = ""
            continue
        found.append((told if told and not phrases.STATES.search(told) else "") + piece)
        told = ""
    return [piece + end for piece in found]


def _says_little(piece: str, kind: Kind) -> bool:
    return len("".join(pairs(piece))) < 2 and not kind(piece)


def _phatic(text: str, question: str, kind: Kind) -> bool:
    before = text[: text.rfind(question.rstrip("？"))]
    return kind(before) in _PHATIC


def _bare(text: str) -> str:
    return re.sub(r"\W+", "", folded(text))


def _left_out(piece: str, relations: Relations) -> bool:
    """Whether a Chinese question leaves out whom it is about: 住在哪里."""
    if re.search("[我你您]", piece) or phrases.HOW.search(piece):
        return False
    start = _LEFT_OUT.match(piece)
    return relations.names_matter(piece[start.end() if start else 0 :]) or bool(
        start and start.end() and relations.read(piece).what - {"name"}
    )


def _listed(question: str, relations: Relations) -> tuple[str, ...]:
    """A question of two things as two: "my name and address", 我的生日和电话, "where do I live and work"."""
    found = relations.two(question)
    if found is None:
        return (question,)
    before, first, second, behind = found
    return (before + first + behind, before + second + behind)
