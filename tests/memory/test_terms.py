"""Terms, keywords and importance of a text."""

from __future__ import annotations

import subprocess
import sys

import pytest

from desktop_agent.memory.dictionary import Dictionary
from desktop_agent.memory.importance import importance
from desktop_agent.memory.keywords import MEDIAN_RARITY, keywords
from desktop_agent.memory.pruning import IMPORTANT
from desktop_agent.memory.terms import terms

AWKWARD = [
    "",
    " \n",
    "\x00\x07",
    "\ud800\udfff",
    "😀🎂👩‍👩‍👧",
    "مرحبا",
    "שלום",
    "%_'\"\\",
    "a" * 100_000,
    "龘" * 20_000,
    "字𠀀㐀",
]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("birthdays", "Birthday"),
        ("ＷＩＦＩ", "wifi"),
        ("Café", "cafe"),
        ("running", "RUNS"),
        ("3.14", "3.14"),
        ("allergies", "allergy"),
        ("Zürich", "zurich"),
    ],
)
def test_forms_of_one_word_are_one_term(one: str, other: str) -> None:
    assert terms(one) == terms(other) != []


@pytest.mark.parametrize(
    ("note", "question"),
    [
        ("我妹妹叫李娜娜。", "李娜是谁？"),
        ("我妹妹叫李娜。", "谁叫李娜"),
        ("我对青霉素过敏", "过敏"),
        ("车停在地下二层B区", "地下"),
        ("喜欢吃草莓蛋糕", "蛋糕"),
        ("我养了一只猫", "猫叫什么"),
        ("My sister's name is Li Na.", "What is the name of my sister?"),
        ("my flight is CA1234 on 2026-05-03", "flight ca1234"),
    ],
)
def test_a_question_shares_a_term_with_the_note_it_asks_for(note: str, question: str) -> None:
    assert set(terms(note)) & set(terms(question))


@pytest.mark.parametrize(
    "text", ["what is it", "你是谁？", "这是什么呢", "who are you", "你好！", "hello, thank you", "?!", "  "]
)
def test_a_text_of_stop_words_has_no_terms_and_no_keywords(text: str) -> None:
    assert terms(text) == []
    assert keywords(text) == ()


@pytest.mark.parametrize("text", AWKWARD, ids=range(len(AWKWARD)))
def test_any_text_has_terms_and_keywords_without_a_fault(text: str) -> None:
    assert all(terms(text))
    assert len(keywords(text)) <= 5
    assert 0.0 <= importance(text, keywords(text)) <= 1.0


def test_keywords_are_what_a_text_is_about_heaviest_first() -> None:
    found = keywords("我的手机是iPhone 13，我妹妹在上海先锋传媒工作，妹妹很忙。")
    assert len(found) == 5
    assert found[0].word == "妹妹"
    assert found[0].weight == 1.0
    assert [word.weight for word in found] == sorted((word.weight for word in found), reverse=True)
    assert {"的", "是", "在", "很"}.isdisjoint(word.word for word in found)


def test_english_keywords_are_content_words_counted_over_their_forms() -> None:
    found = [word.word for word in keywords("When did the dogs of my neighbour meet the other dog in Zürich?")]
    assert found[0] == "dogs"
    assert set(found) == {"dogs", "neighbour", "meet", "Zürich"}


def test_an_english_text_never_loads_jieba() -> None:
    code = (
        "import sys; from desktop_agent.memory.keywords import keywords; from desktop_agent.memory.terms import terms\n"
        "keywords('My sister lives in Berlin'); terms('My sister lives in Berlin')\n"
        "print('jieba' in sys.modules); keywords('我妹妹住在柏林'); print('jieba' in sys.modules)"
    )
    run = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, timeout=60, check=True
    )
    assert run.stdout.split() == ["False", "True"]
    assert run.stderr == ""


def test_english_words_are_weighed_on_the_scale_of_the_dictionary() -> None:
    assert Dictionary().median == MEDIAN_RARITY


IMPORTANT_TEXTS = """
Remember that my sister's name is Li Na.
Please don't forget the meeting on Friday.
I'm allergic to peanuts.
My daughter was born on 3 May 2019.
I work at a hospital in Leeds.
I like green tea more than coffee.
Hi! I moved to Berlin last year. How are you?
记住我妹妹叫李娜。
别忘了明天下午三点的会议
我女儿的生日是五月三日，她喜欢吃草莓蛋糕。
我对青霉素过敏
我在上海先锋传媒工作
我打算明年去日本旅行
我养了一只猫，叫小黑。
"""
PASSING_TEXTS = """
What is the capital of France?
Thanks, that helps.
Can you explain how tides work?
Write a short poem about the sea.
ok
Tell me more
When is Easter in 2027?
What is my sister's name?
今天天气怎么样？
谢谢
帮我写一封邮件
继续
法国的首都是哪里？
我妹妹叫什么名字？
解释一下量子力学
"""


@pytest.mark.parametrize("text", IMPORTANT_TEXTS.strip().splitlines())
def test_requests_and_facts_about_the_user_are_important(text: str) -> None:
    assert importance(text, keywords(text)) >= IMPORTANT


@pytest.mark.parametrize("text", PASSING_TEXTS.strip().splitlines())
def test_questions_and_small_talk_are_not_important(text: str) -> None:
    assert importance(text, keywords(text)) < IMPORTANT


def test_a_request_weighs_most_and_a_dated_fact_more_than_a_bare_one() -> None:
    weights = [
        importance(text, keywords(text))
        for text in ("Remember that I like tea", "I like tea since 3 May 2019", "I like tea", "Tea is a drink", "")
    ]
    assert weights == sorted(weights, reverse=True)
    assert weights[0] == 1.0
    assert weights[-1] == 0.0


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Grandma's birthday is on 12 March.", ["birthday", "12 March", "Grandma"]),
        ("奶奶的生日是3月12日", ["3月12日", "生日", "奶奶"]),
        ("奶奶的生日是 3 月 12 日", ["3 月 12 日", "生日", "奶奶"]),
        ("My exam is on 2027-03-12 at 10:30", ["2027-03-12", "10:30", "exam"]),
        ("我生日是五月三日", ["五月三日", "生日"]),
        ("My phone number is 138-0013-8000.", ["138-0013-8000", "number", "phone"]),
        ("my email is li.na@example.com", ["li.na@example.com", "email"]),
    ],
)
def test_a_day_a_number_in_groups_and_an_address_are_one_keyword(text: str, kept: list[str]) -> None:
    assert [keyword.word for keyword in keywords(text, 3)] == kept
