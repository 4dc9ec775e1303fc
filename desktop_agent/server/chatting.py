"""One question over a WebSocket and the messages that answer it.

``started``, ``chunk``s and ``done``, or ``error``; who asks for ``progress`` also hears what happens before the
first word. The last message is handed back and not sent: whoever reads it may ask the same conversation at once, so
its turn has to be over before.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

from desktop_agent.assistant.prompt import Prompt
from desktop_agent.events import (
    Answered,
    Asked,
    Chunk,
    EngineEvent,
    Finished,
    Loading,
    Reading,
    Recalled,
    Remembered,
    Thought,
    TurnEvent,
    Waiting,
)  # fmt: skip
from desktop_agent.messages import LONGEST_MESSAGE, Ending, PromptMessage, Role, Usage, clean
from desktop_agent.runtime.loops import EndedThere
from desktop_agent.server.asked import Wanted
from desktop_agent.server.core import Core
from desktop_agent.server.refusals import Rejected, ended_here, refusal
from desktop_agent.server.told import usage_record

Send = Callable[[dict[str, Any]], Awaitable[None]]


class Chatting:
    """Asks ``text`` and sends what comes; made by ``of``."""

    def __init__(self, number: str, text: str, core: Core, owner: str, send: Send) -> None:
        self._number = number
        self._text = text
        self._core = core
        self._owner = owner
        self._send_record = send
        self._conversation: int | None = None
        self._stored = True
        self._progress = False
        self._model = ""
        self._task: asyncio.Task[None] | None = None
        self._stops: set[asyncio.Task[None]] = set()
        self._stopped = False
        self._started = False
        self._last: dict[str, Any] | None = None

    @classmethod
    def of(cls, number: str, record: dict[str, Any], core: Core, owner: str, send: Send) -> Chatting:
        """What ``record`` asks for.

        Raises:
            Rejected: it is not understood.
        """
        text = record.get("text")
        if not isinstance(text, str) or not clean(text).strip():
            raise Rejected(400, "'text' takes the question.", "bad_input")
        if len(text) > LONGEST_MESSAGE:
            raise Rejected(400, f"'text' takes at most {LONGEST_MESSAGE} characters.", "too_long")
        chat = cls(number, text, core, owner, send)
        conversation = record.get("conversation")
        if conversation not in (None, ""):
            digits = str(conversation)
            if isinstance(conversation, bool) or not (digits.isascii() and digits.isdigit() and len(digits) < 19):
                raise Rejected(400, "'conversation' takes the number of a conversation, or nothing.", "bad_input")
            chat._conversation = int(digits)
        for name in ("store", "progress"):
            if not isinstance(record.get(name, True), bool):
                raise Rejected(400, f"'{name}' takes true or false.", "bad_input")
        chat._stored = record.get("store", True)
        chat._progress = record.get("progress", False)
        if not chat._stored and chat._conversation is not None:
            raise Rejected(400, "A question that is not stored has no conversation.", "bad_input")
        model = record.get("model", "")
        if not isinstance(model, str) or (model and chat._stored):
            raise Rejected(400, "'model' takes a name, and only where nothing is stored.", "bad_input")
        chat._model = model
        return chat

    async def run(self) -> dict[str, Any] | None:
        """Send everything from ``started`` on. The last message, ``done`` or ``error``; None when nobody is there."""
        self._task = asyncio.current_task()
        try:
            await (self._in_conversation() if self._stored else self._alone())
        except ConnectionError:
            return None
        except asyncio.CancelledError:
            # Stopped before there was anything to keep; the end of the connection cancels too, and then nobody reads.
            if not self._stopped:
                raise
            return self._last or self._done(Ending.STOPPED, "", Usage(), None, {})
        except Exception as error:
            refused = ended_here() if isinstance(error, EndedThere) else refusal(error)
            return error_record(self._number, refused)
        return self._last

    def stop(self) -> None:
        """End the answer; what was said is kept and told."""
        self._stopped = True
        if self._stored and self._started and self._conversation is not None:
            # Its turn goes on until the end is stored, and tells it.
            stop = asyncio.get_running_loop().create_task(self._core.stop(self._conversation))
            self._stops.add(stop)
            stop.add_done_callback(self._stops.discard)
        elif self._task is not None:
            self._task.cancel()

    async def _in_conversation(self) -> None:
        async with self._core.turn(self._conversation, self._text, self._owner) as turn:
            self._conversation = turn.conversation
            async for batch in turn.events:
                await self._tell(batch)

    async def _alone(self) -> None:
        prompt = Prompt((PromptMessage(Role.USER, clean(self._text)),))
        wanted = Wanted(prompt, self._core.usual, self._model, "", stream=True, include_usage=True)
        async with self._core.answer(wanted, self._owner) as batches:
            await self._send("started")
            async for batch in batches:
                await self._tell(batch)

    async def _tell(self, batch: Sequence[TurnEvent | EngineEvent]) -> None:
        """Send a batch, the words of it in one message."""
        words: list[str] = []
        for event in batch:
            if isinstance(event, Chunk):
                words.append(event.text)
                continue
            if words:
                await self._send("chunk", text="".join(words))
                words.clear()
            await self._tell_event(event)
        if words:
            await self._send("chunk", text="".join(words))

    async def _tell_event(self, event: TurnEvent | EngineEvent) -> None:
        match event:
            case Asked(message):
                self._started = True
                conversation, question = str(message.conversation), message.id
                await self._send("started", conversation=conversation, message=question)
            case Answered(message, error) if message.ending is Ending.FAILED and error is not None:
                self._last = error_record(self._number, refusal(error))
            case Answered(message, error):
                where = {"conversation": str(message.conversation), "message": message.id}
                ending = message.ending or Ending.STOPPED
                self._last = self._done(ending, message.engine, message.usage or Usage(), error, where)
            case Finished(ending, usage, engine):
                self._last = self._done(ending, engine, usage, None, {})
            case _ if self._progress:
                kind, said = _progress(event)
                await self._send(kind, **said)
            case _:
                pass

    def _done(
        self, ending: Ending, engine: str, usage: Usage, error: Exception | None, more: dict[str, Any]
    ) -> dict[str, Any]:
        # An answer can have come from the guide because the model could not be loaded.
        beside = {"warning": error.told()} if error is not None and hasattr(error, "told") else {}
        told = {"ending": str(ending), "engine": engine, "usage": usage_record(usage)}
        return {"type": "done", "id": self._number, **told, **more, **beside}

    async def _send(self, kind: str, **fields: Any) -> None:
        await self._send_record({"type": kind, "id": self._number, **fields})


def _progress(event: TurnEvent | EngineEvent) -> tuple[str, dict[str, Any]]:
    match event:
        case Waiting(ahead):
            return "waiting", {"ahead": ahead}
        case Loading(engine, fraction):
            return "loading", {"engine": engine, "fraction": round(fraction, 3)}
        case Reading(done, total):
            return "reading", {"done": done, "total": total}
        case Thought(text):
            return "thought", {"text": text}
        case Recalled(notes):
            return "recalled", {"notes": [{"id": found.note.id, "text": found.note.text} for found in notes]}
        case Remembered(note, replaced):
            return "remembered", {"note": note.text, "replaced": replaced}
        case _:
            return "progress", {}


def error_record(number: Any, refused: Rejected) -> dict[str, Any]:
    """``refused`` as a message; ``id`` is null where the question did not tell a usable one."""
    record: dict[str, Any] = {
        "type": "error",
        "id": number if isinstance(number, str) and len(number) <= 64 else None,
        "code": refused.code or "failed",
        "message": refused.message,
    }
    if wait := refused.headers.get("Retry-After"):
        record["retry_after"] = int(wait)
    return record
