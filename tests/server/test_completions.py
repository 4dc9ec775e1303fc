"""The OpenAI-compatible interface, mostly as its official client sees it."""

from __future__ import annotations

import json

import openai
import pydantic
import pytest

from desktop_agent.messages import LONGEST_MESSAGE
from desktop_agent.runtime.lanes import Lane
from desktop_agent.runtime.task_info import Priority
from desktop_agent.settings import catalogue
from desktop_agent.settings.store import Source
from tests.runtime.conftest import until
from tests.server.conftest import Serve, question


async def test_the_official_client_chats_and_lists_models(serve: Serve) -> None:
    async with serve() as client:
        async with client.openai() as ai:
            assert [model.id async for model in ai.models.list()] == ["desktop-agent", "tiny"]
            assert (await ai.models.retrieve("tiny")).owned_by == "desktop-agent"
            answer = await ai.chat.completions.create(**question(seed=1, max_tokens=5))
            assert answer.object == "chat.completion" and answer.model == "desktop-agent"
            assert answer.choices[0].message.role == "assistant"
            assert answer.choices[0].finish_reason == "length"
            assert answer.usage is not None and answer.usage.completion_tokens == 5
            assert answer.usage.total_tokens == answer.usage.prompt_tokens + 5
        assert await client.app.conversations.all() == ()


async def test_a_stream_says_the_same_in_pieces_and_its_cost_at_the_end(serve: Serve) -> None:
    async with serve() as client, client.openai() as ai:
        whole = await ai.chat.completions.create(**question(max_completion_tokens=8))
        asked = question(max_completion_tokens=8)
        stream = await ai.chat.completions.create(**asked, stream=True, stream_options={"include_usage": True})
        pieces = [piece async for piece in stream]
        assert pieces[0].choices[0].delta.role == "assistant"
        said = "".join(piece.choices[0].delta.content or "" for piece in pieces if piece.choices)
        assert said == whole.choices[0].message.content
        assert [piece.choices[0].finish_reason for piece in pieces if piece.choices][-1] == "length"
        assert pieces[-1].choices == [] and pieces[-1].usage is not None
        assert pieces[-1].usage.completion_tokens == 8
        # What the first request read is still there for the second.
        details = pieces[-1].usage.prompt_tokens_details
        assert details is not None and (details.cached_tokens or 0) > 0
        assert {piece.id for piece in pieces} == {pieces[0].id}


async def test_the_settings_of_a_request_are_felt(serve: Serve) -> None:
    async with serve() as client, client.openai() as ai:
        asked = question(max_tokens=24, temperature=1.5, top_p=0.9, seed=5)
        first, again = [await ai.chat.completions.create(**asked) for _ in range(2)]
        text = first.choices[0].message.content or ""
        assert text == again.choices[0].message.content
        letter = next(each for each in text if each.isascii() and each.isalnum())
        stopped = await ai.chat.completions.create(**asked, stop=[letter])
        assert stopped.choices[0].message.content == text[: text.index(letter)]
        assert stopped.choices[0].finish_reason == "stop"


async def test_changed_settings_are_felt_by_the_next_request(serve: Serve) -> None:
    async with serve() as client:
        _status, before, _headers = await client.ask(question())
        assert before["usage"]["completion_tokens"] == 24
        client.app.settings._given[Source.COMMAND_LINE].pop("reply_tokens")
        client.app.settings.set(catalogue.REPLY_TOKENS, 16)
        _status, after, _headers = await client.ask(question())
        assert after["usage"]["completion_tokens"] == 16


async def test_an_answer_fits_the_form_that_was_asked_for(serve: Serve) -> None:
    class Place(pydantic.BaseModel):
        big: bool
        kind: str | None = pydantic.Field(max_length=3)

    async with serve() as client, client.openai() as ai:
        parsed = await ai.chat.completions.parse(
            **question(max_tokens=200, seed=1, temperature=1), response_format=Place
        )
        assert isinstance(parsed.choices[0].message.parsed, Place)
        with pytest.raises(openai.BadRequestError, match="pattern") as refused:
            form = {"type": "json_schema", "json_schema": {"name": "x", "schema": {"type": "string", "pattern": "a"}}}
            await ai.chat.completions.create(**question(), response_format=form)
        assert refused.value.code == "unsupported_schema"
        free = await ai.chat.completions.create(
            **question(max_tokens=300, seed=3, temperature=1), response_format={"type": "json_object"}
        )
        text = free.choices[0].message.content or ""
        assert text.lstrip().startswith("{")
        if free.choices[0].finish_reason == "stop":
            assert isinstance(json.loads(text), dict)


async def test_messages_in_parts_and_in_any_order_are_taken(serve: Serve) -> None:
    messages = [
        {"role": "assistant", "content": "Welcome."},
        {"role": "user", "content": [{"type": "text", "text": "One"}, {"type": "text", "text": "two"}]},
        {"role": "user", "content": "three 你好"},
        {"role": "developer", "content": "Be brief."},
        {"role": "assistant", "content": None},
    ]
    async with serve() as client:
        status, record, _headers = await client.ask({"messages": messages, "max_tokens": 2})
        assert status == 200, record


@pytest.mark.parametrize(
    ("body", "status", "code", "param"),
    [
        ({}, 400, "invalid_type", "messages"),
        ({"messages": []}, 400, "invalid_type", "messages"),
        ({"messages": [{"role": "user", "content": "  "}]}, 400, "invalid_value", "messages"),
        ({"messages": [{"role": "tool", "content": "x"}]}, 400, "invalid_value", "messages[0].role"),
        ({"messages": [{"role": "user", "content": 7}]}, 400, "invalid_type", "messages[0].content"),
        ({"messages": [{"role": "user", "content": [{"type": "image_url", "image_url": {"url": "x"}}]}]},
         400, "unsupported_content", "messages[0].content"),
        (question("x" * (LONGEST_MESSAGE + 1)), 400, "context_length_exceeded", "messages[0].content"),
        (question("word " * 2000), 400, "context_length_exceeded", "messages"),
        (question(model="gpt-4o"), 404, "model_not_found", "model"),
        (question(n=2), 400, "unsupported_parameter", "n"),
        (question(tools=[{"type": "function"}]), 400, "unsupported_parameter", "tools"),
        (question(logprobs=True), 400, "unsupported_parameter", "logprobs"),
        (question(temperature=3), 400, "invalid_type", "temperature"),
        (question(temperature=True), 400, "invalid_type", "temperature"),
        (question(max_tokens=0), 400, "invalid_type", "max_tokens"),
        (question(stop=[1]), 400, "invalid_type", "stop"),
        (question(seed="x"), 400, "invalid_type", "seed"),
        (question(stream="yes"), 400, "invalid_type", "stream"),
        (question(stream_options={"include_usage": True}), 400, "invalid_value", "stream_options"),
        (question(response_format={"type": "xml"}), 400, "invalid_type", "response_format"),
        (question(grammar="root ::= ("), 400, "bad_input", None),
        (question(user=[1], metadata={"a": "b"}, unheard_of=1, max_tokens=1), 200, None, None),
    ],
)  # fmt: skip
async def test_what_is_wrong_is_told_in_the_shape_of_openai(
    serve: Serve, body: object, status: int, code: str | None, param: str | None
) -> None:
    async with serve() as client:
        found, record, _headers = await client.ask(body)
        assert found == status, record
        if code:
            error = record["error"]
            assert (error["code"], error["param"], error["type"]) == (code, param, "invalid_request_error")
            assert error["message"]


async def test_a_client_that_asks_before_it_sends_a_long_question_is_told_to_go_on(serve: Serve) -> None:
    async with serve() as client:
        # This client sends no body before it hears that.
        assert (await client.ask(question("Hello " * 50, max_tokens=1), expect100=True))[0] == 200
        status, _record, _headers = await client.ask(question(), headers={"Authorization": "Bearer x"}, expect100=True)
        assert status == 401


async def test_a_client_that_hangs_up_stops_its_answer(serve: Serve) -> None:
    async with serve(reply_tokens="8192", context_tokens="8192") as client:
        body = question(stream=True)
        async with client.http.post(f"{client.url}/v1/chat/completions", headers=client.token, json=body) as response:
            await response.content.readline()
            assert len(client.app.tasks.snapshot()) == 1
            response.close()
        await until(lambda: client.app.tasks.snapshot() == ())
        assert client.app.tasks.counts.cancelled == 1
        assert (await client.ask(question(max_tokens=1)))[0] == 200


async def test_an_answer_ended_in_the_monitor_is_told_as_such(serve: Serve) -> None:
    async with serve(reply_tokens="8192", context_tokens="8192") as client:
        body = question(stream=True)
        async with client.http.post(f"{client.url}/v1/chat/completions", headers=client.token, json=body) as response:
            await response.content.readline()
            client.app.tasks.cancel(client.app.tasks.snapshot()[0].number)
            text = (await response.content.read()).decode()
        assert '"code":"stopped"' in text
        assert text.endswith("data: [DONE]\n\n")


async def test_who_would_wait_too_long_is_told_at_once_when_to_come_back(serve: Serve) -> None:
    async with serve(reply_tokens="8192", context_tokens="8192", service_wait_seconds="2") as client:
        app = client.app
        app.tasks._lanes["model"].pace.learn(30.0)  # what answers took until now
        body = question(stream=True)
        async with client.http.post(f"{client.url}/v1/chat/completions", headers=client.token, json=body) as response:
            await response.content.readline()
            status, record, headers = await client.ask(question())
            assert (status, record["error"]["code"]) == (429, "busy")
            assert 20 <= int(headers["Retry-After"]) <= 30
            async with client.openai() as ai:
                with pytest.raises(openai.RateLimitError):
                    await ai.chat.completions.create(**question())
            # And the window still may: its question goes first.
            app.tasks.check(Priority.ANSWER, Lane.MODEL, "", 30.0)
            response.close()


async def test_the_guide_answers_help_questions_and_says_that_it_knows_no_forms(serve: Serve) -> None:
    async with serve(model="") as client, client.openai() as ai:
        assert [model.id async for model in ai.models.list()] == ["desktop-agent", "guide"]
        with pytest.raises(openai.InternalServerError, match="guide cannot hold its answers") as refused:
            await ai.chat.completions.create(**question(), response_format={"type": "json_object"})
        assert refused.value.status_code == 503
