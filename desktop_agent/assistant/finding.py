"""What belongs to a question before it is answered: notes, what it weighs, a passage of the help.

It is stored with the question and stays in its prompt for good; an answer that is given
again or goes on finds it there.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from dataclasses import replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from desktop_agent.assistant.prompt import prompt_message
from desktop_agent.assistant.recall import within_budget
from desktop_agent.errors import AgentError
from desktop_agent.events import Recalled, Remembered, TurnEvent
from desktop_agent.inference.engine import Engine
from desktop_agent.memory.notes import Notes
from desktop_agent.messages import Conversation, FoundNote, Message, PromptMessage
from desktop_agent.runtime.lazy import Lazy
from desktop_agent.runtime.tasks import Priority, TaskQueue
from desktop_agent.runtime.threads import Threads
from desktop_agent.settings import catalogue
from desktop_agent.settings.store import Settings
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.assistant.help import HelpIndex

Emit = Callable[[TurnEvent], None]


class Finding:
    """Finds for questions, and makes the notes that they ask for."""

    def __init__(
        self, settings: Settings, threads: Threads, tasks: TaskQueue, notes: Notes, help_: Lazy[HelpIndex]
    ) -> None:
        self._settings = settings
        self._threads = threads
        self._tasks = tasks
        self._notes = notes
        self._help = help_

    def remembers(self, talk: Conversation) -> bool:
        """Whether notes are found and made in ``talk``."""
        return talk.memory and self._settings[catalogue.MEMORY_ON]

    async def recall(self, talk: Conversation, question: Message, emit: Emit) -> tuple[FoundNote, ...]:
        """Find the notes for ``question``, then make the notes it asks for: it must not find itself."""
        if not self.remembers(talk):
            return ()
        recalled: tuple[FoundNote, ...] = ()
        async with self._tasks.place(_("Finding notes"), Priority.RECALL):
            most = self._settings[catalogue.RECALL_NOTES]
            if most:
                found = await self._found(question.text, most)
                recalled = within_budget(found, most=most, tokens=self._settings[catalogue.RECALL_TOKENS])
            # Here and in _weight, not above: their patterns take 1 MB and 20 ms that the start can do without.
            from desktop_agent.assistant.remember import to_remember

            for fact in to_remember(question.text, statements=self._settings[catalogue.NOTES_FROM_STATEMENTS]):
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

    async def _found(self, text: str, most: int) -> list[FoundNote]:
        """The notes for ``text``, best first; for several questions the best of each in turn."""
        from desktop_agent.inference.several import plain, questions

        parts = await self._threads.call(questions, text, plain)
        lists = [await self._notes.search(part, limit=most) for part in (parts or (text,))]
        in_turn = (found for row in zip_longest(*lists) for found in row if found)
        return list({found.note.id: found for found in in_turn}.values())

    async def with_found(self, question: Message, recalled: tuple[FoundNote, ...], engine: Engine) -> Message:
        """``question`` with everything that was found for it; the caller stores that."""
        return replace(
            question,
            importance=await self._weight(question),
            notes=tuple(found.note.text for found in recalled),
            help=await self.passage(question.text) if engine.wants_help else "",
        )

    def alone(self, talk: Conversation, question: Message) -> PromptMessage:
        """``question`` for an engine that reads nothing else, with what ``recall`` noted from it.

        Not the end of the prompt: where pruning took the answers between, that is several questions in one.
        """
        from desktop_agent.assistant.remember import to_remember

        facts = to_remember(question.text, statements=self._settings[catalogue.NOTES_FROM_STATEMENTS])
        made = tuple(fact.text for fact in facts) if self.remembers(talk) else ()
        return replace(prompt_message(question), made=made)

    async def _weight(self, question: Message) -> float:
        """How much ``question`` matters when history is cut."""
        from desktop_agent.memory.importance import importance

        if question.files:
            return 1.0  # what was read of them stands in it
        try:
            words = await self._notes.words(question.text)
        except AgentError:  # no dictionary: what it says about itself still counts
            return importance(question.text)
        return importance(question.text, words.keywords)

    async def passage(self, question: str) -> str:
        """What the program's help says to ``question``; empty when it says nothing."""
        async with self._help.use() as index:
            return await self._threads.call(index.answer, question)
