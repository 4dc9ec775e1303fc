"""Several questions in one message: taken apart, answered each, and none passed over in silence."""

from __future__ import annotations

import tomllib
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from desktop_agent.assistant.help import HelpIndex
from desktop_agent.events import Chunk
from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.guide import GuideEngine
from desktop_agent.inference.local import LocalEngine
from desktop_agent.inference.several import apart, joined, questions
from desktop_agent.messages import PromptMessage, Role
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import resources

TALK = tomllib.loads((resources() / "guide" / "talk.toml").read_text("utf-8"))
TOPICS = tomllib.loads((resources() / "help" / "topics.toml").read_text("utf-8"))
GUIDE = Path(__file__).resolve().parents[2] / "packaging/guide"
NOTES = ("My name is Tom.", "I live in Bristol.", "My sister's name is Anna.", "My dog is called Rex.")
NOTES_ZH = ("我叫王强。", "我住在西安。", "我妹妹叫李娜。", "我妹妹今年五岁。")


@pytest.fixture(scope="module")
def index() -> HelpIndex:
    return HelpIndex.open(resources() / "help")


@pytest.fixture
async def guide(threads: Threads) -> AsyncIterator[GuideEngine]:
    engine = GuideEngine(LocalEngine(resources() / "models" / "guide.gguf", threads, 1024, n_threads=1))
    yield engine
    await engine.close()


async def said(guide: GuideEngine, index: HelpIndex, text: str, notes: tuple[str, ...] = ()) -> list[str]:
    """The paragraphs of the answer."""
    message = PromptMessage(Role.USER, text, notes, index.answer(text))
    async with guide.stream([message], Sampling()) as events:
        answer = "".join([event.text async for event in events if isinstance(event, Chunk)])
    return answer.split("\n\n")


@pytest.mark.parametrize(
    ("text", "asked"),
    [
        ("What is my name and where do I live?", ["What is my name", "where do I live?"]),
        ("What's my name? Where do I work?", ["What's my name?", "Where do I work?"]),
        ("what is my name and address?", ["what is my name?", "what is my address?"]),
        ("What's my sister's name and age?", ["What's my sister's name?", "What's my sister's age?"]),
        (
            "What's my sister's name and when is her birthday?",
            ["What's my sister's name", "when is my sister's birthday?"],
        ),
        ("Hello, how do I change the model?", ["how do I change the model?"]),
        ("我叫什么，住在哪里？", ["我叫什么？", "我住在哪里？"]),
        ("我妹妹叫什么名字，多大了？", ["我妹妹叫什么名字？", "我妹妹多大了？"]),
        ("我妹妹叫什么，她的生日是哪天", ["我妹妹叫什么", "我妹妹的生日是哪天"]),
        ("我的生日和电话是多少", ["我的生日是多少", "我的电话是多少"]),
        ("怎么导出记忆？怎么改字体大小？", ["怎么导出记忆？", "怎么改字体大小？"]),
        ("你好，我叫什么？", ["我叫什么？"]),
    ],
)
def test_a_message_is_taken_apart_into_questions_that_stand_alone(text: str, asked: list[str]) -> None:
    assert list(questions(text)) == asked


@pytest.mark.parametrize(
    "text",
    [
        "",
        "?!",
        "What is my name?",
        "how do I copy and paste?",
        "I got a llama file from a friend. where do I open it?",
        "the cpu is at 100 %, can I limit it",
        "what's the difference between tea and coffee",
        "is my answer stored and can I delete it?",
        "what must a model file look like, which format",
        "记错了，如何撤销",
        "怎么换模型，它会很慢吗？",
        "我眼睛不好，能把字变大吗",
        "what is the english word for 苹果",
        "a? " * 50,
        "why? " * 500,
    ],
)
def test_what_is_one_question_stays_whole(text: str) -> None:
    assert questions(text) == ()


def test_single_questions_of_the_evaluation_are_hardly_ever_taken_apart() -> None:
    def texts(value: object) -> Iterator[str]:
        if isinstance(value, str):
            yield value
        for each in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
            yield from texts(each)

    every = list(texts(tomllib.loads((GUIDE / "held_out.toml").read_text("utf-8"))))
    assert len(every) > 800
    assert sum(len(questions(text)) > 1 for text in every) <= 3


def test_passages_for_several_questions_are_one_text_that_can_be_taken_apart() -> None:
    passages = {"how do I stop it?": "Press Esc.", "where are my notes?": "In the Memory tab."}
    assert apart(joined(passages)) == passages
    assert apart("Press Esc.") == {}
    assert apart("") == {}


async def test_two_things_from_the_notes_are_both_told(guide: GuideEngine, index: HelpIndex) -> None:
    asked = "What is my name and where do I live?"
    assert await said(guide, index, asked, NOTES) == ["Your name is Tom.", "You live in Bristol."]
    assert await said(guide, index, "我叫什么，住在哪里？", NOTES_ZH) == ["你叫王强。", "你住在西安。"]
    assert await said(guide, index, "我妹妹叫什么名字，多大了？", NOTES_ZH) == ["你妹妹叫李娜。", "你妹妹今年五岁。"]


async def test_what_is_not_answered_is_named(guide: GuideEngine, index: HelpIndex) -> None:
    unknown, refusal = TALK["unknown"], TALK["refusal"]
    assert await said(guide, index, "What's my name and what is my shoe size?", NOTES) == [
        "Your name is Tom.",
        f"About “what is my shoe size”: {unknown['en']}",
    ]
    assert await said(guide, index, "我叫什么，法国总统是谁？", NOTES_ZH) == [
        "你叫王强。",
        f"关于“法国总统是谁”：{refusal['zh']}",
    ]


async def test_of_two_questions_that_have_no_answer_one_no_is_enough(guide: GuideEngine, index: HelpIndex) -> None:
    asked = "Who is the president of France, and how high is the Eiffel tower?"
    assert await said(guide, index, asked, NOTES) == [TALK["refusal"]["en"]]


async def test_help_and_notes_are_answered_beside_one_another(guide: GuideEngine, index: HelpIndex) -> None:
    asked = "Hi! How do I change the model, and what is my dog called?"
    assert await said(guide, index, asked, NOTES) == [TOPICS["choose_model"]["en"], "Your dog is called Rex."]
    asked = "怎么换模型，在哪里看记忆？"
    assert await said(guide, index, asked) == [TOPICS["choose_model"]["zh"], TOPICS["see_notes"]["zh"]]


async def test_two_questions_on_the_guide_itself_are_both_answered(guide: GuideEngine, index: HelpIndex) -> None:
    said_of_itself = [TALK["who"]["en"], TALK["able"]["en"]]
    assert await said(guide, index, "Who are you, and what can you do?") == said_of_itself
    assert await said(guide, index, "你是谁，你会做什么？") == [TALK["who"]["zh"], TALK["able"]["zh"]]


async def test_a_greeting_before_a_question_is_passed_over(guide: GuideEngine, index: HelpIndex) -> None:
    assert await said(guide, index, "Hello, how do I change the model?") == [TOPICS["choose_model"]["en"]]
    assert await said(guide, index, "hi, how are you? what's my name?", NOTES) == ["Your name is Tom."]
    assert await said(guide, index, "谢谢！我叫什么？", NOTES_ZH) == ["你叫王强。"]


async def test_without_its_model_every_question_is_answered_too(index: HelpIndex) -> None:
    asked = "What is my name and where do I live?"
    told = await said(GuideEngine(None), index, asked, NOTES)
    assert told == [f"This is what I have noted:\n- {note}" for note in NOTES[:2]]
