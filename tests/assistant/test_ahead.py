"""What is done while nobody waits: history cut and read again, states kept, and all of it given up for a question."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_agent.app import App
from desktop_agent.assistant import ahead
from desktop_agent.inference.lightness import Lightness
from desktop_agent.messages import Usage
from tests.assistant.conftest import Open
from tests.assistant.test_chat import answer, ask
from tests.tiny_model import write_tiny_model

LIMIT_S = 100


@pytest.fixture
def large_model(tmp_path: Path) -> Path:
    """Room for long conversations, and slow enough to be interrupted."""
    return write_tiny_model(tmp_path / "m.gguf", layers=8, width=256, heads=8, kv_heads=8, context=4096)


async def until(done: Callable[[], object]) -> None:
    async with asyncio.timeout(LIMIT_S):
        while not done():
            await asyncio.sleep(0.005)


async def usage(app: App, conversation: int, text: str) -> Usage:
    found = answer(await ask(app, conversation, text)).usage
    assert found is not None
    return found


def reads(app: App) -> bool:
    return any(task.name.startswith("Reading ahead: ") for task in app.tasks.snapshot())


async def read(app: App) -> None:
    """Wait until all has been read ahead."""
    await until(lambda: app.chat._ahead._work is not None)
    await app.chat._ahead.ready()


async def test_history_is_cut_and_read_again_before_the_next_question(opened: Open, large_model: Path) -> None:
    async with opened(model=str(large_model), context_tokens="4096", history_length="4") as app:
        talk = await app.conversations.create(memory=False)
        for number in range(3):
            await usage(app, talk.id, f"question {number}: " + "what is my name " * 40)
        # Three questions and answers are two more than may be seen.
        await read(app)
        stayed = await app.conversations.kept(talk.id) or ()
        assert len(stayed) <= 3
        assert stayed[-1] == (await app.conversations.messages(talk.id))[-1].id
        cost = await usage(app, talk.id, "And now?")
        assert cost.prompt_tokens > 100
        assert cost.evaluated_tokens < 40


async def test_a_question_ends_the_reading_and_uses_what_was_read(opened: Open, large_model: Path) -> None:
    async with opened(model=str(large_model), context_tokens="4096", max_concurrent_tasks="1") as app:
        long, short = [await app.conversations.create(memory=False) for _ in range(2)]
        await usage(app, long.id, "what is my name " * 250)
        await usage(app, short.id, "Hello?")
        app.settings.set("state_megabytes", 0)
        await until(lambda: app.engines._states is not None and app.engines._states.size == 0)
        app.chat.opened(long.id)
        await until(lambda: reads(app))
        # With a single place the question would wait for the whole reading.
        cost = await usage(app, short.id, "And you?")
        assert not reads(app)
        assert cost.reply_tokens > 0


async def test_a_conversation_in_view_is_read_before_it_is_continued(opened: Open, large_model: Path) -> None:
    async with opened(model=str(large_model), context_tokens="4096", state_megabytes="0") as app:
        talks = [await app.conversations.create(memory=False) for _ in range(2)]
        for talk in talks:
            await usage(app, talk.id, "what is my name " * 50)
        app.chat.opened(talks[0].id)
        await read(app)
        assert (await usage(app, talks[0].id, "And now?")).evaluated_tokens < 40


async def test_without_a_loaded_model_nothing_is_read(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create(memory=False)
        app.chat.opened(talk.id)
        await app.chat._ahead.stop()
        async with app.engines.loaded() as engine:
            assert engine is None


async def test_a_conversation_goes_on_at_once_in_a_later_program(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create(memory=False)
        first = await usage(app, talk.id, "what is my name " * 20)
    assert [path.name for path in app.folder.states.iterdir()] == [f"{talk.id}.state"]
    async with opened() as app:
        cost = await usage(app, talk.id, "And now?")
    assert cost.prompt_tokens > first.prompt_tokens
    assert cost.evaluated_tokens < 40


async def test_what_was_read_is_kept_when_nobody_asks_for_a_while(
    opened: Open, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "IDLE_S", 0.01)
    async with opened() as app:
        (app.folder.states / "999.state").write_bytes(b"of a conversation that another program deleted")
        talk = await app.conversations.create(memory=False)
        await usage(app, talk.id, "what is my name " * 20)
        await until(lambda: {path.name for path in app.folder.states.iterdir()} == {f"{talk.id}.state"})


async def test_deleting_a_conversation_deletes_what_was_read_of_it(opened: Open) -> None:
    async with opened() as app:
        talks = [await app.conversations.create(memory=False) for _ in range(2)]
        for talk in talks:
            await usage(app, talk.id, "what is my name " * 20)
        await app.conversations.delete(talks[0].id)
        await app.conversations.delete(talks[1].id)  # the model still holds this one
        assert list(app.folder.states.iterdir()) == []
    assert list(app.folder.states.iterdir()) == []


async def test_a_smaller_bound_counts_at_once(opened: Open) -> None:
    async with opened() as app:
        for _ in range(2):
            talk = await app.conversations.create(memory=False)
            await usage(app, talk.id, "what is my name " * 20)
        assert list(app.folder.states.iterdir())
        app.settings.set("state_megabytes", 0)
        await until(lambda: not list(app.folder.states.iterdir()))


async def test_nothing_is_made_ready_while_the_computer_is_short_of_something(opened: Open) -> None:
    async with opened() as app:
        conversation = (await app.conversations.create()).id
        async with app.chat.turn(conversation, "hello") as events:
            async for _ in events:
                pass
        app.tasks.hold_background(True)
        await app.chat._ahead.stop()
        app.chat._ahead.begin(conversation)
        async with asyncio.timeout(LIMIT_S):
            await app.chat._ahead.ready()
        chosen = app.engines.chosen
        assert chosen is not None and chosen.thing is not None
        # Nobody holds it, so it can leave the memory.
        assert await Lightness(app.engines, app.settings).unload_idle() > 0
        assert chosen.thing is None
