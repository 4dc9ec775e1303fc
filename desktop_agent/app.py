"""The program without a face: its parts, opened in order and closed in reverse."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

from desktop_agent import __version__, installation
from desktop_agent.assistant.attaching import Attaching
from desktop_agent.assistant.chat import Chat
from desktop_agent.assistant.commands import Commands
from desktop_agent.errors import AgentError
from desktop_agent.inference.downloads import Downloads
from desktop_agent.inference.engines import Engines
from desktop_agent.inference.models import Models, as_path
from desktop_agent.inference.shelf import Shelf
from desktop_agent.inference.states import States
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.database import Database
from desktop_agent.memory.documents import Documents
from desktop_agent.memory.drafts import Drafts
from desktop_agent.memory.filing import Filing
from desktop_agent.memory.note_files import Words
from desktop_agent.memory.notes import Notes
from desktop_agent.memory.speeds import answer_speeds
from desktop_agent.runtime.cache import Cache
from desktop_agent.runtime.lazy import Lazy
from desktop_agent.runtime.monitor import Monitor
from desktop_agent.runtime.tasks import TaskQueue
from desktop_agent.runtime.threads import Threads
from desktop_agent.settings import catalogue
from desktop_agent.settings.setting import Setting
from desktop_agent.settings.store import Settings
from desktop_agent.system import Folder, resources, share_one_heap, start_log, stop_log
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.assistant.help import HelpIndex
    from desktop_agent.inference.servers import Servers
    from desktop_agent.runtime.governor import Governor
    from desktop_agent.runtime.serving import Service

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class App:
    """The opened parts, passed to whoever needs them."""

    folder: Folder
    settings: Settings
    threads: Threads
    tasks: TaskQueue
    monitor: Monitor
    cache: Cache[str, Words]
    database: Database
    conversations: Conversations
    documents: Documents
    drafts: Drafts
    filing: Filing
    notes: Notes
    models: Models
    engines: Engines
    shelf: Shelf
    chat: Chat
    problems: tuple[str, ...]
    """What was wrong at start and was mended or passed over, each a sentence in the user's language."""
    late: Late
    """Parts that most starts never need."""

    @property
    def servers(self) -> Servers:
        """The connections to servers elsewhere."""
        return self.late.servers()

    @property
    def governor(self) -> Governor:
        """What keeps the program light."""
        return self.late.governor()

    make_service: Callable[[], Service] | None = None

    @property
    def service(self) -> Service | None:
        """What answers other programs, where this face has it; made at the first look, see ``serving``."""
        return self.make_service() if self.make_service is not None else None


@asynccontextmanager
async def serving(app: App, make: Callable[[App], Service] | None) -> AsyncIterator[App]:
    """``app`` with the service that ``make`` makes of it when it is first wanted; closed before the other parts."""
    made: list[Service] = []

    def service() -> Service:
        if not made:
            assert make is not None
            made.append(make(app))
        return made[0]

    try:
        yield replace(app, make_service=service) if make is not None else app
    finally:
        for each in made:
            await each.close()


class Late:
    """Parts that are made when somebody first asks for them: an idle window does without their half megabyte."""

    def __init__(
        self, settings: Settings, threads: Threads, monitor: Monitor, tasks: TaskQueue, engines: Engines
    ) -> None:
        self._settings, self._threads, self._monitor = settings, threads, monitor
        self._tasks, self._engines = tasks, engines
        self._servers: Servers | None = None
        self._governor: Governor | None = None
        # Before there is a model in memory there is nothing to make lighter.
        monitor.on_model(self._model_changed)

    def servers(self) -> Servers:
        """The connections to servers elsewhere."""
        if self._servers is None:
            from desktop_agent.inference.servers import Servers

            self._servers = Servers(self._settings, self._threads, self._monitor)
        return self._servers

    def governor(self) -> Governor:
        """What keeps the program light."""
        if self._governor is None:
            from desktop_agent.inference.lightness import Lightness
            from desktop_agent.runtime.governor import Governor

            lightness = Lightness(self._engines, self._settings)
            self._governor = Governor(self._monitor, lightness, self._tasks.hold_background)
        return self._governor

    def _model_changed(self) -> None:
        self.governor()

    async def close(self) -> None:
        """Close what was made."""
        if self._governor is not None:
            await self._governor.close()
        await self._monitor.close()
        if self._servers is not None:
            await self._servers.close()


@asynccontextmanager
async def open_app(folder: Folder, settings: Settings) -> AsyncIterator[App]:
    """The program on ``folder``; leaving the block stops what runs and closes everything.

    Raises:
        StorageError: the folder or the database cannot be used; nothing was changed.
    """
    folder.make()
    share_one_heap()
    async with AsyncExitStack() as stack:
        start_log(folder)
        stack.callback(stop_log)
        _set_log_level(settings)
        _log.info("version %s on %s", __version__, folder.root)
        threads = Threads(background=True)
        stack.push_async_callback(threads.close)
        tasks = TaskQueue(settings[catalogue.MAX_CONCURRENT_TASKS], settings[catalogue.QUEUE_LENGTH])
        stack.push_async_callback(tasks.close)
        monitor = Monitor(threads)
        cache: Cache[str, Words] = Cache(settings[catalogue.CACHE_SIZE], settings[catalogue.CACHE_TTL_SECONDS], "notes")
        database = await Database.open(folder.database, folder.backups)
        stack.push_async_callback(database.close)
        conversations, notes = Conversations(database), Notes(database, threads, cache)
        await _prune(notes, settings, folder)
        filing = Filing(database, conversations)
        models = Models(folder.models, resources() / "models" / "guide.gguf", threads)
        _choose_folder(models, settings)
        engines = Engines(settings, threads, monitor, models, States(folder.states))
        stack.push_async_callback(engines.close)
        late = Late(settings, threads, monitor, tasks, engines)
        stack.push_async_callback(late.close)
        downloads = Downloads(lambda: models.folder, threads, lambda: settings[catalogue.DOWNLOAD_SOURCE])
        stack.push_async_callback(downloads.close)
        shelf = Shelf(settings, threads, models, engines, downloads, lambda: answer_speeds(database))
        conversations.on_delete(engines.forget)
        conversations.on_behind(lambda: _catch_up(tasks, conversations))
        if days := settings[catalogue.TRASH_DAYS]:
            await filing.empty(after_days=days)
        help_index = Lazy(lambda: threads.call(_help), _nothing)
        documents = Documents(database)
        attaching = Attaching(settings, threads, documents, conversations)
        chat = Chat(
            settings, threads, tasks, monitor, conversations, notes, engines, late.servers, help_index,
            Commands(settings, notes), attaching,
        )  # fmt: skip
        stack.push_async_callback(chat.close)
        stack.callback(settings.watch(lambda changed: _apply(settings, changed, tasks, cache, models)))
        yield App(
            folder, settings, threads, tasks, monitor, cache, database, conversations, documents,
            Drafts(database), filing, notes, models, engines, shelf, chat,
            (*settings.problems, *database.problems, *await _missing_files(threads)), late,
        )  # fmt: skip


async def _missing_files(threads: Threads) -> tuple[str, ...]:
    """What an installed program lacks: most of it would only be noticed when it is wanted."""
    trouble = await threads.call(installation.damage) if installation.installed() else None
    return (trouble.told(),) if trouble else ()


def _catch_up(tasks: TaskQueue, conversations: Conversations) -> None:
    """Enter old messages in the search while nobody waits; once at a time."""
    name = _("Reading old messages")
    if not any(task.name == name for task in tasks.snapshot()):
        tasks.start(name, lambda _task: conversations.catch_up())


async def _prune(notes: Notes, settings: Settings, folder: Folder) -> None:
    """Keep to the limit on notes; the program works as well with too many."""
    try:
        gone = await notes.prune(settings[catalogue.NOTES_LIMIT], folder.backups)
    except AgentError as error:
        _log.warning("no note was removed: %s", error)
    else:
        if gone:
            _log.info("%d notes removed, written to %s before", gone, folder.backups)


def _apply(
    settings: Settings, changed: Setting[Any], tasks: TaskQueue, cache: Cache[str, Words], models: Models
) -> None:
    """Let a changed setting be felt in the parts that were made from it."""
    if changed in (catalogue.MAX_CONCURRENT_TASKS, catalogue.QUEUE_LENGTH):
        tasks.resize(settings[catalogue.MAX_CONCURRENT_TASKS], settings[catalogue.QUEUE_LENGTH])
    elif changed in (catalogue.CACHE_SIZE, catalogue.CACHE_TTL_SECONDS):
        cache.resize(settings[catalogue.CACHE_SIZE], settings[catalogue.CACHE_TTL_SECONDS])
    elif changed is catalogue.MODELS_FOLDER:
        _choose_folder(models, settings)
    elif changed is catalogue.LOG_LEVEL:
        _set_log_level(settings)


def _choose_folder(models: Models, settings: Settings) -> None:
    chosen = settings[catalogue.MODELS_FOLDER].strip()
    models.folder = as_path(chosen) if chosen else models.own_folder


def _set_log_level(settings: Settings) -> None:
    logging.getLogger("desktop_agent").setLevel(settings[catalogue.LOG_LEVEL].upper())


def _help() -> HelpIndex:
    """The program's help, opened; in a worker, when a question first needs it."""
    from desktop_agent.assistant.help import HelpIndex

    return HelpIndex.open(resources() / "help")


async def _nothing(_thing: object) -> None:
    """What closing a thing that holds nothing takes."""
