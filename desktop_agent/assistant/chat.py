"""One turn: from the question to the stored answer, the same for every face.

The work of a turn runs in a task of its own that puts events into a queue; the reader
may be slow, leave early or be abandoned (qasync 0.28 never finishes an asynchronous
generator that its reader left), the answer is stored all the same.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from typing import TYPE_CHECKING

from desktop_agent.assistant.ahead import OPENED_S, Ahead
from desktop_agent.assistant.answering import Answering
from desktop_agent.assistant.attaching import Attaching
from desktop_agent.assistant.begun import Begun
from desktop_agent.assistant.checking import checked
from desktop_agent.assistant.commands import Commands
from desktop_agent.assistant.direct import Direct, Guest
from desktop_agent.assistant.finding import Emit, Finding
from desktop_agent.assistant.history import History
from desktop_agent.assistant.manner import Manners
from desktop_agent.assistant.prompt import COMMANDS_ENGINE
from desktop_agent.assistant.reply import Reply
from desktop_agent.errors import AgentError, BadInput
from desktop_agent.events import Asked, Chunk, TurnEvent
from desktop_agent.inference.engines import Engines
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.notes import Notes
from desktop_agent.messages import Ending, Message
from desktop_agent.runtime.lanes import Lane
from desktop_agent.runtime.lazy import Lazy
from desktop_agent.runtime.monitor import Monitor
from desktop_agent.runtime.retry import Retries
from desktop_agent.runtime.tasks import Priority, TaskQueue
from desktop_agent.runtime.threads import Threads, ended
from desktop_agent.settings.store import Settings
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.assistant.help import HelpIndex
    from desktop_agent.inference.servers import Servers

_log = logging.getLogger(__name__)


Turn = AbstractAsyncContextManager[AsyncIterator[TurnEvent]]


class Chat:
    """Asks and answers."""

    def __init__(
        self,
        settings: Settings,
        threads: Threads,
        tasks: TaskQueue,
        monitor: Monitor,
        conversations: Conversations,
        notes: Notes,
        engines: Engines,
        servers: Callable[[], Servers],
        help_index: Lazy[HelpIndex],
        commands: Commands,
        attaching: Attaching,
    ) -> None:
        self._tasks = tasks
        self._conversations = conversations
        self._commands = commands
        self.attaching = attaching
        """Reads the files that are attached to questions."""
        self._finding = Finding(settings, threads, tasks, notes, help_index)
        self.manners = Manners(settings, conversations)
        """The instructions and the sampling of each conversation."""
        history = History(settings, conversations)
        self._answering = Answering(
            tasks, monitor, conversations, engines, servers, self._finding, history, self.manners, attaching
        )
        self._ahead = Ahead(tasks, conversations, engines, history, self.manners)
        self.direct = Direct(tasks, monitor, engines, self._ahead, self._finding)
        """Answers that no conversation keeps."""
        self._running: dict[int, asyncio.Task[None] | None] = {}
        self._guest_watchers: list[Callable[[int], None]] = []
        self.retries = Retries()
        """How often an answer had to be stored again."""

    def turn(self, conversation: int, text: str, files: Sequence[int] = (), guest: Guest | None = None) -> Turn:
        """Ask ``text`` in ``conversation``; the events of the turn, ``Asked`` first and ``Answered`` last.

        ``files`` are attached documents; a ``guest`` waits behind the user. Leaving the block
        stops the model and returns when what was said is stored.

        Raises:
            BadInput: the message is empty, or longer than ``LONGEST_MESSAGE``; nothing is stored.
                This conversation is still being answered.
            Busy: the turn of ``guest`` would not come in time; nothing is stored.
            NotFound: there is no such conversation.
            StorageError: the question could not be stored.
        """
        text = checked(text)

        async def begin() -> Begun:
            if guest is not None:
                await self._check(conversation, guest)
            stored = await self._conversations.ask(conversation, text, files=files)
            return Begun(stored.talk, stored.question, stored.answer, guest=guest)

        return self._turn(conversation, begin)

    def edited(self, question: Message, text: str) -> Turn:
        """Ask ``text`` in the place of ``question``, which is kept with all that followed it; as ``turn``."""
        text = checked(text)

        async def begin() -> Begun:
            stored = await self._conversations.ask(question.conversation, text, instead_of=question.id)
            return Begun(stored.talk, stored.question, stored.answer)

        return self._turn(question.conversation, begin)

    def again(self, answer: Message) -> Turn:
        """Answer the question of ``answer`` once more; both answers are kept. As ``turn``, with that question."""

        async def begin() -> Begun:
            talk = await self._conversations.get(answer.conversation)
            question = await self._conversations.question_of(answer.id)
            return Begun(talk, question, await self._conversations.add_answer(talk.id, question.id), fresh=False)

        return self._turn(answer.conversation, begin)

    def go_on(self, answer: Message) -> Turn:
        """Go on with an answer that was stopped or became too long; as ``turn``, its ``Chunk``s follow what is there.

        Raises:
            BadInput: there is nothing to go on with, or something was said since.
        """

        async def begin() -> Begun:
            talk = await self._conversations.get(answer.conversation)
            question = await self._conversations.question_of(answer.id)
            row = await self._conversations.reopen(answer.id)
            return Begun(talk, question, row, row.text, fresh=False)

        return self._turn(answer.conversation, begin)

    @asynccontextmanager
    async def _turn(
        self, conversation: int, begin: Callable[[], Awaitable[Begun]]
    ) -> AsyncIterator[AsyncIterator[TurnEvent]]:
        if conversation in self._running:
            raise BadInput(
                "This conversation is still being answered.", hint="Wait for the answer to end, or stop it first."
            )
        self._running[conversation] = None
        try:
            begun = await self._begun(conversation, begin)
            reply = Reply(begun.row, begun.said, begun.row.thoughts)
            events: asyncio.Queue[TurnEvent | None] = asyncio.Queue()
            events.put_nowait(Asked(begun.question))
            self._tell_guest(begun)
            task = asyncio.create_task(self._run(begun, reply, events.put_nowait), name=f"turn {conversation}")
            self._running[conversation] = task
            # The queue must end even when a bug ends the task.
            task.add_done_callback(lambda _done: events.put_nowait(None))
            try:
                yield _events(events, task)
            finally:
                await self._leave(task, reply, events.put_nowait)
        finally:
            del self._running[conversation]

    async def _check(self, conversation: int, guest: Guest) -> None:
        # Looked up only where it matters: mostly there is a free place.
        if self._tasks.is_full(Lane.MODEL) and (await self._conversations.get(conversation)).server is None:
            self._tasks.check(Priority.CLIENT, Lane.MODEL, guest.owner, guest.wait_s)

    async def _begun(self, conversation: int, begin: Callable[[], Awaitable[Begun]]) -> Begun:
        try:
            return await begin()
        except asyncio.CancelledError:
            # What was handed over to the database happens all the same: no row may wait for an answer for ever.
            await ended(asyncio.ensure_future(self._conversations.end_open(conversation)))
            raise

    async def _leave(self, task: asyncio.Task[None], reply: Reply, emit: Emit) -> None:
        task.cancel()
        try:
            await ended(task)
        finally:
            if not reply.closed:  # the task was cancelled before it began
                await ended(asyncio.ensure_future(self._end(reply, emit)))

    def opened(self, conversation: int) -> None:
        """Be told that ``conversation`` is in view: a model in memory reads it before a question comes."""
        if not self._running:
            self._ahead.begin(conversation, OPENED_S)

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

    async def _run(self, begun: Begun, reply: Reply, emit: Emit) -> None:
        try:
            await self._ahead.stop()
            said = "" if begun.said else await self._said_by_program(begun)
            if said:
                reply.engine = COMMANDS_ENGINE
                reply.text = said
                emit(Chunk(said))
                reply.ending = Ending.COMPLETE
            else:
                await self._answering.answer(begun, reply, emit)
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
            self._tell_guest(begun)
            elsewhere = begun.talk.server is not None and reply.error is None
            if len(self._running) == 1 and not elsewhere:  # else another conversation waits for the model
                self._ahead.begin(begun.talk.id)

    async def _said_by_program(self, begun: Begun) -> str:
        """What the program answers itself, without a model; empty for everything that a model answers."""
        talk, text = begun.talk, begun.question.text
        if self._commands.understands(text):
            if begun.guest is not None:
                # Whoever may ask may not therefore open this computer to its network.
                return _("Commands are taken in the window and in the terminal only.")
            return await self._commands.run(text)
        if self._finding.remembers(talk):
            return ""
        from desktop_agent.assistant.remember import to_remember

        if to_remember(text, statements=False):
            # A model would promise it all the same.
            return _("Memory is off here, so I did not note that. Switch it on below this chat and tell me again.")
        return ""

    def watch_guests(self, told: Callable[[int], None]) -> Callable[[], None]:
        """Call ``told`` with the conversation when another program has asked in it, and when it was answered.

        Call the result to end that.
        """
        self._guest_watchers.append(told)

        def unwatch() -> None:
            with contextlib.suppress(ValueError):
                self._guest_watchers.remove(told)

        return unwatch

    def _tell_guest(self, begun: Begun) -> None:
        for told in tuple(self._guest_watchers) if begun.guest is not None else ():
            told(begun.talk.id)

    async def _end(self, reply: Reply, emit: Emit) -> None:
        emit(await reply.stored(self._conversations, self.retries))


async def _events(events: asyncio.Queue[TurnEvent | None], task: asyncio.Task[None]) -> AsyncIterator[TurnEvent]:
    while (event := await events.get()) is not None:
        yield event
    if not task.cancelled() and (error := task.exception()):
        raise error
