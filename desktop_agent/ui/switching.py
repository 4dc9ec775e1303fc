"""The window and the service: on when the settings say so, with its troubles in the banner.

Nothing of the service is loaded while it is off.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from desktop_agent.settings.catalogue import SERVICE_ON
from desktop_agent.settings.setting import Setting

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.work import Work


@contextlib.contextmanager
def switched(app: App, work: Work) -> Iterator[None]:
    """Let the service of ``app`` follow the settings while the block runs."""

    def changed(setting: Setting[Any]) -> None:
        if setting is SERVICE_ON and app.make_service is not None and app.settings[SERVICE_ON]:
            work.start(_follow(app))

    unwatch = app.settings.watch(changed)
    changed(SERVICE_ON)
    try:
        yield
    finally:
        unwatch()


async def _follow(app: App) -> None:
    service = app.service
    assert service is not None
    await service.follow()
    if service.error is not None:
        raise service.error
