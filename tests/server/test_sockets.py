"""Chats over a WebSocket: the same turns as in the window."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import aiohttp
import pytest

from desktop_agent.messages import Ending, Role
from desktop_agent.runtime.tasks import Priority
from desktop_agent.settings import catalogue
from tests.runtime.conftest import until
from tests.server.conftest import Serve, until_done


async def test_a_chat_is_answered_kept_and_gone_on_with(serve: Serve) -> None:
    async with serve() as client, client.socket() as socket:
        await socket.send_json({"type": "chat", "id": "1", "text": "Hello, who are you?"})
        first = await until_done(socket)
        assert [message["type"] for message in first][:2] == ["started", "chunk"]
        assert {message["id"] for message in first} == {"1"}
        assert first[-1]["usage"]["completion_tokens"] == 24
        assert first[-1]["engine"] == "tiny.gguf" and first[-1]["ending"] == "length"
        number = first[0]["conversation"]
        stored = await client.app.conversations.messages(int(number))
        assert stored[1].text == "".join(message["text"] for message in first if message["type"] == "chunk")
        await socket.send_json({"type": "chat", "id": "2", "conversation": number, "text": "And now?"})
        second = await until_done(socket)
        assert second[0]["conversation"] == number
        assert second[-1]["usage"]["prompt_tokens_details"]["cached_tokens"] > 0
        assert [each.title for each in await client.app.conversations.all()] == ["Hello, who are you?"]


async def test_whoever_reads_that_an_answer_is_done_may_ask_on_at_once_under_the_same_id(serve: Serve) -> None:
    async with serve(reply_tokens="16") as client, client.socket() as socket:
        how: dict[str, str] = {}
        for _number in range(5):
            await socket.send_json({"type": "chat", "id": "1", "text": "Hello", **how})
            seen = await until_done(socket)
            assert seen[-1]["type"] == "done", seen
            how = {"conversation": seen[0]["conversation"]}


async def test_a_question_that_is_not_to_be_stored_leaves_nothing(serve: Serve) -> None:
    async with serve() as client, client.socket() as socket:
        await socket.send_json({"type": "chat", "id": "1", "text": "Hello", "store": False})
        seen = await until_done(socket)
        assert seen[0]["type"] == "started" and seen[-1]["type"] == "done"
        assert await client.app.conversations.all() == ()


async def test_the_commands_of_the_window_are_not_for_other_programs(serve: Serve) -> None:
    async with serve() as client, client.socket() as socket:
        await socket.send_json({"type": "chat", "id": "1", "text": "/set reply_tokens 99"})
        seen = await until_done(socket)
        assert seen[1]["text"] == "Commands are taken in the window and in the terminal only."
        assert client.app.settings[catalogue.REPLY_TOKENS] == 24


async def test_who_gives_up_while_he_waits_is_not_answered(serve: Serve) -> None:
    async with serve(reply_tokens="8192", context_tokens="8192") as client:
        first, second = await client.socket(), await client.socket()
        await first.send_json({"type": "chat", "id": "1", "text": "count to ten thousand"})
        await until(lambda: client.app.tasks.counts.running == 1)
        await second.send_json({"type": "chat", "id": "1", "text": "Hello", "store": False})
        await until(lambda: client.app.tasks.counts.waiting == 1)
        assert [info.priority for info in client.app.tasks.snapshot()] == [Priority.CLIENT] * 2
        await second.close()
        await until(lambda: client.app.tasks.counts.waiting == 0)
        assert client.app.tasks.counts.running == 1
        await first.close()


async def test_who_asks_for_progress_hears_what_happens_before_the_first_word(serve: Serve) -> None:
    async with serve(memory_on="on") as client, client.socket() as socket:
        await client.app.notes.add("My cat is called Mimi.")
        await socket.send_json({"type": "chat", "id": "1", "text": "What is my cat called?", "progress": True})
        kinds = [message["type"] for message in await until_done(socket)]
        assert {"recalled", "loading", "reading"} <= set(kinds)


async def test_stop_ends_one_answer_and_keeps_what_was_said(serve: Serve) -> None:
    async with serve(reply_tokens="8192", context_tokens="8192") as client, client.socket() as socket:
        await socket.send_json({"type": "chat", "id": "a", "text": "count to ten thousand"})
        started = await socket.receive_json()
        await socket.receive_json()
        await socket.send_json({"type": "stop", "id": "a"})
        last = (await until_done(socket))[-1]
        assert (last["type"], last["ending"]) == ("done", "stopped")
        answer = (await client.app.conversations.messages(int(started["conversation"])))[-1]
        assert answer.role is Role.ASSISTANT and answer.ending is Ending.STOPPED and answer.text


async def test_a_client_that_vanishes_stops_its_answer_and_the_part_is_kept(serve: Serve) -> None:
    async with serve(reply_tokens="8192", context_tokens="8192") as client:
        socket = await client.socket()
        await socket.send_json({"type": "chat", "id": "a", "text": "count to ten thousand"})
        number = int((await socket.receive_json())["conversation"])
        assert (await socket.receive_json())["type"] == "chunk"
        socket._response.connection.transport.abort()
        await until(lambda: client.app.tasks.snapshot() == () and not client.app.chat.answering)
        answer = (await client.app.conversations.messages(number))[-1]
        assert answer.ending is Ending.STOPPED and answer.text
        await until(lambda: client.service.clients == 0)
        await socket.close()


async def test_several_answers_of_one_connection_are_told_apart(serve: Serve) -> None:
    async with serve(reply_tokens="16") as client, client.socket() as socket:
        for number in "abc":
            await socket.send_json({"type": "chat", "id": number, "text": f"Question {number}"})
        seen = []
        while sum(message["type"] == "done" for message in seen) < 3:
            seen.append(await socket.receive_json(timeout=30))
        conversations = {message["conversation"] for message in seen if message["type"] == "started"}
        assert len(conversations) == 3
        assert {message["id"] for message in seen if message["type"] == "chunk"} == {"a", "b", "c"}


@pytest.mark.parametrize(
    ("frame", "code"),
    [
        ("{", "invalid_json"),
        ("[1]", "invalid_json"),
        ("[" * 100_000, "invalid_json"),
        ('{"type":"sing","id":"1"}', "unknown_type"),
        ("{}", "unknown_type"),
        ('{"type":"chat","text":"x"}', "bad_input"),
        ('{"type":"chat","id":5,"text":"x"}', "bad_input"),
        ('{"type":"chat","id":"' + "1" * 65 + '","text":"x"}', "bad_input"),
        ('{"type":"chat","id":"1"}', "bad_input"),
        ('{"type":"chat","id":"1","text":"   "}', "bad_input"),
        ('{"type":"chat","id":"1","text":["x"]}', "bad_input"),
        ('{"type":"chat","id":"1","text":"x","conversation":"one"}', "bad_input"),
        ('{"type":"chat","id":"1","text":"x","conversation":"-1"}', "bad_input"),
        ('{"type":"chat","id":"1","text":"x","conversation":"99"}', "not_found"),
        ('{"type":"chat","id":"1","text":"x","store":1}', "bad_input"),
        ('{"type":"chat","id":"1","text":"x","store":false,"conversation":"1"}', "bad_input"),
        ('{"type":"stop","id":"1"}', "not_found"),
        (b"\x00\x01", "bad_input"),
    ],
    ids=lambda value: str(value)[:60],  # a longer name does not fit into an environment of Windows
)
async def test_a_frame_that_makes_no_sense_is_told_and_the_next_one_works(serve: Serve, frame: Any, code: str) -> None:
    async with serve(reply_tokens="16") as client, client.socket() as socket:
        await (socket.send_bytes(frame) if isinstance(frame, bytes) else socket.send_str(frame))
        told = await socket.receive_json(timeout=30)
        assert (told["type"], told["code"]) == ("error", code)
        await socket.send_json({"type": "chat", "id": "2", "text": "Hello", "store": False})
        assert (await until_done(socket))[-1]["type"] == "done"


async def test_who_sends_nothing_but_nonsense_is_put_out(serve: Serve) -> None:
    async with serve() as client, client.socket() as socket:
        for _ in range(30):
            await socket.send_str("nonsense")
        frames = [frame async for frame in socket]
        assert len(frames) == 21
        assert socket.close_code == aiohttp.WSCloseCode.POLICY_VIOLATION


async def test_a_frame_that_is_too_large_ends_the_connection(serve: Serve) -> None:
    async with serve() as client, client.socket() as socket:
        await socket.send_str(json.dumps({"type": "chat", "id": "1", "text": "x" * (2 << 20)}))
        assert (await socket.receive()).type is aiohttp.WSMsgType.CLOSE
        assert socket.close_code == aiohttp.WSCloseCode.MESSAGE_TOO_BIG


async def test_a_dead_client_is_noticed_by_its_heartbeat(serve: Serve) -> None:
    async with serve(heartbeat_seconds="1") as client:
        alive = await client.socket()
        dead = await client.socket(autoping=False)
        pings = 0
        hears = asyncio.create_task(alive.receive())  # the library answers pings while it reads
        async for frame in dead:
            pings += frame.type is aiohttp.WSMsgType.PING
        assert pings == 2
        assert not hears.done()
        await until(lambda: client.service.clients == 1)
        hears.cancel()
        await alive.close()


async def test_more_connections_than_may_be_are_told_to_come_again(serve: Serve) -> None:
    async with serve(max_connections="2") as client:
        first, second = await client.socket(), await client.socket()
        with pytest.raises(aiohttp.WSServerHandshakeError) as refused:
            await client.socket()
        assert refused.value.status == 503
        assert refused.value.headers is not None and int(refused.value.headers["Retry-After"]) >= 1
        await first.close()
        await until(lambda: client.service.clients == 1)
        await (await client.socket()).close()
        await second.close()
