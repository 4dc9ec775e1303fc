"""What lives in the window while the program is open: the chat's work, the model chip, the figures.

When the language changes the window makes its widgets anew; ``leave`` lets go of
the old ones and ``enter`` takes hold of the new, while turns go on.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QWidget

from desktop_agent.runtime.monitor import STATUS_BAR_SECONDS, Sample
from desktop_agent.settings import catalogue
from desktop_agent.settings.setting import Setting
from desktop_agent.ui.arrivals import Arrivals
from desktop_agent.ui.caret import Caret
from desktop_agent.ui.conversing import Conversing
from desktop_agent.ui.figures import milliseconds, percent, size
from desktop_agent.ui.model_menu import ModelMenu
from desktop_agent.ui.top_bar import Tab
from desktop_agent.ui.turns import Turns
from desktop_agent.ui.upkeep import LagWatch
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.ui.window import MainWindow
    from desktop_agent.ui.work import Work

KEEP_MS = 3_000
"""What was written is on the disk so much later at most: all that a power cut can take from it."""


class Filling(QObject):
    """Connects one window with the opened program."""

    def __init__(self, window: MainWindow, app: App, work: Work) -> None:
        super().__init__(window)
        self._window, self.app, self.work = window, app, work
        self.turns = Turns(app, work, window.chat.transcript)
        self.turns.state_changed.connect(self._show_state)
        self._watch = app.monitor.watch(STATUS_BAR_SECONDS, self._show_sample)
        self._lag = LagWatch(self, app.monitor.note_window)
        self._caret = Caret(self)
        self._unwatch = app.settings.watch(self._setting_changed)
        self._keep = QTimer(self)
        self._keep.setSingleShot(True)
        self._keep.timeout.connect(lambda: work.start(self._keep_draft()))
        self.conversing: Conversing
        self.models: ModelMenu
        self.arrivals: Arrivals
        self._hold()

    def open(self, conversation: int | None) -> None:
        """Show the conversation that was open last, and start to measure."""
        self.work.start(self.conversing.open(conversation))
        self.look(True)
        self._show_state()

    def close(self) -> None:
        """Look no more and listen no more; the draft is kept by whoever closes the window."""
        self.look(False)
        self._caret.leave()
        self.arrivals.leave()
        self.conversing.close()
        self._keep.stop()
        self._unwatch()

    @property
    def conversation(self) -> int | None:
        """The open conversation."""
        return self.conversing.conversation

    def look(self, seen: bool) -> None:
        """Measure while the window is seen."""
        if seen:
            self._watch.start()
            self._lag.start()
        else:
            self._watch.stop()
            self._lag.stop()

    def make_tab(self, tab: Tab) -> QWidget:
        """A page other than the chat."""
        # Here: most starts never see them.
        if tab is Tab.MEMORY:
            from desktop_agent.ui.memory_tab import MemoryTab

            memory = MemoryTab(self.app, self.work)
            memory.message_wanted.connect(self._open_message)
            return memory
        if tab is Tab.MONITOR:
            from desktop_agent.ui.monitor_tab import MonitorTab

            return MonitorTab(self.app, self.work)
        from desktop_agent.ui.settings_tab import SettingsTab

        settings = SettingsTab(self.app, self.work)
        settings.pages.models_wanted.connect(self.open_models)
        return settings

    def _open_message(self, conversation: int, message: int) -> None:
        self._window.show_tab(Tab.CHAT)
        self.conversing.go_to(conversation, message)

    def open_settings(self) -> None:
        """The settings as a dialog over whatever is shown."""
        from desktop_agent.ui.settings_dialog import SettingsDialog

        dialog = SettingsDialog(self.app, self.work, self._window)
        dialog.pages.models_wanted.connect(dialog.reject)
        dialog.pages.models_wanted.connect(self.open_models)
        dialog.open()

    def open_models(self) -> None:
        """The page of models, in the tab of the settings."""
        from desktop_agent.ui.models_page import ModelsPage
        from desktop_agent.ui.settings_tab import SettingsTab

        self._window.show_tab(Tab.SETTINGS)
        tab = self._window.pages.currentWidget()
        assert isinstance(tab, SettingsTab)
        tab.show_models(lambda: ModelsPage(self.app, self.work, self.models.use, self.open_servers))

    def open_servers(self) -> None:
        """Where a server is entered."""
        from desktop_agent.settings.setting import Group
        from desktop_agent.ui.settings_tab import SettingsTab

        self._window.show_tab(Tab.SETTINGS)
        tab = self._window.pages.currentWidget()
        assert isinstance(tab, SettingsTab)
        tab.show_settings()
        tab.pages.open_group(Group.REMOTE)

    def _say(self, sentence: str, action: str = "", then: Callable[[], object] | None = None) -> None:
        self._window.notice.say(sentence, action, then)

    def _tab_clicked(self, tab: Tab) -> None:
        """A click on Settings leads back from the page of models."""
        from desktop_agent.ui.settings_tab import SettingsTab

        page = self._window.pages.currentWidget()
        if tab is Tab.SETTINGS and isinstance(page, SettingsTab):
            page.show_settings()

    def new_chat(self) -> None:
        self.conversing.new()

    def stop(self) -> None:
        """End the answer in view."""
        self.conversing.stop()

    def leave(self) -> None:
        """Let go of the window's widgets."""
        self.conversing.leave()
        self.models.deleteLater()
        self.arrivals.leave()
        self.arrivals.deleteLater()
        self._left = self.conversing.conversation

    def enter(self) -> None:
        """Take hold of the window's new widgets, where the old ones were."""
        self._hold()
        self.work.start(self.conversing.open(self._left))
        self._show_state()
        if self.app.monitor.latest is not None:
            self._show_sample(self.app.monitor.latest)

    def _hold(self) -> None:
        window = self._window
        self.conversing = Conversing(
            self.app, self.work, self.turns, window.chat, lambda *said: window.notice.say(*said)
        )
        self.conversing.memories_wanted.connect(lambda: window.show_tab(Tab.MEMORY))
        self.conversing.files_dropped.connect(lambda: window.show_tab(Tab.CHAT))
        self.conversing.model_given.connect(lambda path: self.models.use(path))
        self.models = ModelMenu(self.app, self.work, window.bar.model, window)
        self.models.servers_wanted.connect(self.open_servers)
        self.models.choice.changed.connect(self._server_chosen)
        self.conversing.shown.connect(self.models.choice.show)
        self.models.models_wanted.connect(self.open_models)
        self.arrivals = Arrivals(self.app, self.work, self.models.use, self._say, self)
        window.chat.greeted.connect(self.arrivals.greet)
        if window.chat.greeting is not None:
            self.arrivals.greet(window.chat.greeting)
        window.chat.open_file_wanted.connect(self.models.open_file)
        window.chat.models_wanted.connect(self.open_models)
        window.chat.connect_wanted.connect(self.open_servers)
        window.bar.chosen.connect(self._tab_clicked)
        window.chat.composer.edited.connect(self._edited)

    def _edited(self) -> None:
        if not self._keep.isActive():
            self._keep.start(KEEP_MS)

    async def _keep_draft(self) -> None:
        # In a worker: a hard disk may take a second to say that it has written.
        await self.app.threads.call(self._window.look_state().write, self.app.folder.state)

    def _server_chosen(self) -> None:
        choice = self.models.choice
        self.turns.new_server = choice.current if choice.conversation is None else None

    def _setting_changed(self, changed: Setting[Any]) -> None:
        if changed is catalogue.MODEL:
            self.models.refresh()

    def _show_state(self) -> None:
        live = self.turns.live
        self.models.show_loading(any(turn.loading for turn in live))
        self._window.status.show_state(_("Answering") if live else _("Ready"), busy=bool(live))

    def _show_sample(self, sample: Sample) -> None:
        window, counts = self._window, self.app.tasks.counts
        self.models.show_state()  # it may have left the memory meanwhile
        window.bar.ram.show_ram(sample.ram_used, sample.ram_total)
        figures = [_("Queue {count}", count=counts.waiting)]
        if sample.cpu_percent is not None:
            figures.append(_("CPU {figure}", figure=percent(sample.cpu_percent)))
        if sample.app_bytes is not None:
            figures.append(_("App {figure}", figure=size(sample.app_bytes)))
        if sample.model_bytes:
            figures.append(_("Model {figure}", figure=size(sample.model_bytes)))
        if sample.window_ms is not None:
            figures.append(_("Window response {figure}", figure=milliseconds(sample.window_ms)))
        window.status.show_figures(figures)
