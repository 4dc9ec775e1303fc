"""What the service bears: two thousand users, overload, and what one request costs on its way through the program.

The program runs in a process of its own with its window open and its service on; the users are here, in another.
Answers come from a simulated server of 50 to 200 ms in place of a model, limited and queued as a real one is, so
that what is measured is the program and not a model. Each answer says how long the server took; what a user waited
beyond that is the program's. Users send every two seconds whether they were answered or not, each with a beginning of
its own (an open loop).

The path that is measured with many users is a WebSocket question that is not stored; the one that is stored,
with notes and all, is measured by itself.
"""

from __future__ import annotations

import asyncio
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SERVER = "http://127.0.0.1:9/v1"
MODEL = "simulated @ 127.0.0.1:9"
EVERY_S = 2.0
WARM_S = 4.0


# The program, in its own process


class Simulated:
    """A server that answers after 50 to 200 ms with how many it took; an ``Engine``."""

    name = label = MODEL
    context_tokens = 4096
    wants_help = False
    memory_bytes = 0

    def __init__(self, limiter: Any, low_s: float = 0.05, high_s: float = 0.2) -> None:
        self._limiter = limiter
        self._low_s, self._high_s = low_s, high_s
        self._chance = random.Random(1)

    @asynccontextmanager
    async def stream(self, _messages: Sequence[Any], _sampling: Any, _talk: Any = None) -> AsyncIterator[Any]:
        from desktop_agent.events import Chunk, Finished
        from desktop_agent.messages import Ending, Usage

        async def events() -> AsyncIterator[Any]:
            async with self._limiter.place(wait_s=WAIT_S) as place:
                begun = time.perf_counter()
                await asyncio.sleep(self._chance.uniform(self._low_s, self._high_s))
                place.responded()
                yield Chunk(f"{time.perf_counter() - begun:.6f}")
                yield Finished(Ending.COMPLETE, Usage(10, 10, 1, 100, 10.0), MODEL)

        pieces = events()
        try:
            yield pieces
        finally:
            await pieces.aclose()

    async def count(self, text: str) -> int:
        return len(text) // 4

    async def count_messages(self, messages: Sequence[Any]) -> int:
        return sum(len(message.content) // 4 + 4 for message in messages)

    async def load(self, progress: Any = None) -> None: ...

    async def close(self) -> None: ...


WAIT_S = 2.0


async def host(folder: Path, places: int) -> None:
    """The program with its window and its service; says where it is, then answers the words on standard input."""
    import psutil
    from PySide6.QtCore import Qt, QTimer
    from PySide6.QtWidgets import QLabel

    from desktop_agent.app import open_app, serving
    from desktop_agent.frontends import service
    from desktop_agent.messages import ServerModel
    from desktop_agent.runtime.backends import Limiter
    from desktop_agent.runtime.lines import standard_input
    from desktop_agent.settings.store import Settings
    from desktop_agent.system import Folder
    from desktop_agent.ui.upkeep import Collector
    from desktop_agent.ui.window import MainWindow
    from desktop_agent.ui.work import Work

    given = {
        "service_port": "0",
        "max_connections": "10000",
        "server_address": "http://127.0.0.1:9",
        "log_level": "error",
    }
    settings = Settings.open(Folder(folder).settings, {}, given)
    window = MainWindow(Folder(folder), settings)
    window.show()
    label = QLabel("0", window)
    label.show()
    late: list[float] = []
    timer, due = QTimer(window), 0.0

    def came() -> None:
        nonlocal due
        now = time.perf_counter()
        late.append(max(0.0, now - due) * 1000)
        due = now + 0.016
        label.setText(str(len(late)))

    timer.setTimerType(Qt.TimerType.PreciseTimer)
    timer.timeout.connect(came)
    async with open_app(Folder(folder), settings) as app, serving(app, service) as served:
        work = Work(window.say)
        window.fill(served, work)
        collector = Collector(window)
        collector.start()
        limiter = Limiter("simulated", start=places, most=places)
        engine = Simulated(limiter)
        served.servers.engine = lambda _chosen, _client=None: engine  # type: ignore[method-assign,assignment,return-value]
        assert served.service is not None
        await served.service.start()
        due = time.perf_counter() + 0.016
        timer.start(16)
        print(json.dumps({"url": served.service.url, "token": served.service.token()}), flush=True)
        me = psutil.Process()
        async for line in standard_input():
            if line == "end":
                break
            if line == "talk":
                talk = await served.conversations.create(server=ServerModel(SERVER, "simulated"))
                print(json.dumps({"conversation": str(talk.id)}), flush=True)
                continue
            times = me.cpu_times()
            figures = {
                "late": sorted(late), "cpu_s": times.user + times.system, "bytes": me.memory_info().rss,
                "refused": limiter.info.refused, "average_s": limiter.info.average_s,
            }  # fmt: skip
            late.clear()
            print(json.dumps(figures), flush=True)
        timer.stop()
        assert window.filling is not None
        window.filling.close()
        await work.close()
        window.close()


# The users, in this process


class Socket(asyncio.Protocol):
    """A WebSocket client that costs little: the generator must not be what is measured."""

    def __init__(self, url: str, token: str) -> None:
        self._host = url.partition("//")[2]
        self._token = token
        self._buffer = b""
        self._upgraded: asyncio.Future[int] = asyncio.get_running_loop().create_future()
        self.waiting: dict[str, tuple[float, asyncio.Future[dict[str, Any]]]] = {}
        self._said: dict[str, str] = {}

    async def open(self) -> int:
        """Connect; the status of the handshake."""
        host, _, port = self._host.rpartition(":")
        await asyncio.get_running_loop().create_connection(lambda: self, host, int(port))
        return await asyncio.wait_for(self._upgraded, 30)

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self.transport = transport
        transport.write(
            f"GET /ws HTTP/1.1\r\nHost: {self._host}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
            f"Authorization: Bearer {self._token}\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n"
            "Sec-WebSocket-Version: 13\r\n\r\n".encode()
        )

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if not self._upgraded.done():
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            if found:
                self._upgraded.set_result(int(head.split()[1]))
                self._buffer = rest
        while (taken := self._frame()) is not None:
            kind, payload = taken
            if kind == 9:
                self._send(10, payload)
            elif kind == 1:
                self._take(json.loads(payload))

    def connection_lost(self, _exc: Exception | None) -> None:
        for _begun, future in self.waiting.values():
            if not future.done():
                future.set_result({"type": "lost"})

    def ask(self, number: str, **more: Any) -> asyncio.Future[dict[str, Any]]:
        """Ask; the last message of the answer, with ``waited`` seconds and the ``text``."""
        future: asyncio.Future[dict[str, Any]] = asyncio.get_running_loop().create_future()
        self.waiting[number] = (time.perf_counter(), future)
        record = {"type": "chat", "id": number, "text": "What is new?", **more}
        self._send(1, json.dumps(record).encode())
        return future

    def _take(self, record: dict[str, Any]) -> None:
        number, kind = str(record.get("id")), record["type"]
        if kind == "chunk":
            self._said[number] = record["text"]
        elif kind in ("done", "error") and number in self.waiting:
            begun, future = self.waiting.pop(number)
            if not future.done():
                text = self._said.pop(number, "")
                future.set_result(record | {"waited": time.perf_counter() - begun, "text": text})

    def _frame(self) -> tuple[int, bytes] | None:
        buffer = self._buffer
        if not self._upgraded.done() or len(buffer) < 2:
            return None
        size, start = buffer[1] & 127, 2
        if size == 126:
            size, start = int.from_bytes(buffer[2:4], "big"), 4
        elif size == 127:
            size, start = int.from_bytes(buffer[2:10], "big"), 10
        if len(buffer) < start + size:
            return None
        self._buffer = buffer[start + size :]
        return buffer[0] & 15, buffer[start : start + size]

    def _send(self, kind: int, payload: bytes) -> None:
        size = len(payload)
        head = bytes((128 | kind, 128 | size)) if size < 126 else bytes((128 | kind, 254)) + size.to_bytes(2, "big")
        self.transport.write(head + b"\0\0\0\0" + payload)  # a mask of zeros changes nothing


class Host:
    """The program as its own process."""

    def __init__(self, process: asyncio.subprocess.Process, url: str, token: str) -> None:
        self._process, self.url, self.token = process, url, token

    @classmethod
    @asynccontextmanager
    async def running(cls, places: int) -> AsyncIterator[Host]:
        with tempfile.TemporaryDirectory() as folder:
            process = await asyncio.create_subprocess_exec(
                sys.executable, __file__, "host", folder, str(places), limit=1 << 24,
                stdin=asyncio.subprocess.PIPE, stdout=asyncio.subprocess.PIPE,
            )  # fmt: skip
            assert process.stdout is not None
            try:
                told = json.loads(await asyncio.wait_for(process.stdout.readline(), 60))
                yield cls(process, told["url"], told["token"])
                await asyncio.wait_for(process.communicate(b"end\n"), 30)
            finally:
                if process.returncode is None:
                    process.kill()
                    await process.wait()

    async def look(self) -> dict[str, Any]:
        """Figures since the last look."""
        return await self._say("look")

    async def talk(self) -> str:
        """A conversation that the simulated server answers."""
        return str((await self._say("talk"))["conversation"])

    async def _say(self, word: str) -> dict[str, Any]:
        assert self._process.stdin is not None and self._process.stdout is not None
        self._process.stdin.write(f"{word}\n".encode())
        found: dict[str, Any] = json.loads(await asyncio.wait_for(self._process.stdout.readline(), 60))
        return found

    async def socket(self) -> Socket:
        socket = Socket(self.url, self.token)
        status = await socket.open()
        assert status == 101, f"the handshake was answered {status}"
        return socket


@dataclass
class Seen:
    """What the users saw; times in ms."""

    sent: int = 0
    over: list[float] = field(default_factory=list)
    refused: list[float] = field(default_factory=list)
    failed: int = 0
    in_time: int = 0
    """Answers that came before the load ended; those that waited then come later."""

    def take(self, answer: dict[str, Any]) -> None:
        if answer["type"] == "done":
            self.over.append((answer["waited"] - float(answer["text"])) * 1000)
        elif answer.get("code") == "busy":
            self.refused.append(answer["waited"] * 1000)
        else:
            self.failed += 1


async def load(sockets: list[Socket], seconds: float, talks: Sequence[str] = ()) -> Seen:
    """Every socket asks every two seconds, each with a beginning of its own, answered or not.

    With ``talks`` each asks in one of these conversations.
    """
    seen, loop = Seen(), asyncio.get_running_loop()
    futures: list[asyncio.Future[dict[str, Any]]] = []
    chance = random.Random(2)
    begun, end = loop.time(), loop.time() + seconds

    async def user(number: int, socket: Socket, first: float) -> None:
        due = begun + first
        how: dict[str, Any] = {"conversation": talks[number]} if talks else {"store": False, "model": MODEL}
        while due < end:
            await asyncio.sleep(max(0.0, due - loop.time()))
            futures.append(socket.ask(str(due), **how))
            seen.sent += 1
            due += EVERY_S

    users = (user(number, socket, chance.uniform(0, EVERY_S)) for number, socket in enumerate(sockets))
    await asyncio.gather(*users)
    seen.in_time = sum(future.done() and future.result()["type"] == "done" for future in futures)
    done, late = await asyncio.wait(futures, timeout=10)
    seen.failed += len(late)
    for future in done:
        seen.take(future.result())
    return seen


def part(values: list[float], share: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(len(ordered) * share))] if ordered else 0.0


def line(name: str, value: Any, goal: str, ok: bool) -> dict[str, Any]:
    """One result as ``run.py`` reads it."""
    return {"name": name, "value": value, "goal": goal, "ok": ok}


async def more(host_: Host, sockets: list[Socket], count: int) -> None:
    while len(sockets) < count:
        step = min(100, count - len(sockets))
        sockets += await asyncio.gather(*(host_.socket() for _ in range(step)))


async def many(results: list[dict[str, Any]], seconds: float) -> None:
    """1, 100, 500 and 2,000 users."""
    async with Host.running(512) as host_:
        sockets: list[Socket] = []
        memory = {}
        await asyncio.sleep(WARM_S)
        await host_.look()
        await asyncio.sleep(seconds)
        alone = part((await host_.look())["late"], 0.99)
        # What else the computer does makes a window late too, with nobody on the service.
        window_goal = round(max(16.0, 1.5 * alone), 1)
        results.append(line("window with nobody on the service, p99", f"{alone:.1f} ms", "", True))
        for users in (1, 100, 500, 2000):
            await more(host_, sockets, users)
            await load(sockets, WARM_S)
            before = await host_.look()
            seen = await load(sockets, seconds)
            after = await host_.look()
            memory[users] = after["bytes"]
            errors = 100 * (seen.failed + len(seen.refused)) / seen.sent
            cost_us = (after["cpu_s"] - before["cpu_s"]) / seen.sent * 1e6
            late = part(after["late"], 0.99)
            p50, p99 = part(seen.over, 0.5), part(seen.over, 0.99)
            told = (
                f"p50 {p50:.1f} ms, p99 {p99:.1f} ms, errors {errors:.2f} %, window p99 {late:.1f} ms, "
                f"{cost_us:.0f} µs of processor a message, {after['bytes'] / 1e6:.1f} MB"
            )
            goal, ok = "", True
            if users == 500:
                goal, ok = f"window p99 < {window_goal:g} ms", late < window_goal
            elif users == 2000:
                goal, ok = "overhead p99 < 100 ms, errors < 1 %", p99 < 100 and errors < 1
            results.append(line(f"{users} users, each every 2 s: overhead", told, goal, ok))
        growth = 100 * (memory[100] / memory[1] - 1)
        results.append(line("memory from 1 to 100 users", f"{growth:+.2f} %", "< +2 %", growth < 2))


async def single(results: list[dict[str, Any]], count: int = 200) -> None:
    """What one request takes longer than the server, with nobody else there."""
    async with Host.running(16) as host_:
        socket = await host_.socket()
        talks = [await host_.talk() for _ in range(count // 10)]

        place = host_.url.partition("//")[2]
        reader, writer = await asyncio.open_connection(*place.split(":"))
        body = json.dumps({"model": MODEL, "messages": [{"role": "user", "content": "What is new?"}]})
        request = (
            f"POST /v1/chat/completions HTTP/1.1\r\nHost: {place}\r\nAuthorization: Bearer {host_.token}\r\n"
            f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n{body}"
        ).encode()

        async def posted(_number: int) -> dict[str, Any]:
            begun = time.perf_counter()
            writer.write(request)
            head = await reader.readuntil(b"\r\n\r\n")
            size = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
            waited, record = time.perf_counter() - begun, json.loads(await reader.readexactly(size))
            return {"type": "done", "text": record["choices"][0]["message"]["content"], "waited": waited}

        ways: dict[str, Callable[[int], Awaitable[dict[str, Any]]]] = {
            "chat completion": posted,
            "WebSocket, not stored": lambda number: socket.ask(str(number), store=False, model=MODEL),
            "WebSocket, stored in a conversation, with notes": lambda number: socket.ask(
                str(number), conversation=talks[number % len(talks)]
            ),
        }
        for name, ask in ways.items():
            seen = Seen()
            for number in range(count):
                seen.take(await asyncio.wait_for(ask(number), 10))
            middle = statistics.median(seen.over)
            told = f"{middle:.2f} ms, p99 {part(seen.over, 0.99):.2f} ms, {seen.failed} failed"
            goal = "" if "stored in" in name else "< 2 ms"
            results.append(line(f"one request, {name}", told, goal, not goal or middle < 2))
        writer.close()


async def core(results: list[dict[str, Any]], batches: int = 8, count: int = 60) -> None:
    """A whole stored turn on a plain loop, as the terminal and ``serve`` have it, with a server that takes no time.

    The best of several batches is told: it is the nearest to a computer that does nothing else.
    """
    from desktop_agent.app import open_app
    from desktop_agent.messages import ServerModel
    from desktop_agent.runtime.backends import Limiter
    from desktop_agent.settings.store import Settings
    from desktop_agent.system import Folder

    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place))
        settings = Settings.open(folder.settings, {}, {"server_address": "http://127.0.0.1:9"})
        async with open_app(folder, settings) as app:
            engine = Simulated(Limiter("simulated"), 0, 0)
            app.servers.engine = lambda _chosen, _client=None: engine  # type: ignore[method-assign,assignment,return-value]
            server = ServerModel(SERVER, "simulated")
            talks = [await app.conversations.create(server=server) for _ in range(count // 2)]

            async def turns() -> float:
                begun = time.perf_counter()
                for number in range(count):
                    async with app.chat.turn(talks[number % len(talks)].id, "What is new?") as events:
                        async for _event in events:
                            pass
                return (time.perf_counter() - begun) / count * 1000

            await turns()  # what is loaded at the first questions is loaded
            cpu = time.process_time()
            times = [await turns() for _ in range(batches)]
            cpu_ms = (time.process_time() - cpu) / (batches * count) * 1000
    best = min(times)
    told = f"{best:.2f} ms (median of batches {statistics.median(times):.2f}, processor {cpu_ms:.2f})"
    results.append(line("one question through the whole core: notes, prompt, line, storing", told, "< 2 ms", best < 2))


async def stored(results: list[dict[str, Any]], seconds: float) -> None:
    """Users whose conversations are kept: five transactions for each message."""
    async with Host.running(512) as host_:
        sockets: list[Socket] = []
        talks: list[str] = []
        for users in (50, 100, 200):
            await more(host_, sockets, users)
            talks += [await host_.talk() for _ in range(users - len(talks))]
            await load(sockets, WARM_S, talks)
            before = await host_.look()
            seen = await load(sockets, seconds, talks)
            after = await host_.look()
            errors = 100 * (seen.failed + len(seen.refused)) / seen.sent
            cost_ms = (after["cpu_s"] - before["cpu_s"]) / seen.sent * 1e3
            told = (
                f"p50 {part(seen.over, 0.5):.1f} ms, p99 {part(seen.over, 0.99):.1f} ms, errors {errors:.2f} %, "
                f"window p99 {part(after['late'], 0.99):.1f} ms, {cost_ms:.1f} ms of processor a message"
            )
            results.append(line(f"{users} users, stored: overhead", told, "", True))


async def overload(results: list[dict[str, Any]], seconds: float, places: int = 16) -> None:
    """Twice as many requests as can be answered, for a while."""
    async with Host.running(places) as host_:
        capacity = places / 0.125
        users = int(2 * capacity * EVERY_S)
        sockets: list[Socket] = []
        await more(host_, sockets, users)
        await load(sockets, WARM_S)
        seen = await load(sockets, seconds)
        good = seen.in_time / seconds / capacity
        slow = part(seen.refused, 0.99)
        told = (
            f"{seen.failed} of {len(seen.over)} accepted failed, {len(seen.refused)} refused in {slow:.1f} ms (p99), "
            f"goodput {good:.2f} of {capacity:.0f} a second"
        )
        goal = "0 failed, refused < 50 ms, goodput >= 0.95"
        ok = seen.failed == 0 and slow < 50 and good >= 0.95
        results.append(line("twice the capacity for a while", told, goal, ok))


async def measure(parts: list[str]) -> list[dict[str, Any]]:
    results: list[dict[str, Any]] = []
    seconds = float(os.environ.get("BENCH_SECONDS", "20"))
    if not parts or "core" in parts:
        await core(results)
    if not parts or "single" in parts:
        await single(results)
    if not parts or "many" in parts:
        await many(results, seconds)
    if not parts or "stored" in parts:
        await stored(results, seconds / 2)
    if not parts or "overload" in parts:
        await overload(results, seconds)
    return results


def main(arguments: list[str]) -> int:
    if arguments[:1] == ["host"]:
        import qasync

        from desktop_agent.ui.start import new_application

        application = new_application()
        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
            runner.run(host(Path(arguments[1]), int(arguments[2])))
        return 0
    results = asyncio.run(measure(arguments))
    for result in results:
        print(json.dumps(result, ensure_ascii=False))
    return 0 if all(result["ok"] for result in results) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
