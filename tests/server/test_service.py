"""The service as a whole: on, off, elsewhere, and what is said when it cannot be."""

from __future__ import annotations

import asyncio
import json
import os
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import aiohttp
import pytest

from desktop_agent.app import App, open_app, serving
from desktop_agent.errors import NotAvailable
from desktop_agent.frontends import service
from desktop_agent.runtime.serving import Service, ServiceState
from desktop_agent.runtime.task_info import Priority
from desktop_agent.settings import catalogue
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder
from tests import consoles
from tests.runtime.conftest import until
from tests.server.conftest import Serve, question


def of(app: App) -> Service:
    assert app.service is not None
    return app.service


async def up(url: str) -> bool:
    try:
        async with aiohttp.ClientSession() as http, http.get(f"{url}/health") as response:
            return response.status == 200
    except aiohttp.ClientConnectionError:
        return False


async def test_it_is_off_until_the_setting_says_otherwise_and_follows_it(folder: Folder) -> None:
    settings = Settings.open(folder.settings, {}, {"service_port": "0"})
    async with open_app(folder, settings) as app, serving(app, service) as served:
        states: list[ServiceState] = []
        of(served).watch(lambda: states.append(of(served).state))
        await of(served).follow()
        assert of(served).state is ServiceState.OFF
        settings.set(catalogue.SERVICE_ON, True)
        await until(lambda: of(served).state is ServiceState.ON)
        first = of(served).url
        assert await up(first)
        settings.set(catalogue.SERVICE_ON, False)
        await until(lambda: of(served).state is ServiceState.OFF)
        assert not await up(first)
        settings.set(catalogue.SERVICE_ON, True)
        await until(lambda: of(served).state is ServiceState.ON)
        assert await up(of(served).url)
        assert states[:3] == [ServiceState.OFF, ServiceState.STARTING, ServiceState.ON]
    assert not await up(first)


async def test_it_moves_to_another_port_while_it_runs_and_says_when_that_is_taken(serve: Serve) -> None:
    async with serve() as client:
        pass
    settings = Settings.open(client.app.folder.settings, {}, {})
    with socket.socket() as taken, socket.socket() as spare:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        spare.bind(("127.0.0.1", 0))
        free = spare.getsockname()[1]
        spare.close()
        settings.set(catalogue.SERVICE_PORT, free)
        async with open_app(client.app.folder, settings) as app, serving(app, service) as served:
            await of(served).start()
            assert of(served).url == f"http://127.0.0.1:{free}"
            port = taken.getsockname()[1]
            settings.set(catalogue.SERVICE_PORT, port)
            await until(lambda: of(served).state is ServiceState.FAILED)
            told = of(served).error
            assert isinstance(told, NotAvailable)
            assert told.told().startswith(f"Port {port} is used by another program. Choose another port")
            settings.set(catalogue.SERVICE_PORT, free)
            await until(lambda: of(served).state is ServiceState.ON)
            assert await up(of(served).url)


@pytest.mark.parametrize("host", ["192.0.2.1", "no-such-name.invalid", "", "1.2.3.4.5"])
async def test_an_address_that_is_not_this_computer_s_gets_a_sentence(folder: Folder, host: str) -> None:
    settings = Settings.open(folder.settings, {}, {"service_port": "0", "service_host": host})
    async with open_app(folder, settings) as app, serving(app, service) as served:
        with pytest.raises(NotAvailable, match="This computer has no address"):
            await of(served).start()
        assert of(served).state is ServiceState.FAILED
        assert of(served).clients == 0


async def test_in_a_network_the_address_for_this_computer_is_told(folder: Folder) -> None:
    settings = Settings.open(folder.settings, {}, {"service_port": "0", "service_host": "0.0.0.0"})
    async with open_app(folder, settings) as app, serving(app, service) as served:
        assert of(served).open_to_network
        await of(served).start()
        assert of(served).url.startswith("http://127.0.0.1:")
        assert await up(of(served).url)
    settings = Settings.open(folder.settings, {}, {})
    async with open_app(folder, settings) as app, serving(app, service) as served:
        assert not of(served).open_to_network


async def test_ending_the_program_ends_answers_and_keeps_what_was_said(serve: Serve, folder: Folder) -> None:
    async with serve(reply_tokens="8192", context_tokens="8192") as client:
        web = await client.socket()
        await web.send_json({"type": "chat", "id": "1", "text": "count to ten thousand"})
        assert (await web.receive_json())["type"] == "started"
        assert (await web.receive_json())["type"] == "chunk"
        streaming = client.http.post(
            f"{client.url}/v1/chat/completions", headers=client.token, json=question(stream=True)
        )
        asked = asyncio.ensure_future(streaming)
        await until(lambda: len(client.app.tasks.snapshot()) == 2)
        await client.service.close()
        # When an answer ends, what comes next may be read ahead.
        assert [task for task in client.app.tasks.snapshot() if task.priority is not Priority.BACKGROUND] == []
        asked.cancel()
        await asyncio.gather(asked, return_exceptions=True)
        await web.close()
    async with open_app(folder, Settings.open(folder.settings, {}, {})) as app:
        (talk,) = await app.conversations.all()
        answer = (await app.conversations.messages(talk.id))[-1]
        assert str(answer.ending) == "stopped" and answer.text


@pytest.mark.skipif(not consoles.feels_break(), reason="Wine tells no program to end")
def test_the_command_says_where_it_answers_and_ends_when_it_is_told_to(folder: Folder) -> None:
    command = [sys.executable, "-m", "desktop_agent", "--folder", str(folder.root), "serve", "--port", "0", "--json"]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, text=True, encoding="utf-8", creationflags=consoles.OWN_CONSOLE
    ) as program:
        assert program.stdout is not None
        told = json.loads(program.stdout.readline())
        try:
            assert told["event"] == "serving"
            assert told["token"] == (folder.root / "service.token").read_text().strip()
            assert asyncio.run(up(told["url"]))
        finally:
            consoles.end(program.pid)
        assert program.wait(30) == 0
    assert not asyncio.run(up(told["url"]))


def test_the_command_says_why_it_cannot(folder: Folder) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = str(taken.getsockname()[1])
        command = [sys.executable, "-m", "desktop_agent", "--folder", str(folder.root), "serve", "--port"]
        environment = os.environ | {"DESKTOP_AGENT_LANGUAGE": "en"}
        said: dict[str, Any] = {"capture_output": True, "text": True, "encoding": "utf-8", "timeout": 60}
        answer = subprocess.run([*command, port], env=environment, **said)
        assert (answer.returncode, answer.stdout) == (1, "")
        assert answer.stderr.startswith(f"Port {port} is used by another program.")
        wrong = subprocess.run([*command, "99999"], env=environment, **said)
        assert wrong.returncode == 2
        assert "service_port takes a whole number from 0 to 65535" in wrong.stderr


def test_nothing_of_the_server_is_loaded_before_it_starts() -> None:
    question_ = (
        "import sys; from desktop_agent.app import open_app; from desktop_agent.server.service import LocalService;"
        "print('aiohttp' in sys.modules)"
    )
    root = Path(__file__).resolve().parents[2]
    answer = subprocess.run([sys.executable, "-c", question_], cwd=root, capture_output=True, text=True, check=True)
    assert answer.stdout.strip() == "False"
