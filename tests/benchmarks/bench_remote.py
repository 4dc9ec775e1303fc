"""What a model on a server costs here: the time that the program adds to a request, and what its client takes.

1. Added time: a stream of three words from a server on this computer, through the engine and through a whole turn
   (question stored, notes looked for, answer stored), less the same request by the bare HTTP client. Medians of
   alternating requests. Goal for the engine: under 2 ms.
2. Import: the time and the memory of the HTTP client, which are paid when a server is first asked.
3. Failing: how long a question takes until the circuit of a dead server is open, and after that. Goal: under 50 ms.
"""

from __future__ import annotations

import asyncio
import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

import aiohttp

from desktop_agent.app import App, open_app
from desktop_agent.errors import ServerFailed
from desktop_agent.inference.engine import Sampling
from desktop_agent.messages import PromptMessage, Role, ServerModel
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder
from tests.inference import loopback as lo
from tests.inference.loopback import Loopback, loopback

ROUNDS = 150
QUESTION = [PromptMessage(Role.USER, "Hello?")]
IMPORT = """
import time, json
def pss():
    return sum(int(line.split()[1]) for line in open('/proc/self/smaps_rollup') if line.startswith('Pss:')) / 1024
import asyncio
memory, begun = pss(), time.process_time()
import aiohttp
print(json.dumps([(time.process_time() - begun) * 1000, pss() - memory]))
"""


def main() -> int:
    good = asyncio.run(measure())
    done = subprocess.run([sys.executable, "-c", IMPORT], capture_output=True, text=True, check=True)
    ms, megabytes = json.loads(done.stdout)
    good &= tell("the HTTP client, when a server is first asked", f"{ms:.0f} ms of processor time, {megabytes:.1f} MB")
    return 0 if good else 1


def tell(name: str, value: str, goal: str = "", ok: bool = True) -> bool:
    print(json.dumps({"name": name, "value": value, "goal": goal, "ok": ok}))
    return ok


async def measure() -> bool:
    with tempfile.TemporaryDirectory() as place, loopback() as server:
        folder = Folder(Path(place))
        folder.make()
        async with open_app(folder, Settings.open(folder.settings, {}, {})) as app:
            address = await app.servers.connect(server.address)
            chosen = ServerModel(address.text, "tiny")
            talk = await app.conversations.create(server=chosen)
            bare, engine, turn = [], [], []
            async with aiohttp.ClientSession() as session:
                for round_ in range(ROUNDS + 5):
                    times = (
                        await raw(session, server),
                        await through_engine(app, chosen),
                        await through_turn(app, talk.id),
                    )
                    if round_ >= 5:
                        for kept, one in zip((bare, engine, turn), times, strict=True):
                            kept.append(one)
            base, added = statistics.median(bare), statistics.median(engine) - statistics.median(bare)
            good = tell("a server's answer through the engine", f"{base:.2f} + {added:.2f} ms", "+ 2 ms", added < 2)
            good &= tell("the same through a whole turn", f"{base:.2f} + {statistics.median(turn) - base:.2f} ms")
            return await failing(app, chosen, server) and good


async def raw(session: aiohttp.ClientSession, server: Loopback) -> float:
    record = {"model": "tiny", "messages": [{"role": "user", "content": "Hello?"}], "stream": True}
    begun = time.perf_counter()
    async with session.post(f"{server.address}/chat/completions", json=record) as response:
        await response.read()
    return (time.perf_counter() - begun) * 1000


async def through_engine(app: App, chosen: ServerModel) -> float:
    begun = time.perf_counter()
    async with app.servers.engine(chosen).stream(QUESTION, Sampling()) as events:
        async for _ in events:
            pass
    return (time.perf_counter() - begun) * 1000


async def through_turn(app: App, conversation: int) -> float:
    begun = time.perf_counter()
    async with app.chat.turn(conversation, "Hello?") as events:
        async for _ in events:
            pass
    return (time.perf_counter() - begun) * 1000


async def failing(app: App, chosen: ServerModel, server: Loopback) -> bool:
    server.answers = [lo.status(500)]
    times = []
    for _ in range(5):
        begun = time.perf_counter()
        try:
            async with app.servers.engine(chosen).stream(QUESTION, Sampling()) as events:
                async for _event in events:
                    pass
        except ServerFailed:
            times.append((time.perf_counter() - begun) * 1000)
    told = f"{', '.join(f'{ms:.0f}' for ms in times[:3])} ms, then {times[-1]:.2f} ms"
    return tell("a failing server, then left alone", told, "50 ms", times[-1] < 50)


if __name__ == "__main__":
    sys.exit(main())
