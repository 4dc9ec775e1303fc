"""A server of one file on loopback that does everything wrong that a server can do, when a test asks for it."""

from __future__ import annotations

import asyncio
import hashlib
import re
import threading
from collections import deque
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path

FILE = "模型 Q4.gguf"
Act = Callable[["FileServer", "Request", asyncio.StreamWriter], Awaitable[None]]


@dataclass(frozen=True)
class Request:
    """What a client asked: header names in lower case."""

    path: str
    headers: dict[str, str]

    @property
    def start(self) -> int:
        """The first byte it wants."""
        found = re.fullmatch(r"bytes=(\d+)-", self.headers.get("range", ""))
        return int(found[1]) if found else 0


@dataclass
class FileServer:
    """Gives ``content`` as a good server would, but for the next requests as ``acts`` say, one each."""

    content: bytes
    etag: str = '"one"'
    acts: deque[Act] = field(default_factory=deque)
    always: Act | None = None
    requests: list[Request] = field(default_factory=list)
    address: str = ""

    @asynccontextmanager
    async def open(self) -> AsyncIterator[FileServer]:
        """Serve until the block ends."""
        writers: set[asyncio.StreamWriter] = set()

        async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            writers.add(writer)
            try:
                while head := await reader.readuntil(b"\r\n\r\n"):
                    request = _request(head)
                    self.requests.append(request)
                    await (self.acts.popleft() if self.acts else self.always or right)(self, request, writer)
                    await writer.drain()
            except (asyncio.IncompleteReadError, ConnectionError, asyncio.CancelledError):
                pass
            finally:
                writers.discard(writer)
                writer.close()

        server = await asyncio.start_server(serve, "127.0.0.1", 0)
        port = server.sockets[0].getsockname()[1]
        self.address = f"http://127.0.0.1:{port}/{{repository}}/{{file}}"
        try:
            yield self
        finally:
            server.close()
            for writer in tuple(writers):
                writer.transport.abort()
            await asyncio.sleep(0)


def _request(head: bytes) -> Request:
    first, *lines = head.decode("latin-1").split("\r\n")
    pairs = (line.partition(":") for line in lines if line)
    return Request(first.split(" ")[1], {name.strip().lower(): value.strip() for name, _, value in pairs})


def head(status: str, **headers: object) -> bytes:
    lines = [f"HTTP/1.1 {status}", *(f"{name.replace('_', '-')}: {value}" for name, value in headers.items())]
    return ("\r\n".join(lines) + "\r\n\r\n").encode()


async def right(server: FileServer, request: Request, writer: asyncio.StreamWriter) -> None:
    """The file, or its rest, as the standard says."""
    start, whole = request.start, len(server.content)
    if request.headers.get("if-range", server.etag) != server.etag:
        start = 0
    if start >= whole and start:
        writer.write(head("416 Range Not Satisfiable", Content_Range=f"bytes */{whole}", Content_Length=0))
        return
    body = server.content[start:]
    if start:
        place = f"bytes {start}-{whole - 1}/{whole}"
        writer.write(head("206 Partial Content", Content_Length=len(body), Content_Range=place, ETag=server.etag))
    else:
        writer.write(head("200 OK", Content_Length=len(body), ETag=server.etag, Accept_Ranges="bytes"))
    writer.write(body)


def breaks_after(count: int) -> Act:
    """Promises all of it, sends ``count`` bytes and hangs up."""

    async def act(server: FileServer, request: Request, writer: asyncio.StreamWriter) -> None:
        start, whole = request.start, len(server.content)
        status, place = ("206 Partial Content", f"bytes {start}-{whole - 1}/{whole}") if start else ("200 OK", "")
        more = {"Content_Range": place} if start else {}
        writer.write(head(status, Content_Length=whole - start, ETag=server.etag, **more))
        writer.write(server.content[start : start + count])
        await writer.drain()
        writer.close()

    return act


async def ignores_ranges(server: FileServer, request: Request, writer: asyncio.StreamWriter) -> None:
    """All of it, whatever was asked for."""
    writer.write(head("200 OK", Content_Length=len(server.content), ETag=server.etag) + server.content)


def says(status: str, **headers: object) -> Act:
    """Only a status."""

    async def act(server: FileServer, request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head(status, Content_Length=0, **headers))

    return act


def sends(body: bytes, **headers: object) -> Act:
    """Something else, with a status of 200."""

    async def act(server: FileServer, request: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(head("200 OK", Content_Length=len(body), **headers) + body)

    return act


def silent_after(count: int, silent: asyncio.Event | threading.Event | None = None) -> Act:
    """Sends ``count`` bytes and then nothing, with the connection open; ``silent`` is set by then."""

    async def act(server: FileServer, request: Request, writer: asyncio.StreamWriter) -> None:
        start, whole = request.start, len(server.content)
        if start:
            place = f"bytes {start}-{whole - 1}/{whole}"
            writer.write(
                head("206 Partial Content", Content_Length=whole - start, Content_Range=place, ETag=server.etag)
            )
        else:
            writer.write(head("200 OK", Content_Length=whole, ETag=server.etag))
        writer.write(server.content[start : start + count])
        await writer.drain()
        if silent is not None:
            silent.set()
        await asyncio.Event().wait()

    return act


async def endless(server: FileServer, request: Request, writer: asyncio.StreamWriter) -> None:
    """More than the file has, in chunks without a length."""
    writer.write(head("200 OK", Transfer_Encoding="chunked"))
    while True:
        writer.write(b"%x\r\n" % len(server.content) + server.content + b"\r\n")
        await writer.drain()


def catalogue(path: Path, *addresses: str, content: bytes, file: str = FILE) -> Path:
    """A list of one model with these sources."""
    sources = [
        f'[[source]]\nname = "s{number}"\ntitle = "Source {number}"\naddress = "{address}"\n'
        for number, address in enumerate(addresses, 1)
    ]
    digest = hashlib.sha256(content).hexdigest()
    model = (
        f'[[model]]\nname = "tiny"\ntitle = "Tiny"\nrepository = "a/b"\nfile = "{file}"\nbytes = {len(content)}\n'
        f'sha256 = "{digest}"\nlicence = "MIT"\nquantisation = "Q4"\n'
        'good_for = { en = "tests", zh_CN = "测试" }\nlanguages = { en = "none", zh_CN = "无" }\n'
        'shape = { architecture = "llama", layers = 1, embedding = 64, heads = 1, kv_heads = 1, head = 64, '
        "vocabulary = 100, context = 512 }\n"
    )
    path.write_text("\n".join([*sources, model]), "utf-8")
    return path
