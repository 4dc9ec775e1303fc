"""Requests that nobody would send on purpose: each is answered, in the right shape, and the next one works."""

from __future__ import annotations

import asyncio
import json
import tempfile
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from hypothesis.configuration import set_hypothesis_home_dir

from desktop_agent.app import open_app, serving
from desktop_agent.frontends import service
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder

# It keeps things it has worked out; the tree is no place for them.
set_hypothesis_home_dir(Path(tempfile.gettempdir()) / "desktop-agent-hypothesis")

LIMIT_S = 60
FIELDS = (
    "model", "messages", "stream", "stream_options", "stop", "max_tokens", "max_completion_tokens", "temperature",
    "top_p", "seed", "response_format", "n", "tools", "user", "top_k", "min_p", "grammar", "logit_bias", "id",
)  # fmt: skip
JSON = some.recursive(
    some.none() | some.booleans() | some.integers() | some.floats() | some.text(max_size=20),
    lambda inner: some.lists(inner, max_size=4) | some.dictionaries(some.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
MESSAGE = some.fixed_dictionaries(
    {
        "role": some.sampled_from(["user", "system", "assistant", "tool", ""]) | JSON,
        "content": some.text(max_size=30) | JSON,
    }
)
SOUND = {"messages": [{"role": "user", "content": "Hello"}], "max_tokens": 1}
NEARLY = some.dictionaries(some.sampled_from(FIELDS), JSON, max_size=4).map(lambda more: SOUND | more)
TALK = some.fixed_dictionaries({"messages": some.lists(MESSAGE, max_size=4) | JSON, "max_tokens": some.just(1)})
TOKENS = some.text(some.characters(min_codepoint=33, max_codepoint=126), min_size=1, max_size=12)
FRAMES = some.fixed_dictionaries(
    {"type": some.sampled_from(["chat", "stop"]) | JSON},
    optional=dict.fromkeys(("id", "text", "conversation", "store", "progress", "model"), JSON),
).map(json.dumps) | some.text(max_size=40) | some.binary(max_size=40)  # fmt: skip
QUICK = settings(
    max_examples=60, deadline=None, derandomize=True, database=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)  # fmt: skip


class Served:
    """A program that lives for all examples of a test, on a loop in a thread: hypothesis knows no coroutines."""

    def __init__(self, folder: Folder, model: Path) -> None:
        self._given = {"model": str(model), "reply_tokens": "16", "service_port": "0", "max_connections": "100"}
        self._folder = folder
        self._loop = asyncio.new_event_loop()
        self._up = threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True)

    def __enter__(self) -> Served:
        self._thread.start()
        assert self._up.wait(LIMIT_S)
        return self

    def __exit__(self, *_why: object) -> None:
        self._loop.call_soon_threadsafe(self._end.set)
        self._thread.join(LIMIT_S)
        self._loop.close()

    def do(self, work: Any) -> Any:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(LIMIT_S)

    def _live(self) -> None:
        asyncio.set_event_loop(self._loop)
        self._loop.run_until_complete(self._serve())

    async def _serve(self) -> None:
        self._end = asyncio.Event()
        opened = open_app(self._folder, Settings.open(self._folder.settings, {}, self._given))
        async with opened as app, serving(app, service) as served, aiohttp.ClientSession() as self.http:
            assert served.service is not None
            await served.service.start()
            self.url, token = served.service.url, served.service.token()
            self.headers = {"Authorization": f"Bearer {token}"}
            self._up.set()
            await self._end.wait()

    async def post(self, body: bytes, headers: dict[str, str] | None = None) -> tuple[int, bytes]:
        how = {"headers": self.headers | (headers or {}), "data": body}
        async with self.http.post(f"{self.url}/v1/chat/completions", **how) as response:
            return response.status, await response.read()


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, tiny_model: Path) -> Iterator[Served]:
    folder = Folder(tmp_path_factory.mktemp("served") / "文件")
    folder.make()
    with Served(folder, tiny_model) as served:
        yield served


def sound(status: int, answer: bytes) -> bool:
    """Whether an answer has the shape of OpenAI's, whatever it says."""
    if status == 200:
        return answer.startswith((b'{"id":"chatcmpl-', b"data: "))
    error = json.loads(answer)["error"]
    return 400 <= status < 500 and set(error) == {"message", "type", "param", "code"} and bool(error["message"])


@QUICK
@given(record=NEARLY | TALK | JSON)
def test_any_json_is_answered_or_refused_in_the_right_shape(served: Served, record: Any) -> None:
    status, answer = served.do(served.post(json.dumps(record).encode()))
    assert sound(status, answer), (status, answer)


@QUICK
@given(body=some.binary(max_size=200) | some.text(max_size=100).map(str.encode))
def test_any_bytes_are_refused_in_the_right_shape(served: Served, body: bytes) -> None:
    status, answer = served.do(served.post(body))
    assert sound(status, answer), (status, answer)


@QUICK
@given(
    method=some.sampled_from(["GET", "POST", "PUT", "DELETE", "OPTIONS", "HEAD", "PATCH"]),
    path=some.text(some.characters(min_codepoint=33, max_codepoint=126, exclude_characters="#?"), max_size=20),
    headers=some.dictionaries(
        some.sampled_from(["Host", "Origin", "Authorization", "Accept", "Upgrade", "X-A"]), TOKENS
    ),
)
def test_any_address_and_any_head_are_answered_shortly(
    served: Served, method: str, path: str, headers: dict[str, str]
) -> None:
    async def ask() -> tuple[int, bytes]:
        url = f"{served.url}/{path}"
        async with served.http.request(method, url, headers=served.headers | headers) as response:
            return response.status, await response.read()

    try:
        status, answer = served.do(ask())
    except (aiohttp.ClientError, ValueError):
        return  # the client itself would not send it
    assert status < 500 and len(answer) < 2000
    assert b"Traceback" not in answer


@QUICK
@given(frames=some.lists(FRAMES, max_size=5))
def test_any_frames_leave_the_service_working(served: Served, frames: list[str | bytes]) -> None:
    async def send() -> int:
        async with served.http.ws_connect(f"{served.url}/ws", headers=served.headers) as socket:
            for frame in frames:
                await (socket.send_bytes(frame) if isinstance(frame, bytes) else socket.send_str(frame))
            await socket.send_json({"type": "stop", "id": "the last one"})
            while (told := await socket.receive_json(timeout=30)).get("id") != "the last one":
                assert told["type"] in ("started", "chunk", "done", "error") or frames
        async with served.http.get(f"{served.url}/health") as response:
            return response.status

    assert served.do(send()) == 200
