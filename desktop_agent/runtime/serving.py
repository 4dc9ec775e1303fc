"""The service as others see it: the window switches it without knowing what it is made of."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import Protocol

from desktop_agent.errors import AgentError


class ServiceState(StrEnum):
    OFF = "off"
    STARTING = "starting"
    ON = "on"
    STOPPING = "stopping"
    FAILED = "failed"
    """It should be on and could not be started; ``error`` says why."""


class Service(Protocol):
    """Answers other programs while it is on. Use from the loop it was made on."""

    @property
    def state(self) -> ServiceState:
        """Whether it answers."""

    @property
    def error(self) -> AgentError | None:
        """Why it could not be started."""

    @property
    def url(self) -> str:
        """Where programs of this computer ask, such as ``http://127.0.0.1:8642``; what it would be while it is off."""

    @property
    def open_to_network(self) -> bool:
        """Whether other computers may reach it, where a firewall lets them."""

    @property
    def clients(self) -> int:
        """Programs that are connected now."""

    def token(self) -> str:
        """What every program has to show; made at the first call.

        Raises:
            StorageError: it cannot be kept.
        """

    def renew_token(self) -> str:
        """Another token: all programs need it from now on, and those that are connected are put out.

        Raises:
            StorageError: it cannot be kept.
        """

    def watch(self, told: Callable[[], None]) -> Callable[[], None]:
        """Call ``told`` whenever the state changed; call the result to end that."""

    async def start(self) -> None:
        """Answer from now on.

        Raises:
            AgentError: it cannot; the sentence says why.
        """

    async def follow(self) -> None:
        """Be on or off as the settings say, now and whenever they change."""

    async def close(self) -> None:
        """Stop for good; answers that run end, and what was said of them is kept."""
