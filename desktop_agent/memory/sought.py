"""Where a text has what is looked for: as it stands, or its words in any form.

The list of found messages and the message that opens ask the same: what is marked in
one is marked in the other. Places count letters, as Python does.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator

from desktop_agent.memory.scripts import simplified
from desktop_agent.memory.terms import HAN_RUN, LONGEST_TERM, fold, stem, terms

_WORD = re.compile(r"[^\W_]+")

_NOT_READ = re.compile(
    r"^ {0,12}(?:`{3,}|~{3,}).*$|\[(?P<link>[^\]\n]*)\]\([^)\n]*\)|`"
    r"|(?<![A-Za-z0-9_)\]])\*\*(?=\S)|(?<=\S)\*\*(?![A-Za-z0-9_(])",
    re.MULTILINE,
)
"""What of Markdown is not seen: the lines around code, addresses of links, stars and ticks; not 2**3."""

Places = list[tuple[int, int]]
"""Where hits begin and end, in order and apart."""


class Sought:
    """What is looked for, made ready once for many texts.

    One word is marked wherever it stands, in whatever form or as a part of another word.
    Several are marked as they stand, and one by one only in a text that has them in no
    such place; with ``whole_only`` not even there.
    """

    def __init__(self, wanted: str, *, whole_only: bool = False) -> None:
        self.wanted = wanted.strip()
        self.whole_only = whole_only
        self.several = not _WORD.fullmatch(self.wanted) or bool(HAN_RUN.search(self.wanted))
        """Whether it is more than one word, so far as can be seen: Chinese shows no blanks, and its words no forms."""
        self._whole = simplified(self.wanted.lower())
        asked = set(terms(wanted))
        self._han = [term for term in asked if HAN_RUN.search(term)]
        self._asked = asked
        self._known: dict[str, bool] = {}
        """Words that were met, and whether they are asked for: a conversation has few different ones."""

    def marks(self, text: str) -> Places:
        """What of ``text`` is marked."""
        whole = self.whole(text)
        if self.several and (whole or self.whole_only):
            return whole
        return _apart(whole, self._words(text))

    def whole(self, text: str) -> Places:
        """Where ``text`` has what is looked for as it stands, in either case and either Chinese writing."""
        low = simplified(text.lower())
        return list(_all(low, self._whole)) if self._whole and len(low) == len(text) else []

    def _words(self, text: str) -> Iterator[tuple[int, int]]:
        if self._han:
            simple = simplified(text)
            for term in self._han:
                yield from _all(simple, term)
        if len(self._han) == len(self._asked):
            return
        for match in _WORD.finditer(text):
            word = match[0]
            known = self._known.get(word)
            if known is None:
                known = not HAN_RUN.search(word) and stem(fold(word)[:LONGEST_TERM]) in self._asked
                self._known[word] = known
            if known:
                yield match.span()


def as_read(markdown: str) -> str:
    """``markdown`` nearly as a person reads it: enough to count its words and to show a part on one line."""
    return _NOT_READ.sub(lambda match: match["link"] or "", markdown)


def _apart(whole: Places, words: Iterable[tuple[int, int]]) -> Places:
    """Both in order; what overlaps ``whole`` is left out, and of overlapping words what begins first, the longest."""
    ends = [to for _at, to in whole]
    found: Places = []
    for at, to in sorted(words, key=lambda place: (place[0], -place[1])):
        beyond = bisect_right(ends, at)
        free = beyond == len(whole) or whole[beyond][0] >= to
        if free and (not found or at >= found[-1][1]):
            found.append((at, to))
    return sorted([*whole, *found])


def _all(text: str, part: str) -> Iterator[tuple[int, int]]:
    at = text.find(part)
    while at >= 0:
        yield at, at + len(part)
        at = text.find(part, at + len(part))
