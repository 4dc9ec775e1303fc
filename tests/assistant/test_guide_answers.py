"""The built-in guide in the whole program: what it says was noted was noted."""

from __future__ import annotations

import tomllib

import pytest

from desktop_agent.app import App
from desktop_agent.events import Answered
from desktop_agent.system import resources
from tests.assistant.conftest import Open

TALK = tomllib.loads((resources() / "guide" / "talk.toml").read_text("utf-8"))
NOTED, NOT_NOTED = TALK["noted"], TALK["not_noted"]


async def answer(app: App, conversation: int, text: str) -> str:
    async with app.chat.turn(conversation, text) as events:
        return [event.message.text async for event in events if isinstance(event, Answered)][-1]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("Remember that my sister's name is Li Na.", "en"),
        ("The plumber is coming on Friday at 10.", "en"),
        ("Could you remember my shoe size is 43?", "en"),
        ("备注：周二下午三点看牙", "zh"),
        ("房贷每个月15号扣款", "zh"),
    ],
)
async def test_the_guide_says_noted_exactly_when_there_is_a_note(opened: Open, said: str, language: str) -> None:
    async with opened(model="") as app:
        talk = await app.conversations.create()
        assert await answer(app, talk.id, said) == NOTED[language]
        assert await app.notes.count() == 1
    async with opened(model="", memory_on="off") as app:
        talk = await app.conversations.create()
        assert await answer(app, talk.id, said) != NOTED[language]
        assert await app.notes.count() == 1


async def test_who_tells_something_that_is_not_noted_is_told_so(opened: Open) -> None:
    async with opened(model="", memory_on="off") as app:
        talk = await app.conversations.create()
        assert await answer(app, talk.id, "I hate mushrooms.") == NOT_NOTED["en"]
        assert await answer(app, talk.id, "我妹妹叫李娜。") == NOT_NOTED["zh"]


async def test_a_fact_beside_a_question_does_not_hide_the_question(opened: Open) -> None:
    async with opened(model="") as app:
        talk = await app.conversations.create()
        said = await answer(app, talk.id, "I'm diabetic. How do I change the model?")
        assert said.startswith("Click the model button")


async def test_what_is_told_in_a_message_answers_the_question_beside_it(opened: Open) -> None:
    async with opened(model="") as app:
        talk = await app.conversations.create()
        assert (
            await answer(app, talk.id, "My name is Ana and my dog is called Rex. What's my name?")
            == "Your name is Ana."
        )
        said = await answer(app, talk.id, "I'm allergic to nuts. How do I delete a note?")
        assert said.startswith("Open the Memory tab")


async def test_only_the_last_question_counts_also_when_history_was_cut(opened: Open) -> None:
    async with opened(model="", history_length="2") as app:
        talk = await app.conversations.create()
        for said in ("My dog is called Rex.", "How do I make the text bigger?", "I live in Leeds."):
            await answer(app, talk.id, said)
        for _ in range(3):
            assert await answer(app, talk.id, "I hate mushrooms.") == NOTED["en"]
