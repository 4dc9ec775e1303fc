"""What becomes a note, and what does not."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_agent.assistant.remember import to_remember
from desktop_agent.memory.importance import importance
from desktop_agent.memory.keywords import keywords
from desktop_agent.memory.pruning import IMPORTANT


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("Remember that my sister's name is Li Na.", "My sister's name is Li Na."),
        (
            "please remember: the printer in room 204 needs the old driver",
            "The printer in room 204 needs the old driver.",
        ),
        ("Don't forget that I work night shifts on Tuesdays", "I work night shifts on Tuesdays."),
        ("Could you keep in mind that she prefers tea to coffee.", "She prefers tea to coffee."),
        ("My grandma's birthday is 12 March, please remember that.", "My grandma's birthday is 12 March."),
        ("My phone number is 555 1234. Don't forget it!", "My phone number is 555 1234."),
        ("记住我妹妹叫李娜。", "我妹妹叫李娜。"),
        ("奶奶的生日是3月12日，请记住", "奶奶的生日是3月12日。"),
        ("车停在 B2-117，别忘了哦。", "车停在 B2-117。"),
        ("请记住：奶奶喜欢京剧，膝盖怕冷", "奶奶喜欢京剧，膝盖怕冷。"),
        ("帮我记一下，车停在 B2-117", "车停在 B2-117。"),
        ("别忘了我对花生过敏", "我对花生过敏。"),
        ("记得我下周三要交报告", "我下周三要交报告。"),
    ],
)
def test_a_request_to_remember_becomes_a_note_in_the_words_of_the_user(said: str, noted: str) -> None:
    found = to_remember(said)
    assert found is not None
    assert found.asked
    assert found.text == noted


@pytest.mark.parametrize(
    "said",
    [
        "My dog is called Biscuit.",
        "I live in Rotterdam",
        "I'm allergic to peanuts.",
        "我叫王小明",
        "我住在苏州",
        "我对青霉素过敏。",
        "我妈妈的生日是3月12日。",
    ],
)
def test_a_fact_told_in_passing_becomes_a_note_unless_that_is_switched_off(said: str) -> None:
    found = to_remember(said)
    assert found is not None
    assert not found.asked
    assert to_remember(said, statements=False) is None


@pytest.mark.parametrize(
    "said",
    [
        "Do you remember my sister's name?",
        "What is my sister's name",
        "remember when we met?",
        "Remember to be brief.",
        "你还记得我妹妹叫什么吗？",
        "记得我妹妹叫什么吗",
        "我妹妹叫什么，你记住了吗",
        "Where do I live, do you remember that?",
        "我妹妹叫什么名字",
        "我的生日是哪天",
        "I like it.",
        "Write a poem about the sea.",
        "我觉得今天很冷",
        "记住",
        "remember",
        "",
        "   ",
    ],
)
def test_a_question_or_small_talk_is_not_remembered(said: str) -> None:
    assert to_remember(said) is None


def test_a_page_of_text_is_not_a_note() -> None:
    assert to_remember("remember that " + "word " * 1000) is None


def _labelled(name: str) -> list[tuple[bool, str]]:
    lines = (Path(__file__).parent.parent / "memory" / f"{name}.tsv").read_text("utf-8").splitlines()
    return [(line[0] == "+", line[2:]) for line in lines]


def _noted(text: str) -> bool:
    return to_remember(text) is not None


def _weighs(text: str) -> bool:
    return importance(text, keywords(text)) >= IMPORTANT


# The second file was written before the rules and never looked at while they were made.
@pytest.mark.parametrize("name", ["labelled", "labelled_held_out"])
@pytest.mark.parametrize("judge", [_noted, _weighs])
def test_what_people_tell_is_noted_and_weighs_and_nothing_else(judge: Callable[[str], bool], name: str) -> None:
    right = [is_fact for is_fact, text in _labelled(name) if judge(text)]
    facts = sum(is_fact for is_fact, _text in _labelled(name))
    assert sum(right) / len(right) >= 0.9, "precision"
    assert sum(right) / facts >= 0.8, "recall"


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("I'm vegetarian. What could I cook tonight?", "I'm vegetarian."),
        ("I'm diabetic, can I eat mangoes?", "I'm diabetic."),
        ("我对海鲜过敏，晚上能吃什么？", "我对海鲜过敏。"),
        ("Could you remember that the meeting is on Tuesday?", "The meeting is on Tuesday."),
    ],
)
def test_the_question_beside_a_fact_is_left_out(said: str, noted: str) -> None:
    found = to_remember(said)
    assert found is not None
    assert found.text == noted


@pytest.mark.parametrize("piece", ["我刚刚", "顺便说一下", "my a ", "hi ", "我有", "and but ", "."])
def test_no_message_takes_long_to_judge(piece: str) -> None:
    began = time.process_time()
    to_remember((piece * 200)[:400])
    importance(piece * 2000)
    assert time.process_time() - began < 0.5
