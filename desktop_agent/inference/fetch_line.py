"""One request for the rest of a file, and everything a server can do wrong with it.

Redirects are followed here and not by aiohttp: each step is looked at, and each has the proxy that the system names
for its host (the environment, on Windows also the settings of the system). No cookie, password or token is ever sent.
"""

from __future__ import annotations

import email.utils
import math
import re
import socket
import ssl
import time
import urllib.request
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from urllib.parse import urljoin, urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver, ResolveResult

from desktop_agent import __version__
from desktop_agent.inference.fetch_trouble import Patience, Trouble
from desktop_agent.inference.offers import Source
from desktop_agent.inference.part import Part
from desktop_agent.runtime.threads import Threads

MOST_REDIRECTS = 10
READ_AT_ONCE = 256 << 10
REDIRECTS = frozenset({301, 302, 303, 307, 308})
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})
"""Answers that may be another one in a while."""
CONNECTION_HINT = "Check the connection to the internet. What came so far is kept."


@asynccontextmanager
async def new_session(threads: Threads, patience: Patience) -> AsyncIterator[aiohttp.ClientSession]:
    """What all requests of one download share."""
    timeout = aiohttp.ClientTimeout(
        total=None, connect=None, sock_connect=patience.connect_s, sock_read=patience.silence_s
    )
    async with aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=_Resolver(threads), limit=2),
        timeout=timeout,
        cookie_jar=aiohttp.DummyCookieJar(),
        auto_decompress=False,
        headers={"User-Agent": f"DesktopAgent/{__version__}", "Accept": "*/*", "Accept-Encoding": "identity"},
    ) as session:
        yield session


class Line:
    """One try to get the rest of ``part``."""

    def __init__(self, session: aiohttp.ClientSession, part: Part, patience: Patience) -> None:
        self._session, self._part, self._patience = session, part, patience
        self.received = 0
        """Bytes that this try added."""

    async def read(self, address: str, source: Source) -> None:
        """Add the rest of the file from ``source``.

        Raises:
            Trouble: not all of it came.
            OSError: it cannot be written.
        """
        try:
            async with self._answer(address, source) as answer:
                skipped = self._begin(answer, source)
                async for data in answer.content.iter_chunked(READ_AT_ONCE):
                    if skipped:
                        cut = min(skipped, len(data))
                        skipped, data = skipped - cut, data[cut:]
                    if data:
                        self._add(data, source)
        except aiohttp.ClientError as error:
            raise _told(error, source, address) from error
        except TimeoutError as error:
            raise Trouble("{source} does not answer.", hint=CONNECTION_HINT, source=source.title) from error
        if not self._part.complete:
            raise Trouble("The connection to {source} broke.", hint=CONNECTION_HINT, source=source.title)

    def _add(self, data: bytes, source: Source) -> None:
        if self._part.done + len(data) > self._part.pin.bytes:
            self._part.restart()
            raise _another_file(source)
        self._part.add(data)
        self.received += len(data)

    @asynccontextmanager
    async def _answer(self, address: str, source: Source) -> AsyncIterator[aiohttp.ClientResponse]:
        """The answer of whoever has the file, after all redirects."""
        for _ in range(MOST_REDIRECTS):
            async with self._session.get(
                address, headers=self._wanted(source), allow_redirects=False, proxy=proxy_for(address)
            ) as answer:
                if answer.status not in REDIRECTS:
                    yield answer
                    return
                address = _redirected(address, answer.headers.get("Location", ""), source)
        raise _useless(source)

    def _wanted(self, source: Source) -> dict[str, str]:
        """The headers that ask for what is not here yet."""
        part = self._part
        if not part.done:
            return {}
        headers = {"Range": f"bytes={part.done}-"}
        # A weak one says nothing about bytes. Another source has validators of its own; there the hash decides.
        if part.validator and part.sources[-1:] == (source.name,):
            headers["If-Range"] = part.validator
        return headers

    def _begin(self, answer: aiohttp.ClientResponse, source: Source) -> int:
        """Look at the head of ``answer``; how many of its first bytes are here already."""
        part, start = self._part, self._part.done
        _check(answer, source, has_part=start > 0, restart=part.restart)
        if answer.headers.get("Content-Encoding", "identity") != "identity":
            raise _useless(source)
        validator = _validator(answer)
        changed = part.sources[-1:] == (source.name,) and validator != part.validator
        skipped = 0
        if answer.status == 206:
            first, total = _range(answer.headers.get("Content-Range", ""))
            if total not in (None, part.pin.bytes):
                raise _another_file(source)
            if first != start:
                raise _useless(source)
            if start and changed and validator and part.validator:
                part.restart()  # it is another file by now, whatever was asked for
                raise Trouble("{source} changed the file meanwhile.", source=source.title)
        else:
            length = answer.content_length
            if length is not None and length != part.pin.bytes:
                raise _another_file(source)
            if length is None and answer.content_type == "text/html":
                raise _page(source)
            if start and changed:
                part.restart()
            elif start:
                skipped = start  # it does not know ranges: what is here comes once more
        part.begin(source.name, validator)
        return skipped


class _Resolver(AbstractResolver):
    """Asks for addresses in threads that do not keep the process alive; asyncio's own would."""

    def __init__(self, threads: Threads) -> None:
        self._threads = threads

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_UNSPEC
    ) -> list[ResolveResult]:
        found = await self._threads.call(socket.getaddrinfo, host, port, family, socket.SOCK_STREAM)
        return [
            ResolveResult(
                hostname=host, host=str(place[0]), port=int(place[1]), family=kind, proto=proto,
                flags=socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
            )
            for kind, _, proto, _, place in found
        ]  # fmt: skip

    async def close(self) -> None:
        """The threads belong to the program."""


def proxy_for(address: str) -> str | None:
    """The proxy that the system names for ``address``; None for none.

    Raises:
        Trouble: it is of a kind that this program cannot use.
    """
    parts = urlsplit(address)
    host = parts.hostname or ""
    if urllib.request.proxy_bypass(host):
        return None
    named = urllib.request.getproxies()
    proxy = named.get(parts.scheme) or named.get("all")
    if not proxy:
        return None
    if "://" not in proxy:
        proxy = f"http://{proxy}"
    if urlsplit(proxy).scheme not in ("http", "https"):
        raise Trouble(
            "The proxy of this computer ({proxy}) is of a kind that cannot be used for downloads.",
            hint="Set an HTTP proxy, or none, in the network settings of the system.",
            lasting=True,
            proxy=urlsplit(proxy)._replace(netloc=urlsplit(proxy).netloc.rpartition("@")[2]).geturl(),
        )
    return proxy


def _check(answer: aiohttp.ClientResponse, source: Source, *, has_part: bool, restart: Callable[[], None]) -> None:
    """Let answers pass that hold the file."""
    status = answer.status
    if status in (200, 206):
        return
    if status == 416 and has_part:  # it has no such range, so what is here cannot be of its file
        restart()
        raise Trouble("{source} has another file than before.", source=source.title)
    if status in PASSING:
        raise Trouble(
            "{source} is too busy or out of order just now (answer {status}).",
            hint="What came so far is kept. Try again later or from another source.",
            pause_s=_retry_after(answer.headers.get("Retry-After", "")),
            source=source.title,
            status=status,
        )
    if status in (404, 410):
        raise Trouble(
            "{source} does not have the file.",
            hint="Choose another source on the page Models.",
            lasting=True,
            source=source.title,
        )
    raise Trouble(
        "{source} does not give the file (answer {status}).",
        hint="Choose another source on the page Models.",
        lasting=True,
        source=source.title,
        status=status,
    )


def _redirected(address: str, location: str, source: Source) -> str:
    """Where a redirect leads; it may not lead from an encrypted address to one that is not."""
    there = urljoin(address, location)
    scheme = urlsplit(there).scheme
    if not location or scheme not in ("http", "https") or (scheme == "http" and address.startswith("https:")):
        raise _useless(source)
    return there


def _validator(answer: aiohttp.ClientResponse) -> str:
    """The strong ETag of the file; empty when there is none."""
    etag = answer.headers.get("ETag", "")
    return "" if etag.startswith("W/") or any(letter in etag for letter in "\r\n") else etag


def _range(text: str) -> tuple[int, int | None]:
    """First byte and size of the whole; (-1, None) for what cannot be read."""
    found = re.fullmatch(r"\s*bytes\s+(\d{1,18})-\d{1,18}/(\d{1,18}|\*)\s*", text)
    if not found:
        return -1, None
    return int(found[1]), None if found[2] == "*" else int(found[2])


def _retry_after(text: str) -> float | None:
    """The seconds a server wants to be left alone, given as seconds or as a date."""
    text = text.strip()
    if text.isascii() and text.isdecimal():
        return float(text[:9])
    try:
        until = email.utils.parsedate_to_datetime(text).timestamp()
    except (ValueError, TypeError, OverflowError):
        return None
    seconds = until - time.time()
    return max(seconds, 0.0) if math.isfinite(seconds) else None


def _told(error: aiohttp.ClientError, source: Source, address: str) -> Trouble:
    """The sentence for what went wrong on the way."""
    if isinstance(error, aiohttp.ClientProxyConnectionError | aiohttp.ClientHttpProxyError):
        return Trouble(
            "The proxy of this computer does not let the program through to {source}.",
            hint="Check the proxy in the network settings of the system.",
            source=source.title,
        )
    if isinstance(error, aiohttp.ClientSSLError | aiohttp.ClientConnectorCertificateError | ssl.SSLError):
        return Trouble(
            "The connection to {source} is not safe: its certificate was not accepted.",
            hint="Check that the date and time of this computer are right.",
            lasting=True,
            source=source.title,
        )
    if isinstance(error, aiohttp.ServerTimeoutError):
        return Trouble("{source} does not answer.", hint=CONNECTION_HINT, source=source.title)
    if isinstance(error, aiohttp.ClientConnectorError):
        return Trouble(
            "{source} ({host}) cannot be reached.",
            hint=CONNECTION_HINT,
            source=source.title,
            host=urlsplit(address).hostname,
        )
    return Trouble("The connection to {source} broke.", hint=CONNECTION_HINT, source=source.title)


def _another_file(source: Source) -> Trouble:
    return Trouble(
        "{source} has another file under this name.",
        hint="Choose another source on the page Models.",
        lasting=True,
        source=source.title,
    )


def _page(source: Source) -> Trouble:
    return Trouble(
        "A web page came in the place of the file from {source}.",
        hint="Some networks want you to sign in first: open any page in a browser and try again.",
        lasting=True,
        source=source.title,
    )


def _useless(source: Source) -> Trouble:
    return Trouble(
        "{source} answers in a way that makes no sense.",
        hint="Choose another source on the page Models.",
        lasting=True,
        source=source.title,
    )
