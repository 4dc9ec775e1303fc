"""Answers from a server, and what becomes of a server that misbehaves."""

from __future__ import annotations

import asyncio
import json
import shutil
import socket
import ssl
import subprocess
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import qasync
from aiohttp import web
from hypothesis import given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

from desktop_agent.errors import AgentError, ServerFailed, TooLong
from desktop_agent.events import Chunk, EngineEvent, Finished, Thought
from desktop_agent.inference import remote, remote_address, remote_attempt
from desktop_agent.inference.breaker import FAILURES, PAUSE_S, Breaker, Circuit
from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.remote import Line, Patience, RemoteEngine
from desktop_agent.inference.remote_answer import MOST_LINE, Answer, EventLines, Garbage
from desktop_agent.inference.remote_client import Client
from desktop_agent.messages import Ending, PromptMessage, Role, ServerModel, clean
from desktop_agent.runtime.threads import Threads
from tests.inference import loopback as lo
from tests.inference.conftest import system, user
from tests.inference.loopback import Loopback, loopback

QUESTION = [system("Be brief."), user("Hello?")]
PATIENT = Patience(first_word_s=60.0, silence_s=60.0)
BRIEF = replace(PATIENT, first_word_s=0.6)


@pytest.fixture
def server() -> Iterator[Loopback]:
    with loopback() as server:
        yield server


class Asker:
    """Engines for one server, as a program has them."""

    def __init__(self, address: str, threads: Threads, trusted: Callable[[], str] = lambda: "") -> None:
        self.address = remote_address.address_of(address)
        self.circuits: list[Circuit] = []
        self.line = Line(self.address, Client(self.address, threads, trusted), self.circuits.append)

    def engine(self, patience: Patience = PATIENT, key: str = "") -> RemoteEngine:
        async def kept() -> str:
            return key

        return RemoteEngine(ServerModel(self.address.text, "tiny"), self.line, kept, 4096, patience)

    async def ask(
        self, patience: Patience = PATIENT, key: str = "", sampling: Sampling | None = None
    ) -> list[EngineEvent]:
        async with self.engine(patience, key).stream(QUESTION, sampling or Sampling(reply_tokens=50)) as events:
            return [event async for event in events]

    async def refused(self, patience: Patience = PATIENT, **more: str) -> AgentError:
        """The error of a question that gets no answer."""
        with pytest.raises(AgentError) as caught:
            await self.ask(patience, **more)
        return caught.value


@pytest.fixture
async def asker(server: Loopback, threads: Threads, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Asker]:
    monkeypatch.setattr(remote, "FIRST_PAUSE_S", 0.01)
    asker = Asker(server.address, threads)
    yield asker
    await asker.line.client.close()


def text(events: list[EngineEvent]) -> str:
    return "".join(event.text for event in events if isinstance(event, Chunk))


def end(events: list[EngineEvent]) -> Finished:
    last = events[-1]
    assert isinstance(last, Finished)
    return last


async def test_an_answer_streams_with_what_it_cost(server: Loopback, asker: Asker) -> None:
    events = await asker.ask(key="secret")
    assert [event.text for event in events[:-1]] == ["Hello", " there", "."]
    assert end(events).ending is Ending.COMPLETE
    assert end(events).engine == f"tiny @ {server.host}"
    usage = end(events).usage
    assert (usage.prompt_tokens, usage.evaluated_tokens, usage.reply_tokens) == (20, 5, 3)
    assert usage.first_token_ms >= 1
    assert server.keys == ["Bearer secret"]
    body = server.asked[0]
    assert body["model"] == "tiny" and body["max_tokens"] == 50
    assert body["messages"] == [
        {"role": "system", "content": "Be brief."},
        {"role": "user", "content": "Hello?"},
    ]


async def test_the_limit_for_one_answer_is_told(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.say("one two", reason="length")]
    assert end(await asker.ask()).ending is Ending.LENGTH


@pytest.mark.parametrize("field", ["reasoning_content", "reasoning"])
async def test_what_a_server_thinks_is_parted_from_what_it_says(server: Loopback, asker: Asker, field: str) -> None:
    server.answers = [lo.send(lo.delta(**{field: "Hmm."}), lo.delta(content="Yes."), lo.finished(), lo.DONE)]
    events = await asker.ask()
    assert [event.text for event in events if isinstance(event, Thought)] == ["Hmm."]
    assert text(events) == "Yes."


async def test_marks_of_thoughts_in_the_text_are_understood_too(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.say("<thi", "nk>Hmm.</th", "ink>\n\nYes.")]
    events = await asker.ask()
    assert "".join(event.text for event in events if isinstance(event, Thought)) == "Hmm."
    assert text(events) == "Yes."


async def test_pieces_may_be_cut_anywhere(server: Loopback, asker: Asker) -> None:
    whole = b": hello\n\nevent: x\r\n" + lo.delta(content="你好，") + lo.delta(content="世界") + lo.finished() + lo.DONE
    whole = whole.replace(b"\\u4f60", "你".encode())
    server.answers = [lo.send(*(whole[at : at + 1] for at in range(len(whole))))]
    assert text(await asker.ask()) == "你好，世界"


async def test_a_server_that_does_not_stream_is_understood(server: Loopback, asker: Asker) -> None:
    body = (
        b'{"choices":[{"message":{"content":"All at once."},"finish_reason":"stop"}],"usage":{"completion_tokens":4}}'
    )
    server.answers = [lo.send(body, kind="application/json")]
    events = await asker.ask()
    assert text(events) == "All at once."
    assert end(events).usage.reply_tokens == 4


async def test_figures_that_never_come_hold_nothing_up(
    server: Loopback, asker: Asker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(remote_attempt, "AFTER_THE_END_S", 0.05)
    server.answers = [lo.hangs(lo.delta(content="Yes."), lo.finished())]
    events = await asker.ask()
    assert text(events) == "Yes." and end(events).ending is Ending.COMPLETE


@pytest.mark.parametrize("code", [408, 429, 500, 502, 503, 504])
async def test_what_may_pass_is_tried_again(server: Loopback, asker: Asker, code: int) -> None:
    server.answers = [lo.status(code), lo.status(code), lo.say("Here I am.")]
    assert text(await asker.ask()) == "Here I am."
    assert len(server.asked) == 3
    assert asker.line.retries.attempts == 3


@pytest.mark.parametrize("code", [400, 401, 403, 404, 422])
async def test_what_will_not_pass_is_not_tried_again(server: Loopback, asker: Asker, code: int) -> None:
    server.answers = [lo.status(code, '{"error": {"message": "no such model"}}')]
    error = await asker.refused()
    assert len(server.asked) == 1
    assert server.host in error.told()
    assert ("key" if code in (401, 403) else "no such model") in error.told()


async def test_the_pause_that_a_server_asks_for_is_kept(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.status(429, Retry_After="1"), lo.say("Now.")]
    loop = asyncio.get_running_loop()
    begun = loop.time()
    assert text(await asker.ask()) == "Now."
    assert loop.time() - begun >= 1.0


async def test_a_pause_longer_than_the_patience_is_not_waited_for(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.status(503, Retry_After="Fri, 31 Dec 2100 23:59:59 GMT")]
    error = await asker.refused()
    assert len(server.asked) == 1
    assert "too much to do" in error.told()


async def test_attempts_are_bounded(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.status(500, '{"detail": "out of memory"}')]
    error = await asker.refused()
    assert len(server.asked) == remote.ATTEMPTS
    assert "500" in error.told() and "out of memory" in error.told()


@pytest.mark.skipif(sys.platform == "win32", reason="a cut connection takes along what was not read yet")
async def test_after_the_first_word_nothing_is_tried_again(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.torn(lo.delta(content="Half an ")), lo.say("Never sent.")]
    events: list[EngineEvent] = []
    with pytest.raises(ServerFailed, match="in the middle"):
        async with asker.engine().stream(QUESTION, Sampling()) as stream:
            async for event in stream:
                events.append(event)
    assert text(events) == "Half an "
    assert len(server.asked) == 1


async def test_a_stream_that_ends_without_saying_so_is_half_a_stream(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.send(lo.delta(content="Half an "))]
    assert "in the middle" in (await asker.refused()).told()


async def test_a_stream_that_ends_before_its_first_word_is_tried_again(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.torn(), lo.say("Whole.")]
    assert text(await asker.ask()) == "Whole."


GARBAGE = {
    "no JSON": lo.send(b"data: {not json}\n\n"),
    "JSON of another shape": lo.send(b"data: [1, 2]\n\n"),
    "no choices": lo.send(b'data: {"hello": 1}\n\n'),
    "choices that are none": lo.send(b'data: {"choices": "many"}\n\n'),
    "a choice that is none": lo.send(b'data: {"choices": [7]}\n\n'),
    "a text that is none": lo.send(b'data: {"choices": [{"delta": {"content": 5}}]}\n\n'),
    "nested without end": lo.send(b"data: " + b"[" * 200_000 + b"\n\n"),
    "bytes": lo.send(b"data: \xff\xfe\x00\n\n"),
    "a web page": lo.send(b"<html>Welcome</html>", kind="text/html"),
    "a picture": lo.send(b"\x89PNG", kind="image/png"),
    "JSON that is no answer": lo.send(b'{"hello": 1}', kind="application/json"),
    "an endless page of JSON": lo.send(*[b"[" * 65536] * 80, kind="application/json"),
}


@pytest.mark.parametrize("kind", GARBAGE)
async def test_garbage_is_refused_with_a_sentence(server: Loopback, asker: Asker, kind: str) -> None:
    server.answers = [GARBAGE[kind], lo.say("Well again.")]
    error = await asker.refused()
    assert "is not an answer" in error.told() and server.host in error.told()
    assert len(server.asked) == 1
    assert text(await asker.ask()) == "Well again."


async def test_a_line_of_ten_megabytes_is_not_kept(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.long_line, lo.say("Well again.")]
    error = await asker.refused()
    assert "more than 1 MB" in error.told()
    assert text(await asker.ask()) == "Well again."


def test_many_lines_of_one_event_are_bounded_together() -> None:
    lines = EventLines("host")
    with pytest.raises(Garbage):
        for _ in range(64):
            list(lines.feed(b"data: " + b"x" * (MOST_LINE // 32) + b"\n"))


async def test_a_compressed_answer_is_not_unpacked(server: Loopback, asker: Asker) -> None:
    import gzip

    async def packed(request: lo.web.Request, _: Loopback) -> lo.web.StreamResponse:
        return lo.web.Response(
            body=gzip.compress(b" " * 10_000_000),
            headers={"Content-Type": "text/event-stream", "Content-Encoding": "gzip"},
        )

    server.answers = [packed]
    assert "is not an answer" in (await asker.refused()).told()


async def test_an_answer_without_end_is_cut(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.endless, lo.say("Well again.")]
    events = await asker.ask(sampling=Sampling(reply_tokens=100))
    assert end(events).ending is Ending.LENGTH
    assert len(text(events)) < 10_000
    assert text(await asker.ask()) == "Well again."


async def test_an_empty_answer_is_told(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.send(lo.finished(), lo.DONE)]
    assert "empty answer" in (await asker.refused()).told()


async def test_an_error_in_the_stream_is_told_in_the_words_of_the_server(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.send(lo.event({"error": {"message": "slot 3 is\nbroken " + "x" * 500}}))]
    told = (await asker.refused()).told()
    assert "slot 3 is broken xxx" in told and len(told) < 400


@pytest.mark.parametrize("place", ["http://127.0.0.2:{port}/v1/chat/completions", "https://example.org/v1", "//[bad"])
async def test_a_redirect_to_another_host_is_refused(server: Loopback, asker: Asker, place: str) -> None:
    server.answers = [lo.status(307, Location=place.format(port=server.port))]
    error = await asker.refused(key="secret")
    assert "that was not done" in error.told()
    assert len(server.asked) == 1


async def test_a_redirect_on_the_same_host_is_followed_but_not_in_a_circle(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.status(308, Location="/v1/chat/completions?again"), lo.say("Here.")]
    assert text(await asker.ask()) == "Here."
    server.answers = [lo.status(307, Location="/v1/chat/completions")]
    assert "in a circle" in (await asker.refused()).told()


async def test_a_server_that_never_answers_is_given_up(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.never]
    assert "no answer within 0.6 s" in (await asker.refused(BRIEF)).told()
    server.answers = [lo.say("Well again.")]
    assert text(await asker.ask()) == "Well again."


async def test_comments_are_no_sign_of_life(server: Loopback, asker: Asker) -> None:
    async def chatty(request: lo.web.Request, server: Loopback) -> lo.web.StreamResponse:
        response = await lo.stream(request)
        while not server.go.is_set():
            await response.write(b": still here\n\n")
            await asyncio.sleep(0.02)
        return response

    server.answers = [chatty]
    assert "no answer within" in (await asker.refused(BRIEF)).told()


async def test_a_server_that_falls_silent_is_given_up(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.hangs(lo.delta(content="I was about to"))]
    assert "in the middle" in (await asker.refused(replace(PATIENT, silence_s=0.4))).told()


async def test_nobody_at_the_address(threads: Threads, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(remote, "FIRST_PAUSE_S", 0.01)
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))  # bound and not listening: connections are refused
        asker = Asker(f"127.0.0.1:{taken.getsockname()[1]}", threads)
        error = await asker.refused()
        await asker.line.client.close()
    assert "cannot be reached" in error.told()
    assert asker.line.retries.attempts == remote.ATTEMPTS


@pytest.mark.parametrize("answer", [b"SSH-2.0-OpenSSH_9.6\r\n", b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 20_000, b""])
async def test_something_that_does_not_speak_http(
    threads: Threads, monkeypatch: pytest.MonkeyPatch, answer: bytes
) -> None:
    monkeypatch.setattr(remote, "FIRST_PAUSE_S", 0.01)

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.read(100)
        writer.write(answer)
        writer.close()

    other = await asyncio.start_server(serve, "127.0.0.1", 0)
    async with other:
        asker = Asker(f"127.0.0.1:{other.sockets[0].getsockname()[1]}", threads)
        error = await asker.refused()
        await asker.line.client.close()
    assert isinstance(error, ServerFailed)
    assert "127.0.0.1" in error.told() and error.advice()


async def test_leaving_an_answer_hangs_up(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.endless]
    async with asker.engine().stream(QUESTION, Sampling(reply_tokens=8000)) as events:
        async for _ in events:
            break
    assert await asyncio.to_thread(server.hung_up.wait, 60)
    assert asker.line.limiter.info.running == 0


async def test_a_question_that_is_taken_back_while_it_waits_leaves_nothing(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.never]
    asking = asyncio.create_task(asker.ask())
    while not server.asked:
        await asyncio.sleep(0.01)
    asking.cancel()
    with pytest.raises(asyncio.CancelledError):
        await asking
    assert await asyncio.to_thread(server.hung_up.wait, 60)
    assert asker.line.breaker.state is Circuit.CLOSED and asker.line.breaker.failures == 0


@pytest.mark.parametrize(
    ("error", "learned"),
    [
        ('{"code": "context_length_exceeded", "message": "too long"}', 2048),
        ('{"code": 400, "type": "exceed_context_size_error", "message": "too long", "n_ctx": 1024}', 1024),
        ('{"code": 400, "message": "This model\'s maximum context length is 512 tokens. However"}', 512),
        ('{"code": 400, "message": "maximum context length is 99999 tokens"}', 3072),
    ],
)
async def test_a_prompt_that_is_too_long_for_the_server_is_told_as_that(
    server: Loopback, asker: Asker, error: str, learned: int
) -> None:
    server.answers = [lo.status(400, f'{{"error": {error}}}')]
    assert isinstance(await asker.refused(), TooLong)
    assert asker.line.contexts == {"tiny": learned}


async def test_many_answers_run_at_once_and_no_more_than_the_server_can_bear(server: Loopback, asker: Asker) -> None:
    running, most = 0, 0

    async def counted(request: lo.web.Request, server: Loopback) -> lo.web.StreamResponse:
        nonlocal running, most
        running += 1
        most = max(most, running)
        while most < first:  # however late the others come
            await asyncio.sleep(0.001)
        running -= 1
        return await lo.say("Yes.")(request, server)

    first = asker.line.limiter.info.limit
    server.answers = [counted]
    answers = await asyncio.gather(*(asker.ask() for _ in range(40)))
    assert {text(answer) for answer in answers} == {"Yes."}
    assert first <= most <= asker.line.limiter.info.limit
    before = asker.line.limiter.info.limit
    assert before > first
    server.answers = [lo.status(429), counted]
    await asker.ask()
    assert asker.line.limiter.info.limit <= before // 2 + 1


def refuses_more() -> lo.Handler:
    """Answers as OpenAI's own server: what it does not know it refuses."""

    async def handler(request: web.Request, server: Loopback) -> web.StreamResponse:
        if unknown := {"continue_final_message", "add_generation_prompt"} & set(server.asked[-1]):
            said = json.dumps({"error": {"message": f"Unrecognized request argument supplied: {min(unknown)}"}})
            return await lo.status(400, said)(request, server)
        return await lo.say(" and so on.")(request, server)

    return handler


async def test_an_answer_is_gone_on_with_as_each_server_wants_it(server: Loopback, asker: Asker) -> None:
    half = [*QUESTION, PromptMessage(Role.ASSISTANT, "Well")]

    async def go_on() -> str:
        async with asker.engine().stream(half, Sampling(reply_tokens=50)) as events:
            return text([event async for event in events])

    assert await go_on() == "Hello there."
    told = server.asked[-1]
    assert (told["continue_final_message"], told["add_generation_prompt"]) == (True, False)
    assert told["messages"][-1] == {"role": "assistant", "content": "Well"}
    server.answers = [refuses_more()]
    for attempts in (2, 1):  # the second time it is known
        before = len(server.asked)
        assert await go_on() == " and so on."
        assert len(server.asked) - before == attempts
    await asker.ask()
    assert "continue_final_message" not in server.asked[-1]
    server.answers = [lo.status(400, '{"error": {"message": "No such thing."}}')]
    asker.line.seen.takes_more = True
    with pytest.raises(AgentError, match="No such thing"):
        await go_on()
    assert asker.line.seen.takes_more, "who refuses for another reason may still know the words"


async def test_a_request_that_failed_is_remembered_until_one_works(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.status(404)]
    refused = await asker.refused()
    assert asker.line.seen.last_error is refused and asker.line.breaker.failures == 0
    server.answers = [lo.say("Well again.")]
    await asker.ask()
    assert asker.line.seen.last_error is None


async def test_a_server_that_fails_again_and_again_is_left_alone(server: Loopback, asker: Asker) -> None:
    server.answers = [lo.status(500)]
    for _ in range(FAILURES):
        await asker.refused()
    assert asker.circuits == [Circuit.OPEN]
    asked = len(server.asked)
    assert f"failed {FAILURES} times in a row" in (await asker.refused()).told()
    assert len(server.asked) == asked
    server.answers = [lo.say("Well again.")]
    asker.line.breaker._open_until = 0.0  # the pause is over
    assert text(await asker.ask()) == "Well again."
    assert asker.circuits == [Circuit.OPEN, Circuit.HALF_OPEN, Circuit.CLOSED]


def test_a_circuit_opens_longer_each_time_and_lets_one_request_try() -> None:
    now = 0.0
    breaker = Breaker(clock=lambda: now)
    for _ in range(FAILURES):
        assert breaker.let_through()
        breaker.failed()
    assert not breaker.let_through()
    now = PAUSE_S
    assert breaker.state is Circuit.HALF_OPEN
    assert breaker.let_through()
    assert not breaker.let_through()
    breaker.nothing_learned()
    assert breaker.let_through()
    breaker.failed()
    assert breaker.opens_in_s == 2 * PAUSE_S
    now += 2 * PAUSE_S
    assert breaker.let_through()
    breaker.worked()
    assert breaker.state is Circuit.CLOSED and breaker.failures == 0


async def test_no_thread_is_held_while_a_server_is_waited_for(server: Loopback, asker: Asker, threads: Threads) -> None:
    server.answers = [lo.never]
    asking = asyncio.create_task(asker.ask())
    while not server.asked:
        await asyncio.sleep(0.01)
    assert threads.snapshot() == ()
    asking.cancel()
    await asyncio.wait((asking,))


def test_the_window_takes_answers_in_its_own_loop(server: Loopback, qapp: QApplication) -> None:
    async def ask() -> str:
        threads = Threads()
        asker = Asker(server.address.replace("127.0.0.1", "localhost"), threads)
        try:
            return text(await asyncio.wait_for(asker.ask(), 60))
        finally:
            await asker.line.client.close()
            await threads.close()

    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(qapp)) as runner:
        assert runner.run(ask()) == "Hello there."


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("192.168.1.5:8080", "http://192.168.1.5:8080/v1"),
        (" http://192.168.1.5:8080/ ", "http://192.168.1.5:8080/v1"),
        ("HTTPS://Example.org:443/v1/chat/completions", "https://example.org/v1"),
        ("localhost:11434/v1/models", "http://localhost:11434/v1"),
        ("http://[::1]:8000", "http://[::1]:8000/v1"),
        ("http://模型.example/api/v3", "http://模型.example/api/v3"),
    ],
)
def test_an_address_may_be_written_as_people_write_it(typed: str, meant: str) -> None:
    assert remote_address.address_of(typed).text == meant


@pytest.mark.parametrize(
    "typed",
    ["", "ftp://host/v1", "http://", "http://host:99999", "http://host:port", "a b", "http://h/v1?x=1", "::", "/"],
)
def test_what_is_no_address_is_refused(typed: str) -> None:
    with pytest.raises(AgentError) as caught:
        remote_address.address_of(typed)
    assert "is not the address of a server" in caught.value.told()


def test_a_password_in_an_address_is_refused_and_not_repeated() -> None:
    with pytest.raises(AgentError) as caught:
        remote_address.address_of("https://me:hunter2@example.org/v1")
    assert "hunter2" not in caught.value.told()


@pytest.mark.parametrize(
    ("typed", "here"),
    [("localhost:1", True), ("127.0.0.9", True), ("[::1]", True), ("10.0.0.1", False), ("localhost.evil.org", False)],
)
def test_what_stays_on_this_computer_is_known(typed: str, here: bool) -> None:
    assert remote_address.address_of(typed).here is here


def test_nothing_of_http_is_loaded_before_a_server_is_asked() -> None:
    heavy = ("aiohttp", "keyring", "yarl")
    code = f"import sys, desktop_agent.inference.servers; sys.exit(any(name in sys.modules for name in {heavy}))"
    assert subprocess.run([sys.executable, "-c", code], check=False, timeout=60).returncode == 0


def certified(folder: Path, *, name: str = "localhost", expired: bool = False) -> tuple[Path, Path]:
    """A key and a certificate for ``name`` that nobody vouches for."""
    if shutil.which("openssl") is None:
        pytest.skip("certificates are made with openssl")
    folder.mkdir()
    key, asked, certificate, more = (folder / file for file in ("key.pem", "asked.pem", "certificate.pem", "more"))
    more.write_text(f"subjectAltName=DNS:{name}\n", "utf-8")
    days = "-1" if expired else "2"
    curve = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-subj", f"/CN={name}"]
    for command in (
        ["req", "-new", *curve, "-keyout", key, "-out", asked],
        ["x509", "-req", "-in", asked, "-signkey", key, "-days", days, "-extfile", more, "-out", certificate],
    ):
        subprocess.run(["openssl", *command], check=True, capture_output=True, timeout=60)
    return key, certificate


@asynccontextmanager
async def encrypted(key: Path, certificate: Path) -> AsyncIterator[tuple[int, list[bytes]]]:
    """A server that answers encrypted requests: its port, and what it was sent."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, key)
    asked: list[bytes] = []

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        asked.append(await reader.read(100))
        body = lo.delta(content="Safely.") + lo.finished() + lo.DONE
        head = f"HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nContent-Length: {len(body)}\r\n\r\n"
        writer.write(head.encode() + body)
        await writer.drain()
        writer.close()

    async with await asyncio.start_server(serve, "127.0.0.1", 0, ssl=context) as server:
        yield server.sockets[0].getsockname()[1], asked


async def test_a_certificate_that_nobody_vouches_for_is_refused_until_its_file_is_trusted(
    threads: Threads, tmp_path: Path
) -> None:
    key, certificate = certified(tmp_path / "证书 of mine")
    trusted = ""
    async with encrypted(key, certificate) as (port, asked):
        asker = Asker(f"https://localhost:{port}", threads, lambda: trusted)
        error = await asker.refused(key="secret")
        assert f"does not know who vouches for the certificate of localhost:{port}" in error.told()
        assert "server_certificate" in error.told()
        assert (asked, asker.line.retries.attempts) == ([], 1)
        trusted = str(certificate)
        assert text(await asker.ask(key="secret")) == "Safely."
        trusted = ""
        assert "vouches" in (await asker.refused()).told()
        await asker.line.client.close()


async def test_what_is_wrong_with_a_certificate_is_told(threads: Threads, tmp_path: Path) -> None:
    async def said(folder: str, **how: Any) -> str:
        key, certificate = certified(tmp_path / folder, **how)
        async with encrypted(key, certificate) as (port, asked):
            asker = Asker(f"https://localhost:{port}", threads, lambda: str(certificate))
            told = (await asker.refused(key="secret")).told()
            await asker.line.client.close()
            assert asked == []
        return told

    assert "is made for another name" in await said("other", name="example.org")
    assert "has run out" in await said("old", expired=True)


async def test_a_file_of_certificates_that_is_none_is_told(threads: Threads, tmp_path: Path) -> None:
    (tmp_path / "a.pem").write_text("no certificate", "utf-8")
    for file, told in ((tmp_path / "a.pem", "holds no certificates"), (tmp_path / "gone.pem", "is not there"),
                       (tmp_path, "holds no certificates")):  # fmt: skip
        asker = Asker("https://localhost:9", threads, lambda file=file: str(file))  # type: ignore[misc]
        assert told in (await asker.refused()).told()


async def test_a_server_that_does_not_encrypt_is_told(server: Loopback, threads: Threads) -> None:
    asker = Asker(server.address.replace("http:", "https:"), threads)
    assert "does not encrypt its connections" in (await asker.refused()).told()
    await asker.line.client.close()


FRAGMENTS = st.sampled_from(
    [b"data: ", b"data:", b"\n", b"\r\n", b"\n\n", b"[DONE]", b'{"choices":[{"delta":{"content":"', b'"}}]}', b"null",
     b'{"choices":[{"delta":{},"finish_reason":"stop"}]}', b'{"choices":[]}', b'{"usage":{"prompt_tokens":-1}}', b"[",
     b"{", b'{"error":{"message":"no"}}', b": ping", b"event: x", "你".encode(), b"\xff", b"<think>", b"</think>",
     b"\x00"]
)  # fmt: skip


@given(st.lists(FRAGMENTS | st.binary(max_size=20), max_size=40))
@settings(max_examples=300, deadline=None)
def test_whatever_a_server_sends_is_an_answer_or_a_sentence(pieces: list[bytes]) -> None:
    answer, lines = Answer("host", 0.0), EventLines("host")
    said: list[str] = []
    try:
        for piece in pieces:
            for data in lines.feed(piece):
                said += [event.text for event in answer.take(data)]
        for data in lines.rest():
            said += [event.text for event in answer.take(data)]
        said += [event.text for event in answer.rest()]
    except ServerFailed as error:
        assert "host" in error.told()
    assert clean("".join(said)) == "".join(said)
    usage = answer.final_usage()
    assert min(usage.prompt_tokens, usage.evaluated_tokens, usage.reply_tokens, usage.first_token_ms) >= 0
