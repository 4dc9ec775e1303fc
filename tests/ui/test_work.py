"""What the window starts runs, is told of, and ends with the window."""

from __future__ import annotations

import asyncio

from desktop_agent.errors import ModelUnusable
from desktop_agent.ui.conversing import GUESTS_MS
from desktop_agent.ui.work import Work
from tests.ui.conftest import Desk, OpenDesk
from tests.ui.parts import app_of


async def test_a_trouble_is_shown_and_what_goes_well_is_not() -> None:
    told: list[str] = []
    work = Work(told.append)

    async def go(error: Exception | None) -> str:
        if error is not None:
            raise error
        return "done"

    good, bad, bug = (work.start(go(error)) for error in (None, ModelUnusable("This file is empty."), KeyError("x")))
    assert good is not None and await good == "done"
    await asyncio.wait([task for task in (bad, bug) if task is not None])
    await asyncio.sleep(0)
    assert told[0] == "This file is empty."
    assert told[1].startswith("Something went wrong inside the program.")


async def test_at_close_everything_has_ended_and_nothing_is_begun() -> None:
    work = Work(print)
    ended = asyncio.Event()

    async def go() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0)
            ended.set()

    task = work.start(go())
    await asyncio.sleep(0)
    await work.close()
    assert ended.is_set() and task is not None and task.cancelled()
    ended.clear()
    assert work.start(go()) is None
    assert not ended.is_set()


def test_what_a_timer_begins_after_the_loop_is_gone_is_let_go() -> None:
    work = Work(print)
    asyncio.run(work.close())

    async def go() -> None:
        raise AssertionError("it was begun")

    assert work.start(go()) is None


def test_a_window_closed_while_others_ask_has_no_timer_left(open_desk: OpenDesk) -> None:
    desk = open_desk()
    conversing = desk.window.filling.conversing
    for watcher in tuple(app_of(desk).chat._guest_watchers):
        watcher(1)
    assert conversing._guests.isActive()
    left = _left_after_close(desk)
    assert not left
    desk.qtbot.wait(GUESTS_MS + 50)


def _left_after_close(desk: Desk) -> list[str]:
    conversing = desk.window.filling.conversing
    timers = {"drafts": conversing._keep, "guests": conversing._guests, "typing": conversing._typing}
    desk.composer.write("half a sen")
    desk.window.close()
    desk.wait(desk._life.done)
    return [name for name, timer in timers.items() if timer.isActive()]
