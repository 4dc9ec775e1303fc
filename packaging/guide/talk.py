"""What people say that is neither about this program nor about their notes, with what the guide says to it.

Small talk and its answers come from ``resources/guide/talk.toml``; what the guide must refuse is made here from
question frames and subjects.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path

import facts
import values
from repository import ROOT


@dataclass(frozen=True, slots=True)
class Talk:
    """One kind of talk: the answers and ways to say it, by language ("en", "zh")."""

    kind: str
    answer: dict[str, str]
    said: dict[str, list[str]]


def talk_table(path: Path = ROOT / "resources/guide/talk.toml") -> dict[str, Talk]:
    """Every kind of talk by its name."""
    table = tomllib.loads(path.read_text("utf-8"))
    return {
        kind: Talk(
            kind,
            {"en": row["en"], "zh": row["zh"]},
            {"en": row.get("said_en", []), "zh": row.get("said_zh", [])},
        )
        for kind, row in table.items()
    }


_WORDS: dict[str, list[str]] = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))["talk"]


def _words(name: str, chinese: bool) -> list[str]:
    return _WORDS[f"{name}_zh" if chinese else name]


def refused(chance: random.Random, chinese: bool) -> str:
    """A question that the guide cannot answer."""
    fill = {
        "t": chance.choice(_words("subjects", chinese)),
        "u": chance.choice(_words("subjects", chinese)),
        "c": chance.choice(_words("countries", chinese)),
        "d": chance.choice(_words("countries", chinese)),
        "w": values.person_zh(chance) if chinese else values.person(chance),
        "n": str(chance.randint(2, 999)),
        "m": str(chance.randint(2, 99)),
        "y": str(chance.randint(1900, 2024)),
    }
    if chance.random() < 0.3:
        fill["t"] = values.thing_zh(chance) if chinese else values.thing(chance)
    if chance.random() < 0.03:
        return (
            "".join(chance.choice("abcdefghijklmnop1234567890 ?!.，。的是不") for _ in range(chance.randint(4, 20)))
            + "?"
        )
    text = chance.choice(_words("leads", chinese)) + chance.choice(_words("frames", chinese)).format(**fill)
    return ended(chance, text, chinese, "?")


def said(chance: random.Random, talk: Talk, chinese: bool) -> str:
    """One way to say this kind of small talk."""
    text = chance.choice(talk.said["zh" if chinese else "en"])
    if chinese:
        lead = chance.choice(("", "", "", "", "嗯，", "那", "哦，", "好的，"))
        return (
            lead
            + text
            + chance.choice(("", "", "。", "！", "？" if text.endswith(("吗", "什么", "谁", "样")) else "", "啊", "呀"))
        )
    if chance.random() < 0.12:
        text = chance.choice(("well, ", "oh ", "so ", "hey, ", "please, ", "and ")) + text
    if chance.random() < 0.1:
        text += chance.choice((" guide", " my friend", " please", " then", " now", " again"))
    text = text[:1].upper() + text[1:] if chance.random() < 0.5 else text
    return text + chance.choice(("", "", ".", "!", "?"))


def request(chance: random.Random, chinese: bool) -> str:
    """A request to remember something."""
    note = facts.some_fact(chance, chinese).note
    if chance.random() < 0.4:
        note = note[:1].lower() + note[1:]
    return chance.choice(_words("asks", chinese)) + note


def statement(chance: random.Random, chinese: bool) -> str:
    """Something a user tells without asking to remember it."""
    return facts.some_fact(chance, chinese).note


def ended(chance: random.Random, text: str, chinese: bool, mark: str) -> str:
    if not chinese and chance.random() < 0.6:
        text = text[:1].upper() + text[1:]
    full = {"?": "？", ".": "。"}[mark] if chinese else mark
    return text + chance.choice((full, full, "", mark))
