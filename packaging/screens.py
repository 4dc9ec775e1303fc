"""Pictures of every screen in both languages and both themes: ``python packaging/screens.py [FOLDER] [--scale N]``.

The real window on a folder of its own with a few conversations and notes, painted without a display. What is on the
pictures is written here, so that they show the same at every run; figures of the machine are those of the moment.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

import qasync  # noqa: E402 - the platform has to be chosen first

from desktop_agent import words  # noqa: E402
from desktop_agent.app import App, open_app  # noqa: E402
from desktop_agent.messages import Ending, Usage  # noqa: E402
from desktop_agent.settings.catalogue import LANGUAGE, TEXT_SIZE, THEME  # noqa: E402
from desktop_agent.settings.setting import Group  # noqa: E402
from desktop_agent.settings.store import Settings  # noqa: E402
from desktop_agent.system import Folder  # noqa: E402
from desktop_agent.ui.running import run  # noqa: E402
from desktop_agent.ui.settings_tab import SettingsTab  # noqa: E402
from desktop_agent.ui.start import new_application  # noqa: E402
from desktop_agent.ui.top_bar import Tab  # noqa: E402
from desktop_agent.ui.window import MainWindow  # noqa: E402

WIDTH, HEIGHT = 1120, 700
LONGEST_S = 60.0
MONITOR_S, ASKED_EVERY_S = 24.0, 6.0
"""So long the Monitor is looked at: its charts have a point for each second."""
DAY = 86_400
MODEL = "Qwen2.5-0.5B-Instruct-Q4_K_M"
CODE = """```python
from datetime import date

birthday = date(2027, 3, 12)
print((birthday - date.today()).days)
```"""
CHANGED = "UPDATE conversation SET changed = ? WHERE id = ?"
USAGE = Usage(312, 24, 60, 900, 8.6)


@dataclass(frozen=True)
class Story:
    """What the pictures in one language show."""

    notes: tuple[str, ...]
    talks: tuple[tuple[int, tuple[tuple[str, str], ...]], ...]
    """Days ago, and questions with their answers; the first question names the conversation."""
    search: str
    question: str
    """What is asked while the Monitor is looked at."""


STORIES = {
    "en": Story(
        ("Grandma's birthday is on 12 March.", "Grandma prefers tea to coffee.", "The printer needs the old driver.",
         "My sister's name is Li Na.", "I am allergic to penicillin."),
        (
            (1, (("Study timetable", "Mathematics on **Monday** and **Thursday**, one hour each."),)),
            (1, (("Reading a CSV in Python", "Use the module `csv`; it reads one row after another."),)),
            (0, (("Tidy last week's minutes", "1. Budget: agreed\n2. Office move: in May\n3. Next meeting: Friday"),)),
            (0, (
                ("When is grandma's birthday? And how do I count the days until then in Python?",
                 f"You told me it is on **12 March**. This counts the days from today:\n\n{CODE}"),
                ("Remember that she prefers tea to coffee.",
                 "Noted. I will keep that in mind when we plan her present."),
            )),
        ),
        "tea",
        "How do I choose another model?",
    ),
    "zh_CN": Story(
        ("奶奶的生日是3月12日。", "奶奶喜欢喝茶，不喜欢咖啡。", "打印机要用旧的驱动程序。",
         "我妹妹叫李娜。", "我对青霉素过敏。"),
        (
            (1, (("学习时间表", "**周一**和**周四**学数学，每次一小时。"),)),
            (1, (("用 Python 读取 CSV", "用 `csv` 模块，它一行一行地读。"),)),
            (0, (("整理上周的会议记录", "1. 预算：已同意\n2. 搬办公室：五月\n3. 下次会议：周五"),)),
            (0, (
                ("奶奶的生日是哪天？用 Python 怎么算还有几天？",
                 f"你告诉过我是 **3月12日**。下面的代码从今天算起：\n\n{CODE}"),
                ("记住她喜欢喝茶，不喜欢咖啡。", "记住了。给她挑礼物时我会想着这一点。"),
            )),
        ),
        "茶",
        "怎么换一个模型？",
    ),
}  # fmt: skip


def main() -> int:
    parser = argparse.ArgumentParser(description="Pictures of every screen.")
    parser.add_argument("folder", nargs="?", type=Path, default=ROOT / "docs" / "screens")
    parser.add_argument("--scale", type=int, default=100, metavar="PERCENT", help="the scale of the screen")
    parser.add_argument("--text", type=int, default=100, metavar="PERCENT", help="the text size of the settings")
    chosen = parser.parse_args()
    os.environ["QT_SCALE_FACTOR"] = str(chosen.scale / 100)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    application = new_application()
    with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
        for language in STORIES:
            for theme in ("light", "dark"):
                runner.run(_pictures(chosen.folder, language, theme, str(chosen.text)))
    return 0


async def _pictures(into: Path, language: str, theme: str, text_size: str) -> None:
    with tempfile.TemporaryDirectory() as place:
        folder = Folder(Path(place) / "DesktopAgent")
        folder.root.mkdir()
        # Stored, as a person would: what the command line decides is greyed out on the pages.
        settings = Settings.open(folder.settings, {}, {})
        for setting, value in ((LANGUAGE, language), (THEME, theme), (TEXT_SIZE, int(text_size))):
            settings.set(setting, value)
        words.use(language)

        def name(screen: str) -> Path:
            return into / f"{screen}-{language[:2]}-{theme}.png"

        await _window(folder, settings, lambda window, _app: _first(window, name))
        async with open_app(folder, settings) as app:
            await _tell(app, STORIES[language])
        await _window(folder, settings, lambda window, app: _screens(window, app, name, STORIES[language]))


async def _window(folder: Folder, settings: Settings, look: Callable[[MainWindow, App], Awaitable[None]]) -> None:
    """One life of the window, looked at when it is open."""
    window = MainWindow(folder, settings)
    window.resize(WIDTH, HEIGHT)
    window.show()
    life = asyncio.get_running_loop().create_task(run(folder, settings, window))
    try:
        await _until(lambda: window.chat.composer.ready or life.done())
        assert window.filling is not None
        window.resize(WIDTH, HEIGHT)  # the screen of a computer without a display is smaller
        await look(window, window.filling.app)
    finally:
        window.close()
        await life
        window.deleteLater()


async def _first(window: MainWindow, name: Callable[[str], Path]) -> None:
    await _settle()
    _save(window, name("first-run"))


async def _screens(window: MainWindow, app: App, name: Callable[[str], Path], story: Story) -> None:
    newest = (await app.conversations.all())[0]
    window.chat.list.chosen.emit(newest.id, 0)
    await _until(lambda: bool(window.chat.transcript.entries))
    await _settle()
    _save(window, name("chat"))
    window.chat.list.search.setText(story.search)
    await _until(lambda: len(window.chat.list.titles()) > 1)
    await _settle()
    _save(window, name("search"))
    window.chat.list.search.clear()
    assert window.filling is not None
    for tab in (Tab.MEMORY, Tab.MONITOR, Tab.SETTINGS):
        window.show_tab(tab)
        page = window.pages.currentWidget()
        if isinstance(page, SettingsTab):
            page.pages.open_group(Group.MODEL)
        if tab is Tab.MONITOR:
            await _ask(app, newest.id, story)
        await _settle(0.8)
        _save(window, name(tab.value))
    window.filling.open_models()
    await _settle(1.5)
    _save(window, name("models"))


async def _ask(app: App, conversation: int, story: Story) -> None:
    """Let the program answer now and then while the Monitor is looked at."""
    for _number in range(round(MONITOR_S / ASKED_EVERY_S)):
        await asyncio.sleep(ASKED_EVERY_S)
        async with app.chat.turn(conversation, story.question) as events:
            async for _event in events:
                pass


async def _tell(app: App, story: Story) -> None:
    """Fill an empty program with conversations and notes."""
    for days, talk in story.talks:
        made = await app.conversations.create()
        for question, answer in talk:
            asked = await app.conversations.add_question(made.id, question)
            if question.startswith(("When is", "奶奶的生日")):
                await app.conversations.place(asked.id, 0.5, (story.notes[0],))
            reply = await app.conversations.add_answer(made.id)
            await app.conversations.finish(reply.id, answer, Ending.COMPLETE, MODEL, USAGE)
            if question.startswith(("Remember", "记住")):
                await app.notes.add(story.notes[1], conversation=made.id, message=asked.id, important=True)
        row = (time.time() - days * DAY, made.id)
        await app.database.write(lambda db, row=row: db.execute(CHANGED, row).rowcount)
    for note in story.notes:
        await app.notes.add(note)


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(LONGEST_S):
        while not condition():
            await asyncio.sleep(0.02)


async def _settle(seconds: float = 0.6) -> None:
    """Wait until what comes late has come: figures, layouts, the first sample."""
    await asyncio.sleep(seconds)


def _save(window: MainWindow, path: Path) -> None:
    if not window.grab().save(str(path), "PNG"):
        raise SystemExit(f"{path} could not be written.")
    print(path)


if __name__ == "__main__":
    sys.exit(main())
