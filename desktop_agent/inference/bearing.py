"""Whether a note answers a question, decided by words: whose it is about, and what is asked of them.

The built-in model may only answer from a note that passes here. It errs on the side of showing a note instead of
answering from it, and of saying "not in my notes" instead of showing one about somebody else.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from pathlib import Path

from desktop_agent.inference.wording import folded, pairs, words
from desktop_agent.messages import is_chinese
from desktop_agent.system import resources


class Bearing(IntEnum):
    """How a note stands to a question."""

    NONE = 0
    NEAR = 1
    """It speaks of something asked, not surely of all: worth showing, not worth answering from."""
    ANSWERS = 2


@dataclass(frozen=True, slots=True)
class Reading:
    """What a text is about.

    ``who`` are the people in it, ``owners`` those it is said of (before the first verb); nobody means the user.
    ``what`` is what is said or asked, ``rest`` all other telling words.
    """

    who: frozenset[str]
    owners: frozenset[str]
    what: frozenset[str]
    rest: frozenset[str]


_ASKING = re.compile(
    r"\b(?:what did i say|do you (?:still )?(?:know|remember)|can you tell me|tell me|remind me|i forgot|please|hey|so|and|most|now|again|"
    r"the name of|numbers?|keep|kept|"
    r"leave|left|put|stored?|this year|today)\b|"
    r"我忘了|忘了|你还记得|还记得|记得|告诉我|请问|知道|今年|已经|现在|号码|号|时间|放在|放|时候|名单"
)
"""Words that ask; what they leave is what is asked about."""
_WHICH = re.compile(
    r"\bhow (?:can|do) i (?:call|reach|phone)\b|\b(?:in |on |at |for )?(?:what|which) (?:city|town|day|date|time|company|place|kind|thing|street)\b"
    r"|哪个城市|哪座城市|哪家公司|几月几[日号]|几号|几点|哪天|什么时候|哪一天|是多少|多少"
)
_VERB = re.compile(
    r"\b(is|are|was|were|am|lives?|works?|likes?|loves?|prefers?|enjoys?|has|have|had|moved|cannot|can't|turned|became|started|called|named|needs?|hates?|wants?|can|studies|comes?)\b"
    r"|['’]m\b|喜欢|最爱|爱吃|爱喝|叫|住|在|是|对|有|不能|今年|搬|属|当|要|\d"
)
_NAMED = re.compile(
    r"\b(?:my|our) [a-z' -]+ (?:is|was) [a-zà-ÿ]|\b(?:is|was) (?:my|our) [a-z]|^[\u3400-\u9fff]{1,8}是|是[我俺]|^我(?:们)?的?[\u3400-\u9fff]{1,6}[是叫]"
)
_MY_NAME = re.compile(
    r"\bmy (?:full |first |last |family )?name\b|\bi(?: am|'m) (?:called |named )?(?!from\b|allergic\b|learning\b|studying\b|living\b|an?\b|in\b|at\b|not\b|\d)"
    r"[a-zà-ÿ]|\b(?:call|calls) me\b|^我叫|我的?名字|^叫我|^我姓|^我是(?![一个名]|.*人$|\d)"
)
_IMPLIED = (
    ("age", re.compile(r"\b(?:is|am|i'm) \d{1,3}(?:$| years)|\d{1,3}岁")),
    ("birthday", re.compile(r"\bborn (?:on|in)?.*\d|出生.*\d|\d[日号]?出生|\bwhen\b.*\bborn\b|(?:哪天|什么时候|几号|哪年).*出生|出生.*(?:哪天|什么时候)")),
    ("birthplace", re.compile(r"\bwhere\b.*\bborn\b|\bborn in [a-zà-ÿ]|(?:哪里|哪儿|在哪).*出生|出生在|是[\u3400-\u9fff]{1,8}人\b")),
    ("job", re.compile(r"\b(?:is|am|i'm|became|as) an? [a-zà-ÿ]+|\bwhat (?:do|does) [a-z' -]+ do\b|^我?的?[^的是，]{0,6}(?:是|当|做|是一名|是个)(?!多少|什么|哪|谁|几|啥)[\u3400-\u9fff]{2,6}(?:$|，)")),
    ("work", re.compile(r"\bjob (?:at|with|in)\b|\bstarted at\b")),
    ("home", re.compile(r"\bwhat city am i\b")),
    ("phone", re.compile(r"\bhow (?:can|do) i (?:call|reach|phone)\b")),
    ("phone", re.compile(r"(?:'s|his|her) number\b|\bcall [a-z' ]+ (?:at|on) [\d+]")),
)
_SOMEONE = re.compile(r"\b(my|mine|our|i|me|i'm|we)\b|[我俺咱]")
_PROGRAM = re.compile(
    r"\b(my|our) (chats?|conversations?|notes?|data|messages?|questions?|settings?|answers?|files?|models?|memor(?:y|ies)|privacy|"
    r"backups?|threads?|history|text)\b|我的(?:数据|对话|聊天|笔记|设置|文件|模型|记忆|隐私|问题|消息|备份|历史)"
)
_ASKS = re.compile(
    r"\?|？|\b(what|who|where|when|which|how|whose)\b|^(do|does|did|is|are|am|was|can|tell|remind|could|have|has)\b|"
    r"什么|哪|谁|几|多少|多大|吗|呢$|啥|告诉我|忘了|怎么称呼|记得|\bforgot\b|\bremind me\b"
)


_BARE = re.compile(r"^(?:and |so )?(?:my|our) [a-z' -]{2,40}$|^我的?[\u3400-\u9fff]{1,10}$")
"""A question of one noun: "my birthday"."""


class Relations:
    """The words of ``relations.toml``, ready to read texts with."""

    def __init__(self, path: Path) -> None:
        table = tomllib.loads(path.read_text("utf-8"))
        self._who = {word: row for row, listed in table["who"].items() for word in listed}
        self._what = {word: row for row, listed in table["what"].items() for word in listed}
        every = sorted({*self._who, *self._what}, key=len, reverse=True)
        english = "|".join(re.escape(word) for word in every if word.isascii())
        chinese = "|".join(re.escape(word) for word in every if not word.isascii())
        self._pattern = re.compile(rf"\b({english})(?:'s)?\b|({chinese})")

    @classmethod
    def open(cls) -> Relations:
        """The relations that come with the program."""
        return cls(resources() / "guide" / "relations.toml")

    def read(self, text: str) -> Reading:
        """What ``text``, a note or a question, is about."""
        text = _plain(text)
        implied = {meaning for meaning, pattern in _IMPLIED if pattern.search(text)}
        text = _WHICH.sub(" ", text)
        what = set()
        who, owners, rest, end = set(), set(), [], 0
        verb = _VERB.search(text)
        for match in self._pattern.finditer(text):
            word = match[1] or match[2]
            rest.append(text[end : match.start()])
            end = match.end()
            if word in self._who:
                who.add(self._who[word])
                if not verb or match.start() < verb.start():
                    owners.add(self._who[word])
            else:
                what.add(self._what[word])
        rest.append(text[end:])
        remaining = _ASKING.sub(" ", " | ".join(rest))
        # "My favourite song is a waltz" says nothing about a trade.
        what |= implied - {"job"} if what else implied
        telling = frozenset([*words(remaining), *pairs(remaining)]) - {"born", "出生"}
        return Reading(frozenset(who), frozenset(owners), frozenset(what), telling)

    def choose(self, question: str, notes: Sequence[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The notes that answer ``question``, and those that come near, in their order.

        Of several that answer, only those are kept that say least besides: "my dog is Rex" before "my dog's
        birthday is in May" for "what about my dog?".
        """
        asked = self.read(question)
        graded = [(self.bearing(question, note), note) for note in notes]
        answering = [note for grade, note in graded if grade is Bearing.ANSWERS]
        besides = {note: len(self._about(note) - asked.what) for note in answering}
        least = min(besides.values(), default=0)
        best = tuple(note for note in answering if besides[note] == least)
        return best, tuple(note for grade, note in graded if grade is Bearing.NEAR)

    def bearing(self, question: str, note: str) -> Bearing:
        """How ``note`` stands to ``question``; they may be in different languages."""
        asked, told = self.read(question), self.read(note)
        about = self._about(note)
        wanted = asked.what - {"job"} if len(asked.what) > 1 and "work" in asked.what else asked.what
        if _who_am_i(question):
            wanted = wanted | {"name"}
        elif not asked.who and len(wanted) > 1:
            wanted = wanted - {"name"}  # "what is my company called" asks for the company
        if not asked.who and "name" in wanted and not asked.rest and not _MY_NAME.search(_plain(note)):
            return Bearing.NONE
        if not asked.who and not wanted and not asked.rest:
            return Bearing.NONE
        missing = asked.rest - told.rest
        covered = 1 - len(missing) / len(asked.rest) if asked.rest else 1.0
        crossed = is_chinese(question) != is_chinese(note) and bool(wanted)
        # A question that only names somebody ("my sister?") is answered by all that is known of them.
        if asked.who in (told.who, told.owners) and wanted <= about and (covered > 0.5 or crossed):
            return Bearing.ANSWERS
        somebody = bool(told.who & {"he", "she"}) and bool(wanted) and wanted <= about
        if asked.who and not asked.who & told.who:
            return Bearing.NEAR if somebody else Bearing.NONE
        if asked.rest and covered > 0 and wanted <= about:
            return Bearing.NEAR
        work = {"work", "job"}
        return Bearing.NEAR if somebody or (asked.who == told.who and wanted & work and about & work) else Bearing.NONE

    def _about(self, note: str) -> frozenset[str]:
        told = self.read(note)
        named = {"name"} if told.who and _NAMED.search(_plain(note)) else set()
        return told.what | named | ({"name"} if _MY_NAME.search(_plain(note)) else set())

    def personal(self, question: str) -> bool:
        """Whether ``question`` asks about the user or the user's people, so that only a note can answer it."""
        text = folded(question)
        if _PROGRAM.search(text) or not (_ASKS.search(text) or _BARE.search(text)):
            return False
        reading = self.read(question)
        return bool(_SOMEONE.search(text)) and bool(reading.who or reading.what or _possessed(text) or _who_am_i(text))


def _who_am_i(question: str) -> bool:
    return bool(re.search(r"\bwho am i\b|我是谁", folded(question)))


def _possessed(text: str) -> bool:
    return bool(re.search(r"\b(my|our) [a-z]|我的[\u3400-\u9fff]", text))


def _plain(note: str) -> str:
    return folded(note).strip(" .。!！?？")
