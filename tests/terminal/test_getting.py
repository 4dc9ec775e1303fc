"""Downloading, removing and moving models on the command line, from a real server on loopback."""

from __future__ import annotations

import asyncio
import hashlib
import json
import shutil
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop_agent.data_files import resources
from desktop_agent.system import Folder
from tests import consoles
from tests.inference.file_server import FileServer, catalogue, sends, silent_after
from tests.terminal.test_command_line import plain_environment

LIMIT_S = 60


class Terminal:
    """The program with a list of its own, whose one model comes from loopback."""

    def __init__(self, root: Path, folder: Folder, server: FileServer) -> None:
        self.root, self.folder, self.server = root, folder, server

    async def start(self, *arguments: str) -> asyncio.subprocess.Process:
        return await asyncio.create_subprocess_exec(
            *(sys.executable, "-W", "error", "-m", "desktop_agent", "--folder", str(self.folder.root), *arguments),
            cwd=self.root,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
            env=plain_environment() | {"PYTHONPATH": str(self.root), "NO_PROXY": "*"},
            creationflags=consoles.OWN_CONSOLE,
        )

    async def run(self, *arguments: str) -> tuple[int, str, str]:
        process = await self.start(*arguments)
        out, err = await asyncio.wait_for(process.communicate(), LIMIT_S)
        # Windows ends lines in another way.
        said, complained = (text.decode().replace("\r\n", "\n") for text in (out, err))
        return process.returncode or 0, said, complained


@pytest.fixture
async def terminal(tmp_path: Path, folder: Folder, tiny_model: Path) -> AsyncIterator[Terminal]:
    root = tmp_path / "program"
    shutil.copytree(
        resources().parent / "desktop_agent", root / "desktop_agent", ignore=shutil.ignore_patterns("*.pyc")
    )
    shutil.copytree(resources(), root / "resources", ignore=shutil.ignore_patterns("*.dat", "*.gguf"))
    server = FileServer(tiny_model.read_bytes())
    async with server.open():
        path = root / "resources" / "models" / "catalogue.toml"
        catalogue(path, server.address, content=server.content, file="tiny-Q4.gguf")
        yield Terminal(root, folder, server)


async def test_a_model_is_got_listed_used_and_removed(terminal: Terminal) -> None:
    status, out, err = await terminal.run("model", "get", "Tiny")
    assert (status, out) == (0, "Tiny is here. Use it with: desktop-agent model use tiny\n"), err
    assert "MB stay free" in err
    path = terminal.folder.models / "tiny-Q4.gguf"
    assert hashlib.sha256(path.read_bytes()).digest() == hashlib.sha256(terminal.server.content).digest()
    status, out, _ = await terminal.run("model", "use", "tiny")
    assert (status, out) == (0, "tiny answers from now on.\n")
    (listed,) = [json.loads(line) for line in (await terminal.run("model", "list", "--json"))[1].splitlines()]
    assert (listed["used"], listed["installed"], listed["offer"]) == (True, True, "tiny")
    status, out, _ = await terminal.run("model", "remove", "tiny")
    assert (status, out) == (0, "tiny-Q4.gguf is deleted.\n")
    assert not path.exists()
    status, out, _ = await terminal.run("model", "list")
    assert "  tiny  Tiny: tests" in out
    assert "words a second, estimated" in out


async def test_progress_is_one_json_object_a_line(terminal: Terminal) -> None:
    status, out, _ = await terminal.run("model", "get", "tiny", "--json")
    steps = [json.loads(line) for line in out.splitlines()]
    assert status == 0
    assert steps[-1] == {"event": "downloaded", "name": "tiny", "path": str(terminal.folder.models / "tiny-Q4.gguf")}
    assert {step["event"] for step in steps[:-1]} == {"download"}
    assert steps[-2]["stage"] == "done"
    assert steps[-2]["done"] == steps[-2]["total"] == len(terminal.server.content)


async def test_what_cannot_be_had_is_a_sentence_and_status_1(terminal: Terminal) -> None:
    terminal.server.always = sends(b"x" * len(terminal.server.content))
    status, out, err = await terminal.run("model", "get", "tiny", "--json")
    assert status == 1
    assert json.loads(out.splitlines()[-1])["code"] == "not_downloaded"
    assert "What Source 1 sent is not Tiny: its checksum is wrong." in err
    status, _, err = await terminal.run("model", "get", "gpt-5")
    assert status == 1
    assert "There is no model named gpt-5 to download. These can be downloaded: tiny." in err
    status, _, err = await terminal.run("model", "remove", "tiny")
    assert (status, err) == (1, "tiny is not here. See what is with: desktop-agent model list\n")


async def test_ctrl_c_keeps_what_came_and_the_same_command_goes_on(terminal: Terminal) -> None:
    silent = asyncio.Event()
    terminal.server.acts.append(silent_after(100_000, silent))
    process = await terminal.start("model", "get", "tiny", "--json")
    assert process.stdout is not None
    while json.loads(await asyncio.wait_for(process.stdout.readline(), LIMIT_S))["done"] < 100_000:
        pass
    # On Windows that takes another process, and the server that falls silent lives in this one.
    await asyncio.to_thread(consoles.interrupt, process.pid)
    await asyncio.wait_for(process.communicate(), LIMIT_S)
    assert process.returncode == 130
    assert (await terminal.run("model", "get", "tiny"))[0] == 0
    assert terminal.server.requests[-1].headers["range"] == "bytes=100000-"


async def test_the_folder_for_models_moves_with_its_files(terminal: Terminal, tmp_path: Path) -> None:
    await terminal.run("model", "get", "tiny")
    new = tmp_path / "U 盘"
    status, out, _ = await terminal.run("model", "move", str(new))
    assert (status, out) == (0, f"The models are in {new}.\n")
    assert [path.name for path in new.iterdir()] == ["tiny-Q4.gguf"]
    (listed,) = [json.loads(line) for line in (await terminal.run("model", "list", "--json"))[1].splitlines()]
    assert listed["path"] == str(new / "tiny-Q4.gguf")
