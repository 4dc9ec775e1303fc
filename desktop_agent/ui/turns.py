"""Turns that the window runs: each shows what happens in one growing answer.

A turn goes on when the user opens another conversation; its answer is found again
in ``Turns.of``. The transcript may be replaced meanwhile (another language).
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from desktop_agent.errors import AgentError
from desktop_agent.events import (
    Answered,
    Asked,
    Chunk,
    Loading,
    Reading,
    Recalled,
    Remembered,
    Thought,
    TurnEvent,
    Waiting,
)
from desktop_agent.messages import Document, Message, Role, ServerModel
from desktop_agent.ui.entry import Entry
from desktop_agent.ui.words_below import speed
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.assistant.chat import Turn as OpenTurn
    from desktop_agent.settings.setting import Setting
    from desktop_agent.ui.transcript import Transcript
    from desktop_agent.ui.work import Work

    Own = Mapping[Setting[Any], Any]

SPEED_EVERY_S = 0.5
READ_S = 0.5
"""The time left is guessed from at least so much reading."""
LONG_S = 100.0
"""From here on the time left is told in minutes."""


class Turn:
    """One question, its answer as it grows, and the conversation once there is one.

    ``begin`` opens it in the program for that conversation. A ``fresh`` one is a new question at the end;
    any other takes the place of something that is there, and is shown once it has begun.
    """

    def __init__(
        self,
        conversation: int | None,
        text: str,
        begin: Callable[[int], OpenTurn] | None = None,
        files: Sequence[Document] = (),
    ) -> None:
        now = time.time()
        self.conversation = conversation
        self.text = text
        self.files = tuple(files)
        self.begin = begin
        self.fresh = True
        self.question = Entry(Message(0, conversation or 0, Role.USER, text, now, files=self.files))
        self.answer = Entry(Message(0, conversation or 0, Role.ASSISTANT, "", now))
        self.answer.growing = True
        self.answer.state = _("Thinking…")
        self.asked = False
        """Whether the question is stored; before that it can be put back."""
        self.loading = False
        self.chunks = 0
        self.first_at = 0.0
        self.told_at = 0.0
        self.read_from = (0.0, 0)

    def reading(self, done: int, total: int) -> str:
        """How far the prompt is read and, once that can be told, how long the rest will take."""
        now = time.monotonic()
        if not self.read_from[0]:
            self.read_from = (now, done)
        since, first = self.read_from
        fields = {"done": f"{done:,}", "total": f"{total:,}"}
        if now - since < READ_S or done <= first:
            return _("Reading {done} of {total}", **fields)
        left = (total - done) * (now - since) / (done - first)
        if left < LONG_S:
            return _("Reading {done} of {total}, about {seconds} s left", seconds=max(1, round(left)), **fields)
        return _("Reading {done} of {total}, about {minutes} min left", minutes=round(left / 60), **fields)

    @property
    def tokens_per_second(self) -> float | None:
        """About how fast the answer comes; None before there is anything to measure."""
        seconds = time.monotonic() - self.first_at
        return (self.chunks - 1) / seconds if self.chunks > 4 and seconds > 0.3 else None


class Turns(QObject):
    """Runs turns and shows them in ``transcript``."""

    began = Signal(object)
    """A ``Turn`` has its conversation, and its question is stored."""
    ended = Signal(object)
    refused = Signal(object)
    """A ``Turn`` whose question could not be stored; its text must be put back."""
    state_changed = Signal()

    def __init__(self, app: App, work: Work, transcript: Transcript) -> None:
        super().__init__()
        self._app, self._work = app, work
        self.transcript = transcript
        self.live: list[Turn] = []
        self.new_server: ServerModel | None = None
        """What answers a conversation that does not exist yet; None for a model on this computer."""

    def of(self, conversation: int | None) -> Turn | None:
        """The turn that runs in a conversation."""
        return next((turn for turn in self.live if turn.conversation == conversation), None)

    def ask(
        self, conversation: int | None, memory: bool, text: str, files: Sequence[Document] = (), own: Own | None = None
    ) -> Turn:
        """Ask ``text`` in a conversation, or in a new one that uses notes or not and has ``own`` settings."""
        numbers = [file.id for file in files]
        turn = Turn(conversation, text, lambda number: self._app.chat.turn(number, text, numbers), files)
        self.live.append(turn)
        self.transcript.add(turn.question, turn.answer)
        self._work.start(self._run(turn, memory, own))
        self.state_changed.emit()
        return turn

    def edit(self, question: Message, text: str) -> Turn:
        """Ask ``text`` in the place of ``question``."""
        turn = Turn(question.conversation, text, lambda _n: self._app.chat.edited(question, text), question.files)
        return self._begin(turn)

    def again(self, answer: Message, question: Message) -> Turn:
        """Answer ``question`` once more, beside ``answer``."""
        turn = Turn(answer.conversation, "", lambda _n: self._app.chat.again(answer))
        turn.question = Entry(question)
        turn.answer.notes = question.notes
        return self._begin(turn)

    def go_on(self, answer: Entry, question: Message) -> Turn:
        """Go on with an answer that was cut."""
        message = answer.message
        turn = Turn(message.conversation, "", lambda _n: self._app.chat.go_on(message))
        turn.question, grown = Entry(question), Entry(message)
        grown.growing, grown.state = True, turn.answer.state
        grown.notes, grown.remembered, grown.undone = answer.notes, answer.remembered, answer.undone
        grown.versions = answer.versions
        turn.answer = grown
        return self._begin(turn)

    def _begin(self, turn: Turn) -> Turn:
        turn.fresh = False
        self.live.append(turn)
        self._work.start(self._run(turn, memory=True))
        self.state_changed.emit()
        return turn

    def stop(self, turn: Turn) -> None:
        """End the answer; what was said stays."""
        if turn.conversation is not None:
            self._app.chat.stop(turn.conversation)

    async def _run(self, turn: Turn, memory: bool, own: Own | None = None) -> None:
        made = None
        try:
            if turn.conversation is None:
                made = await self._app.conversations.create(memory=memory, server=self.new_server)
                turn.conversation = made.id
                if own:
                    await self._app.chat.manners.change(made.id, own)
            assert turn.begin is not None
            async with turn.begin(turn.conversation) as events:
                async for event in events:
                    self._take(turn, event)
        except AgentError as error:
            self._work.tell(error)
        finally:
            self.live.remove(turn)
            self._settle(turn)
            if made is not None and not turn.asked:
                turn.conversation = None
                await self._app.conversations.delete(made.id)

    def _settle(self, turn: Turn) -> None:
        if turn.answer.growing:
            # No ``Answered`` came: the question was refused, or the window closes.
            turn.answer.take_pending()
            turn.answer.growing = False
        if turn.asked:
            self.transcript.changed(turn.answer)
            self.ended.emit(turn)
        else:
            self.transcript.remove(turn.question, turn.answer)
            self.refused.emit(turn)
        self.state_changed.emit()

    def _take(self, turn: Turn, event: TurnEvent) -> None:
        answer = turn.answer
        match event:
            case Chunk(text):
                self._grow(turn, text)
                return
            case Thought(text):
                answer.thoughts += text
                if answer.state == _("Thinking…"):
                    return
                self._set_loading(turn, False)
                answer.state = _("Thinking…")
            case Asked(message):
                turn.asked, turn.question.message = True, message
                turn.question.text = message.text
                self.transcript.changed(turn.question)
                self.began.emit(turn)
            case Remembered():
                answer.remembered = (*answer.remembered, event)
            case Recalled(notes):
                answer.notes = tuple(found.note.text for found in notes)
            case Waiting(ahead):
                answer.state = _("Waiting: {count} before this", count=ahead) if ahead else _("Thinking…")
            case Loading(_engine, fraction):
                self._set_loading(turn, True)
                answer.state = _("Loading the model: {percent} %", percent=round(fraction * 100))
            case Reading(done, total):
                self._set_loading(turn, False)
                answer.state = turn.reading(done, total)
            case Answered(message, error):
                answer.finish(message)
                if error is not None:
                    answer.trouble = error.told()
        self.transcript.changed(answer)

    def _set_loading(self, turn: Turn, loading: bool) -> None:
        if turn.loading is not loading:
            turn.loading = loading
            self.state_changed.emit()

    def _grow(self, turn: Turn, text: str) -> None:
        now = time.monotonic()
        turn.chunks += 1
        if turn.chunks == 1:
            turn.first_at = now
        if turn.chunks == 1 or now - turn.told_at > SPEED_EVERY_S:
            turn.told_at = now
            self._set_loading(turn, False)
            now_speed = turn.tokens_per_second
            turn.answer.state = (
                _("Answering… {speed} tokens/s", speed=speed(now_speed)) if now_speed is not None else _("Answering…")
            )
        self.transcript.grow(turn.answer, text)
