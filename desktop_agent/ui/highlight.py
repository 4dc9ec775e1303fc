"""Colours for code: comments, strings, numbers and key words, by one pattern for each family of languages.

It knows no grammar and need not: what it takes for a string in an odd corner is only a
colour. A hundred lines take 0.4 ms; it is used for blocks that are closed, once.
"""

from __future__ import annotations

import re
from enum import Enum
from functools import cache


class Ink(Enum):
    """What a stretch of code is."""

    COMMENT = "comment"
    STRING = "string"
    NUMBER = "number"
    WORD = "word"


INKS = {
    False: {Ink.COMMENT: "#5E6661", Ink.STRING: "#8A4B08", Ink.NUMBER: "#1D4ED8", Ink.WORD: "#0F6A63"},
    True: {Ink.COMMENT: "#98A29D", Ink.STRING: "#E2A23B", Ink.NUMBER: "#8FB6F0", Ink.WORD: "#4FB8AC"},
}
"""Colours on the ground of code, light and dark, each at least 4.5 : 1."""

LONGEST = 200_000
"""Letters of a block that is coloured; a longer one is data."""

_WORDS = {
    "python": "False None True and as assert async await break case class continue def del elif else except finally "
    "for from global if import in is lambda match nonlocal not or pass raise return try while with yield self",
    "c": "abstract as async auto await bool boolean break byte case catch char class const constexpr continue crate "
    "default defer delete do double else enum export extends extern false final finally float fn for foreach from "
    "func function go goto if impl implements import in include inline instanceof int interface internal let long loop "
    "map match mod module move mut namespace new nil null nullptr of operator override package private protected pub "
    "public range readonly ref return select self short signed sizeof static string struct super switch template "
    "this throw throws trait true try type typedef typeof undefined union unsafe unsigned use using var virtual void "
    "volatile where while with yield",
    "shell": "case do done elif else esac exit export fi for function if in local read return set shift source then "
    "until unset while echo cd sudo",
    "sql": "add all alter and as asc begin between by case check column commit constraint create default delete desc "
    "distinct drop else end exists foreign from full group having if in index inner insert into is join key left like "
    "limit not null on or order outer primary references right rollback select set table then transaction union unique "
    "update values view when where with",
    "lua": "and break do else elseif end false for function goto if in local nil not or repeat return then true until "
    "while require",
    "ruby": "alias and begin break case class def do else elsif end ensure false for if in module next nil not or redo "
    "require rescue retry return self super then true undef unless until when while yield puts",
    "data": "true false null yes no on off",
}
_COMMENT = {
    "python": r"\#[^\n]*",
    "c": r"//[^\n]*|/\*.*?(?:\*/|\Z)",
    "shell": r"(?<![\w$&])\#[^\n]*",
    "sql": r"--[^\n]*|/\*.*?(?:\*/|\Z)",
    "lua": r"--[^\n]*",
    "ruby": r"\#[^\n]*",
    "data": r"(?<![\w&])[#;][^\n]*",
}
_TRIPLE = r"\"\"\".*?(?:\"\"\"|\Z)|'''.*?(?:'''|\Z)|"
_QUOTED = r"\"(?:\\.|[^\"\\\n])*\"?|'(?:\\.|[^'\\\n])*'?"
_NUMBER = r"(?<![\w.])(?:0[xX][0-9a-fA-F_]+|0[bB][01_]+|\d[\d_]*(?:\.\d+)?(?:[eE][+-]?\d+)?)(?![\w])"
_FAMILIES = {
    "python": "python py python3 pyw ipython",
    "c": "c cpp c++ cc h hpp cs csharp java js javascript jsx ts typescript tsx go golang rust rs kotlin kt swift "
    "scala dart php zig v objc json5 jsonc css scss less groovy gradle proto glsl hlsl cuda",
    "shell": "sh bash shell zsh console fish ksh make makefile dockerfile docker cmake powershell ps1 bat batch cmd "
    "perl r nix tcl",
    "sql": "sql mysql sqlite postgres postgresql plsql tsql haskell hs ada vhdl",
    "lua": "lua",
    "ruby": "ruby rb crystal elixir ex exs julia jl",
    "data": "yaml yml toml ini conf cfg properties json",
}
_FAMILY = {name: family for family, names in _FAMILIES.items() for name in names.split()}
_PLAIN = frozenset("text txt plain plaintext output log md markdown diff csv tsv none".split())  # noqa: SIM905

_BEYOND = re.compile("[\U00010000-\U0010ffff]")


def inks(code: str, language: str) -> list[tuple[int, int, Ink]]:
    """Stretches of ``code`` as (start, length, what it is), in order; none for a language that is no code.

    Without a ``language`` it is guessed that comments begin with ``#`` or ``//``.
    """
    name = language.lower().strip("{}.").removeprefix("language-")
    if name in _PLAIN or len(code) > LONGEST:
        return []
    found = []
    # Places are counted as Qt counts them: a letter beyond the first plane is two.
    code = _BEYOND.sub("\ue000\ue000", code) if not code.isascii() else code
    for match in _pattern(_FAMILY.get(name, "c" if name or "//" in code else "python")).finditer(code):
        kind = match.lastgroup
        if kind is not None:
            found.append((match.start(), match.end() - match.start(), Ink(kind)))
    return found


@cache
def _pattern(family: str) -> re.Pattern[str]:
    words = "|".join(_WORDS[family].split())
    quoted = (_TRIPLE if family == "python" else "`(?:\\\\.|[^`\\\\])*`?|" if family == "c" else "") + _QUOTED
    flags = re.DOTALL | (re.IGNORECASE if family == "sql" else 0)
    return re.compile(
        rf"(?P<comment>{_COMMENT[family]})|(?P<string>{quoted})|(?P<number>{_NUMBER})|\b(?P<word>{words})\b", flags
    )
