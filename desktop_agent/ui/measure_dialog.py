"""Measuring this computer from the window: the experiments run in a process of their own, watched and ended here."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from PySide6.QtCore import QProcess, QUrl
from PySide6.QtGui import QCloseEvent, QDesktopServices
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

import desktop_agent
from desktop_agent.runtime import child
from desktop_agent.system import Folder
from desktop_agent.ui.widgets import Bar, Kind, Words, button, label
from desktop_agent.words import _, language

ENDING_MS = 3_000
WIDTH = 470


class MeasureDialog(QDialog):
    """Asks how exact, shows how far, and leads to the report. Closing it ends the measuring."""

    def __init__(self, folder: Folder, parent: QWidget) -> None:
        super().__init__(parent)
        self._folder = folder
        self._process: QProcess | None = None
        self._heard = b""
        self._trouble = ""
        self.report: Path | None = None
        """The folder of the report, once it is written."""
        self.setWindowTitle(_("Measure this computer"))
        self.setFixedWidth(WIDTH)
        self.words = label(
            _(
                "Four experiments compare this program with one that does one thing after the other: calls at once, "
                "starting, memory, many users. Nothing of yours is read, and nothing leaves the computer. "
                "For good figures leave the computer alone meanwhile."
            ),
            Words.BODY,
            wrap=True,
        )
        self.state = label("", Words.MUTED, wrap=True)
        self.bar = Bar(_("Progress"), width=0)
        self.quick = button(_("Quick, 2 minutes"), Kind.PRIMARY, lambda: self.begin(quick=True))
        self.exact = button(_("Exact, 10 minutes"), Kind.PLAIN, lambda: self.begin(quick=False))
        self.open_report = button(_("Open the report"), Kind.PRIMARY, self._open)
        self.close_button = button(_("Close"), Kind.PLAIN, self.close)
        self._arrange()
        self.quick.setDefault(True)
        self.quick.setFocus()

    def begin(self, *, quick: bool) -> None:
        """Start measuring."""
        self._trouble = ""
        words = ["--folder", str(self._folder.root), "--set", f"language={language()}", "experiment", "all"]
        words += ["--quick"] if quick else []
        program, *arguments = child.command("--json", words)
        process = self._process = QProcess(self)
        process.setProgram(_console_program(program))
        process.setArguments(arguments)
        process.setWorkingDirectory(str(Path(desktop_agent.__file__).parent.parent))
        process.setProcessChannelMode(QProcess.ProcessChannelMode.ForwardedErrorChannel)
        process.readyReadStandardOutput.connect(self._hear)
        process.finished.connect(self._ended)
        process.errorOccurred.connect(lambda _error: self._ended(-1))
        process.start()
        self.quick.hide()
        self.exact.hide()
        self.close_button.setText(_("Cancel"))
        self._say(_("Starting…"), 0.0)

    def closeEvent(self, event: QCloseEvent) -> None:
        self._end()
        super().closeEvent(event)

    def reject(self) -> None:
        self._end()
        super().reject()

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.finished.disconnect()
            process.errorOccurred.disconnect()
            process.kill()  # the servers it started end with its pipes
            process.waitForFinished(ENDING_MS)

    def _hear(self) -> None:
        if self._process is None:
            return
        *lines, self._heard = (self._heard + bytes(self._process.readAllStandardOutput().data())).split(b"\n")
        for line in lines:
            try:
                record = json.loads(line)
            except ValueError:
                continue
            match record.get("event"):
                case "progress":
                    self._say(record["what"], record["fraction"])
                case "reported":
                    self.report = Path(record["folder"])
                case "error":
                    self._trouble = f"{record['message']} {record['hint']}"

    def _ended(self, status: int) -> None:
        self._hear()
        self._process = None
        self.close_button.setText(_("Close"))
        if status == 0 and self.report is not None:
            self._say(_("The report is in {folder}.", folder=self.report), 1.0)
            self.open_report.show()
            self.open_report.setFocus()
        else:
            self.quick.show()
            self.exact.show()
            self._say(self._trouble or _("It could not be measured. Look into the log for the reason."), 0.0)

    def _say(self, text: str, fraction: float) -> None:
        self.state.setText(text)
        self.state.show()
        self.bar.setVisible(self._process is not None or fraction > 0)
        self.bar.show_fraction(fraction)
        self.bar.setAccessibleDescription(f"{text} {fraction:.0%}")
        self._fit()

    def _fit(self) -> None:
        """Be as tall as the words need; a window does not find that out by itself."""
        self.setFixedHeight(self._column.totalHeightForWidth(WIDTH))

    def _open(self) -> None:
        if self.report is not None:
            QDesktopServices.openUrl(QUrl.fromLocalFile(str(self.report / "report.html")))

    def _arrange(self) -> None:
        below = QHBoxLayout()
        below.addStretch()
        for one in (self.exact, self.quick, self.open_report, self.close_button):
            below.addWidget(one)
        column = self._column = QVBoxLayout(self)
        column.setContentsMargins(20, 18, 20, 16)
        column.setSpacing(12)
        column.addWidget(self.words)
        column.addWidget(self.state)
        column.addWidget(self.bar)
        column.addLayout(below)
        self.bar.hide()
        self.state.hide()
        self.open_report.hide()
        self._fit()


def _console_program(program: str) -> str:
    """In a frozen program the one of the command line: the window's has no standard output on Windows."""
    if not getattr(sys, "frozen", False):
        return program
    found = Path(program).with_name("desktop-agent" + Path(program).suffix)
    return str(found) if found.exists() else program
