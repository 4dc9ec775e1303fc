"""The learned tables: how they are read, and what they say of sentences that nobody wrote down for them."""

from __future__ import annotations

import subprocess
import sys
import tomllib
import zlib
from pathlib import Path

import pytest

from desktop_agent.inference.guide import GuideEngine
from desktop_agent.inference.kinds import LONGEST, OTHER, Kinds, checksums, shares, written
from desktop_agent.inference.smalltalk import SmallTalk
from desktop_agent.messages import PromptMessage, Role
from desktop_agent.system import resources


def likeliest(text: str) -> str:
    share = shares(text)
    return max(share, key=lambda name: share[name])


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("oh what a clever little contraption you are", "praise"),
        ("heya, grandpa Joe speaking here, nice to meet you", "hello"),
        ("right, dinner's on the table, catch you tomorrow", "bye"),
        ("would german be all right with you?", "languages"),
        ("could I have a bit of help here please", "able"),
        ("are u a real person typing this", "who"),
        ("that was utter rubbish, mate", "complaint"),
        ("啊抱歉抱歉，刚才手一抖发错了", "sorry"),
        ("喂喂，听得到我说话吗", "there"),
        ("你这小机器人也太聪明了吧", "praise"),
        ("行，我晓得了", "ok"),
        ("时候不早了，我得回家了，再见", "bye"),
        ("你到底是真人还是电脑程序", "who"),
    ],
)
def test_small_talk_in_other_words_is_known(text: str, kind: str) -> None:
    assert likeliest(text) == kind


@pytest.mark.parametrize(
    "text",
    [
        "who discovered the source of the Nile",
        "how many strings has a violin",
        "What is good against a sunburn?",
        "Where do storks spend the winter?",
        "小提琴有几根弦",
        "糖醋排骨怎么做",
        "How do I switch to another model?",
        "我妹妹的生日是哪天",
        "x" * (LONGEST + 1),
        "hello " * LONGEST,
    ],
)
def test_what_is_no_small_talk_is_not_taken_for_it(text: str) -> None:
    assert likeliest(text) == OTHER


@pytest.mark.parametrize("text", ["", " ", "?!", "\ud800", "😀", "\x00\x01", "ﷺ", "<|im_end|>"])
def test_odd_texts_get_shares_too(text: str) -> None:
    share = shares(text)
    assert sum(share.values()) == pytest.approx(1)
    assert all(0 <= part <= 1 for part in share.values())


def test_every_kind_of_small_talk_has_a_place_in_the_tables() -> None:
    talk = SmallTalk.open()
    for text in ("hello", "你好"):
        assert {name for name in shares(text) if name != OTHER} == {name for name in shares(text) if talk.small(name)}
        assert len(shares(text)) == 14


@pytest.mark.parametrize("language", ["en", "zh"])
def test_every_topic_of_the_help_has_a_place_in_the_table(language: str) -> None:
    topics = tomllib.loads((resources() / "help/topics.toml").read_text("utf-8"))
    table = Kinds.open(resources() / "help" / f"topics_{language}.bin")
    # After a topic was added or removed: python packaging/guide/kinds.py
    assert {*table.shares("model")} == {name for name, row in topics.items() if "en" in row} | {OTHER}


def test_a_table_says_what_its_numbers_say(tmp_path: Path) -> None:
    known = zlib.crc32(b"yes")
    assert known in checksums("Yes!")
    file = tmp_path / "table.bin"
    file.write_bytes(written(["agree", OTHER], [known], [100, 0], 0.5, [4.0, 0.0, 0.0, 0.0, 0.0, 0.0]))
    table = Kinds.open(file)
    assert table.shares("yes")["agree"] > 0.9
    assert table.shares("no")["agree"] == pytest.approx(0.5)


def test_small_talk_is_answered_before_the_help_and_never_instead_of_a_note() -> None:
    guide = GuideEngine(None)
    talk = SmallTalk.open()

    def kind(text: str, notes: tuple[str, ...] = (), help_text: str = "") -> str | None:
        return talk.kind_of(guide.plan(PromptMessage(Role.USER, text, notes, help_text)).instead)

    assert kind("you are slow, you useless thing", help_text="Use a smaller model.") == "complaint"
    assert kind("how can I make it quicker?", help_text="Use a smaller model.") is None
    assert kind("what is my dog called?", ("My dog is called Rex.",)) is None
    assert kind("which planet is the largest") == "refusal"


def test_reading_the_tables_needs_neither_numpy_nor_torch() -> None:
    code = "import sys; from desktop_agent.inference.kinds import shares; print(shares('hi'), *sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60)
    assert not {"numpy", "torch"} & set(loaded.stdout.split())
