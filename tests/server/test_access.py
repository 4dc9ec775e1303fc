"""Who may ask, and what the service bears from those who mean it ill."""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import io
import json
from typing import Any

import aiohttp
import pytest

from desktop_agent.server import completions, site
from desktop_agent.server.access import Access
from desktop_agent.server.refusals import Rejected
from desktop_agent.server.token import Token
from desktop_agent.system import Folder
from tests.runtime.conftest import until
from tests.server.conftest import Client, Serve, question, until_done


async def raw(client: Client, text: bytes) -> tuple[int, bytes]:
    """What the service answers to bytes that no library would send: status and everything else."""
    host, _, port = client.url.partition("//")[2].rpartition(":")
    reader, writer = await asyncio.open_connection(host, int(port))
    writer.write(text)
    answer = await reader.read()
    writer.close()
    return (int(answer.split()[1]) if answer else 0), answer


async def test_without_the_token_nothing_is_answered_but_that_it_is_up(serve: Serve) -> None:
    async with serve() as client:
        token = client.service.token()
        wrong = [
            {}, {"Authorization": ""}, {"Authorization": "Bearer"}, {"Authorization": f"Bearer {token[:20]}"},
            {"Authorization": f"Bearer {token}x"}, {"Authorization": f"Bearer {token.lower()}"},
            {"Authorization": token}, {"Authorization": f"Basic {token}"}, {"X-Api-Key": token},
            {"Authorization": "Bearer 你好"},
        ]  # fmt: skip
        for headers in wrong:
            status, record, answered = await client.ask(question(), headers=headers)
            assert (status, record["error"]["code"]) == (401, "invalid_api_key"), headers
            assert answered["WWW-Authenticate"] == "Bearer"
            with pytest.raises(aiohttp.WSServerHandshakeError, match="401"):
                await client.socket(headers=headers)
            async with client.http.get(f"{client.url}/health", headers=headers) as response:
                assert (response.status, await response.json()) == (200, {"status": "ok"})
        assert (await client.ask(question(max_tokens=1), headers={"authorization": f"bearer {token}"}))[0] == 200


async def test_a_new_token_puts_out_whoever_has_the_old_one(serve: Serve) -> None:
    async with serve() as client:
        old = client.token
        socket = await client.socket()
        assert client.service.renew_token() not in old["Authorization"]
        assert (await socket.receive(timeout=60)).type in (aiohttp.WSMsgType.CLOSE, aiohttp.WSMsgType.CLOSED)
        await socket.close()
        assert (await client.ask(question(), headers=old))[0] == 401
        assert (await client.ask(question(max_tokens=1)))[0] == 200


def test_the_token_is_kept_where_only_this_account_reads_it(folder: Folder) -> None:
    path = folder.root / "service.token"
    token = Token(path).text
    assert len(token) >= 43
    assert Token(path).text == token
    if hasattr(path, "chmod") and path.stat().st_uid:
        assert path.stat().st_mode & 0o077 == 0
    path.write_text("short")
    assert Token(path).text not in ("short", token)


@pytest.mark.parametrize(
    ("host", "allowed"),
    [
        ("127.0.0.1:8642", True), ("localhost:8642", True), ("LOCALHOST", True), ("[::1]:8642", True),
        ("evil.example", False), ("evil.example:8642", False), ("127.0.0.1.evil.example", False),
        ("localhost.evil.example", False), ("192.168.1.5:8642", False), ("", False), ("[::1", False), ("a b", False),
    ],
)  # fmt: skip
def test_a_name_that_was_made_to_lead_here_is_refused(folder: Folder, host: str, allowed: bool) -> None:
    access = Access(Token(folder.root / "t"), "127.0.0.1")
    if allowed:
        assert access.check_place({"Host": host}) is None
        return
    with pytest.raises(Rejected) as refused:
        access.check_place({"Host": host})
    assert refused.value.status == 421


def test_in_a_network_numbers_are_taken_and_foreign_names_are_not(folder: Folder) -> None:
    access = Access(Token(folder.root / "t"), "0.0.0.0")
    for host in ("192.168.1.5:8642", "localhost:8642", "[fe80::1]:8642"):
        assert access.check_place({"Host": host}) is None
    with pytest.raises(Rejected):
        access.check_place({"Host": "evil.example"})


async def test_a_browser_page_on_another_site_is_refused_whatever_it_knows(serve: Serve) -> None:
    async with serve(allowed_origins="https://good.example, http://localhost:3000") as client:
        for origin in ("https://evil.example", "null", "http://good.example", "https://good.example.evil", client.url):
            status, record, headers = await client.ask(question(), headers=client.token | {"Origin": origin})
            assert (status, record["error"]["code"]) == (403, "origin_not_allowed"), origin
            assert "Access-Control-Allow-Origin" not in headers
            with pytest.raises(aiohttp.WSServerHandshakeError, match="403"):
                await client.socket(headers=client.token | {"Origin": origin})
        good = {"Origin": "https://good.example"}
        status, _record, headers = await client.ask(question(max_tokens=1), headers=client.token | good)
        assert (status, headers["Access-Control-Allow-Origin"]) == (200, "https://good.example")
        async with client.http.options(f"{client.url}/v1/chat/completions", headers=good) as response:
            assert response.status == 204
            assert "Authorization" in response.headers["Access-Control-Allow-Headers"]
        # A page cannot set headers for a WebSocket.
        token = client.service.token()
        async with client.http.ws_connect(f"{client.url}/ws?token={token}", headers=good) as socket:
            await socket.send_json({"type": "chat", "id": "1", "text": "Hello", "store": False})
            assert (await until_done(socket))[-1]["type"] == "done"
        assert (await client.ask(question(), headers={"Origin": "https://good.example"}))[0] == 401


async def test_a_body_of_ten_megabytes_is_refused_without_being_read(serve: Serve) -> None:
    async with serve() as client:
        status, record, _headers = await client.ask(None, headers=client.token, data=io.BytesIO(b"x" * 10_000_000))
        assert (status, record["error"]["code"]) == (413, "too_large")

        async def unending() -> Any:
            for _ in range(200):
                yield b"[" * 100_000

        # It may be hung up on while it still sends.
        with contextlib.suppress(aiohttp.ClientConnectionError):
            assert (await client.ask(None, headers=client.token, data=unending()))[0] == 413
        assert (await client.ask(question(max_tokens=1)))[0] == 200


async def test_compressed_bodies_are_not_unpacked(serve: Serve) -> None:
    async with serve() as client:
        bomb = gzip.compress(b" " * 10_000_000)
        headers = client.token | {"Content-Encoding": "gzip"}
        status, record, _headers = await client.ask(None, headers=headers, data=bomb)
        assert (status, record["error"]["code"]) == (415, "unsupported_encoding")


@pytest.mark.parametrize(
    ("body", "code"),
    [(b"{", "invalid_json"), (b"", "invalid_json"), (b"[]", "invalid_json"), (b"\xff\xfe", "invalid_json"),
     (b'{"messages":' + b"[" * 200_000, "invalid_json"), (b'{"temperature":NaN}', "invalid_json"),
     (b'{"seed":' + b"9" * 10_000 + b"}", "invalid_json"), (b"null", "invalid_json")],
    ids=lambda value: str(value)[:30],
)  # fmt: skip
async def test_a_body_that_is_no_json_object_is_told_so(serve: Serve, body: bytes, code: str) -> None:
    async with serve() as client:
        status, record, _headers = await client.ask(None, headers=client.token, data=body)
        assert (status, record["error"]["code"]) == (400, code)


async def test_heads_that_come_in_drops_do_not_hold_a_connection_for_ever(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(site, "HEAD_S", 0.3)
    monkeypatch.setattr(completions, "BODY_S", 0.3)
    async with serve() as client:
        host, _, port = client.url.partition("//")[2].rpartition(":")
        slow = [await asyncio.open_connection(host, int(port)) for _ in range(20)]
        for number, (_reader, writer) in enumerate(slow):
            writer.write(b"" if number % 2 else b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nX-A: b")
        # Meanwhile others are served.
        assert (await client.ask(question(max_tokens=1)))[0] == 200
        for reader, writer in slow:
            assert await asyncio.wait_for(reader.read(), 60) == b""
            writer.close()
        token = client.token["Authorization"]
        head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}\r\n"
        status, answer = await raw(client, f"{head}Content-Length: 1000\r\n\r\n{{".encode())
        assert status == 408 and b'"code":"timeout"' in answer


@pytest.mark.parametrize(
    "text",
    [
        b"\x16\x03\x01\x02\x00\x01\x00", b"GET\r\n\r\n", b"nonsense\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\nX: " + b"a" * 100_000 + b"\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: localhost\r\n" + b"X: a\r\n" * 1000 + b"\r\n",
        b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        b"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
        b"GET /" + b"a" * 20_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    ],
    ids=lambda text: str(text[:24]),
)  # fmt: skip
async def test_what_is_not_http_is_answered_shortly_and_without_a_traceback(serve: Serve, text: bytes) -> None:
    async with serve() as client:
        status, answer = await asyncio.wait_for(raw(client, text if text.endswith(b"\n") else text + b"\r\n\r\n"), 60)
        assert 400 <= status < 500 or status == 0
        assert b"Traceback" not in answer and b".py" not in answer
        assert (await client.ask(question(max_tokens=1)))[0] == 200


async def test_a_thousand_connections_at_once_leave_it_working(serve: Serve) -> None:
    async with serve(max_connections="5") as client:
        connector = aiohttp.TCPConnector(limit=0, force_close=True)
        async with aiohttp.ClientSession(connector=connector) as http:

            async def one(number: int) -> int:
                try:
                    if number % 2:
                        async with http.ws_connect(f"{client.url}/ws", headers=client.token):
                            return 101
                    async with http.get(f"{client.url}/v1/models", headers=client.token) as response:
                        return response.status
                except aiohttp.WSServerHandshakeError as error:
                    return error.status
                except aiohttp.ClientError:
                    return 0  # hung up on: far more than may be

            statuses = await asyncio.gather(*(one(number) for number in range(1000)))
        assert set(statuses) <= {0, 101, 200, 503}
        assert {101, 200} & set(statuses)
        await until(lambda: client.service.clients == 0)
        assert (await client.ask(question(max_tokens=1)))[0] == 200


async def test_a_client_that_reads_nothing_does_not_fill_the_memory_and_is_put_out(
    serve: Serve, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(completions, "WRITE_S", 0.5)
    async with serve(reply_tokens="8192", context_tokens="8192") as client:
        flood = "x" * 50_000
        monkeypatch.setattr("desktop_agent.server.told.Completion.piece", lambda _self, _text: {"flood": flood})
        token = client.token["Authorization"]
        body = json.dumps(question(stream=True, seed=1)).encode()
        host, _, port = client.url.partition("//")[2].rpartition(":")
        reader, writer = await asyncio.open_connection(host, int(port), limit=1024)
        head = f"POST /v1/chat/completions HTTP/1.1\r\nHost: localhost\r\nAuthorization: {token}\r\n"
        writer.write(f"{head}Content-Length: {len(body)}\r\n\r\n".encode() + body)
        await until(lambda: client.app.tasks.counts.running == 1)
        await until(lambda: client.service.clients == 0)
        answer = await reader.read()
        assert answer and b"[DONE]" not in answer
        writer.close()
        assert (await client.ask(question(max_tokens=1)))[0] == 200


async def test_unknown_addresses_and_methods_are_told_in_the_same_shape(serve: Serve) -> None:
    async with serve() as client:
        wanted = {
            ("GET", "/"): 404, ("GET", "/v1"): 404, ("POST", "/v1/completions"): 404, ("GET", "/v1/models/gone"): 404,
            ("GET", "/v1/chat/completions"): 405, ("DELETE", "/v1/models"): 405, ("POST", "/health"): 405,
            ("GET", "/ws"): 426, ("OPTIONS", "/v1/models"): 405, ("GET", "/../etc/passwd"): 404,
            ("GET", "/v1/models/"): 200,
        }  # fmt: skip
        for (method, path), status in wanted.items():
            async with client.http.request(method, f"{client.url}{path}", headers=client.token) as response:
                assert response.status == status, path
                if status >= 400:
                    assert (await response.json())["error"]["message"]


async def test_a_mistake_of_the_program_is_logged_and_not_told(
    serve: Serve, monkeypatch: pytest.MonkeyPatch, folder: Folder
) -> None:
    def broken(_record: object, _usual: object) -> None:
        raise KeyError("a secret of ours")

    async with serve() as client:
        monkeypatch.setattr(completions, "wanted", broken)
        status, record, _headers = await client.ask(question())
        assert (status, record["error"]["code"]) == (500, "internal_error")
        assert "secret" not in json.dumps(record)
        assert (folder.logs / "agent.log").read_text("utf-8").count("A mistake of the program") == 1
