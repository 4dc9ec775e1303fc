"""Sentences made from the patterns of ``resources/guide/ways.toml``: what a pattern covers, at random."""

from __future__ import annotations

import random
import re
import tomllib
from functools import cache

from repository import ROOT

WAYS = tomllib.loads((ROOT / "resources/guide/ways.toml").read_text("utf-8"))
_PIECE = re.compile(r"\{(\w+)\}|([a-z0-9]+|[\u3400-\u9fff])|([_~\[\]()|<>?])|\s+")
_CLOSING = {"(": ")", "[": "]", "<": ">"}

Node = tuple[str, object]
"""What it is ("word", "group", "any" or a bracket) and what is in it: a text, or a choice of rows of nodes."""


class Expander:
    """The patterns of one language; ``fill`` are words for its blanks."""

    def __init__(self, language: str, chance: random.Random, fill: list[str]) -> None:
        self._table = WAYS[language]
        self._chance = chance
        self._between = " " if language == "en" else ""
        self._fill = fill

    def some(self, kind: str) -> str:
        """A sentence of ``kind``."""
        return self._between.join(self._made(_read(self._chance.choice(self._table["kinds"][kind]))))

    def _made(self, choice: list[list[Node]]) -> list[str]:
        chance, made = self._chance, []
        for what, inside in chance.choice(choice):
            if what == "word":
                made.append(str(inside))
            elif what == "group":
                made += self._made(_read(self._table["groups"][inside]))
            elif what == "any":
                made += [chance.choice(self._fill) for _ in range(1 if inside == "_" else chance.randint(1, 3))]
            else:
                assert isinstance(inside, list)
                times = {"(": 1, "[": int(chance.random() < 0.35), "<": chance.choice((0, 0, 0, 1, 1, 2))}[what]
                for _ in range(times):
                    made += self._made(inside)
        return made


@cache
def _read(pattern: str) -> list[list[Node]]:
    pieces = iter([match for match in _PIECE.finditer(pattern) if match[0].strip()])

    def choice(closing: str) -> list[list[Node]]:
        rows: list[list[Node]] = [[]]
        for match in pieces:
            group, word, mark = match.groups()
            if mark == closing:
                break
            if mark == "|":
                rows.append([])
            elif mark == "?":
                rows[-1][-1] = ("[", [[rows[-1][-1]]])
            elif mark in _CLOSING:
                rows[-1].append((mark, choice(_CLOSING[mark])))
            elif mark:
                rows[-1].append(("any", mark))
            else:
                rows[-1].append(("group", group) if group else ("word", word))
        return rows

    return choice("")
