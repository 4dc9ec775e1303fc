"""The main window: top bar, banner, pages, status line, keys.

It is made and painted before the rest of the program is even imported; ``fill``
brings it to life when the program is open.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

from PySide6.QtCore import QByteArray, QEvent, QPoint, QSize, Signal
from PySide6.QtGui import QGuiApplication, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QMainWindow, QStackedWidget, QVBoxLayout, QWidget

from desktop_agent import words
from desktop_agent.errors import AgentError
from desktop_agent.settings import catalogue
from desktop_agent.settings.setting import Setting
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder
from desktop_agent.ui import theme
from desktop_agent.ui.chat_tab import ChatTab
from desktop_agent.ui.first_run import Failed
from desktop_agent.ui.status_line import StatusLine
from desktop_agent.ui.top_bar import Tab, TopBar
from desktop_agent.ui.widgets import page
from desktop_agent.ui.window_state import WindowState
from desktop_agent.words import _

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from desktop_agent.app import App
    from desktop_agent.ui.filling import Filling
    from desktop_agent.ui.notice import Notice
    from desktop_agent.ui.work import Work

SIZE, LEAST = QSize(1120, 700), QSize(720, 400)
"""At 150 % a screen of 1366 x 768 leaves a window no more than 433, between its title and the task bar."""


@runtime_checkable
class Searchable(Protocol):
    """A page that has something to search in; Ctrl+F asks it."""

    def go_to_search(self) -> None:
        """Take the keyboard to the search field."""


class MainWindow(QMainWindow):
    """Everything the user sees; empty until ``fill``."""

    closed = Signal()

    def __init__(self, folder: Folder, settings: Settings) -> None:
        super().__init__()
        self._folder, self._settings = folder, settings
        self.state = WindowState.read(folder.state)
        self.painted = False
        self._notice: Notice | None = None
        self.filling: Filling | None = None
        """What lives in the window while the program is open."""
        self._unwatch = settings.watch(self._setting_changed)
        self.setWindowTitle(_("Desktop Agent"))
        self.setMinimumSize(LEAST)
        _choose(settings)
        self._build()
        self.chat.composer.write(self.state.draft)
        if not self.restoreGeometry(QByteArray.fromBase64(self.state.geometry.encode())):
            self.resize(SIZE)
        self._fit_screen()
        QGuiApplication.styleHints().colorSchemeChanged.connect(self._dress)
        self._keys()
        theme.style(_application())

    def fill(self, app: App, work: Work) -> None:
        """Bring the window to life."""
        # Here, not above: asyncio and the rest come after the first paint.
        from desktop_agent.ui.filling import Filling
        from desktop_agent.ui.icon import window_icon
        from desktop_agent.ui.own_words import speak

        speak()
        self.setWindowIcon(window_icon())
        self._fit_screen()  # once more: only now the frame is known
        self.filling = Filling(self, app, work)
        self.filling.open(self.state.conversation)
        self.show_tab(Tab(self.state.tab) if self.state.tab in list(Tab) else Tab.CHAT)
        to_say = list(app.problems)
        if not app.database.alone:
            to_say.append(_("Another Desktop Agent has this folder open. Both work; each shows what it did itself."))
        if to_say:
            self.say("\n".join(to_say))

    def show_failure(self, error: AgentError) -> None:
        """Say that the program cannot be opened, in the place of everything it would have shown."""
        failed = Failed(error)
        failed.close_wanted.connect(self.close)
        self.pages.addWidget(failed)
        self.pages.setCurrentWidget(failed)
        self.bar.hide()
        self.status.show_state(_("Could not start"), busy=False)

    def say(self, sentence: str) -> None:
        """Show a sentence in the banner."""
        self.notice.say(sentence)

    @property
    def notice(self) -> Notice:
        """The banner, made when there is something to say."""
        if self._notice is None:
            from desktop_agent.ui.notice import Notice

            self._notice = Notice()
            self._notice.setContentsMargins(16, 10, 16, 10)
            self._column.insertWidget(1, self._notice)
        return self._notice

    def show_tab(self, tab: Tab) -> None:
        """Bring a page to the front; the pages other than the chat are made when they are first seen."""
        self.bar.show_tab(tab)
        self.state.tab = tab.value
        if tab not in self._shown and self.filling is not None:
            self._shown[tab] = self.filling.make_tab(tab)
            self.pages.addWidget(self._shown[tab])
        self.pages.setCurrentWidget(self._shown.get(tab, self._blank))
        (self.chat.composer.field if tab is Tab.CHAT else self.pages.currentWidget()).setFocus()

    def look_state(self) -> WindowState:
        """Where the window is now and what is being written."""
        self.state.geometry = bytes(self.saveGeometry().toBase64().data()).decode()
        self.state.draft = self.chat.composer.draft()
        self.state.list_shown = self.chat.list_shown
        if self.filling is not None:
            self.state.conversation = self.filling.conversation
        return self.state.copy()

    def closeEvent(self, event: QCloseEvent) -> None:
        self.look_state()
        self._unwatch()
        event.accept()
        self.closed.emit()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        self.painted = True

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() is QEvent.Type.WindowStateChange and self.filling is not None:
            self.filling.look(not self.isMinimized())

    def _fit_screen(self) -> None:
        """Be, frame included, no larger than the screen: it may have been another one, or another scale, last time."""
        room, whole = self.screen().availableGeometry(), self.frameGeometry()
        if not room.contains(whole) and not self.isMaximized():
            self.resize(self.size().boundedTo(room.size() - (whole.size() - self.size())))
            beyond = self.frameGeometry().bottomRight() - room.bottomRight()
            place = self.pos() - QPoint(max(0, beyond.x()), max(0, beyond.y()))
            self.move(max(room.left(), place.x()), max(room.top(), place.y()))

    def _build(self) -> None:
        # The program has this font too, but a style sheet that comes after the widgets takes it from them.
        self.setFont(theme.font(theme.Size.CONTROL))
        self.bar = TopBar()
        self._notice = None
        self.chat = ChatTab(list_shown=self.state.list_shown)
        self.status = StatusLine()
        self.pages = QStackedWidget()
        self._blank = page()
        self.pages.addWidget(self._blank)
        self.pages.addWidget(self.chat)
        self._shown: dict[Tab, QWidget] = {Tab.CHAT: self.chat}
        inside = page()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(0)
        column.addWidget(self.bar)
        column.addWidget(self.pages, 1)
        column.addWidget(self.status)
        self._column = column
        self.setCentralWidget(inside)
        self.bar.chosen.connect(self.show_tab)
        self.chat.composer.refused.connect(self.say)
        self.show_tab(Tab(self.state.tab) if self.state.tab in list(Tab) else Tab.CHAT)

    def _keys(self) -> None:
        for number, tab in enumerate(Tab, 1):
            self._key(f"Ctrl+{number}", partial(self.show_tab, tab))
        self._key("Ctrl+N", self._new_chat)
        self._key("Ctrl+F", self._find)
        self._key("Ctrl+K", self._find_chat)
        self._key("Ctrl+,", self._open_settings)
        self._key("Esc", self._stop)
        self._key("Ctrl+Q", self.close)

    def _key(self, keys: str, act: Callable[[], object]) -> None:
        QShortcut(QKeySequence(keys), self, act)

    def _open_settings(self) -> None:
        if self.filling is not None:
            self.filling.open_settings()

    def _stop(self) -> None:
        if self.filling is not None:
            self.filling.stop()

    def _new_chat(self) -> None:
        self.show_tab(Tab.CHAT)
        if self.filling is not None:
            self.filling.new_chat()

    def _find(self) -> None:
        shown = self.pages.currentWidget()
        if isinstance(shown, Searchable):
            shown.go_to_search()
            return
        self._find_chat()

    def _find_chat(self) -> None:
        """To the search through all chats, from anywhere."""
        self.show_tab(Tab.CHAT)
        if self.chat.list.search.isVisible():
            self.chat.list.search.setFocus()
            self.chat.list.search.selectAll()

    def _setting_changed(self, changed: Setting[Any]) -> None:
        if changed is catalogue.THEME:
            self._dress()
        elif changed is catalogue.TEXT_SIZE:
            dress(self._settings)
            self._make_anew()
        elif changed is catalogue.LANGUAGE:
            from desktop_agent.ui.own_words import speak

            words.use(self._settings[catalogue.LANGUAGE])
            speak()
            self._make_anew()

    def _dress(self) -> None:
        dress(self._settings)
        self.chat.restyle()

    def _make_anew(self) -> None:
        """Make all widgets again, in the language and the size of now; what they show is kept."""
        draft = self.chat.composer.text()
        self.state.list_shown = self.chat.list_shown
        old = self.centralWidget()
        if self.filling is not None:
            self.filling.leave()
        self._build()
        self.chat.composer.write(draft)
        old.deleteLater()
        if self.filling is not None:
            self.filling.enter()


def dress(settings: Settings) -> None:
    """Give the whole program the colours and the text size of the settings."""
    _choose(settings)
    theme.style(_application())


def _choose(settings: Settings) -> None:
    dark = theme.wants_dark(settings[catalogue.THEME])
    theme.choose(_application(), dark=dark, percent=settings[catalogue.TEXT_SIZE])


def _application() -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application
