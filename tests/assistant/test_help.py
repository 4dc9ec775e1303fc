"""The help of this program: the right passage is found, in both languages, and nothing for other questions."""

from __future__ import annotations

import time
import tomllib

import pytest

from desktop_agent.assistant.help import HelpIndex
from desktop_agent.settings.catalogue import BY_NAME
from desktop_agent.system import resources

HELP = resources() / "help"
TOPICS = {name: row for name, row in tomllib.loads((HELP / "topics.toml").read_text("utf-8")).items() if "en" in row}


@pytest.fixture(scope="module")
def index() -> HelpIndex:
    return HelpIndex.open(HELP)


@pytest.mark.parametrize(
    ("question", "topic"),
    [
        ("How do I start a new chat?", "new_chat"),
        ("HOW CAN I STOP THE ANSWER", "stop"),
        ("where are my chats stored on disk?", "data_folder"),
        ("Does anything I write leave this computer?", "privacy"),
        ("make the letters bigger please", "text_size"),
        ("怎么新建对话？", "new_chat"),
        ("字太小了，看不清", "text_size"),
        ("会不会上传我的数据", "privacy"),
        ("怎么换一个模型", "choose_model"),
        ("怎么导出笔记？", "export_notes"),
        ("怎么用 /set 命令", "set_command"),
    ],
)
def test_a_question_about_the_program_finds_its_passage(index: HelpIndex, question: str, topic: str) -> None:
    passage = index.find(question)
    assert passage is not None
    assert passage.topic == topic
    assert passage.text == TOPICS[topic]["zh" if question[0] > "\u3400" else "en"]


@pytest.mark.parametrize("topic", TOPICS)
def test_every_topic_is_found_by_its_own_words(index: HelpIndex, topic: str) -> None:
    for language in ("en", "zh"):
        asked = TOPICS[topic][f"ask_{language}"]
        found = [passage.topic for question in asked if (passage := index.find(question))]
        # A phrase or two may stand nearer to a neighbour ("switch memory off" and "forget").
        assert found.count(topic) >= 0.75 * len(asked), (topic, language, found)


@pytest.mark.parametrize(
    "question",
    [
        "Who won the 1998 World Cup?",
        "write a poem about autumn",
        "What is the weather like today?",
        "What's my sister's name?",
        "where do I live",
        "My cat's name is Zorvek.",
        "hello",
        "1998年世界杯冠军是谁？",
        "写一首关于秋天的诗",
        "今天天气怎么样",
        "我妹妹叫什么名字？",
        "我住在哪里",
        "你好",
        "",
        "?!",
        "\ud800",
        "how do I stop " * 1000,
    ],
)
def test_other_questions_find_nothing(index: HelpIndex, question: str) -> None:
    assert index.find(question) is None


def test_the_help_names_only_settings_that_exist() -> None:
    titles = {setting.title for setting in BY_NAME.values()} | set(BY_NAME)
    for title in ("Language", "Colours", "Text size", "Earlier messages", "Context length", "Processor threads"):
        assert title in titles
        assert any(title in row["en"] for row in TOPICS.values())
    for name in ("history_length", "reply_tokens", "temperature"):
        assert name in BY_NAME


def test_the_help_is_ready_in_a_moment(index: HelpIndex) -> None:
    began = time.process_time()
    fresh = HelpIndex.open(HELP)
    opened = time.process_time() - began
    fresh.find("how do I stop an answer")
    fresh.find("怎么停止回答")
    began = time.process_time()
    for _ in range(20):
        fresh.find("how do I make the text larger")
    asked = (time.process_time() - began) / 20
    # 20 ms and 1 ms on an idle computer.
    assert opened < 0.2
    assert asked < 0.02
