"""The Monitor tab: what the assistant costs this laptop, and what it did to cost less.

Samples come once a second while this tab is looked at and not otherwise.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QMenu, QScrollArea, QVBoxLayout, QWidget

from desktop_agent.runtime.governor import Step
from desktop_agent.runtime.tasks import TaskState
from desktop_agent.settings.catalogue import THREADS
from desktop_agent.ui.dates import clock
from desktop_agent.ui.elided import Elided
from desktop_agent.ui.figures import UNKNOWN, duration, milliseconds, percent, size
from desktop_agent.ui.monitor_card import Card
from desktop_agent.ui.monitor_lists import ActsModel, List, TasksModel
from desktop_agent.ui.widgets import Kind, button, card, gone, muted, page
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.runtime.monitor import Sample
    from desktop_agent.ui.work import Work

SLOW_WINDOW_MS = 16.0
"""The top of the window's chart at least: one frame of a 60 Hz screen."""
SLOW_ANSWER = 10.0
"""The top of the chart of tokens a second at least."""


class MonitorTab(QWidget):
    """Four charts, the tasks, and the steps that were taken."""

    def __init__(self, app: App, work: Work) -> None:
        super().__init__()
        self._app, self._work = app, work
        self._watch = app.monitor.watch(on_sample=self.show_sample)
        self.processor = Card(_("Processor"))
        self.ram = Card(_("RAM"))
        self.speed = Card(_("Answer speed"))
        self.window_card = Card(_("Window response"))
        self.tasks = TasksModel()
        self.acts = ActsModel()
        self.task_list = List(_("Tasks"), self.tasks, 0, {1: max(_("running"), _("waiting"), key=len), 2: "1000.0 s"})
        self.act_list = List(_("What the assistant did to stay light"), self.acts, 1, {0: "00:00"})
        self._counts, self._hits = Elided(), Elided()
        self._no_tasks = muted(_("Nothing runs or waits."))
        self._no_acts = muted(_("Nothing was needed so far."))
        self._in_force = Elided()
        self.measure = button(_("Measure this computer…"), Kind.LINK, self._measure)
        self._arrange()
        self.task_list.end_asked.connect(self._end)
        self.task_list.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.task_list.customContextMenuRequested.connect(self._menu)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self._watch.start()
        if self._app.monitor.latest is not None:
            self.show_sample(self._app.monitor.latest)
        self._show_lists()

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._watch.stop()

    def show_sample(self, sample: Sample) -> None:
        """Show the figures of now and the history before them."""
        if gone(self) or not self.isVisible():
            return
        history = self._app.monitor.history
        self._show_processor(sample)
        self.processor.chart.show_values(
            [each.cpu_percent for each in history], 100, [each.app_cpu_percent for each in history]
        )
        self.ram.say(size(sample.ram_used), _parts(sample), _("{size} in this laptop", size=size(sample.ram_total)))
        self.ram.chart.show_values(
            [each.ram_used for each in history], sample.ram_total or 1, [_own_bytes(each) for each in history]
        )
        self._show_speed(sample)
        speeds = [each.tokens_per_second for each in history]
        self.speed.chart.show_values(speeds, max([SLOW_ANSWER, *(speed * 1.25 for speed in speeds if speed)]))
        self.window_card.say(
            milliseconds(sample.window_ms),
            _("time the window waits"),
            _("slowest in the last minute {time}", time=milliseconds(self._app.monitor.slowest_window_ms)),
        )
        waits = [each.window_ms for each in history]
        self.window_card.chart.show_values(waits, max([SLOW_WINDOW_MS, *(wait for wait in waits if wait)]))
        self._show_lists()

    def _show_processor(self, sample: Sample) -> None:
        threads = self._app.settings[THREADS]
        cores = _("{count} cores", count=sample.cores) if sample.cores > 1 else _("1 core")
        if threads:
            cores += " · " + (_("{count} model threads", count=threads) if threads > 1 else _("1 model thread"))
        if variant := self._app.engines.variant:
            cores += f" · {variant.name}"
            why = _("llama.cpp computes as for {name}: {why}", name=variant.name, why=variant.why())
            self.processor.setToolTip(why)
        if sample.battery_percent is not None:
            battery = _("battery {share}", share=percent(sample.battery_percent))
            cores += f" · {battery}, {_('on mains')}" if sample.on_mains else f" · {battery}"
        self.processor.say(percent(sample.cpu_percent), _("app {share}", share=percent(sample.app_cpu_percent)), cores)

    def _show_speed(self, sample: Sample) -> None:
        last = self._app.monitor.last_answer
        told = _("no answer yet")
        if last is not None:
            told = _("last answer {speed} tokens/s", speed=_rate(last.tokens_per_second))
        if sample.tokens_per_second is not None:
            self.speed.say(_rate(sample.tokens_per_second), _("tokens/s now"), told)
        elif last is not None:
            first = _("first word after {time}", time=duration(last.first_token_ms))
            told = _("tokens/s in the last answer")
            if last.tokens_per_second is None:
                told = _("tokens/s: the last answer was too short to tell")
            self.speed.say(_rate(last.tokens_per_second), f"{told} · {first}", "")
        else:
            self.speed.say(UNKNOWN, _("tokens/s"), told)

    def _show_lists(self) -> None:
        tasks, counts = self._app.tasks.snapshot(), self._app.tasks.counts
        self.tasks.show_tasks(tasks)
        self._counts.setText(
            _(
                "{running} running · {waiting} waiting · limit {limit}",
                running=counts.running,
                waiting=counts.waiting,
                limit=counts.limit,
            )
        )
        self.task_list.setVisible(bool(tasks))
        self._no_tasks.setVisible(not tasks)
        acts = self._app.monitor.acts.all()
        self.acts.show_acts([(clock(act.time), act.told()) for act in acts])
        self.act_list.setVisible(bool(acts))
        self._no_acts.setVisible(not acts)
        named = _(", ").join(_step(step) for step in self._app.governor.in_force)
        self._in_force.setText(_("In force now: {steps}", steps=named))
        self._in_force.setVisible(bool(named))
        stats = self._app.cache.stats
        hits = percent(100 * stats.hit_rate) if stats.hits + stats.misses else UNKNOWN
        words = [_("cache hits {share}", share=hits)]
        if again := self._app.chat.retries.attempts - self._app.chat.retries.calls:
            words.append(_("tried again {count}", count=again))
        self._hits.setText(" · ".join(words))

    def _end(self, row: int) -> None:
        self._app.tasks.cancel(self.tasks.task(row).number)
        self._show_lists()

    def _menu(self, place: QPoint) -> None:
        row = self.task_list.indexAt(place).row()
        if row < 0:
            return
        number = self.tasks.task(row).number
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        waits = self.tasks.task(row).state is TaskState.WAITING
        menu.addAction(_("Take out of the queue") if waits else _("Stop"), lambda: self._app.tasks.cancel(number))
        menu.popup(self.task_list.viewport().mapToGlobal(place))

    def _measure(self) -> None:
        from desktop_agent.ui.measure_dialog import MeasureDialog  # rarely wanted

        MeasureDialog(self._app.folder, self.window()).open()

    def _arrange(self) -> None:
        grid = QGridLayout()
        grid.setContentsMargins(18, 18, 18, 18)
        grid.setSpacing(14)
        for place, one in enumerate((self.processor, self.ram, self.speed, self.window_card)):
            grid.addWidget(one, place // 2, place % 2)
        grid.addWidget(self._lists(), 2, 0, 1, 2)
        grid.addWidget(self.measure, 3, 0, 1, 2, Qt.AlignmentFlag.AlignRight)
        for row in range(3):
            grid.setRowStretch(row, 1)
        for column in range(2):
            grid.setColumnStretch(column, 1)
        scroll = QScrollArea()
        scroll.setWidget(page(grid))
        scroll.setWidgetResizable(True)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(scroll)

    def _lists(self) -> QFrame:
        panel = card()
        halves = QHBoxLayout(panel)
        halves.setContentsMargins(16, 14, 16, 16)
        halves.setSpacing(28)
        halves.addLayout(_half(_("Tasks"), self._counts, self.task_list, self._no_tasks), 6)
        steps = _half(_("What the assistant did to stay light"), self._hits, self.act_list, self._no_acts)
        steps.insertWidget(1, self._in_force)
        halves.addLayout(steps, 5)
        self.act_list.horizontalHeader().hide()
        return panel


def _half(title: str, aside: QWidget, rows: QWidget, nothing: QWidget) -> QVBoxLayout:
    top = QHBoxLayout()
    top.addWidget(Elided(title))
    top.addStretch()
    top.addWidget(aside)
    half = QVBoxLayout()
    half.setSpacing(6)
    half.addLayout(top)
    half.addWidget(rows, 1)
    half.addWidget(nothing, 1, Qt.AlignmentFlag.AlignTop)
    return half


def _parts(sample: Sample) -> str:
    """Whose the RAM in use is: this program's, the model's, everything else's."""
    own = _own_bytes(sample)
    if own is None or sample.ram_used is None:
        return ""
    app, rest = size(sample.app_bytes), size(max(0, sample.ram_used - own))
    if not sample.model_bytes:
        return _("app {app} + rest {rest}", app=app, rest=rest)
    return _("app {app} + model {model} + rest {rest}", app=app, model=size(sample.model_bytes), rest=rest)


def _own_bytes(sample: Sample) -> int | None:
    return None if sample.app_bytes is None else sample.app_bytes + sample.model_bytes


def _step(step: Step) -> str:
    return {
        Step.FEWER_THREADS: _("one core less for the model"),
        Step.SMALLER_CONTEXT: _("a smaller context next time"),
        Step.PAUSE_BACKGROUND: _("work in the background waits"),
        Step.UNLOAD_MODEL: _("the model left the memory"),
    }[step]


def _rate(tokens_per_second: float | None) -> str:
    return UNKNOWN if tokens_per_second is None else f"{tokens_per_second:.1f}"
