"""The page Models and the first page, in a real window, with downloads from a real server on loopback."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QMessageBox, QPushButton, QWidget

from desktop_agent import words
from desktop_agent.inference.downloads import Download, Stage
from desktop_agent.settings.catalogue import DOWNLOAD_SOURCE, MODEL, MODELS_FOLDER
from desktop_agent.ui.models_page import ModelsPage
from desktop_agent.ui.top_bar import Tab
from tests.inference.file_server import FileServer, catalogue, sends, silent_after
from tests.tiny_model import write_tiny_model
from tests.ui.conftest import Desk, OpenDesk
from tests.ui.parts import app_of, result_of

FILE = "tiny-Q4.gguf"


class Shop:
    """A server with one model, which is all that the list has; it lives in a thread, far from the window's loop."""

    def __init__(self, content: bytes) -> None:
        self.server = FileServer(content)
        self.silent = threading.Event()
        self._opened, self._over = threading.Event(), asyncio.Event()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def _run(self) -> None:
        async def serve() -> None:
            async with self.server.open():
                self._opened.set()
                await self._over.wait()

        with asyncio.Runner(loop_factory=lambda: self._loop) as runner:
            runner.run(serve())

    def open(self, desk: Desk, path: Path) -> None:
        """Serve, and let the downloads of the window know only this."""
        if not self._opened.is_set():
            self._thread.start()
            assert self._opened.wait(60)
        downloads = app_of(desk).shelf.downloads
        downloads._catalogue = catalogue(path, self.server.address, content=self.server.content, file=FILE)
        downloads._offers = None

    def close(self) -> None:
        self._loop.call_soon_threadsafe(self._over.set)
        self._thread.join(20)


@pytest.fixture
def shop(desk: Desk, tiny_model: Path, tmp_path: Path) -> Iterator[Shop]:
    made = Shop(tiny_model.read_bytes())
    made.open(desk, tmp_path / "list.toml")
    yield made
    made.close()


def models_page(desk: Desk) -> ModelsPage:
    """The page Models, in front and filled."""
    desk.window.filling.open_models()
    page = desk.window.pages.currentWidget().models
    desk.wait(lambda: page.rows or not page._problem.isHidden())
    return page


def said(widget: QWidget) -> str:
    """Everything that can be read on ``widget``."""
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def named(page: QWidget, name: str) -> QPushButton:
    """The button that a screen reader calls ``name``."""
    (found,) = [one for one in page.findChildren(QPushButton) if one.accessibleName() == name and one.isVisible()]
    return found


def press(desk: Desk, page: QWidget, name: str) -> None:
    """Click the button ``name``, as soon as it is there."""
    desk.wait(lambda: has(page, name))
    QTest.mouseClick(named(page, name), Qt.MouseButton.LeftButton)


def has(page: QWidget, name: str) -> bool:
    return any(one.accessibleName() == name and one.isVisible() for one in page.findChildren(QPushButton))


def answer(desk: Desk, text: str) -> None:
    """Press the button ``text`` of the question that is open."""
    boxes = [box for box in desk.window.findChildren(QMessageBox) if box.isVisible()]
    (button,) = [one for one in boxes[-1].buttons() if one.text() == text]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_a_model_is_got_with_one_press_and_answers(desk: Desk, shop: Shop) -> None:
    page = models_page(desk)
    assert "about" in said(page) or "words a second" in said(page)
    assert shop.server.requests == []  # looking asked nobody
    press(desk, page, "Get Tiny")
    desk.wait(lambda: app_of(desk).settings[MODEL])
    desk.wait(lambda: has(page, "tiny is in use") or has(page, "Tiny is in use"))
    assert (app_of(desk).models.folder / FILE).exists()
    assert "is here and answers from now on" in said(desk.window.notice)


def test_a_download_is_paused_goes_on_and_is_thrown_away(desk: Desk, shop: Shop) -> None:
    shop.server.acts.append(silent_after(100_000, shop.silent))
    page = models_page(desk)
    press(desk, page, "Get Tiny")
    desk.wait(shop.silent.is_set)
    desk.wait(lambda: "0 of" in said(page))
    press(desk, page, "Pause the download of Tiny")
    desk.wait(lambda: "paused" in said(page))
    shop.silent.clear()
    shop.server.acts.append(silent_after(1000, shop.silent))
    press(desk, page, "Go on with the download of Tiny")
    desk.wait(shop.silent.is_set)
    assert shop.server.requests[-1].headers["range"] == "bytes=100000-"
    press(desk, page, "Delete what was downloaded of Tiny")
    answer(desk, "Delete")
    desk.wait(lambda: has(page, "Get Tiny"))
    assert [path.name for path in app_of(desk).models.folder.iterdir()] == []


def test_a_failed_download_says_why_in_its_row(desk: Desk, shop: Shop) -> None:
    shop.server.always = sends(b"x" * len(shop.server.content))
    page = models_page(desk)
    press(desk, page, "Get Tiny")
    desk.wait(lambda: "its checksum is wrong" in said(page))
    shop.server.always = None
    press(desk, page, "Go on with the download of Tiny")
    desk.wait(lambda: app_of(desk).settings[MODEL])


def test_another_model_is_offered_when_one_answers_already(desk: Desk, shop: Shop, tiny_model: Path) -> None:
    result_of(desk, app_of(desk).engines.select(tiny_model))
    page = models_page(desk)
    press(desk, page, "Get Tiny")
    desk.wait(lambda: "Tiny is here." in said(desk.window.notice))
    assert app_of(desk).settings[MODEL] == str(tiny_model)
    desk.window.notice.act()
    desk.wait(lambda: app_of(desk).settings[MODEL] == str(app_of(desk).models.folder / FILE))


def test_a_model_is_used_and_removed_after_asking(desk: Desk, shop: Shop) -> None:
    path = write_tiny_model(app_of(desk).models.folder / "mine.gguf", name="Mine")
    page = models_page(desk)
    press(desk, page, "Use Mine")
    desk.wait(lambda: has(page, "Mine is in use"))
    press(desk, page, "Remove Mine")
    answer(desk, "Remove")
    desk.wait(lambda: "Mine is removed." in said(page))
    assert not path.exists()
    assert app_of(desk).settings[MODEL] == ""


def test_a_model_elsewhere_is_only_taken_off_the_list(desk: Desk, shop: Shop, tiny_model: Path) -> None:
    result_of(desk, app_of(desk).engines.select(tiny_model))
    page = models_page(desk)
    press(desk, page, "Remove tiny")
    answer(desk, "Take off")
    desk.wait(lambda: not has(page, "Remove tiny"))
    assert tiny_model.exists()


def test_a_file_from_a_stick_is_copied_or_used_where_it_is(desk: Desk, shop: Shop, tiny_model: Path) -> None:
    page = models_page(desk)
    page.files._ask_how(tiny_model)
    answer(desk, "Copy into the folder for models")
    desk.wait(lambda: "tiny is here." in said(page))
    assert (app_of(desk).models.folder / tiny_model.name).exists()
    page.files._ask_how(tiny_model)
    answer(desk, "Use where it is")
    desk.wait(lambda: app_of(desk).settings[MODEL] == str(tiny_model))


def test_a_file_that_is_no_model_is_not_copied(desk: Desk, shop: Shop, tmp_path: Path) -> None:
    page = models_page(desk)
    letter = tmp_path / "letter.gguf"
    letter.write_text("Dear Li Na", "utf-8")
    desk.window.filling.work.start(page.files.copy(letter))
    desk.wait(lambda: "letter.gguf is not a GGUF model." in said(desk.window.notice))
    assert not page.carrying.isVisible()


def test_the_folder_moves_with_its_models(desk: Desk, shop: Shop, tmp_path: Path) -> None:
    write_tiny_model(app_of(desk).models.folder / "mine.gguf", name="Mine")
    page = models_page(desk)
    new = tmp_path / "D 盘"
    desk.window.filling.work.start(page.files.carry_folder(new))
    desk.wait(lambda: f"The models are in {new} now." in said(page))
    desk.wait(lambda: f"Models are kept in {new}." in said(page))
    assert has(page, "Use Mine")


def test_a_drive_that_is_gone_is_told_and_the_guide_answers(desk: Desk, shop: Shop, tmp_path: Path) -> None:
    gone = tmp_path / "usb"
    app_of(desk).settings.set_all({MODELS_FOLDER: str(gone), MODEL: str(gone / "mine.gguf")})
    page = models_page(desk)
    desk.wait(lambda: "Connect the drive it is on" in said(page))
    desk.window.show_tab(Tab.CHAT)
    desk.ask("Hello")
    desk.answered()
    assert desk.last_reply().text == "Hello"
    page = models_page(desk)
    press(desk, page, "Use the program's own folder")
    desk.wait(lambda: page._problem.isHidden())
    assert app_of(desk).settings[MODELS_FOLDER] == ""


def test_the_first_source_is_a_setting(desk: Desk, shop: Shop) -> None:
    page = models_page(desk)
    assert page.source.currentText() == "Download from: Automatic"
    page.source.setCurrentIndex(3)
    page.source.activated.emit(3)
    assert app_of(desk).settings[DOWNLOAD_SOURCE] == "huggingface"


def test_the_page_is_reached_and_left_with_the_keyboard(desk: Desk, shop: Shop) -> None:
    page = models_page(desk)
    seen = []
    for _ in range(12):
        QTest.keyClick(QApplication.focusWidget() or page, Qt.Key.Key_Tab)
        focus = QApplication.focusWidget()
        seen.append(focus.accessibleName() if focus else "")
    assert seen.index("Open file…") < seen.index("Get Tiny") < seen.index("Copy a .gguf file from a USB stick…")
    assert all(seen)
    QTest.keyClick(page, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    desk.wait(lambda: not page.isVisible())
    models_page(desk)
    QTest.mouseClick(desk.window.bar.tabs[Tab.SETTINGS], Qt.MouseButton.LeftButton)
    desk.wait(lambda: not page.isVisible())


def test_the_settings_lead_to_the_page(desk: Desk, shop: Shop) -> None:
    desk.window.show_tab(Tab.SETTINGS)
    settings = desk.window.pages.currentWidget()
    from desktop_agent.settings.setting import Group

    settings.pages.open_group(Group.MODEL)
    press(desk, settings, "Get models…")
    desk.wait(lambda: settings.models is not None and settings.models.isVisible())


def test_every_part_of_the_page_has_a_name(desk: Desk, shop: Shop) -> None:
    write_tiny_model(app_of(desk).models.folder / "mine.gguf", name="Mine")
    (app_of(desk).models.folder / "broken.gguf").write_bytes(b"GGUF")
    page = models_page(desk)
    unnamed = [one for one in page.findChildren(QAbstractButton) if one.isVisible() and not one.accessibleName()]
    assert unnamed == []
    assert "cut off" in said(page)
    assert not named(page, "Use broken").isEnabled()


def test_the_first_page_offers_the_model_that_suits_and_gets_it(desk: Desk) -> None:
    greeting = desk.window.chat.greeting
    desk.wait(lambda: "This laptop has" in greeting.suits.text())
    assert greeting.get_button.isEnabled()
    assert greeting.get_button.accessibleName().startswith("Download ")


def test_the_first_download_shows_its_progress_on_the_first_page(desk: Desk, shop: Shop) -> None:
    greeting, arrivals = desk.window.chat.greeting, desk.window.filling.arrivals
    desk.wait(greeting.get_button.isEnabled)
    result_of(desk, arrivals._find())  # the list is another one by now
    shop.server.acts.append(silent_after(100_000, shop.silent))
    QTest.mouseClick(greeting.get_button, Qt.MouseButton.LeftButton)
    desk.wait(lambda: greeting.get_button.text() == "Pause")
    desk.wait(shop.silent.is_set)
    QTest.mouseClick(greeting.get_button, Qt.MouseButton.LeftButton)
    desk.wait(lambda: greeting.get_button.text() == "Go on")
    assert "of 0.3 MB · paused" in greeting.suits.text()
    QTest.mouseClick(greeting.get_button, Qt.MouseButton.LeftButton)
    desk.wait(lambda: app_of(desk).settings[MODEL])
    desk.wait(lambda: "is here and answers from now on" in greeting.suits.text())


def test_a_download_goes_on_when_the_language_changes(desk: Desk, shop: Shop) -> None:
    shop.server.acts.append(silent_after(1000, shop.silent))
    page = models_page(desk)
    press(desk, page, "Get Tiny")
    desk.wait(shop.silent.is_set)
    app_of(desk).settings.set("language", "zh_CN")
    desk.wait(lambda: desk.window.bar.tabs[Tab.CHAT].text() == "对话")
    page = models_page(desk)
    desk.wait(lambda: has(page, "暂停下载 Tiny"))
    press(desk, page, "暂停下载 Tiny")
    desk.wait(lambda: app_of(desk).shelf.downloads.of("tiny").stage is Stage.PAUSED)


def test_a_paused_download_is_there_after_a_restart(open_desk: OpenDesk, tiny_model: Path, tmp_path: Path) -> None:
    desk = open_desk()
    shop = Shop(tiny_model.read_bytes())
    shop.open(desk, tmp_path / "list.toml")
    shop.server.acts.append(silent_after(100_000, shop.silent))
    press(desk, models_page(desk), "Get Tiny")
    desk.wait(lambda: app_of(desk).shelf.downloads.of("tiny").done >= 100_000)
    desk.close()
    again = open_desk()
    shop.open(again, tmp_path / "list.toml")
    asked = len(shop.server.requests)
    page = models_page(again)
    again.wait(lambda: has(page, "Go on with the download of Tiny"))
    assert len(shop.server.requests) == asked  # nothing is fetched by itself
    press(again, page, "Go on with the download of Tiny")
    again.wait(lambda: app_of(again).settings[MODEL])
    shop.close()


def cut(page: ModelsPage) -> list[str]:
    """What is not seen whole."""
    found = []
    for label in page.findChildren(QLabel):
        needed = label.heightForWidth(label.width()) if label.wordWrap() else label.minimumSizeHint().height()
        if label.isVisible() and label.text() and label.height() < needed - 1:  # heights are rounded
            found.append(label.text())
    buttons = (each for each in page.findChildren(QPushButton) if each.isVisible())
    found += [each.text() for each in buttons if each.width() < each.sizeHint().width()]
    if page.area.widget().width() > page.area.viewport().width():
        found.append(f"{page.area.widget().width()} of {page.area.viewport().width()}")
    return found


@pytest.mark.parametrize("language", ["en", "zh_CN"])
@pytest.mark.parametrize(("percent", "width"), [("100", 720), ("150", 1366)])
def test_no_sentence_and_no_button_of_the_page_is_cut(
    open_desk: OpenDesk, language: str, percent: str, width: int
) -> None:
    words.use(language)
    desk = open_desk(language=language, text_size=percent)
    write_tiny_model(app_of(desk).models.folder / "mine.gguf", name="a model with quite a long name of its own")
    (app_of(desk).models.folder / "broken.gguf").write_bytes(b"GGUF")
    desk.window.resize(width, 768)
    page = models_page(desk)
    offers = result_of(desk, app_of(desk).shelf.downloads.offers())
    page.rows[offers.models[1].name].show_download(Download(offers.models[1], Stage.PAUSED, 123_000_000))

    def whole() -> bool:
        assert cut(page) == []
        return True

    desk.wait(whole)
