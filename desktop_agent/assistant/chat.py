"""One turn: from the question to the stored answer, the same for every face.

The work of a turn runs in a task of its own that puts events into a queue; the reader
may be slow, leave early or be abandoned (qasync 0.28 never finishes an asynchronous
generator that its reader left), the answer is stored all the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from desktop_agent.assistant.ahead import OPENED_S, Ahead
from desktop_agent.assistant.commands import Commands
from desktop_agent.assistant.history import History
from desktop_agent.assistant.prompt import COMMANDS_ENGINE, default_system_prompt
from desktop_agent.assistant.recall import within_budget
from desktop_agent.assistant.reply import Reply
from desktop_agent.errors import AgentError, BadInput, TooLong
from desktop_agent.events import Asked, Chunk, Finished, Loading, Recalled, Remembered, TurnEvent, Waiting
from desktop_agent.inference.engine import Engine, Sampling
from desktop_agent.inference.engines import Engines
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.notes import Notes
from desktop_agent.messages import LONGEST_MESSAGE, Conversation, Ending, FoundNote, Message, clean
from desktop_agent.runtime.lanes import Lane
from desktop_agent.runtime.lazy import Lazy
from desktop_agent.runtime.monitor import Monitor
from desktop_agent.runtime.retry import Retries
from desktop_agent.runtime.tasks import Priority, TaskQueue
from desktop_agent.runtime.threads import ended
from desktop_agent.settings import catalogue
from desktop_agent.settings.store import Settings
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.assistant.help import HelpIndex

_log = logging.getLogger(__name__)

Emit = Callable[[TurnEvent], None]


class Chat:
    """Asks and answers."""

    def __init__(
        self,
        settings: Settings,
        tasks: TaskQueue,
        monitor: Monitor,
        conversations: Conversations,
        notes: Notes,
        engines: Engines,
        help_index: Lazy[HelpIndex],
        commands: Commands,
    ) -> None:
        self._settings = settings
        self._tasks = tasks
        self._monitor = monitor
        self._conversations = conversations
        self._notes = notes
        self._engines = engines
        self._help = help_index
        self._commands = commands
        self._history = History(settings, conversations)
        self._ahead = Ahead(tasks, conversations, engines, self._history)
        self._running: dict[int, asyncio.Task[None] | None] = {}
        self.retries = Retries()
        """How often an answer had to be stored again."""

    @asynccontextmanager
    async def turn(self, conversation: int, text: str) -> AsyncIterator[AsyncIterator[TurnEvent]]:
        """Ask ``text`` in ``conversation``; the events of the turn, ``Asked`` first and ``Answered`` last.

        Leaving the block stops the model and returns when what was said is stored.

        Raises:
            BadInput: the message is empty, or longer than ``LONGEST_MESSAGE``; nothing is stored.
            Busy: this conversation is still being answered.
            NotFound: there is no such conversation.
            StorageError: the question could not be stored.
        """
        text = checked(text)
        if conversation in self._running:
            raise BadInput(
                "This conversation is still being answered.", hint="Wait for the answer to end, or stop it first."
            )
        self._running[conversation] = None
        try:
            talk = await self._conversations.get(conversation)
            question = await self._conversations.add_question(talk.id, text)
            events: asyncio.Queue[TurnEvent | None] = asyncio.Queue()
            events.put_nowait(Asked(question))
            task = asyncio.create_task(self._run(talk, question, events.put_nowait), name=f"turn {conversation}")
            self._running[conversation] = task
            # The queue must end even when a bug ends the task.
            task.add_done_callback(lambda _done: events.put_nowait(None))
            try:
                yield _events(events, task)
            finally:
                task.cancel()
                await ended(task)
        finally:
            del self._running[conversation]

    def opened(self, conversation: int) -> None:
        """Be told that ``conversation`` is in view: a model in memory reads it before a question comes."""
        if not self._running:
            self._ahead.begin(conversation, self._system_prompt(), OPENED_S)

    def stop(self, conversation: int) -> bool:
        """End the answer of ``conversation``; its turn still ends with ``Answered``. False when nothing runs."""
        task = self._running.get(conversation)
        return task is not None and task.cancel()

    @property
    def answering(self) -> frozenset[int]:
        """Conversations that are being answered now."""
        return frozenset(self._running)

    async def close(self) -> None:
        """End all turns; what was said is stored."""
        turns = [task for task in self._running.values() if task is not None]
        for task in turns:
            task.cancel()
        for task in turns:
            await ended(task)
        await self._ahead.stop()

    async def _run(self, talk: Conversation, question: Message, emit: Emit) -> None:
        reply = Reply(await self._conversations.add_answer(talk.id))
        try:
            await self._ahead.stop()
            if said := await self._said_by_program(talk, question.text):
                reply.engine = COMMANDS_ENGINE
                reply.text = said
                emit(Chunk(said))
                reply.ending = Ending.COMPLETE
            else:
                await self._answer(talk, question, reply, emit)
        except asyncio.CancelledError:
            reply.ending = Ending.STOPPED
        except AgentError as error:
            reply.ending, reply.error = Ending.FAILED, error
            _log.warning("answer failed: %s", error)
        except BaseException:
            reply.ending = Ending.FAILED
            raise
        finally:
            await ended(asyncio.ensure_future(self._end(reply, emit)))
            if len(self._running) == 1:  # else another conversation waits for the model
                self._ahead.begin(talk.id, self._system_prompt())

    async def _said_by_program(self, talk: Conversation, text: str) -> str:
        """What the program answers itself, without a model; empty for everything that a model answers."""
        if self._commands.understands(text):
            return await self._commands.run(text)
        if self._remembers(talk):
            return ""
        from desktop_agent.assistant.remember import to_remember

        if to_remember(text, statements=False) is not None:
            # A model would promise it all the same.
            return _("Memory is off here, so I did not note that. Switch it on below this chat and tell me again.")
        return ""

    def _remembers(self, talk: Conversation) -> bool:
        return talk.memory and self._settings[catalogue.MEMORY_ON]

    async def _end(self, reply: Reply, emit: Emit) -> None:
        emit(await reply.stored(self._conversations, self.retries))

    async def _answer(self, talk: Conversation, question: Message, reply: Reply, emit: Emit) -> None:
        title = talk.title or question.text[:40]
        recalled: tuple[FoundNote, ...] = ()
        try:
            recalled = await self._recall(talk, question, emit)
        except AgentError as error:
            # Without notes an answer is worse; without an answer there is nothing.
            _log.warning("no notes for this question: %s", error)
            reply.error = error
        name = _("Answer: {title}", title=title)
        async with (
            self._tasks.place(name, Priority.ANSWER, lambda ahead: emit(Waiting(ahead)), lane=Lane.MODEL),
            self._engines.ready(emit) as ready,
        ):
            engine = ready.engine
            reply.error = ready.fallback_error or reply.error
            reply.engine = engine.name
            question = await self._conversations.place(
                question.id,
                await self._weight(question),
                tuple(found.note.text for found in recalled),
                await self._passage(engine, question),
            )
            prompt = await self._history.prompt(talk.id, question, engine, self._system_prompt())
            async with engine.stream(prompt.messages, self._sampling(), talk.id) as events:
                async for event in events:
                    await self._take(event, reply, emit)

    async def _take(self, event: object, reply: Reply, emit: Emit) -> None:
        if isinstance(event, Finished):
            reply.ending, reply.usage, reply.engine = event.ending, event.usage, event.engine
            self._monitor.note_answer(event.usage.tokens_per_second, event.usage.first_token_ms)
        elif isinstance(event, Chunk):
            emit(event)
            if speed := await reply.grow(event.text, self._conversations):
                self._monitor.note_speed(speed)
        elif isinstance(event, Loading | TurnEvent):
            emit(event)

    async def _recall(self, talk: Conversation, question: Message, emit: Emit) -> tuple[FoundNote, ...]:
        """Find the notes for ``question``, then make the note it asks for: it must not find itself."""
        if not self._remembers(talk):
            return ()
        recalled: tuple[FoundNote, ...] = ()
        async with self._tasks.place(_("Finding notes"), Priority.RECALL):
            most = self._settings[catalogue.RECALL_NOTES]
            if most:
                found = await self._notes.search(question.text, limit=most)
                recalled = within_budget(found, most=most, tokens=self._settings[catalogue.RECALL_TOKENS])
            # Here and in _weight, not above: their patterns take 1 MB and 20 ms that the start can do without.
            from desktop_agent.assistant.remember import to_remember

            fact = to_remember(question.text, statements=self._settings[catalogue.NOTES_FROM_STATEMENTS])
            if fact is not None:
                note, was = await self._notes.remember(
                    fact.text, conversation=talk.id, message=question.id, important=fact.asked
                )
                emit(Remembered(note, was.text if was else ""))
                recalled = tuple(found for found in recalled if found.note.id != note.id)
        if recalled:
            emit(Recalled(recalled))
            # Only which notes go first when there are too many depends on it.
            with contextlib.suppress(AgentError):
                await self._notes.used([found.note.id for found in recalled])
        return recalled

    async def _weight(self, question: Message) -> float:
        """How much ``question`` matters when history is cut."""
        from desktop_agent.memory.importance import importance

        try:
            words = await self._notes.words(question.text)
        except AgentError:  # no dictionary: what it says about itself still counts
            return importance(question.text)
        return importance(question.text, words.keywords)

    async def _passage(self, engine: Engine, question: Message) -> str:
        if not engine.wants_help:
            return ""
        async with self._help.use() as index:
            passage = index.find(question.text)
        return passage.text if passage else ""

    def _system_prompt(self) -> str:
        return self._settings[catalogue.SYSTEM_PROMPT].strip() or default_system_prompt()

    def _sampling(self) -> Sampling:
        chosen = self._settings
        return Sampling(
            temperature=chosen[catalogue.TEMPERATURE],
            top_p=chosen[catalogue.TOP_P],
            top_k=chosen[catalogue.TOP_K],
            min_p=chosen[catalogue.MIN_P],
            repeat_penalty=chosen[catalogue.REPEAT_PENALTY],
            reply_tokens=chosen[catalogue.REPLY_TOKENS],
        )


def checked(text: str) -> str:
    """``text`` as it may be stored and asked.

    Raises:
        BadInput: nothing is left of it.
        TooLong: it is longer than ``LONGEST_MESSAGE`` characters.
    """
    text = clean(text).strip()
    if not text:
        raise BadInput("The message is empty.", hint="Write something first.")
    if len(text) > LONGEST_MESSAGE:
        raise TooLong(
            "The message has {length} characters; {most} is the most.",
            hint="Send it in parts, or only the part that matters.",
            length=f"{len(text):,}",
            most=f"{LONGEST_MESSAGE:,}",
        )
    return text


async def _events(events: asyncio.Queue[TurnEvent | None], task: asyncio.Task[None]) -> AsyncIterator[TurnEvent]:
    while (event := await events.get()) is not None:
        yield event
    if not task.cancelled() and (error := task.exception()):
        raise error
