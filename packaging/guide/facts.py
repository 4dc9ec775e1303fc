"""Things people ask to remember, in the words they use, with the questions they ask later.

A fact has a ``kind`` that says what it is about: two facts of different kinds never answer each other's questions.
``{v}`` stands for the value. Notes about invented things ("my zorbel is K7") teach the model to find a note by
the words of the question instead of by a list of relations.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import values
from values import Make


@dataclass(frozen=True, slots=True)
class Wording:
    """How one fact is noted and asked about in one language."""

    value: Make
    notes: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as it stands in a prompt."""

    kind: str
    note: str
    question: str
    value: str


_TABLE: dict[str, Any] = tomllib.loads(Path(__file__).with_name("facts.toml").read_text("utf-8"))
_LANGUAGES = {False: "en", True: "zh"}


def _wordings(section: str) -> dict[bool, dict[str, Wording]]:
    """The wordings of a section by language (Chinese or not) and kind of fact."""
    return {
        chinese: {
            kind: Wording(getattr(values, row["value"]), tuple(row["notes"]), tuple(row["questions"]))
            for kind, row in _TABLE[section][language].items()
        }
        for chinese, language in _LANGUAGES.items()
    }


ABOUT_PERSON, ABOUT_ME = _wordings("person"), _wordings("me")
ENGLISH_VALUES: dict[str, Make] = {
    "name": values.invented,
    "person": values.person,
    "place": values.place,
    "thing": values.thing,
    "colour": values.colour,
    "number": values.number,
    "code": values.code,
    "age": values.age,
}
CHINESE_VALUES: dict[str, Make] = ENGLISH_VALUES | {
    "name": values.invented_zh,
    "person": values.person_zh,
    "place": values.place_zh,
    "thing": values.thing_zh,
    "colour": values.colour_zh,
}


def some_fact(chance: random.Random, chinese: bool, held_out: bool = False) -> Fact:
    """Any fact with a value of its own."""
    roll = chance.random()
    if roll < 0.36:
        return _about_person(chance, chinese, held_out)
    if roll < 0.56:
        kind = chance.choice(list(ABOUT_ME[chinese]))
        return _worded(chance, f"me:{kind}", ABOUT_ME[chinese][kind], {}, chinese, held_out)
    if roll < 0.66:
        return _favourite(chance, chinese, held_out)
    if roll < 0.8:
        return _number(chance, chinese, held_out)
    if roll < 0.86:
        return _event(chance, chinese, held_out)
    return _invented_thing(chance, chinese, held_out)


def _worded(
    chance: random.Random, kind: str, wording: Wording, fields: dict[str, str], chinese: bool, held_out: bool
) -> Fact:
    value = wording.value(chance, held_out)
    note = chance.choice(wording.notes).format(v=value, **fields)
    if not held_out and chance.random() < 0.12:
        note += chance.choice(_TABLE["tails"][_LANGUAGES[chinese]]).format(n=chance.randint(1990, 2025))
    question = chance.choice(wording.questions).format(**fields)
    return Fact(kind, _as_noted(chance, note, chinese), _as_typed(chance, question, chinese), value)


def _row(chance: random.Random, table: str) -> tuple[list[str], list[str], str]:
    """English words, Chinese words and the kind of value of any row."""
    row = chance.choice(list(_TABLE[table].values()))
    return row["en"], row["zh"], row.get("value", "")


def _about_person(chance: random.Random, chinese: bool, held_out: bool) -> Fact:
    english, han, _value = _row(chance, "people")
    kind = chance.choice(("name", "name", "name", *ABOUT_PERSON[chinese]))
    roll = chance.random()
    if chinese:
        word = chance.choice(han)
        who = chance.choice((f"我{word}", f"我的{word}")) if roll < 0.92 else word
        subject = f"{english[0]}-{word}"
        if roll < 0.06:
            who = subject = values.person_zh(chance, held_out)
            kind = "likes" if kind == "name" else kind
        return _worded(chance, f"{subject}:{kind}", ABOUT_PERSON[True][kind], {"s": who}, chinese, held_out)
    word = chance.choice(english)
    who, subject = f"my {word}", english[0]
    if roll < 0.06:
        who = subject = values.person(chance, held_out)
        kind = "likes" if kind == "name" else kind
    elif roll < 0.1:
        who = f"our {word}"
    elif roll < 0.14 and word in ("grandma", "grandpa", "mum", "mom", "dad"):
        who = word.capitalize()
    return _worded(chance, f"{subject}:{kind}", ABOUT_PERSON[False][kind], {"s": who}, chinese, held_out)


def _favourite(chance: random.Random, chinese: bool, held_out: bool) -> Fact:
    english, han, value = _row(chance, "favourites")
    if chinese:
        wording = Wording(
            CHINESE_VALUES[value],
            ("我最喜欢的{x}是{v}", "我最爱的{x}是{v}", "我喜欢的{x}是{v}"),
            (
                "我最喜欢的{x}是什么？",
                "我最喜欢什么{x}",
                "你知道我最喜欢的{x}吗",
                "我喜欢哪个{x}？",
                "我最爱的{x}是什么",
            ),
        )
        return _worded(chance, f"favourite:{english[0]}", wording, {"x": chance.choice(han)}, chinese, held_out)
    favourite = chance.choice(("favourite", "favorite"))
    wording = Wording(
        ENGLISH_VALUES[value],
        (
            f"My {favourite} {{x}} is {{v}}",
            f"my {favourite} {{x}} is {{v}}",
            "The {x} I like most is {v}",
            "{v} is my " + favourite + " {x}",
        ),
        (
            f"What is my {favourite} {{x}}?",
            f"what's my {favourite} {{x}}",
            "Which {x} do I like most?",
            f"do you know my {favourite} {{x}}",
            f"my {favourite} {{x}}?",
            "what {x} do I like?",
        ),
    )
    return _worded(chance, f"favourite:{english[0]}", wording, {"x": chance.choice(english)}, chinese, held_out)


def _number(chance: random.Random, chinese: bool, held_out: bool) -> Fact:
    english, han, value = _row(chance, "numbers")
    if chinese:
        wording = Wording(
            CHINESE_VALUES[value],
            ("我的{x}是{v}", "{x}是{v}", "我{x}是{v}", "{x}：{v}"),
            ("我的{x}是多少？", "我的{x}是什么", "告诉我我的{x}", "你知道我的{x}吗", "我忘了我的{x}", "{x}是多少"),
        )
        return _worded(chance, f"number:{english[0]}", wording, {"x": chance.choice(han)}, chinese, held_out)
    wording = Wording(
        ENGLISH_VALUES[value],
        ("My {x} is {v}", "The {x} is {v}", "my {x}: {v}", "{v} is my {x}"),
        (
            "What is my {x}?",
            "what's my {x}",
            "tell me my {x}",
            "do you know my {x}",
            "I forgot my {x}",
            "my {x}?",
            "what was the {x}",
            "What's the {x}?",
        ),
    )
    return _worded(chance, f"number:{english[0]}", wording, {"x": chance.choice(english)}, chinese, held_out)


def _event(chance: random.Random, chinese: bool, held_out: bool) -> Fact:
    events = _TABLE["events"][_LANGUAGES[chinese]]
    place = chance.randrange(len(events))
    if chinese:
        wording = Wording(
            values.time_zh,
            ("我{v}{x}", "{x}是{v}", "{v}我要{x}", "我的{x}时间是{v}"),
            ("我什么时候{x}？", "{x}是什么时候", "我哪天{x}", "{x}是几点"),
        )
        return _worded(chance, f"event:{place}", wording, {"x": events[place]}, chinese, held_out)
    wording = Wording(
        values.time,
        ("My {x} is on {v}", "The {x} is on {v}", "I have a {x} on {v}", "my {x} is {v}"),
        ("When is my {x}?", "when's the {x}", "what time is my {x}", "on which day is my {x}?", "do I have a {x}"),
    )
    return _worded(chance, f"event:{place}", wording, {"x": events[place]}, chinese, held_out)


def _invented_thing(chance: random.Random, chinese: bool, held_out: bool) -> Fact:
    if chinese:
        thing = "".join(values.letter_zh(chance, held_out) for _ in range(chance.choice((2, 2, 3))))
        wording = Wording(
            chance.choice((values.invented_zh, values.person_zh, values.code, values.number)),
            ("我的{x}是{v}", "{x}是{v}", "我的{x}叫{v}", "我的{x}在{v}", "我把{x}放在{v}"),
            ("我的{x}是什么？", "{x}是什么", "告诉我我的{x}", "我的{x}呢", "我的{x}在哪", "{x}在哪里"),
        )
        return _worded(chance, f"thing:{thing}", wording, {"x": thing}, chinese, held_out)
    thing = values.invented(chance, held_out).lower()
    if chance.random() < 0.4:
        thing = f"{values.invented(chance, held_out).lower()} {thing}"
    wording = Wording(
        chance.choice((values.invented, values.person, values.code, values.number)),
        (
            "My {x} is {v}",
            "The {x} is {v}",
            "my {x} is called {v}",
            "my {x} is at {v}",
            "I put the {x} in {v}",
            "The {x} has {v}",
        ),
        (
            "What is my {x}?",
            "what's the {x}",
            "tell me my {x}",
            "where is my {x}",
            "where is the {x}?",
            "do you know my {x}?",
            "who is my {x}",
        ),
    )
    return _worded(chance, f"thing:{thing}", wording, {"x": thing}, chinese, held_out)


def _as_noted(chance: random.Random, note: str, chinese: bool) -> str:
    note = note[:1].upper() + note[1:] if chance.random() < 0.8 else note
    return note + (("。" if chinese else ".") if chance.random() < 0.75 else "")


def _as_typed(chance: random.Random, question: str, chinese: bool) -> str:
    bare = question.rstrip("?？")
    if chinese:
        bare = chance.choice(("", "", "", "", "请问", "那", "你还记得", "告诉我，")) + bare
        return bare + chance.choice(("？", "？", "?", ""))
    roll = chance.random()
    if roll < 0.08:
        bare = chance.choice(("hey, ", "please, ", "so ", "and ", "Can you tell me: ", "remind me, ")) + bare
    elif roll < 0.6:
        bare = bare[:1].upper() + bare[1:]
    elif roll < 0.75:
        bare = bare.lower()
    return bare + chance.choice(("?", "?", "?", ""))
