"""The conversations the guide is trained on: one question with what stands before it, and its answer.

Made by rules from ``values``, ``facts`` and ``talk``; the prompt is laid out by the program's own
``PromptMessage`` and note answers by its own ``retold``, so that training and use cannot differ.
"""

from __future__ import annotations

import random
import sys
import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

import facts
import talk
import values

from desktop_agent.inference.retelling import retold
from desktop_agent.messages import PromptMessage, Role, is_chinese

SYSTEM = "You are the built-in guide."
"""The system message of every prompt; short, because every training step pays for it."""


@dataclass(frozen=True, slots=True)
class Example:
    """One question as the model reads it and what it has to answer."""

    prompt: str
    answer: str


class Maker:
    """Makes examples; everything random comes from ``chance``."""

    def __init__(self, chance: random.Random) -> None:
        self._chance = chance
        self._talk = talk.talk_table()
        self._small = [row for row in self._talk.values() if row.said["en"]]
        self._topics = _topics()

    def mixed(self) -> Example:
        """Any kind, in the shares of the final training."""
        roll = self._chance.random()
        if roll < 0.42:
            return self.from_notes()
        if roll < 0.49:
            return self.not_in_notes()
        if roll < 0.69:
            return self.from_help()
        return self.talked()

    def copied(self) -> Example:
        """Mostly plain copying, for the first minutes: the skill that everything else stands on."""
        roll = self._chance.random()
        if roll < 0.5:
            return self.from_notes(most=2)
        if roll < 0.95:
            return self.from_help(short=True)
        return self.talked()

    def from_notes(self, most: int = 6) -> Example:
        chance = self._chance
        chinese = chance.random() < 0.5
        # One note in eight is in the other language than its question.
        crossed = chance.random() < 0.12
        asked = facts.some_fact(chance, chinese)
        note = asked.note
        if crossed:
            note = facts.some_fact(chance, not chinese).note
            return _example(asked.question, [note], "", retold(note, chinese=is_chinese(asked.question)))
        others = self._others(asked, chance.choice((0, 0, 0, 1, 1, 2, 3, 5)[: most + 2]), chinese)
        notes = [*others, note]
        chance.shuffle(notes)
        return _example(asked.question, notes, "", retold(note, chinese=is_chinese(asked.question)))

    def not_in_notes(self) -> Example:
        chance = self._chance
        chinese = chance.random() < 0.5
        asked = facts.some_fact(chance, chinese)
        notes = self._others(asked, chance.choice((0, 1, 1, 2, 3, 4)), chinese)
        return _example(asked.question, notes, "", self._answer("unknown", is_chinese(asked.question)))

    def from_help(self, short: bool = False) -> Example:
        chance = self._chance
        chinese = chance.random() < 0.5
        passage = self._passage(chinese, short)
        roll = chance.random()
        if roll < 0.5 and self._topics:
            question = talk.ended(chance, chance.choice(chance.choice(self._topics)["ask_zh" if chinese else "ask_en"]), chinese, "?")
        else:
            question = talk.refused(chance, chinese) if roll < 0.75 else facts.some_fact(chance, chinese).question
        if is_chinese(question) != chinese:
            return self.from_help(short)
        return _example(question, [], passage, passage)

    def talked(self) -> Example:
        chance = self._chance
        chinese = chance.random() < 0.5
        roll = chance.random()
        if roll < 0.36:
            text, kind = self._refused(chinese), "refusal"
        elif roll < 0.44:
            text, kind = talk.request(chance, chinese), "noted"
        elif roll < 0.52:
            text, kind = talk.statement(chance, chinese), "told"
        else:
            row = chance.choice(self._small)
            text, kind = talk.said(chance, row, chinese), row.kind
        return _example(text, [], "", self._answer(kind, is_chinese(text)))

    def _refused(self, chinese: bool) -> str:
        """A question about the world, or one about this program that its help has nothing on."""
        chance = self._chance
        if chance.random() < 0.15:
            asked = chance.choice(self._topics)["ask_zh" if chinese else "ask_en"]
            return talk.ended(chance, chance.choice(asked), chinese, "?")
        return talk.refused(chance, chinese)

    def _answer(self, kind: str, chinese: bool) -> str:
        return self._talk[kind].answer["zh" if chinese else "en"]

    def _others(self, asked: facts.Fact, count: int, chinese: bool) -> list[str]:
        others: list[str] = []
        while len(others) < count:
            # A note of the same language nine times in ten, and never one that answers too.
            other = facts.some_fact(self._chance, chinese if self._chance.random() < 0.9 else not chinese)
            if other.kind.split(":")[-1] == "name" and asked.kind.split(":")[-1] == "name" and self._chance.random() < 0.3:
                continue
            if other.kind != asked.kind and other.note not in others:
                others.append(other.note)
        return others

    def _passage(self, chinese: bool, short: bool) -> str:
        """A help text: the program's own, one with words exchanged, or sentences about anything."""
        chance = self._chance
        roll = chance.random()
        if not short and self._topics and roll < 0.45:
            text = str(chance.choice(self._topics)["zh" if chinese else "en"])
            return text if roll < 0.15 else _changed(chance, text, chinese)
        sentences = 1 if short else chance.choice((1, 1, 2))
        return ("" if chinese else " ").join(_sentence(chance, chinese) for _ in range(sentences))


def _sentence(chance: random.Random, chinese: bool) -> str:
    frames = SENTENCES_ZH if chinese else SENTENCES
    makers = (
        (values.invented_zh, values.thing_zh, values.person_zh, values.code, values.invented)
        if chinese
        else (values.invented, values.thing, values.person, values.code, values.number)
    )
    parts = WORDS_ZH if chinese else WORDS
    fill = [chance.choice(makers)(chance, False) if chance.random() < 0.45 else chance.choice(parts) for _ in range(4)]
    return chance.choice(frames).format(*fill)


def _changed(chance: random.Random, text: str, chinese: bool) -> str:
    """``text`` with some words exchanged for invented ones, so that a later edit of the help needs no training."""
    if chinese:
        letters = list(text)
        for place in range(len(letters)):
            if "\u4e00" <= letters[place] <= "\u9fff" and chance.random() < 0.12:
                letters[place] = values.letter_zh(chance)
        return "".join(letters)
    words = text.split(" ")
    for place in range(len(words)):
        if words[place].isalpha() and chance.random() < 0.15:
            words[place] = values.invented(chance).lower() if chance.random() < 0.5 else chance.choice(WORDS)
    return " ".join(words)


def _example(question: str, notes: list[str], passage: str, answer: str) -> Example:
    message = PromptMessage(Role.USER, question, tuple(notes), passage)
    return Example(message.content, answer)


def _topics() -> list[dict[str, Any]]:
    path = ROOT / "resources/help/topics.toml"
    return [row for row in tomllib.loads(path.read_text("utf-8")).values() if "en" in row]


WORDS = (
    "the model|a file|Settings|Memory|Monitor|Chat|the button|Ctrl+N|Esc|the list|this program|your notes|the answer|a new chat|the window|the top right|"
    "the folder|the theme|the language|memory|the processor|the context length|threads|Enter|the menu|an old laptop|a .gguf file|Undo|History length|"
    "the search box|the tab|the command line|export|import|the size|one click|a backup|the text|dark mode|the data folder"
).split("|")
WORDS_ZH = (
    "模型|文件|设置|记忆|监视|聊天|按钮|Ctrl+N|Esc|列表|这个程序|你的笔记|回答|新对话|窗口|右上角|文件夹|主题|语言|内存|处理器|上下文长度|线程|回车|菜单|"
    "旧笔记本|.gguf 文件|撤销|历史长度|搜索框|标签页|命令行|导出|导入|大小|点一下|备份|文字|深色模式|数据文件夹"
).split("|")
SENTENCES = (
    "Press {0} or click {1}.|Open {0} and choose {1}.|{0} shows {1} and {2}.|Everything stays on {0}; nothing is sent to {1}.|"
    "Right-click {0}, then choose {1}.|In {0} you can change {1} and {2}.|To use {0}, open {1} first.|With {0} the answer needs {1}.|"
    "{0} is in {1}, under {2}.|Type {0} and press {1}.|Write “{0}” to see {1}.|{0} works without {1}.|Drag {0} onto {1}.|"
    "{0} keeps {1} for {2} days.|Choose {0}, {1} or {2}; {3} is the default.|Double-click {0} to rename {1}.|A smaller {0} makes {1} faster.|"
    "If {0} is slow, close {1} and try {2}.|{0} → {1} → {2}.|Your {0} is called {1}.|{0} has {1}, {2} and {3}."
).split("|")
SENTENCES_ZH = (
    "按 {0}，或点{1}。|打开{0}，选择{1}。|{0}显示{1}和{2}。|所有内容都留在{0}，不会发送到{1}。|右键点击{0}，再选“{1}”。|在{0}里可以修改{1}和{2}。|"
    "要用{0}，请先打开{1}。|有了{0}，回答需要{1}。|{0}在{1}的{2}下面。|输入 {0}，再按{1}。|写“{0}”就能看到{1}。|没有{1}也能用{0}。|把{0}拖到{1}上。|"
    "{0}把{1}保留 {2} 天。|可以选{0}、{1}或{2}，默认是{3}。|双击{0}可以给{1}改名。|{0}越小，{1}越快。|{0}慢的话，请关闭{1}，再试{2}。|"
    "{0} → {1} → {2}。|你的{0}叫{1}。|{0}有{1}、{2}和{3}。"
).split("|")
