"""Conversations that a server answers: what is sent, and who answers when it fails."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import Iterator

import pytest

from desktop_agent.app import App
from desktop_agent.events import Answered, Chunk, TurnEvent
from desktop_agent.messages import Ending, Message, ServerModel
from desktop_agent.runtime.lanes import Lane
from desktop_agent.runtime.lazy import LazyState
from desktop_agent.settings import catalogue
from desktop_agent.system import Folder
from tests.assistant.conftest import Open
from tests.inference import loopback as lo
from tests.inference.loopback import Loopback, loopback


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop_agent.inference.remote.FIRST_PAUSE_S", 0.01)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as server:
        yield server


async def served(app: App, server: Loopback) -> int:
    """A conversation that chose the model "tiny" of ``server``."""
    address = await app.servers.connect(server.address)
    return (await app.conversations.create(server=ServerModel(address.text, "tiny"))).id


async def ask(app: App, conversation: int, text: str = "hello") -> Answered:
    events: list[TurnEvent] = []
    async with app.chat.turn(conversation, text) as turn:
        events = [event async for event in turn]
    assert isinstance(events[-1], Answered)
    assert "".join(event.text for event in events if isinstance(event, Chunk)) == events[-1].message.text
    return events[-1]


async def stored(app: App, conversation: int) -> Message:
    return (await app.conversations.messages(conversation))[-1]


async def test_a_conversation_that_chose_a_server_is_answered_by_it(opened: Open, server: Loopback) -> None:
    async with opened() as app:
        conversation = await served(app, server)
        answered = await ask(app, conversation)
        assert (answered.message.text, answered.error) == ("Hello there.", None)
        assert answered.message.engine == f"tiny @ {server.host}"
        assert app.engines.state is LazyState.EMPTY
        await ask(app, conversation, "and again")
        assert [message["content"] for message in server.asked[1]["messages"][1:]] == [
            "hello",
            "Hello there.",
            "and again",
        ]


async def test_nothing_is_sent_of_conversations_that_did_not_choose_it(opened: Open, server: Loopback) -> None:
    async with opened() as app:
        await served(app, server)
        other = (await app.conversations.create()).id
        assert (await ask(app, other)).message.engine == "tiny.gguf"
        chosen = ServerModel((await app.servers.connect(server.address)).text, "tiny")
        back = (await app.conversations.create(server=chosen)).id
        await app.conversations.set_server(back, None)
        assert (await ask(app, back)).message.engine == "tiny.gguf"
        app.chat.opened(back)
    assert server.asked == [] and server.listed == 0


async def test_the_choice_outlives_the_program(opened: Open, server: Loopback) -> None:
    async with opened() as app:
        conversation = await served(app, server)
    async with opened() as app:
        known = await app.conversations.get(conversation)
        assert known.server == ServerModel(server.address, "tiny")
        assert (await ask(app, conversation)).message.text == "Hello there."


@pytest.mark.parametrize(
    ("handler", "why"),
    [
        (lo.status(500), "failed (500)"),
        (lo.status(401), "does not accept the key"),
        (lo.send(b"data: nonsense\n\n"), "is not an answer"),
        (lo.never, "no answer within 1 s"),
        (lo.status(302, Location="http://example.org/"), "that was not done"),
    ],
)
async def test_when_a_server_fails_the_model_here_answers_and_says_why(
    opened: Open, server: Loopback, handler: lo.Handler, why: str
) -> None:
    async with opened(server_wait_seconds="1") as app:
        conversation = await served(app, server)
        server.answers = [handler]
        answered = await ask(app, conversation)
        assert answered.message.ending in (Ending.COMPLETE, Ending.LENGTH)
        assert answered.message.engine == "tiny.gguf"
        assert answered.error is not None and why in answered.error.told()
        # Also when the conversation is opened another day.
        kept = await stored(app, conversation)
        assert kept.trouble is not None and kept.trouble.told() == answered.error.told()
        server.answers = [lo.say("Well again.")]
        answered = await ask(app, conversation)
        assert (answered.message.text, answered.error, answered.message.trouble) == ("Well again.", None, None)


async def test_without_a_model_the_guide_answers_for_a_server_that_fails(opened: Open, server: Loopback) -> None:
    async with opened(model="") as app:
        conversation = await served(app, server)
        server.answers = [lo.status(404)]
        answered = await ask(app, conversation, "How do I add a note?")
        assert answered.message.engine == "guide" and answered.message.text
        assert answered.error is not None and server.host in answered.error.told()


@pytest.mark.skipif(sys.platform == "win32", reason="a cut connection takes along what was not read yet")
async def test_half_an_answer_of_a_server_is_kept_with_the_reason(opened: Open, server: Loopback) -> None:
    async with opened() as app:
        conversation = await served(app, server)
        server.answers = [lo.torn(lo.delta(content="The first half")), lo.say("Whole.")]
        answered = await ask(app, conversation)
        assert (answered.message.text, answered.message.ending) == ("The first half", Ending.FAILED)
        assert answered.error is not None and "in the middle" in answered.error.told()
        assert (await ask(app, conversation)).message.text == "Whole."


async def test_a_server_that_was_disconnected_is_sent_nothing(opened: Open, server: Loopback) -> None:
    async with opened() as app:
        conversation = await served(app, server)
        app.settings.set(catalogue.SERVER_ADDRESS, "")
        answered = await ask(app, conversation)
        assert answered.message.engine == "tiny.gguf"
        assert answered.error is not None and "not connected any more" in answered.error.told()
    assert server.asked == []


async def test_an_answer_of_a_server_takes_no_place_of_the_model_here(opened: Open, server: Loopback) -> None:
    async with opened(max_concurrent_tasks="1") as app:
        conversation = await served(app, server)
        server.answers = [lo.hangs(lo.delta(content="wait"))]
        waiting = asyncio.create_task(ask(app, conversation))
        async with asyncio.timeout(60):
            while not server.asked:
                await asyncio.sleep(0.01)
            (info,) = app.tasks.snapshot()
            assert info.lane is Lane.SERVER
            other = (await app.conversations.create()).id
            assert (await ask(app, other)).message.engine == "tiny.gguf"
            assert app.chat.stop(conversation)
            answered = await waiting
        assert (answered.message.text, answered.message.ending) == ("wait", Ending.STOPPED)
        assert server.hung_up.wait(60)


async def test_a_trouble_that_cannot_be_read_hides_no_answer(opened: Open) -> None:
    async with opened() as app:
        conversation = (await app.conversations.create()).id
        answer = (await ask(app, conversation)).message
        for text in ("{", "[]", '{"what": "{gone}", "hint": "", "fields": {"other": 1}}'):
            await app.database.write(
                lambda db, text=text: db.execute("UPDATE message SET trouble = ?", (text,)).rowcount
            )
            assert await app.conversations.message(answer.id) == answer


async def test_a_server_that_can_read_less_than_was_thought_gets_less_of_the_history(
    opened: Open, server: Loopback
) -> None:
    refused = 0

    async def small(request: lo.web.Request, server: Loopback) -> lo.web.StreamResponse:
        nonlocal refused
        if len(str(server.asked[-1]["messages"])) < 3300:
            return await lo.say("Now it fits.")(request, server)
        refused += 1
        words = "This model's maximum context length is 1000 tokens. However, you requested 2000."
        return lo.web.json_response({"error": {"message": words, "code": 400}}, status=400)

    async with opened(system_prompt="Be brief.") as app:
        conversation = await served(app, server)
        for _ in range(3):
            await ask(app, conversation, "a long story " * 100)
        server.answers = [small]
        answered = await ask(app, conversation, "and now?")
        assert (answered.message.text, answered.error) == ("Now it fits.", None)
        assert refused >= 1
        assert (await ask(app, conversation, "again?")).message.text == "Now it fits."
        alone = await ask(app, conversation, "one very long question " * 300)
        assert alone.message.ending is Ending.FAILED and alone.error is not None
        assert server.asked[-1]["max_tokens"] <= 1000


async def test_a_trouble_is_in_the_log_once_and_without_what_was_said(
    opened: Open, server: Loopback, folder: Folder
) -> None:
    async with opened() as app:
        conversation = await served(app, server)
        server.answers = [lo.status(500, '{"error": "out of memory"}')]
        await ask(app, conversation, "my secret question")
    lines = [line for path in folder.logs.iterdir() for line in path.read_text("utf-8").splitlines()]
    assert len([line for line in lines if server.host in line]) == 1
    assert not any("secret" in line for line in lines)
