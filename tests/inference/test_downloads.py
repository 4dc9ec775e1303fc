"""Downloads from servers that break, lie and are silent: what has the wrong bytes never gets a model's name."""

from __future__ import annotations

import asyncio
import hashlib
import json
import os
import re
import subprocess
import sys
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack
from dataclasses import replace
from pathlib import Path

import pytest

from desktop_agent.errors import StorageError
from desktop_agent.inference.downloads import Download, Downloads, Stage
from desktop_agent.inference.fetch_line import _range, _retry_after, proxy_for
from desktop_agent.inference.fetch_trouble import Patience, Trouble
from desktop_agent.inference.part import Part, Pin, kept_bytes
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import Folder
from tests.inference.file_server import (
    FILE,
    Act,
    FileServer,
    breaks_after,
    catalogue,
    endless,
    ignores_ranges,
    right,
    says,
    sends,
    silent_after,
)

LIMIT_S = 60
CONTENT = bytes(os.urandom(300_000))
OTHER = bytes(os.urandom(len(CONTENT)))
QUICK = Patience(connect_s=60, silence_s=60, first_pause_s=0.01, longest_pause_s=0.02)


class Site:
    """Sources on loopback, and the downloads of one program."""

    def __init__(self, folder: Folder, threads: Threads, servers: list[FileServer], patience: Patience) -> None:
        self.folder, self.servers = folder, servers
        listed = catalogue(folder.root / "list.toml", *(server.address for server in servers), content=CONTENT)
        self.downloads = Downloads(
            lambda: folder.models, threads, lambda: "automatic", catalogue=listed, patience=patience
        )

    async def start(self) -> None:
        self.downloads.start((await self.downloads.offers()).models[0])

    async def fetched(self) -> Download:
        """How it ended."""
        await self.start()
        return await asyncio.wait_for(self.downloads.ended("tiny"), LIMIT_S)

    def asked(self, number: int = 0) -> list[str]:
        """The ranges that one server was asked for."""
        return [request.headers.get("range", "") for request in self.servers[number].requests]

    def here(self) -> list[str]:
        return sorted(path.name for path in self.folder.models.iterdir())


Open = Callable[..., "asyncio.Future[Site]"]


@pytest.fixture
async def site(folder: Folder, threads: Threads) -> AsyncIterator[Open]:
    """Opens a site: acts for each server, the first of them asked first."""
    async with AsyncExitStack() as stack:

        async def open_one(*acts: list[Act], content: bytes = CONTENT, patience: Patience = QUICK) -> Site:
            servers = []
            for listed in acts or ([],):
                server = FileServer(content)
                server.acts.extend(listed)
                servers.append(await stack.enter_async_context(server.open()))
            made = Site(folder, threads, servers, patience)
            stack.push_async_callback(made.downloads.close)
            return made

        yield open_one


async def test_a_file_gets_its_name_when_its_bytes_are_right(site: Open, folder: Folder) -> None:
    opened = await site()
    seen: list[Download] = []
    opened.downloads.watch(seen.append)
    ended = await opened.fetched()
    assert (ended.stage, ended.path, ended.done) == (Stage.DONE, folder.models / FILE, len(CONTENT))
    assert ended.path.read_bytes() == CONTENT
    assert opened.here() == [FILE]
    assert [one.stage for one in seen][:1] == [Stage.QUEUED]
    request = opened.servers[0].requests[0]
    assert request.path.endswith(".gguf")
    assert {"cookie", "authorization"} & request.headers.keys() == set()


async def test_a_connection_that_breaks_goes_on_where_it_broke(site: Open) -> None:
    opened = await site([breaks_after(100_000), breaks_after(50_000), breaks_after(0), breaks_after(1)])
    assert (await opened.fetched()).stage is Stage.DONE
    assert opened.asked() == ["", "bytes=100000-", "bytes=150000-", "bytes=150000-", "bytes=150001-"]
    assert opened.servers[0].requests[1].headers["if-range"] == '"one"'


async def test_a_server_that_ignores_ranges_costs_nothing_of_what_is_here(site: Open) -> None:
    opened = await site([breaks_after(100_000), ignores_ranges])
    assert (await opened.fetched()).stage is Stage.DONE
    assert opened.asked() == ["", "bytes=100000-"]


async def test_a_file_that_changed_between_two_ranges_is_begun_anew(site: Open) -> None:
    async def changed(server, request, writer):  # type: ignore[no-untyped-def]
        server.content, server.etag = CONTENT, '"two"'
        await right(server, request, writer)

    opened = await site([breaks_after(100_000), changed], content=OTHER)
    ended = await opened.fetched()
    assert ended.stage is Stage.DONE
    assert ended.path is not None and ended.path.read_bytes() == CONTENT


async def test_a_server_that_hides_the_change_is_found_out_by_its_etag(site: Open) -> None:
    async def part_of_another(server, request, writer):  # type: ignore[no-untyped-def]
        server.content, server.etag = CONTENT, '"two"'
        request.headers.pop("if-range")
        await right(server, request, writer)

    opened = await site([breaks_after(100_000), part_of_another], content=OTHER)
    assert (await opened.fetched()).stage is Stage.DONE
    assert opened.asked() == ["", "bytes=100000-", ""]


async def test_wrong_bytes_are_set_aside_and_the_next_source_is_asked(site: Open) -> None:
    opened = await site([sends(OTHER)], [])
    opened.servers[1].acts.append(breaks_after(10))
    ended = await opened.fetched()
    assert ended.stage is Stage.DONE
    assert ended.path is not None and ended.path.read_bytes() == CONTENT
    assert len(opened.servers[0].requests) == 1
    assert opened.here() == [FILE]


async def test_wrong_bytes_everywhere_are_a_sentence_and_no_model(site: Open) -> None:
    opened = await site([sends(OTHER)], [sends(OTHER)])
    ended = await opened.fetched()
    assert ended.stage is Stage.FAILED
    assert str(ended.trouble).startswith("What Source 2 sent is not Tiny: its checksum is wrong. It was set aside")
    assert FILE not in opened.here()
    assert f"{FILE}.wrong" in opened.here()
    await opened.downloads.remove("tiny")
    assert opened.here() == []


async def test_when_two_sources_mixed_wrong_bytes_each_is_asked_for_all_of_it(site: Open) -> None:
    # The first gives half of a wrong file and is gone, the second the right rest: nobody knows who was wrong.
    opened = await site([breaks_after(100_000), *[says("503 Busy")] * 3], [])
    opened.servers[0].content = OTHER
    opened.servers[0].always = says("404 Not Found")
    ended = await opened.fetched()
    assert ended.stage is Stage.DONE
    assert opened.asked(1) == ["bytes=100000-", ""]


@pytest.mark.parametrize(
    ("act", "reason"),
    [
        (says("404 Not Found"), "does not have the file"),
        (says("403 Forbidden"), r"does not give the file \(answer 403\)"),
        (sends(b"<html>sign in</html>", Content_Type="text/html"), "has another file under this name"),
        (sends(CONTENT + b"more"), "has another file under this name"),
        (sends(CONTENT, Content_Encoding="gzip"), "makes no sense"),
        (says("302 Found", Location="ftp://127.0.0.1/x"), "makes no sense"),
        (says("302 Found"), "makes no sense"),
        (endless, "has another file under this name"),
    ],
)
async def test_a_source_that_is_of_no_use_is_not_asked_twice(site: Open, act: Act, reason: str) -> None:
    opened = await site([act], [])
    ended = await opened.fetched()
    assert ended.stage is Stage.DONE
    assert len(opened.servers[0].requests) == 1
    alone = await site([])
    alone.servers[0].always = act
    (alone.folder.models / FILE).unlink()
    ended = await alone.fetched()
    assert ended.stage is Stage.FAILED
    assert re.search(reason, str(ended.trouble))


async def test_when_no_source_has_the_file_all_that_were_asked_are_named(site: Open) -> None:
    opened = await site([], [])
    for server in opened.servers:
        server.always = says("404 Not Found")
    ended = await opened.fetched()
    assert str(ended.trouble).startswith("No source gives Tiny. These were asked: Source 1, Source 2.")


async def test_a_web_page_without_a_length_is_recognised(site: Open) -> None:
    async def page(server, request, writer):  # type: ignore[no-untyped-def]
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n\r\n<html>")
        await writer.drain()
        writer.close()

    opened = await site([page])
    ended = await opened.fetched()
    assert "A web page came in the place of the file" in str(ended.trouble)


async def test_a_busy_server_is_asked_again_after_the_time_it_names(site: Open) -> None:
    opened = await site([says("429 Too Many", Retry_After="0"), says("503 Busy", Retry_After="nonsense")])
    seen: list[Download] = []
    opened.downloads.watch(seen.append)
    assert (await opened.fetched()).stage is Stage.DONE
    told = [str(one.trouble) for one in seen if one.stage is Stage.RETRYING]
    assert told[0].startswith("Source 1 is too busy or out of order just now (answer 429).")


async def test_a_redirect_leads_to_the_file(site: Open) -> None:
    opened = await site(
        [says("302 Found", Location="/elsewhere/x?y=1"), breaks_after(1000), says("307", Location="/z")]
    )
    assert (await opened.fetched()).stage is Stage.DONE
    assert [request.path for request in opened.servers[0].requests][1:] == [
        "/elsewhere/x?y=1",
        "/a/b/%E6%A8%A1%E5%9E%8B%20Q4.gguf",
        "/z",
    ]
    assert opened.asked()[2:] == ["bytes=1000-", "bytes=1000-"]


async def test_a_silent_server_is_left_for_the_next(site: Open) -> None:
    opened = await site([silent_after(1000), *[silent_after(0)] * 9], [], patience=replace(QUICK, silence_s=0.5))
    assert (await opened.fetched()).stage is Stage.DONE
    assert opened.asked(1) == ["bytes=1000-"]


async def test_a_server_that_lies_about_where_a_part_begins_is_not_believed(site: Open) -> None:
    async def elsewhere(server, request, writer):  # type: ignore[no-untyped-def]
        body = server.content[50_000:]
        place = f"Content-Range: bytes 50000-299999/300000\r\nContent-Length: {len(body)}\r\n\r\n".encode()
        writer.write(b"HTTP/1.1 206 Partial Content\r\n" + place + body)

    opened = await site([breaks_after(100_000), elsewhere], [])
    ended = await opened.fetched()
    assert ended.stage is Stage.DONE
    assert opened.asked(1) == ["bytes=100000-"]


async def test_nobody_there_is_a_sentence_after_all_tries(folder: Folder, threads: Threads) -> None:
    listed = catalogue(folder.root / "list.toml", "http://127.0.0.1:9/{repository}/{file}", content=CONTENT)
    downloads = Downloads(lambda: folder.models, threads, lambda: "automatic", catalogue=listed, patience=QUICK)
    downloads.start((await downloads.offers()).models[0])
    ended = await asyncio.wait_for(downloads.ended("tiny"), LIMIT_S)
    assert ended.stage is Stage.FAILED
    assert str(ended.trouble).startswith("Source 1 (127.0.0.1) cannot be reached.")


async def test_a_paused_download_goes_on_in_a_later_program(site: Open, folder: Folder, threads: Threads) -> None:
    silent = asyncio.Event()
    opened = await site([silent_after(123_456, silent)])
    await opened.start()
    await silent.wait()
    while (now := opened.downloads.of("tiny")) is None or now.done < 123_456:
        await asyncio.sleep(0.01)
    opened.downloads.pause("tiny")
    paused = await opened.downloads.ended("tiny")
    assert (paused.stage, paused.done) == (Stage.PAUSED, 123_456)
    later = await site([])
    assert [(one.stage, one.done) for one in await later.downloads.all()] == [(Stage.PAUSED, 123_456)]
    assert later.asked() == []  # looking asks nobody
    assert (await later.fetched()).stage is Stage.DONE
    assert later.asked() == ["bytes=123456-"]


async def test_what_a_download_left_can_be_deleted(site: Open) -> None:
    silent = asyncio.Event()
    opened = await site([silent_after(1000, silent)])
    await opened.start()
    await silent.wait()
    await opened.downloads.remove("tiny")
    assert opened.here() == []
    assert opened.downloads.of("tiny") is None


async def test_downloads_wait_for_each_other_and_can_be_taken_back(site: Open) -> None:
    silent = asyncio.Event()
    opened = await site([silent_after(10, silent)])
    await opened.start()
    await silent.wait()
    offer = (await opened.downloads.offers()).models[0]
    second = replace(offer, name="second", file="second.gguf")
    opened.downloads.start(second)
    assert opened.downloads.of("second").stage is Stage.QUEUED
    opened.downloads.start(second)  # twice is once
    opened.downloads.pause("second")
    assert opened.downloads.of("second").stage is Stage.PAUSED
    opened.downloads.start(second)
    opened.downloads.pause("tiny")
    assert (await asyncio.wait_for(opened.downloads.ended("second"), LIMIT_S)).stage is Stage.DONE
    assert opened.downloads.of("tiny").stage is Stage.PAUSED


async def test_a_model_that_is_here_already_is_not_fetched(site: Open, folder: Folder) -> None:
    (folder.models / FILE).write_bytes(CONTENT)
    opened = await site()
    assert (await opened.fetched()).stage is Stage.DONE
    assert opened.asked() == []


async def test_another_model_of_the_same_name_keeps_it(site: Open, folder: Folder) -> None:
    (folder.models / FILE).write_bytes(b"mine")
    opened = await site()
    ended = await opened.fetched()
    assert ended.path == folder.models / "模型 Q4-2.gguf"
    assert (folder.models / FILE).read_bytes() == b"mine"


async def test_a_missing_folder_and_a_full_disk_are_told_before_anything_is_asked(
    site: Open, folder: Folder, threads: Threads
) -> None:
    opened = await site()
    folder.models.rmdir()
    ended = await opened.fetched()
    assert isinstance(ended.trouble, StorageError)
    assert "is not there. Connect the drive" in str(ended.trouble)
    folder.models.mkdir()
    listed = opened.folder.root / "list.toml"
    listed.write_text(listed.read_text("utf-8").replace(f"bytes = {len(CONTENT)}", f"bytes = {1 << 60}"), "utf-8")
    huge = Downloads(lambda: folder.models, threads, lambda: "automatic", catalogue=listed, patience=QUICK)
    huge.start((await huge.offers()).models[0])
    assert "MB are free. Free some space" in str((await huge.ended("tiny")).trouble)
    assert opened.asked() == []


KILLED = """
import asyncio, sys
from pathlib import Path
from desktop_agent.inference.downloads import Downloads
from desktop_agent.inference import part
from desktop_agent.runtime.threads import Threads
part.MARK_SECONDS = 0.0

async def main():
    downloads = Downloads(lambda: Path(sys.argv[1]), Threads(), lambda: "automatic", catalogue=Path(sys.argv[2]))
    downloads.watch(lambda download: print(download.done, flush=True))
    downloads.start((await downloads.offers()).models[0])
    await downloads.ended("tiny")

asyncio.run(main())
"""


async def test_a_killed_program_loses_only_what_was_not_marked(site: Open, folder: Folder) -> None:
    opened = await site([silent_after(200_000)])
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-c", KILLED, str(folder.models), str(folder.root / "list.toml")), stdout=subprocess.PIPE
    )
    assert process.stdout is not None
    while int(await asyncio.wait_for(process.stdout.readline(), LIMIT_S)) < 200_000:
        pass
    with (folder.models / f"{FILE}.part").open("ab") as tail:
        tail.write(b"what never reached the disk")
    process.kill()
    await process.wait()
    assert (await opened.fetched()).stage is Stage.DONE
    first, second = opened.asked()
    assert (first, second) == ("", "bytes=200000-")


def test_a_tail_that_a_power_cut_spoiled_is_fetched_again(tmp_path: Path) -> None:
    pin = Pin(3000, hashlib.sha256(b"a" * 1000 + b"b" * 1000 + b"c" * 1000).hexdigest())
    part = Part(tmp_path / "m.gguf", pin)
    part.open(lambda _done: None)
    part.begin("s", '"x"')
    for letter in (b"a", b"b"):
        part.add(letter * 1000)
        part.mark()
    part.add(b"c" * 500)
    part.close()
    spoiled = bytearray(part.path.read_bytes())
    spoiled[1500:1600] = bytes(100)
    part.path.write_bytes(spoiled)
    again = Part(tmp_path / "m.gguf", pin)
    again.open(lambda _done: None)
    assert (again.done, again.sources, again.validator) == (1000, ("s",), '"x"')
    again.add(b"b" * 1000 + b"c" * 1000)
    assert again.right
    again.finish(tmp_path / "m.gguf")
    assert [path.name for path in tmp_path.iterdir()] == ["m.gguf"]


@pytest.mark.parametrize("notes", ["", "{", "[]", '{"marks": 5}', '{"marks": [["x", "y"]], "sources": []}'])
def test_notes_that_make_no_sense_begin_the_file_anew(tmp_path: Path, notes: str) -> None:
    (tmp_path / "m.gguf.part").write_bytes(b"x" * 10)
    (tmp_path / "m.gguf.part.json").write_text(notes, "utf-8")
    part = Part(tmp_path / "m.gguf", Pin(100, "0" * 64))
    part.open(lambda _done: None)
    assert (part.done, part.path.stat().st_size) == (0, 0)
    part.close()


def test_notes_of_another_version_of_the_model_are_not_used(tmp_path: Path) -> None:
    part = Part(tmp_path / "m.gguf", Pin(100, "0" * 64))
    part.open(lambda _done: None)
    part.add(b"x" * 50)
    part.close()
    assert json.loads((tmp_path / "m.gguf.part.json").read_text("utf-8"))["marks"][0][0] == 50
    assert kept_bytes(tmp_path / "m.gguf", Pin(100, "0" * 64)) == 50
    assert kept_bytes(tmp_path / "m.gguf", Pin(100, "1" * 64)) == 0


def test_the_proxy_of_the_system_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "https_proxy", "all_proxy", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
        monkeypatch.delenv(name.upper(), raising=False)
    assert proxy_for("https://example.org/x") is None
    monkeypatch.setenv("https_proxy", "127.0.0.1:7890")
    monkeypatch.setenv("no_proxy", "mirror.example.org")
    assert proxy_for("https://example.org/x") == "http://127.0.0.1:7890"
    assert proxy_for("https://mirror.example.org/x") is None
    assert proxy_for("http://example.org/x") is None
    monkeypatch.setenv("https_proxy", "socks5://me:secret@127.0.0.1:1080")
    with pytest.raises(Trouble, match=r"\(socks5://127.0.0.1:1080\) is of a kind") as told:
        proxy_for("https://example.org/x")
    assert "secret" not in str(told.value)


async def test_a_download_goes_through_the_proxy(site: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("http_proxy", "HTTP_PROXY", "no_proxy", "NO_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    opened = await site()
    proxy = opened.servers[0]
    monkeypatch.setenv("http_proxy", proxy.address.partition("/{")[0])
    listed = catalogue(opened.folder.root / "list.toml", "http://models.invalid/{repository}/{file}", content=CONTENT)
    assert listed.exists()
    assert (await opened.fetched()).stage is Stage.DONE
    assert proxy.requests[0].path.startswith("http://models.invalid/a/b/")


def test_what_servers_say_of_ranges_and_pauses_is_read_with_care() -> None:
    assert _range("bytes 10-19/100") == (10, 100)
    assert _range("bytes 0-9/*") == (0, None)
    assert _range("bytes */100") == _range("") == _range("bytes 1-2/" + "9" * 99) == (-1, None)
    assert (_retry_after("7"), _retry_after("soon"), _retry_after("")) == (7.0, None, None)
    assert _retry_after("Wed, 21 Oct 2015 07:28:00 GMT") == 0.0
