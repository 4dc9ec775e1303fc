"""A window with the whole program behind it, painted into memory.

The loop is the one the program uses: Qt and asyncio in one. A warning of Qt is a failure.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from contextlib import suppress

import pytest
import qasync
from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop_agent.frontends import service
from desktop_agent.inference.engines import Engines
from desktop_agent.messages import Message
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder
from desktop_agent.ui import theme
from desktop_agent.ui.composer import Composer
from desktop_agent.ui.running import run
from desktop_agent.ui.transcript import Transcript
from desktop_agent.ui.window import MainWindow
from tests.ui.echo import EchoEngine

LIMIT_MS = 60_000

# What the offscreen platform says about itself, whatever the program does.
HARMLESS = ("This plugin does not support ", "QObject::connect: No such signal QPlatformNativeInterface::systemTray")


@pytest.fixture(autouse=True)
def _warnings_of_qt_are_failures() -> Iterator[None]:
    said: list[str] = []

    def hear(_kind: QtMsgType, _where: QMessageLogContext, text: str) -> None:
        if not text.startswith(HARMLESS):
            said.append(text)

    before = qInstallMessageHandler(hear)
    yield
    qInstallMessageHandler(before)
    assert said == []


class Desk:
    """One opened window, as a person sees and uses it."""

    def __init__(self, folder: Folder, settings: Settings, qtbot: QtBot) -> None:
        self.folder, self.settings, self.qtbot = folder, settings, qtbot
        self.window = MainWindow(folder, settings)
        self.window.show()
        self._life = asyncio.get_running_loop().create_task(run(folder, settings, self.window, make_service=service))

    @property
    def composer(self) -> Composer:
        return self.window.chat.composer

    @property
    def transcript(self) -> Transcript:
        return self.window.chat.transcript

    def wait(self, condition: Callable[[], object]) -> None:
        """Let the window live until ``condition`` is true."""
        self.qtbot.waitUntil(lambda: bool(condition()), timeout=LIMIT_MS)

    def wait_open(self) -> None:
        """Let the window live until messages can be sent."""
        self.wait(lambda: self.composer.ready or self._life.done())

    def type(self, text: str) -> None:
        """Write ``text`` with the keyboard."""
        QTest.keyClicks(self.composer.field, text)

    def ask(self, text: str) -> None:
        """Write ``text`` and press Enter."""
        self.composer.write(text)
        self.press("Return")

    def press(self, key: str) -> None:
        """Press a key as QKeySequence names it, in the widget that has the focus."""
        self.qtbot.keySequence(self.window.focusWidget() or self.window, key)

    def answered(self) -> None:
        """Wait until the answer in view has ended."""
        self.wait(lambda: self.transcript.entries and not self.transcript.entries[-1].growing)
        self.wait(lambda: not self.window.filling.turns.live)

    def last_reply(self) -> Message:
        """The newest answer, as it is stored."""
        return self.transcript.entries[-1].message

    def close(self) -> None:
        """Close the window and wait until everything is put away."""
        self.window.close()
        self.wait(self._life.done)
        self._life.result()
        self.window.deleteLater()
        QApplication.processEvents()


@pytest.fixture
def loop(qapp: QApplication) -> Iterator[qasync.QEventLoop]:
    """Qt and asyncio in one loop, run by whoever lets Qt run."""
    qapp.setQuitOnLastWindowClosed(False)
    loop = qasync.QEventLoop(qapp, already_running=True)
    asyncio.events._set_running_loop(loop)
    yield loop
    asyncio.events._set_running_loop(None)
    # Not stop(): that asks Qt to quit, and Qt would remember it for all loops to come.
    qapp.aboutToQuit.disconnect(loop._after_run_forever)
    loop._after_run_forever()
    loop._QEventLoop__is_running = False
    loop.close()


@pytest.fixture
def echo(loop: qasync.QEventLoop, monkeypatch: pytest.MonkeyPatch) -> EchoEngine:
    """The engine that answers in the tests of the window, in the place of the built-in guide."""
    engine = EchoEngine()

    async def make(_self: Engines) -> EchoEngine:
        return engine

    monkeypatch.setattr(Engines, "_make_guide", make)
    return engine


OpenDesk = Callable[..., Desk]


@pytest.fixture
def open_desk(loop: qasync.QEventLoop, echo: EchoEngine, folder: Folder, qtbot: QtBot) -> Iterator[OpenDesk]:
    """Opens windows on the same folder, one after another; settings as on the command line."""
    opened: list[Desk] = []

    def open_one(*, wait: bool = True, **settings: str) -> Desk:
        desk = Desk(folder, Settings.open(folder.settings, {}, settings), qtbot)
        opened.append(desk)
        if wait:
            desk.wait_open()
        return desk

    yield open_one
    echo.go.set()
    for desk in opened:
        with suppress(RuntimeError):  # closed by the test
            desk.close()
    QGuiApplication.clipboard().clear()


@pytest.fixture
def desk(open_desk: OpenDesk) -> Desk:
    """A window on an empty folder, ready for messages."""
    return open_desk()


@pytest.fixture
def transcript(qtbot: QtBot, qapp: QApplication) -> Transcript:
    """The view of a conversation by itself, light and without a window around it."""
    theme.use(qapp, dark=False)
    transcript = Transcript()
    qtbot.addWidget(transcript)
    transcript.resize(900, 600)
    transcript.show()
    return transcript
