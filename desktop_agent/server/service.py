"""The service: its thread, its address, its token, and whether it is on.

Light to import: aiohttp comes with the first start, which costs half a second and 19 MB, in the service's own
thread. Everything here runs on the core's loop.
"""

from __future__ import annotations

import asyncio
import contextlib
import errno
import logging
import socket
import sys
from collections.abc import Callable, Coroutine
from typing import TYPE_CHECKING, Any

from desktop_agent.app import App
from desktop_agent.errors import AgentError, NotAvailable, reason
from desktop_agent.runtime.jobs import call_on
from desktop_agent.runtime.loops import LoopThread
from desktop_agent.runtime.serving import ServiceState
from desktop_agent.runtime.threads import ended
from desktop_agent.server.token import Token
from desktop_agent.settings import catalogue
from desktop_agent.settings.setting import Setting

if TYPE_CHECKING:
    from desktop_agent.server.site import Site

log = logging.getLogger(__name__)

CLOSE_S = 5.0
TELL_S = 0.2
TRIES, PAUSE_S = 10, 0.1
"""A port that this service has just left may need a moment."""
_EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}
_IN_USE = (errno.EADDRINUSE, 10048)
_NOT_OURS = (errno.EADDRNOTAVAIL, 10049)
_FORBIDDEN = (errno.EACCES, errno.EPERM, 10013)


class LocalService:
    """Answers other programs out of ``app``; implements ``Service``."""

    def __init__(self, app: App) -> None:
        self._app = app
        self._token = Token(app.folder.root / "service.token")
        self._thread = LoopThread("service")
        self._site: Site | None = None
        self._state = ServiceState.OFF
        self._error: AgentError | None = None
        self._place: tuple[str, int] | None = None
        self._watchers: list[Callable[[], None]] = []
        self._changing = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()
        self._follows = self._will_tell = False
        self._wanted = False
        self._unwatch = app.settings.watch(self._setting_changed)
        self._loop = asyncio.get_running_loop()

    @property
    def state(self) -> ServiceState:
        """As ``Service.state`` says."""
        return self._state

    @property
    def error(self) -> AgentError | None:
        """As ``Service.error`` says."""
        return self._error

    @property
    def url(self) -> str:
        """As ``Service.url`` says."""
        host, port = self._place or (self._app.settings[catalogue.SERVICE_HOST].strip(), self._port)
        # Every address of this computer is one; this computer itself takes the first.
        host = _EVERYWHERE.get(host, host)
        return f"http://{f'[{host}]' if ':' in host else host}:{port}"

    @property
    def open_to_network(self) -> bool:
        """As ``Service.open_to_network`` says."""
        from desktop_agent.server.access import is_loopback

        host = self._place[0] if self._place is not None else self._app.settings[catalogue.SERVICE_HOST].strip()
        return not is_loopback(host)

    @property
    def clients(self) -> int:
        """As ``Service.clients`` says."""
        return self._site.clients if self._site is not None else 0

    def token(self) -> str:
        """As ``Service.token`` says."""
        return self._token.text

    def renew_token(self) -> str:
        """As ``Service.renew_token`` says."""
        token = self._token.renewed()
        if (site := self._site) is not None:
            self._begin(self._thread.run(site.put_out()))
        self._tell()
        return token

    def watch(self, told: Callable[[], None]) -> Callable[[], None]:
        """As ``Service.watch`` says."""
        self._watchers.append(told)

        def unwatch() -> None:
            with contextlib.suppress(ValueError):
                self._watchers.remove(told)

        return unwatch

    async def start(self) -> None:
        """As ``Service.start`` says."""
        self._wanted = True
        await self._adjust()
        if self._error is not None:
            raise self._error

    async def follow(self) -> None:
        """As ``Service.follow`` says."""
        self._follows = True
        self._wanted = self._app.settings[catalogue.SERVICE_ON]
        await self._adjust()

    async def close(self) -> None:
        """As ``Service.close`` says."""
        self._unwatch()
        self._wanted = False
        self._watchers.clear()
        await self._adjust()
        for task in tuple(self._tasks):
            await ended(task)

    @property
    def _port(self) -> int:
        return self._app.settings[catalogue.SERVICE_PORT]

    def _setting_changed(self, changed: Setting[Any]) -> None:
        if changed is catalogue.SERVICE_ON and self._follows:
            self._wanted = self._app.settings[catalogue.SERVICE_ON]
            self._begin(self._adjust())
        elif changed in (catalogue.SERVICE_PORT, catalogue.SERVICE_HOST) and self._wanted:
            self._begin(self._adjust(anew=True))

    def _begin(self, work: Coroutine[Any, Any, None]) -> None:
        task = self._loop.create_task(work, name="service")
        self._tasks.add(task)
        task.add_done_callback(self._ended)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._tasks.discard(task)
        if not task.cancelled() and (error := task.exception()) is not None:
            log.error("A mistake of the program", exc_info=error)

    async def _adjust(self, anew: bool = False) -> None:
        """Be what is wanted; several changes at once are made one after the other."""
        async with self._changing:
            if self._site is not None and (anew or not self._wanted):
                self._enter(ServiceState.STOPPING)
                await self._close()
            if self._wanted and self._site is None:
                self._enter(ServiceState.STARTING)
                try:
                    await self._open()
                except AgentError as error:
                    log.warning("the service cannot be started: %s", error)
                    self._enter(ServiceState.FAILED, error)
                except BaseException:
                    self._enter(ServiceState.OFF)
                    raise
                else:
                    log.info("the service answers at %s", self.url)
                    self._enter(ServiceState.ON)
            elif not self._wanted:
                self._enter(ServiceState.OFF)

    async def _open(self) -> None:
        host, port = self._app.settings[catalogue.SERVICE_HOST].strip(), self._port
        self.token()
        await self._thread.start()
        try:
            # A retry only helps where this program itself was there before.
            sockets = await self._thread.run(_bound(host, port, patient=self._place is not None))
            try:
                self._site = await self._thread.run(self._opened(host, sockets))
            except BaseException:
                for each in sockets:
                    each.close()
                raise
            self._place = (host, int(sockets[0].getsockname()[1]))
        except BaseException:
            await self._thread.stop()
            raise

    async def _opened(self, host: str, sockets: list[socket.socket]) -> Site:
        # On the service's thread: the window goes on while this is imported.
        from desktop_agent.server.access import Access
        from desktop_agent.server.core import Core
        from desktop_agent.server.site import Site

        access = Access(self._token, host)
        site = Site(self._app, Core(self._app, self._loop), access, self._clients_changed)
        await site.open(sockets)
        return site

    async def _close(self) -> None:
        site, self._site = self._site, None
        if site is not None:
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(CLOSE_S):
                    await self._thread.run(site.close())
        await self._thread.stop()
        log.info("the service has ended")

    def _enter(self, state: ServiceState, error: AgentError | None = None) -> None:
        self._state, self._error = state, error
        if state is ServiceState.OFF:
            self._place = None
        self._tell()

    def _clients_changed(self) -> None:
        """On the service's thread: a thousand requests a second must not wake the window a thousand times."""
        if self._watchers and not self._will_tell:
            self._will_tell = True
            call_on(self._loop, self._tell_soon)

    def _tell_soon(self) -> None:
        self._loop.call_later(TELL_S, self._tell_clients)

    def _tell_clients(self) -> None:
        self._will_tell = False
        self._tell()

    def _tell(self) -> None:
        for told in tuple(self._watchers):
            told()


async def _bound(host: str, port: int, *, patient: bool) -> list[socket.socket]:
    """Sockets at every address of ``host``.

    Raises:
        NotAvailable: the port is taken, or the address cannot be used; the sentence says which.
    """
    if not host:  # to Windows no name means every address
        raise _no_such_address(host)
    loop = asyncio.get_running_loop()
    try:
        found = await loop.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:
        raise _no_such_address(host) from error
    sockets: list[socket.socket] = []
    try:
        for family, kind, protocol, _name, address in dict.fromkeys(found):
            place = (address[0], sockets[0].getsockname()[1], *address[2:]) if sockets and not port else address
            sockets.append(await _one(family, kind, protocol, place, TRIES if patient else 1))
    except OSError as error:
        for each in sockets:
            each.close()
        raise _sentence(error, host, port) from error
    return sockets


async def _one(family: int, kind: int, protocol: int, place: Any, tries: int) -> socket.socket:
    made = socket.socket(family, kind, protocol)
    try:
        made.setblocking(False)
        if sys.platform == "win32":
            # Without it another program could sit down at the same port and be asked in our place.
            made.setsockopt(socket.SOL_SOCKET, socket.SO_EXCLUSIVEADDRUSE, 1)
        else:
            made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if family == socket.AF_INET6:
            made.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        while True:
            tries -= 1
            try:
                made.bind(place)
                # Also here: only listening finds out that somebody else listens.
                made.listen(1024)
                return made
            except OSError as error:
                if error.errno not in _IN_USE or not tries:
                    raise
            await asyncio.sleep(PAUSE_S)
    except BaseException:
        made.close()
        raise


def _sentence(error: OSError, host: str, port: int) -> NotAvailable:
    number = getattr(error, "winerror", None) or error.errno
    if number in _IN_USE:
        return NotAvailable(
            "Port {port} is used by another program.",
            hint="Choose another port in Settings, Local server, or end that program.",
            port=port,
        )
    if number in _NOT_OURS:
        return _no_such_address(host)
    if number in _FORBIDDEN:
        return NotAvailable(
            "This account may not answer at port {port}.",
            hint="Choose a port above 1023; a firewall or another protection program can forbid it too.",
            port=port,
        )
    return NotAvailable(
        "The service cannot answer at {host}, port {port}: {reason}.",
        hint="Choose another port or address in Settings, Local server.",
        host=host,
        port=port,
        reason=reason(error),
    )


def _no_such_address(host: str) -> NotAvailable:
    return NotAvailable(
        "This computer has no address {host}.",
        hint="Use 127.0.0.1 for this computer alone, or 0.0.0.0 for its network.",
        host=host or "''",
    )
