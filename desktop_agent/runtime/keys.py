"""Keys of servers, kept where this computer keeps its secrets: never in the settings, the database or the log.

Asking for one may take seconds (a password manager that wants to be unlocked), so it is done in a worker. Where
there is no such place a key is kept for this run, or comes from the environment.
"""

from __future__ import annotations

import asyncio
import logging
import os
from collections.abc import Mapping
from enum import StrEnum

from desktop_agent.errors import NotAvailable
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import SERVER_KEY_VARIABLE

log = logging.getLogger(__name__)

SERVICE = "desktop-agent"
LONGEST_S = 60.0
"""For a person who is asked for the password of the keyring."""


class KeyPlace(StrEnum):
    """Where a key is."""

    NOWHERE = "nowhere"
    KEYRING = "keyring"
    ENVIRONMENT = "environment"
    RUN = "run"
    """In the memory of this program, until it ends."""


class Keys:
    """Keys by the address they are for; what was found once is not looked for again in this run."""

    def __init__(self, threads: Threads, environment: Mapping[str, str] = os.environ) -> None:
        self._threads = threads
        self._environment = environment
        self._known: dict[str, tuple[str, KeyPlace]] = {}

    async def get(self, address: str, *, environment: bool = False) -> str:
        """The key for ``address``; empty when there is none.

        With ``environment`` the key of the environment counts when no other is known. It names no
        server, so it must be asked for one server only.
        """
        known = self._known.get(address)
        if known is None:
            key = await self._kept(address)
            known = self._known[address] = (key, KeyPlace.KEYRING if key else KeyPlace.NOWHERE)
        if not known[0] and environment:
            return self._environment.get(SERVER_KEY_VARIABLE, "").strip()
        return known[0]

    async def place(self, address: str, *, environment: bool = False) -> KeyPlace:
        """Where the key for ``address`` is."""
        key = await self.get(address, environment=environment)
        known, place = self._known[address]
        return place if known or not key else KeyPlace.ENVIRONMENT

    async def keep(self, address: str, key: str) -> KeyPlace:
        """Keep ``key`` for ``address``, an empty one forgets it; where it is kept now.

        Raises:
            NotAvailable: the keyring has it and does not give it up.
        """
        key = key.strip()
        had = self._known.get(address, ("", KeyPlace.NOWHERE))[1]
        kept = await self._in_keyring(_store if key else _forget, address, key)
        if not key and not kept and had is KeyPlace.KEYRING:
            raise NotAvailable(
                "The key is still in the keyring of this computer: it could not be removed there.",
                hint="Remove it with the program that manages your passwords.",
            )
        place = KeyPlace.NOWHERE if not key else KeyPlace.KEYRING if kept else KeyPlace.RUN
        self._known[address] = (key, place)
        return place

    async def _kept(self, address: str) -> str:
        found: list[str] = []
        await self._in_keyring(lambda name, _: found.append(_look(name)), address, "")
        return found[0] if found else ""

    async def _in_keyring(self, act: object, address: str, key: str) -> bool:
        """Do ``act`` in a worker; whether the keyring was there and did it."""
        assert callable(act)
        try:
            async with asyncio.timeout(LONGEST_S):
                await self._threads.call(_tried, act, address, key)
        except (_NoKeyring, TimeoutError) as error:
            log.info("no keyring for keys of servers: %s", error)
            return False
        return True


class _NoKeyring(Exception):
    """There is no keyring, it is locked, or it failed."""


def _tried(act: object, address: str, key: str) -> None:
    import keyring.errors  # 30 ms and some MB, only for who has a server

    assert callable(act)
    try:
        act(address, key)
    except keyring.errors.KeyringError as error:
        raise _NoKeyring(type(error).__name__) from error
    except (OSError, RuntimeError, ImportError, ValueError) as error:
        # A bus without a service behind it, a store of another system: backends raise what they like.
        raise _NoKeyring(type(error).__name__) from error


def _look(address: str) -> str:
    import keyring

    return (keyring.get_password(SERVICE, address) or "").strip()


def _store(address: str, key: str) -> None:
    import keyring

    keyring.set_password(SERVICE, address, key)


def _forget(address: str, _key: str) -> None:
    import keyring
    import keyring.errors

    try:
        keyring.delete_password(SERVICE, address)
    except keyring.errors.PasswordDeleteError:
        if keyring.get_password(SERVICE, address):
            raise
