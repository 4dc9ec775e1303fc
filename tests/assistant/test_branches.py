"""Asking otherwise, answering again, going on, and instructions of a conversation's own."""

from __future__ import annotations

import asyncio

import pytest

from desktop_agent.app import App
from desktop_agent.assistant.chat import Turn
from desktop_agent.errors import BadInput, NotAvailable
from desktop_agent.events import Asked, Chunk, TurnEvent
from desktop_agent.messages import Ending, Message
from desktop_agent.settings import catalogue
from tests.assistant.conftest import Open
from tests.assistant.test_chat import LIMIT_S, answer, ask


async def run(turn: Turn) -> list[TurnEvent]:
    async with asyncio.timeout(LIMIT_S), turn as events:
        return [event async for event in events]


async def shown(app: App, conversation: int) -> list[Message]:
    return list(await app.conversations.messages(conversation))


async def test_a_question_that_is_asked_otherwise_reads_only_its_own_words(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        await ask(app, talk.id, "The first question is a fairly long one about nothing in particular, isn't it?")
        await ask(app, talk.id, "And this?")
        question = (await shown(app, talk.id))[2]
        events = await run(app.chat.edited(question, "And that?"))
        assert isinstance(events[0], Asked) and events[0].message.text == "And that?"
        messages = await shown(app, talk.id)
        assert [message.text for message in messages[::2]][1:] == ["And that?"]
        assert messages[-1] == answer(events)
        usage = answer(events).usage
        assert usage is not None and usage.evaluated_tokens < usage.prompt_tokens / 2
        assert await app.conversations.show(question.id)
        assert (await shown(app, talk.id))[2].text == "And this?"


async def test_trying_again_keeps_both_answers_and_reads_nothing_twice(opened: Open) -> None:
    async with opened(temperature="1") as app:
        talk = await app.conversations.create()
        first = answer(await ask(app, talk.id, "Tell me about the house by the sea, and be brief about it, please."))
        events = await run(app.chat.again(first))
        second = answer(events)
        assert isinstance(events[0], Asked) and second.id != first.id
        usage = second.usage
        assert usage is not None and usage.evaluated_tokens < usage.prompt_tokens / 3
        assert (await shown(app, talk.id))[-1] == second
        versions = (await app.conversations.outline(talk.id)).versions
        assert versions[second.id] == (first.id, second.id)


async def test_an_answer_that_became_too_long_goes_on_where_it_ended(opened: Open) -> None:
    async with opened(reply_tokens="16") as app:
        talk = await app.conversations.create()
        first = answer(await ask(app, talk.id, "Tell me a story that is much longer than what you may say at once."))
        assert first.ending is Ending.LENGTH
        events = await run(app.chat.go_on(first))
        whole = answer(events)
        assert whole.id == first.id
        added = "".join(event.text for event in events if isinstance(event, Chunk))
        assert added and whole.text == first.text + added
        assert whole.usage is not None and whole.usage.evaluated_tokens <= 4
        assert (await shown(app, talk.id))[-1] == whole


async def test_what_was_said_at_one_go_is_what_is_said_in_two(opened: Open) -> None:
    async with opened(reply_tokens="24") as app:
        talk = await app.conversations.create(memory=False)
        whole = answer(await ask(app, talk.id, "Tell me something."))
    async with opened(reply_tokens="16") as app:
        talk = await app.conversations.create(memory=False)
        half = answer(await ask(app, talk.id, "Tell me something."))
        assert whole.text.startswith(half.text)
        more = answer(await run(app.chat.go_on(half)))
        assert more.text.startswith(whole.text[: len(half.text) + 4])


async def test_only_the_last_answer_goes_on(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        first = answer(await ask(app, talk.id, "one"))
        await ask(app, talk.id, "two")
        with pytest.raises(BadInput, match="last answer"):
            await run(app.chat.go_on(first))
        assert (await app.conversations.message(first.id)).ending is first.ending


async def test_the_guide_does_not_pretend_to_go_on(opened: Open) -> None:
    async with opened(reply_tokens="16") as app:
        talk = await app.conversations.create()
        half = answer(await ask(app, talk.id, "Tell me a story."))
        app.settings.set(catalogue.MODEL, "")
    async with opened(model="") as app:
        events = await run(app.chat.go_on(half))
        assert answer(events).text == half.text
        assert isinstance(getattr(events[-1], "error", None), NotAvailable)


async def test_a_conversation_may_have_instructions_of_its_own(opened: Open) -> None:
    async with opened() as app:
        talk, other = await app.conversations.create(), await app.conversations.create()
        await ask(app, talk.id, "Hello")
        before = await app.conversations.system_prompt(talk.id)
        await app.chat.manners.change(talk.id, {catalogue.SYSTEM_PROMPT: "你是一位老师。", catalogue.TEMPERATURE: 1.5})
        manner = await app.chat.manners.of(talk.id)
        assert (manner.system, manner.sampling.temperature) == ("你是一位老师。", 1.5)
        assert (await app.chat.manners.of(other.id)).sampling.temperature == 0
        usage = answer(await ask(app, talk.id, "And now?")).usage
        assert await app.conversations.system_prompt(talk.id) == "你是一位老师。" != before
        # Laid anew: what stands behind the instructions had to be read again.
        assert usage is not None and usage.evaluated_tokens > usage.prompt_tokens / 2
        await app.chat.manners.change(talk.id, {})
        assert await app.conversations.system_prompt(talk.id) == before


async def test_a_value_out_of_range_is_refused_and_nothing_changes(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        with pytest.raises(BadInput, match="temperature"):
            await app.chat.manners.change(talk.id, {catalogue.TEMPERATURE: 9})
        assert await app.chat.manners.own(talk.id) == {}
