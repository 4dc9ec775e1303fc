"""Other programs may ask the models of connected servers by name, through this one."""

from __future__ import annotations

from collections.abc import Iterator

import keyring
import openai
import pytest
from keyring.backends.fail import Keyring as NoKeyring

from tests.inference.loopback import Loopback, delta, hangs, loopback, status
from tests.runtime.conftest import until
from tests.server.conftest import Serve, question, until_done


@pytest.fixture(autouse=True)
def no_keyring() -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(NoKeyring())
    yield
    keyring.set_keyring(before)


@pytest.fixture
def other() -> Iterator[Loopback]:
    with loopback() as server:
        yield server


async def test_a_connected_server_s_models_are_listed_and_answer_under_their_names(
    serve: Serve, other: Loopback
) -> None:
    async with serve(server_address=other.address) as client, client.openai() as ai:
        name = f"big @ {other.host}"
        assert [model.id async for model in ai.models.list()] == ["desktop-agent", "tiny", f"tiny @ {other.host}", name]
        answer = await ai.chat.completions.create(**question(model=name))
        assert answer.choices[0].message.content == "Hello there."
        assert answer.model == name
        assert other.asked[-1]["model"] == "big"
        stream = await ai.chat.completions.create(**question(model=name), stream=True)
        assert "".join([piece.choices[0].delta.content or "" async for piece in stream]) == "Hello there."
        async with client.socket() as socket:
            await socket.send_json({"type": "chat", "id": "1", "text": "Hi", "store": False, "model": name})
            seen = await until_done(socket)
            assert seen[-1]["engine"] == name
        # Nothing was sent to it that did not name it.
        asked = len(other.asked)
        await ai.chat.completions.create(**question(max_tokens=1))
        assert len(other.asked) == asked


async def test_a_server_that_is_not_connected_is_not_asked(serve: Serve, other: Loopback) -> None:
    async with serve() as client, client.openai() as ai:
        with pytest.raises(openai.NotFoundError):
            await ai.chat.completions.create(**question(model=f"big @ {other.host}"))
        assert (other.asked, other.listed) == ([], 0)


async def test_a_client_that_hangs_up_hangs_up_on_the_server_too(serve: Serve, other: Loopback) -> None:
    other.answers = [hangs(delta(content="Hello"))]
    async with serve(server_address=other.address) as client:
        body = question(model=f"big @ {other.host}", stream=True)
        async with client.http.post(f"{client.url}/v1/chat/completions", headers=client.token, json=body) as response:
            await response.content.readline()
            response.close()
        await until(other.hung_up.is_set)
        await until(lambda: client.service.clients == 0)


async def test_what_a_server_refuses_is_told_and_not_answered_by_somebody_else(serve: Serve, other: Loopback) -> None:
    other.answers = [status(400, '{"error":{"message":"no such model"}}')]
    async with serve(server_address=other.address) as client:
        found, record, _headers = await client.ask(question(model=f"big @ {other.host}"))
        assert found == 503
        assert record["error"]["code"] == "server_failed"
        assert other.host in record["error"]["message"]
