"""Invented names, places, numbers and phrases for the training notes.

Copying must work for names nobody has seen, so the values cover the whole vocabulary: real names, invented
syllables, runs of random letters, any Chinese character. ``held_out=True`` draws from syllables and characters that
no training value ever contains; the evaluation uses those.
"""

from __future__ import annotations

import random
import tomllib
from collections.abc import Callable
from pathlib import Path

Make = Callable[[random.Random, bool], str]

_WORDS = tomllib.loads(Path(__file__).with_name("words.toml").read_text("utf-8"))["values"]

HELD_ONSETS, HELD_NUCLEI = _WORDS["held_onsets"], _WORDS["held_nuclei"]
HELD_FAMILY_NAMES, HELD_GIVEN_NAMES = _WORDS["held_family_names"], _WORDS["held_given_names"]
HELD_CHARACTERS = frozenset(HELD_FAMILY_NAMES + HELD_GIVEN_NAMES)


def _characters(first: int, last: int) -> list[str]:
    """The characters in these rows of GB 2312, without those held out."""
    found = [bytes((row, cell)).decode("gb2312") for row in range(first, last) for cell in range(0xA1, 0xFF)]
    return [letter for letter in found if letter not in HELD_CHARACTERS]


COMMON_CHARACTERS, RARE_CHARACTERS = _characters(0xB0, 0xD7), _characters(0xD8, 0xF7)
"""Those outside the vocabulary are two or three byte tokens: they teach copying bytes."""
LATIN = "abcdefghijklmnopqrstuvwxyz"
ACCENTED = "éèüöäñçåøßžšłőáíóúêâîô"


def syllable(chance: random.Random, held_out: bool) -> str:
    nucleus = chance.choice(HELD_NUCLEI if held_out and chance.random() < 0.5 else _WORDS["nuclei"])
    return chance.choice(HELD_ONSETS if held_out else _WORDS["onsets"]) + nucleus + chance.choice(_WORDS["codas"])


def invented(chance: random.Random, held_out: bool = False) -> str:
    """A word of one to three syllables with a capital letter; sometimes a run of random letters."""
    while True:
        if not held_out and chance.random() < 0.3:
            letters = LATIN if chance.random() < 0.8 else LATIN + ACCENTED * 2
            word = "".join(chance.choice(letters) for _ in range(chance.randint(2, 9)))
        else:
            word = "".join(syllable(chance, held_out) for _ in range(chance.choice((1, 2, 2, 3))))
        if held_out or not any(part in word for part in (*HELD_ONSETS, *HELD_NUCLEI)):
            return word.capitalize()


def person(chance: random.Random, held_out: bool = False) -> str:
    if not held_out and chance.random() < 0.3:
        return chance.choice(_WORDS["people"]) + (
            f" {chance.choice(_WORDS['surnames'])}" if chance.random() < 0.3 else ""
        )
    return invented(chance, held_out) + (f" {invented(chance, held_out)}" if chance.random() < 0.3 else "")


def place(chance: random.Random, held_out: bool = False) -> str:
    if not held_out and chance.random() < 0.3:
        return chance.choice(_WORDS["cities"])
    return invented(chance, held_out)


def thing(chance: random.Random, held_out: bool = False) -> str:
    if not held_out and chance.random() < 0.5:
        return chance.choice(_WORDS["things"])
    return invented(chance, held_out).lower()


def company(chance: random.Random, held_out: bool = False) -> str:
    kinds = ("", "", " Bank", " Foods", " School", " Hospital", " Ltd", " & Sons", " University", " Motors")
    return invented(chance, held_out) + chance.choice(kinds)


def number(chance: random.Random, _held_out: bool = False) -> str:
    digits = "".join(chance.choice("0123456789") for _ in range(chance.choice((2, 3, 4, 4, 5, 6, 8, 11))))
    if len(digits) > 6 and chance.random() < 0.4:
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return digits


def code(chance: random.Random, _held_out: bool = False) -> str:
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789" if chance.random() < 0.6 else LATIN + "0123456789" + "-_!@#"
    return "".join(chance.choice(alphabet) for _ in range(chance.randint(4, 9)))


def date(chance: random.Random, _held_out: bool = False) -> str:
    day, month = chance.randint(1, 31), chance.choice(_WORDS["months"])
    forms = (
        f"{month} {day}",
        f"{day} {month}",
        f"the {day}th of {month}",
        f"{month} {day}, {chance.randint(1930, 2025)}",
    )
    return chance.choice(forms)


def time(chance: random.Random, _held_out: bool = False) -> str:
    hour = chance.choice(
        (f"{chance.randint(1, 12)}:{chance.choice(('00', '15', '30', '45'))}", f"{chance.randint(1, 12)} pm")
    )
    return chance.choice(
        (f"{chance.choice(_WORDS['days'])} at {hour}", chance.choice(_WORDS["days"]), f"{date(chance)} at {hour}")
    )


def colour(chance: random.Random, _held_out: bool = False) -> str:
    return chance.choice(_WORDS["colours"])


def age(chance: random.Random, _held_out: bool = False) -> str:
    return str(chance.randint(1, 99))


def job(chance: random.Random, _held_out: bool = False) -> str:
    return chance.choice(_WORDS["jobs"])


def letter_zh(chance: random.Random, held_out: bool = False) -> str:
    if held_out:
        return chance.choice(HELD_GIVEN_NAMES)
    roll = chance.random()
    return chance.choice(_WORDS["common_zh"] if roll < 0.25 else COMMON_CHARACTERS if roll < 0.75 else RARE_CHARACTERS)


def invented_zh(chance: random.Random, held_out: bool = False) -> str:
    return "".join(letter_zh(chance, held_out) for _ in range(chance.choice((1, 2, 2, 2, 3, 4))))


def person_zh(chance: random.Random, held_out: bool = False) -> str:
    family = chance.choice(HELD_FAMILY_NAMES if held_out else _WORDS["family_names"])
    if held_out:
        return family + "".join(chance.choice(HELD_GIVEN_NAMES) for _ in range(chance.choice((1, 2, 2))))
    roll = chance.random()
    if roll < 0.1:
        return chance.choice("小老阿大") + chance.choice(_WORDS["family_names"] + _WORDS["given_names"])
    if roll < 0.3:
        return invented_zh(chance)
    given = _WORDS["given_names"] if roll < 0.6 else COMMON_CHARACTERS if roll < 0.85 else RARE_CHARACTERS
    return family + "".join(chance.choice(given) for _ in range(chance.choice((1, 2, 2))))


def place_zh(chance: random.Random, held_out: bool = False) -> str:
    if not held_out and chance.random() < 0.3:
        return chance.choice(_WORDS["cities_zh"])
    letters = "".join(letter_zh(chance, held_out) for _ in range(2))
    return letters + chance.choice(("", "", "市", "镇", "县", "区", "路", "街"))


def thing_zh(chance: random.Random, held_out: bool = False) -> str:
    if not held_out and chance.random() < 0.5:
        return chance.choice(_WORDS["things_zh"])
    return invented_zh(chance, held_out)


def company_zh(chance: random.Random, held_out: bool = False) -> str:
    letters = "".join(letter_zh(chance, held_out) for _ in range(2))
    return letters + chance.choice(("公司", "银行", "学校", "医院", "大学", "工厂", "科技", "书店", ""))


def date_zh(chance: random.Random, _held_out: bool = False) -> str:
    month, day = chance.randint(1, 12), chance.randint(1, 31)
    year = f"{chance.randint(1930, 2025)}年" if chance.random() < 0.25 else ""
    lunar = chance.choice(("农历", "")) if not year and chance.random() < 0.2 else ""
    return f"{lunar}{year}{month}月{day}{chance.choice('日日号')}"


def time_zh(chance: random.Random, _held_out: bool = False) -> str:
    hour = (
        f"{chance.choice(('上午', '下午', '晚上', ''))}{chance.randint(1, 12)}点{chance.choice(('', '半', '十五分'))}"
    )
    return chance.choice(
        (
            f"周{chance.choice('一二三四五六日')}{hour}",
            f"{date_zh(chance)}{hour}",
            f"星期{chance.choice('一二三四五六天')}",
        )
    )


def colour_zh(chance: random.Random, _held_out: bool = False) -> str:
    return chance.choice(_WORDS["colours_zh"])


def job_zh(chance: random.Random, _held_out: bool = False) -> str:
    return chance.choice(_WORDS["jobs_zh"])
