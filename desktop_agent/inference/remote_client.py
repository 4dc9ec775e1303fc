"""HTTP to one server: requests that may be tried again, and what became of them as sentences.

Bytes in and out only; what an answer means is in remote_answer.py. Redirects are never
followed to another host, proxies of the environment are not used, and compressed
answers are not taken: a few of their bytes could become gigabytes here.
"""

from __future__ import annotations

import asyncio
import json
import logging
import socket
import ssl
from collections.abc import AsyncGenerator, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import ServerFailed
from desktop_agent.inference import remote_tls
from desktop_agent.inference.remote_address import Address, origin_of
from desktop_agent.inference.remote_answer import (
    ended,
    garbage,
    means_too_long,
    retry_after,
    said_by,
    told_context,
    words_of,
)
from desktop_agent.runtime.threads import Threads

if TYPE_CHECKING:
    import aiohttp
    from aiohttp.abc import ResolveResult

log = logging.getLogger(__name__)

CONNECT_S = 5.0
MOST_BODY = 4 << 20
"""Bytes of a list of models or of an answer in one piece."""
MOST_ERROR = 16 << 10
REDIRECTS = 3
PASSING = frozenset({408, 425, 429, 500, 502, 503, 504, 507, 529})
"""What may be otherwise the next time."""
OVERLOADED = frozenset({429, 503, 529})


class Passing(ServerFailed):
    """A failure that may be over the next time; ``pause_s`` is how long the server wants to be left alone."""

    pause_s = 0.0
    overloaded = False


class Refused(ServerFailed):
    """The server works and will not do what it was asked."""


class KeyWanted(Refused):
    """The server does not take the key, or there is none."""


class TooManyTokens(Refused):
    """The server has no room for the prompt; ``context_tokens`` is how much it can read, 0 when it does not say."""

    context_tokens = 0


class Client:
    """Connections to one server, made when first needed; use from one loop.

    ``trusted`` says which file of certificates is trusted beside those of the computer; empty for none.
    """

    def __init__(self, address: Address, threads: Threads, trusted: Callable[[], str] = lambda: "") -> None:
        self._address = address
        self._threads = threads
        self._trusted = trusted
        self._trusting = ""
        """The file that the connections of now were made with."""
        self._session: aiohttp.ClientSession | None = None
        self._opening = asyncio.Lock()

    @asynccontextmanager
    async def request(
        self, method: str, path: str, *, key: str = "", record: Mapping[str, Any] | None = None
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """A response with status 200 whose body is not read yet; leaving the block early hangs up.

        Raises:
            Passing: another attempt may work. ServerFailed: it would not.
        """
        session = await self._open()
        headers = {"Accept-Encoding": "identity"}
        if key:
            headers["Authorization"] = f"Bearer {key}"
        url = self._address.url(path)
        body = None
        if record is not None:
            headers["Content-Type"] = "application/json"
            # ASCII: half characters of a cut text must not fail here.
            body = json.dumps(record).encode("ascii")
        for _ in range(REDIRECTS):
            with _translated(self._address):
                response = await session.request(method, url, data=body, headers=headers, allow_redirects=False)
            try:
                if 300 <= response.status < 400:
                    url = self._followed(url, response)
                    continue
                if response.status != 200:
                    raise await self._refusal(response)
                if response.headers.get("Content-Encoding", "identity").lower() != "identity":
                    raise garbage(self._address.host)
                yield response
                return
            finally:
                response.close()
        raise Refused(
            "The server {host} sends on in a circle.",
            hint="Ask whoever runs the server for its right address.",
            host=self._address.host,
        )

    async def read(self, response: aiohttp.ClientResponse, most: int = MOST_BODY) -> Any:
        """The JSON of a whole body of at most ``most`` bytes.

        Raises:
            ServerFailed: it is longer, or no JSON.
        """
        body = bytearray()
        with _translated(self._address):
            async for piece in response.content.iter_any():
                body += piece
                if len(body) > most:
                    raise garbage(self._address.host)
        try:
            return json.loads(body)
        except (ValueError, RecursionError):
            raise garbage(self._address.host) from None

    async def pieces(self, response: aiohttp.ClientResponse) -> AsyncGenerator[bytes, None]:
        """The body as it comes; close the iterator when you leave it."""
        with _translated(self._address):
            async for piece in response.content.iter_any():
                yield piece

    async def close(self) -> None:
        """Hang up; the next request connects anew."""
        session, self._session = self._session, None
        if session is not None:
            await session.close()

    async def _open(self) -> aiohttp.ClientSession:
        async with self._opening:
            trusted = self._trusted() if self._address.encrypted else ""
            if trusted != self._trusting:
                await self.close()
            if self._session is None:
                # In a worker: half a second of importing would hold up the window.
                await self._threads.call(_import)
                context = await self._threads.call(remote_tls.context_with, trusted)
                self._session, self._trusting = _session(self._threads, context), trusted
            return self._session

    def _followed(self, url: str, response: aiohttp.ClientResponse) -> str:
        """Where the server sends on to.

        Raises:
            ServerFailed: that is another server, or another way to ask.
        """
        from yarl import URL

        target = ""
        try:
            target = str(URL(url).join(URL(response.headers.get("Location", ""))))
            same = origin_of(target) == self._address.origin
        except ValueError:
            same = False
        if same and response.status in (307, 308):
            return target
        raise Refused(
            "The server {host} wants to send the conversation on to {target}; that was not done.",
            hint="If you trust that address, connect it instead.",
            host=self._address.host,
            target=words_of(target) or "?",
        )

    async def _refusal(self, response: aiohttp.ClientResponse) -> ServerFailed:
        """What a status other than 200 means."""
        host, status = self._address.host, response.status
        with _translated(self._address):
            body = await response.content.read(MOST_ERROR)
        try:
            record: object = json.loads(body)
        except (ValueError, RecursionError):
            record = None
        words = words_of(record)
        if status in (401, 403):
            return KeyWanted(
                "The server {host} does not accept the key, or wants one.",
                hint="Give the key on the page of the servers.",
                host=host,
            )
        if status in PASSING or status >= 500:
            error = too_much_to_do(host) if status in OVERLOADED else _failed(host, status, words)
            error.overloaded = status in OVERLOADED
            error.pause_s = retry_after(response.headers.get("Retry-After", ""))
            return error
        if status in (400, 413, 422) and means_too_long(words, record):
            longer = TooManyTokens(
                "The conversation is too long for the model on {host}.",
                hint="Shorten the message, or start a new conversation.",
                host=host,
            )
            longer.context_tokens = told_context(words, record)
            return longer
        if words:
            return Refused.again(said_by(host, record).record())
        return Refused(
            "The server {host} refused the request ({status}).",
            hint="Check its address, and that the model is still there.",
            host=host,
            status=status,
        )


class _translated:  # noqa: N801 - reads as a verb
    """What HTTP and sockets say, as sentences about ``address``."""

    def __init__(self, address: Address) -> None:
        self._host = address.host

    def __enter__(self) -> None:
        pass

    def __exit__(self, _kind: object, error: BaseException | None, _trace: object) -> None:
        if error is None or not isinstance(error, Exception):
            return
        if (told := self._told(error)) is not None:
            raise told from error

    def _told(self, error: Exception) -> ServerFailed | None:
        import aiohttp

        host = self._host
        if isinstance(error, aiohttp.ClientConnectorCertificateError | aiohttp.ClientConnectorSSLError | ssl.SSLError):
            return remote_tls.told(error, host)
        if isinstance(error, aiohttp.ClientConnectorDNSError | socket.gaierror):
            return Passing(
                "There is no server named {host}.",
                hint="Check the address, and that this computer is connected to the network.",
                host=host,
            )
        if isinstance(error, aiohttp.ClientConnectionError | aiohttp.ClientPayloadError | TimeoutError | OSError):
            if isinstance(error, aiohttp.ClientConnectorError):
                return Passing(
                    "The server {host} cannot be reached.",
                    hint="Check that it runs, that the address is right, and that no firewall is between.",
                    host=host,
                )
            if isinstance(error, TimeoutError):
                return Passing(
                    "The server {host} did not answer in time.",
                    hint="Check that it runs, that the address is right, and that no firewall is between.",
                    host=host,
                )
            return Passing("The server {host} hung up.", hint="Ask again. If it stays so, look at its log.", host=host)
        if isinstance(error, aiohttp.ClientError):
            return garbage(host)  # a status line, a header or a chunk that is none
        return None


def _import() -> None:
    import aiohttp  # noqa: F401 - for its own sake


def _session(threads: Threads, context: ssl.SSLContext | None) -> aiohttp.ClientSession:
    import aiohttp
    from aiohttp.abc import AbstractResolver

    class Resolver(AbstractResolver):
        """Names looked up in a worker of ours; the loop's own executor keeps a closed program alive."""

        async def resolve(
            self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
        ) -> list[ResolveResult]:
            found = await threads.call(socket.getaddrinfo, host, port, family, socket.SOCK_STREAM)
            return [
                {
                    "hostname": host,
                    "host": str(place[0]),
                    "port": int(place[1]),
                    "family": kind,
                    "proto": proto,
                    "flags": socket.AI_NUMERICHOST | socket.AI_NUMERICSERV,
                }
                for kind, _, proto, _, place in found
            ]

        async def close(self) -> None:
            pass

    return aiohttp.ClientSession(
        # No limit here: how many run at once is decided by what the server can bear.
        connector=aiohttp.TCPConnector(resolver=Resolver(), limit=0, keepalive_timeout=30.0, ssl=context or True),
        timeout=aiohttp.ClientTimeout(total=None, connect=CONNECT_S, sock_connect=CONNECT_S),
        auto_decompress=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
    )


def too_much_to_do(host: str) -> Passing:
    """The sentence for a server that has no room for another request."""
    return Passing("The server {host} has too much to do.", hint="Try again later, or ask another one.", host=host)


def _failed(host: str, status: int, words: str) -> Passing:
    if not words:
        return Passing("The server {host} failed ({status}).", hint="Its log says why.", host=host, status=status)
    return Passing(
        "The server {host} failed ({status}): {words}",
        hint="Its log says more.",
        host=host,
        status=status,
        words=ended(words),
    )
