"""A turn from question to stored answer, with a real model, a real database and real notes."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from desktop_agent.app import App
from desktop_agent.assistant.prompt import COMMANDS_ENGINE
from desktop_agent.errors import BadInput, NotFound, StorageError, TooLong
from desktop_agent.events import Answered, Asked, Chunk, Recalled, Remembered, TurnEvent
from desktop_agent.memory.database import Database
from desktop_agent.messages import LONGEST_MESSAGE, Ending, Message, Role
from tests.assistant.conftest import Open
from tests.tiny_model import write_tiny_model

LIMIT_S = 100


async def ask(app: App, conversation: int, text: str) -> list[TurnEvent]:
    async with asyncio.timeout(LIMIT_S), app.chat.turn(conversation, text) as events:
        return [event async for event in events]


def answer(events: list[TurnEvent]) -> Message:
    assert isinstance(events[-1], Answered)
    return events[-1].message


async def test_a_turn_begins_with_the_stored_question_and_ends_with_the_stored_answer(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        events = await ask(app, talk.id, "Hello, who are you?")
        assert isinstance(events[0], Asked)
        stored = await app.conversations.messages(talk.id)
        assert [message.role for message in stored] == [Role.USER, Role.ASSISTANT]
        assert stored[1] == answer(events)
        assert stored[1].text == "".join(event.text for event in events if isinstance(event, Chunk))
        assert stored[1].ending in (Ending.COMPLETE, Ending.LENGTH)
        assert stored[1].usage is not None and stored[1].usage.reply_tokens > 0
        assert (await app.conversations.get(talk.id)).title == "Hello, who are you?"


async def test_a_follow_up_reads_only_its_own_tokens(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        await ask(app, talk.id, "The first question is a fairly long one about nothing in particular, isn't it?")
        usage = answer(await ask(app, talk.id, "And now?")).usage
        assert usage is not None
        assert usage.evaluated_tokens < usage.prompt_tokens / 2


async def test_stopping_keeps_what_was_said(opened: Open) -> None:
    async with opened(reply_tokens="8192", context_tokens="8192") as app:
        talk = await app.conversations.create()
        said = ""
        async with asyncio.timeout(LIMIT_S), app.chat.turn(talk.id, "count to ten thousand") as events:
            async for event in events:
                if isinstance(event, Chunk):
                    said += event.text
                    app.chat.stop(talk.id)
                elif isinstance(event, Answered):
                    stopped = event.message
        assert said
        assert stopped.ending in (Ending.STOPPED, Ending.COMPLETE, Ending.LENGTH)
        assert stopped.text == said
        assert (await app.conversations.messages(talk.id))[-1] == stopped
        assert not app.tasks.snapshot()


async def test_a_reader_that_leaves_early_loses_nothing(opened: Open) -> None:
    async with opened(reply_tokens="8192") as app:
        talk = await app.conversations.create()
        async with asyncio.timeout(LIMIT_S), app.chat.turn(talk.id, "tell me a long story") as events:
            async for event in events:
                if isinstance(event, Chunk):
                    break
        last = (await app.conversations.messages(talk.id))[-1]
        assert last.role is Role.ASSISTANT
        assert last.ending is not None
        assert last.text
        assert not app.chat.answering
        await ask(app, talk.id, "go on")


async def test_leaving_at_once_still_keeps_the_question(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        async with asyncio.timeout(LIMIT_S), app.chat.turn(talk.id, "never mind"):
            pass
        question, reply = await app.conversations.messages(talk.id)
        assert question.text == "never mind"
        assert reply.ending is Ending.STOPPED


async def test_who_gives_up_while_the_question_is_being_stored_leaves_no_answer_open(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        asking = asyncio.create_task(ask(app, talk.id, "never mind"))
        await asyncio.sleep(0)  # now it is handed over to the database
        asking.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asking
        question, reply = await app.conversations.messages(talk.id)
        assert question.text == "never mind"
        assert reply.ending is Ending.STOPPED
        assert talk.id not in app.chat.answering


async def test_a_turn_goes_to_the_database_five_times(opened: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    ways: list[str] = []

    def counted(name: str, way: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        async def go(self: Database, work: Callable[..., Any]) -> Any:
            ways.append(name)
            return await way(self, work)

        return go

    monkeypatch.setattr(Database, "read", counted("read", Database.read))
    monkeypatch.setattr(Database, "write", counted("write", Database.write))
    async with opened() as app:
        talk = await app.conversations.create()
        await app.notes.add("The spare key is with Anna.")
        await ask(app, talk.id, "Hello")
        await app.chat.close()
        ways.clear()
        async with asyncio.timeout(LIMIT_S), app.chat.turn(talk.id, "Is the moon far away?") as events:
            async for event in events:
                if isinstance(event, Answered):
                    told = list(ways)
        # The question with the row for its answer; notes; what the prompt is laid from; the prompt; the answer.
        assert told == ["write", "read", "read", "write", "write"]


@pytest.mark.parametrize(
    ("told", "question", "part"),
    [
        ("Remember that my sister's name is Li Na.", "What is my sister's name?", "Li Na"),
        ("记住我妹妹叫李娜。", "我妹妹叫什么名字？", "李娜"),
    ],
)
async def test_what_was_remembered_is_found_in_a_later_chat_and_placed_in_the_prompt(
    opened: Open, told: str, question: str, part: str
) -> None:
    async with opened() as app:
        first = await app.conversations.create()
        events = await ask(app, first.id, told)
        [made] = [event.note for event in events if isinstance(event, Remembered)]
        assert part in made.text
        assert not [event for event in events if isinstance(event, Recalled)]
    async with opened() as app:
        later = await app.conversations.create()
        [recalled] = [event for event in await ask(app, later.id, question) if isinstance(event, Recalled)]
        assert [found.note.text for found in recalled.notes] == [made.text]
        asked = (await app.conversations.messages(later.id))[0]
        assert asked.notes == (made.text,)


async def test_each_fact_of_a_message_is_a_note_that_can_be_taken_back_and_changed_by_itself(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        events = await ask(app, talk.id, "My name is Li Na, I live in Xi'an and I'm allergic to peanuts.")
        made = [event.note for event in events if isinstance(event, Remembered)]
        assert [note.text for note in made] == ["My name is Li Na.", "I live in Xi'an.", "I'm allergic to peanuts."]
        assert {note.message for note in made} == {(await app.conversations.messages(talk.id))[0].id}
        events = await ask(app, talk.id, "I live in Delft now.")
        [changed] = [event for event in events if isinstance(event, Remembered)]
        assert (changed.note.id, changed.replaced) == (made[1].id, "I live in Xi'an.")
        assert await app.notes.take_back(made[2].id) is None
        assert {note.text for note in await app.notes.all()} == {"My name is Li Na.", "I live in Delft now."}


async def test_a_conversation_without_memory_neither_finds_nor_makes_notes(opened: Open) -> None:
    async with opened() as app:
        await app.notes.add("My sister's name is Li Na.")
        talk = await app.conversations.create(memory=False)
        events = await ask(app, talk.id, "Remember that my sister's name is Wang Fang.")
        assert not [event for event in events if isinstance(event, Remembered | Recalled)]
        assert "Memory is off" in answer(events).text
        events = await ask(app, talk.id, "What is my sister's name?")
        assert not [event for event in events if isinstance(event, Remembered | Recalled)]
        assert await app.notes.count() == 1


async def test_history_is_cut_in_large_steps_and_nothing_is_deleted(opened: Open) -> None:
    async with opened(history_length="4", reply_tokens="16") as app:
        talk = await app.conversations.create()
        sizes = []
        for number in range(6):
            await ask(app, talk.id, f"question number {number}")
            kept = await app.conversations.kept(talk.id)
            assert kept is not None
            sizes.append(len(kept))
        assert max(sizes) <= 5
        assert len(await app.conversations.messages(talk.id)) == 12


async def test_a_message_longer_than_the_context_is_answered_with_a_sentence_and_kept(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        events = await ask(app, talk.id, "word " * 3000)
        assert answer(events).ending is Ending.FAILED
        error = events[-1].error  # type: ignore[union-attr]
        assert isinstance(error, TooLong)
        assert "context" in error.told()
        assert (await app.conversations.messages(talk.id))[0].text.startswith("word word")
        assert answer(await ask(app, talk.id, "short again")).ending in (Ending.COMPLETE, Ending.LENGTH)


async def set_room(app: App, *, full: bool) -> None:
    """Let the database be full, or not: SQLite's own limit raises what a full disk raises."""

    def limit(db: Any) -> None:
        pages = db.execute("PRAGMA page_count").fetchone()[0] if full else 1 << 30
        db.execute(f"PRAGMA max_page_count = {pages}")

    await app.database.read(limit)


@pytest.fixture(scope="module")
def talkative(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """Settings with which an answer fills several pages of the database."""
    model = write_tiny_model(tmp_path_factory.mktemp("models") / "talkative.gguf", context=4096)
    return {"model": str(model), "reply_tokens": "3500", "context_tokens": "4096"}


async def test_an_answer_that_finds_no_room_on_the_disk_stays_readable_and_the_reason_is_told(
    opened: Open, talkative: dict[str, str]
) -> None:
    async with opened(**talkative) as app:
        talk = await app.conversations.create()
        await app.conversations.keep(talk.id, [], "Be brief.")  # the long default would need room too
        async with asyncio.timeout(LIMIT_S), app.chat.turn(talk.id, "a long story") as events:
            async for event in events:
                if isinstance(event, Asked):
                    await set_room(app, full=True)
                elif isinstance(event, Answered):
                    last = event
        assert len(last.message.text) > 4096
        assert isinstance(last.error, StorageError)
        await set_room(app, full=False)
        app.settings.set("reply_tokens", 24)
        assert answer(await ask(app, talk.id, "again")).text


async def test_storing_an_answer_is_tried_again_when_there_is_room(opened: Open, talkative: dict[str, str]) -> None:
    async with opened(**talkative) as app:
        talk = await app.conversations.create()
        await app.conversations.keep(talk.id, [], "Be brief.")  # the long default would need room too

        async def make_room() -> None:
            async with asyncio.timeout(LIMIT_S):
                while not app.chat.retries.last_failure:
                    await asyncio.sleep(0.01)
            await set_room(app, full=False)

        room = asyncio.create_task(make_room())
        async with asyncio.timeout(LIMIT_S), app.chat.turn(talk.id, "a long story") as events:
            async for event in events:
                if isinstance(event, Asked):
                    await set_room(app, full=True)
                elif isinstance(event, Answered):
                    last = event
        await room
        assert last.error is None
        assert (await app.conversations.messages(talk.id))[-1].text == last.message.text
        assert app.chat.retries.attempts > app.chat.retries.calls


@pytest.mark.parametrize("text", ["", "   \n ", "\x00\x07"])
async def test_an_empty_message_is_refused_and_not_stored(opened: Open, text: str) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        with pytest.raises(BadInput, match="empty"):
            await ask(app, talk.id, text)
        assert not await app.conversations.messages(talk.id)


async def test_a_megabyte_at_once_is_refused_with_its_length(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        with pytest.raises(TooLong, match="1,000,000"):
            await ask(app, talk.id, "x" * 1_000_000)
        await ask(app, talk.id, "y" * 100)
        assert LONGEST_MESSAGE < 1_000_000


async def test_a_lone_surrogate_is_replaced_not_fatal(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        await ask(app, talk.id, "half a smile: \ud83d")
        assert (await app.conversations.messages(talk.id))[0].text == "half a smile: \ufffd"


async def test_a_second_question_waits_for_the_first_answer(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        async with asyncio.timeout(LIMIT_S), app.chat.turn(talk.id, "first"):
            with pytest.raises(BadInput, match="still being answered"):
                await ask(app, talk.id, "second")


async def test_a_conversation_that_is_gone_gets_a_sentence(opened: Open) -> None:
    async with opened() as app:
        with pytest.raises(NotFound):
            await ask(app, 4711, "hello")


async def test_commands_answer_without_a_model(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        changed = answer(await ask(app, talk.id, "/set history_length 6"))
        assert changed.engine == COMMANDS_ENGINE
        assert "6" in changed.text
        refused = answer(await ask(app, talk.id, "/set history_lenth 6"))
        assert "history_length" in refused.text
        assert "history_length" in answer(await ask(app, talk.id, "/help")).text
        made = answer(await ask(app, talk.id, "/remember The spare key is with Anna."))
        assert "Anna" in made.text
        assert "Anna" in answer(await ask(app, talk.id, "/memory spare key")).text


async def test_a_path_is_a_message_not_a_command(opened: Open) -> None:
    async with opened() as app:
        talk = await app.conversations.create()
        assert answer(await ask(app, talk.id, "/usr/bin/python is what?")).engine != COMMANDS_ENGINE


async def test_two_conversations_are_answered_one_after_the_other(opened: Open) -> None:
    async with opened() as app:
        talks = [await app.conversations.create() for _ in range(3)]
        answers = await asyncio.gather(*(ask(app, talk.id, f"question {talk.id}") for talk in talks))
        assert all(answer(events).ending in (Ending.COMPLETE, Ending.LENGTH) for events in answers)
