"""Small talk by its patterns: what ``ways.toml`` says about how people greet, thank, ask who is there or complain.

A pattern has to cover every word of a message, and unknown words are never skipped: a question about the world that
merely contains a greeting is none of it. The patterns become regular expressions over words with a blank after each
in English, over bare characters in Chinese.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from itertools import pairwise
from typing import Any

from desktop_agent.inference.wording import folded
from desktop_agent.messages import is_chinese
from desktop_agent.system import resources

LONGEST_WORDS, LONGEST_LETTERS = 14, 24
"""English words and Chinese characters of a message that may be small talk."""
MISTYPED = 5
"""Letters from which a word may have one wrong, missing, doubled or swapped."""

MOST_FILLERS = 3
"""Words like "well" or "my friend" that may stand on each side of a pattern."""

_SHORTENED = (
    *(("let's", "let us"), ("can't", "cannot"), ("won't", "will not"), ("n't", " not"), ("'re", " are"), ("'m", " am")),
    *(("'s", " is"), ("'ll", " will"), ("'ve", " have"), ("'d", " would"), ("can not", "cannot")),
)
_WRITTEN = {
    "whats": "what is", "whos": "who is", "hows": "how is", "wheres": "where is", "thats": "that is", "its": "it is",
    "im": "i am", "youre": "you are", "u": "you", "ur": "your", "r": "are", "dont": "do not", "cant": "cannot",
    "doesnt": "does not", "didnt": "did not", "isnt": "is not", "wasnt": "was not", "arent": "are not", "ive": "i have",
    "lets": "let us", "gonna": "going to", "wanna": "want to", "gotta": "have to", "lemme": "let me", "pls": "please",
    "plz": "please", "okay": "ok", "okey": "ok", "theres": "there is", "n": "and", "wat": "what", "tho": "though",
    "favorite": "favourite", "id": "i would", "ill": "i will", "couldnt": "could not",
}  # fmt: skip
_SIGNS = {"👍": " ok ", "👌": " ok ", "🙏": " thanks ", "👋": " hello ", "😂": " haha ", "🤣": " haha ", "😄": " haha "}
_LAUGHTER = re.compile(r"^(?:(?:b?w?a?(?:ha|he|hi|hu|ja)){2,}h*|ha+h*|he{2,}h*|lo+l(?:ol)*|x+d+|hi+hi+)$")
_CLAUSE = re.compile(r"[.!?;:,…~。！？；：，、\n]+")
_NO_WORD = re.compile(r"[^\w\s]|_")
_PIECE = re.compile(r"\{(\w+)\}|([a-z0-9]+)|([_~\[\]()|<>])|([\u3400-\u9fff])|(\?)|\s+")
_WORD = r"(?!(?:what|who|how|where|when|why|which|can|is|do|does)\b)\S+ "


def kind(text: str) -> str | None:
    """The kind of small talk that ``text`` is from its first to its last word; ``None`` for anything else."""
    chinese = is_chinese(text)
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    clauses = [_NO_WORD.sub(" ", clause) for clause in _CLAUSE.split(_full(folded(text)))]
    ways = _Ways.of("zh" if chinese else "en")
    found: set[str] = set()
    for clause in clauses:
        words = [clause for clause in ["".join(clause.split())] if clause] if chinese else ways.words(clause)
        if sum(map(len, words)) > LONGEST_LETTERS if chinese else len(words) > LONGEST_WORDS:
            return None
        covered = ways.tiled([*words[0]] if chinese and words else words)
        if covered is None:
            return None
        found |= covered
    return next((kind for kind in ways.kinds if kind in found), None)


class _Ways:
    """The patterns of one language."""

    @staticmethod
    @cache
    def of(language: str) -> _Ways:
        return _Ways(language)

    def __init__(self, language: str) -> None:
        table: dict[str, Any] = tomllib.loads((resources() / "guide" / "ways.toml").read_text("utf-8"))[language]
        self._end = " " if language == "en" else ""
        self._groups: dict[str, str] = table["groups"]
        self._known = set(re.findall("[a-z0-9]+", str(table))) if language == "en" else set()
        self._near = {near: word for word in self._known if len(word) >= MISTYPED for near in _near(word)}
        lead, trail = ("|".join(map(self._compiled, table[name])) for name in ("lead", "trail"))
        self._around = re.compile(f"(?:{lead}|{trail})*")
        self._lead, self._trail = re.compile(lead), re.compile(trail)
        self.kinds: dict[str, re.Pattern[str]] = {
            kind: re.compile("|".join(map(self._compiled, ways))) for kind, ways in table["kinds"].items()
        }

    def _compiled(self, way: str) -> str:
        made = []
        for name, word, mark, letter, _optional in _PIECE.findall(way):
            if name:
                made.append(f"(?:{self._compiled(self._groups[name])})")
            elif word or letter:
                made.append(f"(?:{word or letter}{self._end})")
            elif mark in ("_", "~"):
                one = _WORD if self._end else "."
                made.append(f"(?:{one}){'' if mark == '_' else '{1,4}' if self._end else '{1,8}'}")
            elif mark:
                made.append({"[": "(?:", "]": ")?", "<": "(?:", ">": "){0,3}", "(": "(?:"}.get(mark, mark))
            elif _optional:
                made.append("?")
        return "".join(made)

    def words(self, clause: str) -> list[str]:
        """The words of an English clause, slips of the keyboard mended where a pattern knows the word meant."""
        words: list[str] = []
        for word in clause.split():
            if _LAUGHTER.match(word):
                words.append("haha")
                continue
            if word not in self._known:
                short = re.sub(r"(.)\1+", r"\1", word)
                double = re.sub(r"(.)\1+", r"\1\1", word)
                word = next((form for form in (double, short) if form in self._known), self._near.get(word, word))
            words += _WRITTEN.get(word, word).split()
        return words

    def tiled(self, words: list[str]) -> set[str] | None:
        """The kinds of the fewest patterns that cover ``words`` one after the other; ``None`` without any."""
        parts = [f"{word}{self._end}" for word in words]
        best: list[tuple[int, frozenset[str]] | None] = [(0, frozenset()), *[None] * len(parts)]
        if self._around.fullmatch("".join(parts)) and not self._whole("".join(parts)):
            return set()
        for end in range(1, len(parts) + 1):
            for start in range(end):
                before = best[start]
                if before is None or before[0] >= 3 or (best[end] is not None and best[end][0] <= before[0] + 1):  # type: ignore[index]
                    continue
                if not self._end and end - start == 1 < len(parts):
                    continue  # a single Chinese character says too little
                if kind := self._whole("".join(parts[start:end])):
                    best[end] = (before[0] + 1, before[1] | {kind})
        last = best[-1]
        return set(last[1]) if last else None

    def _whole(self, text: str) -> str | None:
        # The bare pattern before one with fillers around it; what only agrees or greets is spelled out in full.
        for kind in ("ok", "hello", *self.kinds):
            if self.kinds[kind].fullmatch(text):
                return kind
        inner = [
            (start, end)
            for start in self._behind_leads(text)
            for end in self._before_trails(text)
            if start < end and (start, end) != (0, len(text))
        ]
        for kind in ("hello", *self.kinds):
            if any(self.kinds[kind].fullmatch(text, start, end) for start, end in inner):
                return kind
        return None

    def _behind_leads(self, text: str) -> list[int]:
        """Where up to three fillers at the beginning of ``text`` may end; 0 first."""
        reached, newest = [0], {0}
        for _filler in range(MOST_FILLERS):
            newest = {
                end for start in newest for end in range(start + 1, len(text)) if self._lead.fullmatch(text, start, end)
            }
            reached += sorted(newest.difference(reached))
        return reached

    def _before_trails(self, text: str) -> list[int]:
        """Where up to three fillers at the end of ``text`` may begin; its end first."""
        reached, newest = [len(text)], {len(text)}
        for _filler in range(MOST_FILLERS):
            newest = {start for end in newest for start in range(1, end) if self._trail.fullmatch(text, start, end)}
            reached += sorted(newest.difference(reached))
        return reached


def _full(text: str) -> str:
    for short, full in _SHORTENED:
        text = text.replace(short, full)
    return text


def _near(word: str) -> set[str]:
    """``word`` with one letter left out or two neighbours swapped."""
    left_out = {word[:place] + word[place + 1 :] for place in range(1, len(word))}
    swapped = {
        word[:place] + second + first + word[place + 2 :] for place, (first, second) in enumerate(pairwise(word))
    }
    return left_out | swapped - {word}
