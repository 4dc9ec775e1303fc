"""What the tests of the tabs share: awaiting from a test, and a desk with some memories."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any, TypeVar

from desktop_agent.app import App
from desktop_agent.ui.top_bar import Tab
from tests.ui.conftest import Desk

T = TypeVar("T")


def app_of(desk: Desk) -> App:
    """The opened program behind a window."""
    return desk.window.filling.app


def result_of(desk: Desk, coroutine: Coroutine[Any, Any, T]) -> T:
    """What ``coroutine`` gives, while the window lives on."""
    task = asyncio.get_running_loop().create_task(coroutine)
    desk.wait(task.done)
    return task.result()


def shown(desk: Desk, tab: Tab) -> Any:
    """The page of ``tab``, in front."""
    desk.window.show_tab(tab)
    return desk.window.pages.currentWidget()
