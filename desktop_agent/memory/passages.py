"""The parts of an attached file, and which of them fit a question.

A part is short enough that several fit into a prompt, never reaches over a page, and has
its terms with it, so that looking for one costs nothing but counting.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

TARGET, MOST = 160.0, 240.0
"""About how many tokens a part has, and at most."""
_K1, _B = 1.2, 0.75
"""Of BM25, as everybody has them."""

_PARAGRAPH = re.compile(r"\n\s*\n")
_SENTENCE = re.compile(r"(?<=[.!?。！？；;])\s*|\n")
_SPACES = re.compile(r"[ \t\u00a0\u3000]+")


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a file; ``first`` and ``last`` are its pages, 0 in a file without pages.

    ``terms`` are parted by blanks, in order.
    """

    first: int
    last: int
    text: str
    terms: str = ""


def weight(text: str) -> float:
    """About how many tokens ``text`` has: one for a Chinese letter, one for four others."""
    han = sum("\u3400" <= letter <= "\u9fff" for letter in text)
    return han + (len(text) - han) / 4


def split(pages: Sequence[str], *, numbered: bool) -> list[Part]:
    """``pages`` cut into parts, in order and without overlap; ``numbered`` when their numbers mean something."""
    found = []
    for number, page in enumerate(pages, 1):
        at = number if numbered else 0
        found += [Part(at, at, text) for text in _parts(page)]
    return found


def with_terms(part: Part) -> Part:
    """``part`` with what it is found by."""
    # Here: whoever only reads parts need not load what makes terms.
    from desktop_agent.memory.terms import terms

    return Part(part.first, part.last, part.text, " ".join(terms(part.text)))


def scores(parts: Sequence[Part], question: str) -> tuple[list[float], float]:
    """How well each part fits ``question``, and which share of its weighty words (0.0 to 1.0) some part has.

    Source: BM25, with the parts as documents.
    """
    from desktop_agent.memory.terms import terms

    wanted = list(dict.fromkeys(" ".join(terms(question)).split()))
    told = [part.terms.split() for part in parts]
    if not wanted or not told:
        return [0.0] * len(parts), 0.0
    average = sum(map(len, told)) / len(told) or 1.0
    result = [0.0] * len(parts)
    known = everything = 0.0
    for term in wanted:
        counts = [words.count(term) for words in told]
        having = sum(map(bool, counts))
        rarity = math.log(1 + (len(told) - having + 0.5) / (having + 0.5))
        everything += rarity
        known += rarity if having else 0.0
        if having:
            for at, count in enumerate(counts):
                if count:
                    length = 1 - _B + _B * len(told[at]) / average
                    result[at] += rarity * count * (_K1 + 1) / (count + _K1 * length)
    return result, known / everything if everything else 0.0


def best(parts: Sequence[Part], fit: Sequence[float], tokens: float) -> list[int]:
    """Places of the parts that fit best and need at most ``tokens`` together, in the order of the file.

    The best one is always there, whatever it needs.
    """
    chosen: list[int] = []
    for at in sorted((at for at, score in enumerate(fit) if score > 0), key=lambda at: (-fit[at], at)):
        cost = weight(parts[at].text)
        if chosen and cost > tokens:
            break
        chosen.append(at)
        tokens -= cost
    return sorted(chosen)


def spread(parts: Sequence[Part], tokens: float) -> list[int]:
    """Places of parts that show what a file is about when no word points anywhere: its beginning, then evenly."""
    if not parts:
        return []
    weights = [weight(part.text) for part in parts]
    fits = max(1, int(tokens * len(parts) / sum(weights)))
    begin = min(len(parts), (fits + 1) // 2)
    step = (len(parts) - begin) / max(1, fits - begin)
    # The end of each stretch: the last of them is the end of the file.
    wanted = [*range(begin), *(begin + int(step * (at + 1)) - 1 for at in range(fits - begin) if step >= 1)]
    chosen: list[int] = []
    for at in wanted:
        if not chosen or weights[at] <= tokens:
            chosen.append(at)
            tokens -= weights[at]
    return sorted(set(chosen))


def joined(parts: Sequence[Part]) -> list[Part]:
    """Neighbours on one page as one part."""
    found: list[Part] = []
    for part in parts:
        if found and found[-1].last == part.first:
            found[-1] = Part(found[-1].first, part.last, f"{found[-1].text}\n\n{part.text}")
        else:
            found.append(part)
    return found


def _parts(page: str) -> Iterator[str]:
    held: list[str] = []
    room = TARGET
    for piece in _pieces(page):
        cost = weight(piece)
        if held and cost > room:
            yield "\n".join(held)
            held, room = [], TARGET
        held.append(piece)
        room -= cost
    if held:
        yield "\n".join(held)


def _pieces(page: str) -> Iterator[str]:
    """Paragraphs; where one is too long for a part its sentences, and where those are, their letters."""
    for paragraph in _PARAGRAPH.split(page):
        paragraph = _SPACES.sub(" ", paragraph).strip()
        if not paragraph:
            continue
        if weight(paragraph) <= MOST:
            yield paragraph
            continue
        held = ""
        for sentence in _SENTENCE.split(paragraph):
            if held and weight(held) + weight(sentence) > TARGET:
                yield held
                held = ""
            held = f"{held} {sentence}".strip() if held.isascii() else held + sentence
            while weight(held) > MOST:
                # Chinese letters count four times as much: this many are never too many.
                cut = int(MOST)
                yield held[:cut]
                held = held[cut:]
        if held:
            yield held
