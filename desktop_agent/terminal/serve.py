"""The service without a window: it says where it answers and goes on until it is told to end."""

from __future__ import annotations

import asyncio
import contextlib
import signal
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from desktop_agent.runtime.serving import ServiceState
from desktop_agent.terminal.output import Output
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App


async def serve(app: App, output: Output) -> int:
    """Start the service of ``app`` and return 0 when the system asks the program to end.

    Raises:
        AgentError: it cannot be started.
    """
    service = app.service
    assert service is not None, "this face brings a service"
    ended = asyncio.Event()

    def told() -> None:
        # A changed port can turn out to be taken; then the program waits for another one.
        if service.state is ServiceState.FAILED and service.error is not None:
            output.warning(service.error.told())

    with _on_end(ended.set):
        await service.start()
        text = _("Answering at {url} (Ctrl-C ends).", url=f"{service.url}/v1")
        token = _("Token: {token}", token=service.token())
        output.result({"event": "serving", "url": service.url, "token": service.token()}, f"{text}\n{token}")
        if service.open_to_network:
            output.aside(
                _(
                    "Other computers use the address of this one in its place. They get through only where the "
                    "firewall lets them, and nothing is encrypted on the way."
                )
            )
        unwatch = service.watch(told)
        await ended.wait()
        unwatch()
    return 0


@contextlib.contextmanager
def _on_end(end: Callable[[], None]) -> Iterator[None]:
    """Call ``end`` when the system wants this process to end; Ctrl-C is the runner's."""
    loop = asyncio.get_running_loop()
    number = getattr(signal, "SIGBREAK", signal.SIGTERM)
    before = signal.signal(number, lambda _number, _frame: loop.call_soon_threadsafe(end))
    try:
        yield
    finally:
        signal.signal(number, before)
