"""The chat in a terminal or a pipe: one answer for a text, or one for each line."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

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
from desktop_agent.messages import Ending, Usage
from desktop_agent.runtime.lines import standard_input
from desktop_agent.terminal.doing import Doing
from desktop_agent.terminal.output import Output, found_record, note_record
from desktop_agent.terminal.servers import choose
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App  # a second of imports that --help must not wait for

DONE, COULD_NOT, INTERRUPTED = 0, 1, 130


async def chat(
    app: App, output: Output, text: str | None, conversation: int | None, attached: Sequence[Path] = (),
    server_model: str = "", *, memory: bool = True,
) -> int:  # fmt: skip
    """Answer ``text``, or each line of standard input in one conversation; the exit status.

    ``attached`` are files for the first question; one that cannot be read ends it before anything is asked.
    ``server_model`` names a model of a connected server that is to answer this conversation; without
    ``memory`` no notes are found and made in it from now on.

    In a terminal Ctrl-C stops the answer, a second one (or one at the prompt) ends the
    program; in a pipe the first one ends it.
    """
    async with _talk(app, conversation) as talk:
        if not memory:
            await app.conversations.set_memory(talk, False)
        if server_model:
            await choose(app, output, talk, server_model)
        files = [await _attach(app, output, path, talk) for path in attached]
        return await _ask_all(app, output, talk, text, files)


@asynccontextmanager
async def _talk(app: App, conversation: int | None) -> AsyncIterator[int]:
    """The conversation that goes on, or a new one; a new one in which nothing was said leaves no trace."""
    if conversation is not None:
        yield (await app.conversations.get(conversation)).id
        return
    talk = (await app.conversations.create()).id
    try:
        yield talk
    finally:
        if not await app.conversations.messages(talk):
            await app.conversations.delete(talk)


async def _ask_all(app: App, output: Output, talk: int, text: str | None, files: Sequence[int]) -> int:
    if text is not None:
        return await _ask(app, output, talk, text, files)
    status = DONE
    at_terminal = sys.stdin is not None and sys.stdin.isatty()
    if at_terminal and not output.as_json:
        output.aside(_("Write a message and press Enter. Ctrl-D ends the chat, /help tells more."))
    async for line in standard_input("> " if at_terminal and not output.as_json else ""):
        if line.strip():
            asked = await _ask(app, output, talk, line, files)
            files = ()
            if asked == INTERRUPTED and not at_terminal:
                return INTERRUPTED
            status = status if asked == INTERRUPTED else max(status, asked)
    return DONE if at_terminal else status


async def _attach(app: App, output: Output, path: Path, conversation: int) -> int:
    """Read a file for the next question; its number."""
    found = await app.chat.attaching.read(path, conversation)
    name = found.document.name
    if found.cut:
        output.aside(_("{file} is very long: only its beginning was taken.", file=name))
    return found.document.id


async def _ask(app: App, output: Output, conversation: int, text: str, files: Sequence[int] = ()) -> int:
    interrupted = False

    def stop() -> None:
        nonlocal interrupted
        interrupted = True
        app.chat.stop(conversation)

    status, doing = COULD_NOT, Doing(output)
    try:
        with _on_interrupt(stop):
            async with app.chat.turn(conversation, text, files) as events:
                async for event in events:
                    doing.follow(event)
                    _show(event, output)
                    if isinstance(event, Answered):
                        failed = event.message.ending is Ending.FAILED
                        status = COULD_NOT if failed else DONE
    except AgentError as error:
        doing.clear()
        output.error(error)
    return INTERRUPTED if interrupted else status


def _show(event: TurnEvent, output: Output) -> None:
    output.event(record(event))
    match event:
        case Chunk(text):
            output.piece(text)
        case Remembered(note, replaced):
            output.aside(_("Remembered: {text}", text=note.text))
            if replaced:
                output.aside(_("Before, it said: {text}", text=replaced))
        case Recalled(notes):
            for found in notes:
                output.aside(_("From your notes: {text}", text=found.note.text))
        case Answered(message, error):
            if message.text:
                output.piece("\n")
            if error is not None and not output.as_json:
                output.error(error)
            elif message.ending is Ending.STOPPED:
                output.aside(_("Stopped."))
            elif message.ending is Ending.LENGTH:
                output.aside(_("The answer reached its longest length."))
        case _:
            pass


def record(event: TurnEvent) -> dict[str, object]:
    """``event`` as ``chat --json`` prints it."""
    match event:
        case Asked(message):
            return {
                "event": "asked", "conversation": message.conversation, "message": message.id, "text": message.text,
            }  # fmt: skip
        case Remembered(note, replaced):
            return {"event": "remembered", "note": note_record(note), "replaced": replaced}
        case Recalled(notes):
            return {"event": "recalled", "notes": [found_record(found) for found in notes]}
        case Waiting(ahead):
            return {"event": "waiting", "ahead": ahead}
        case Loading(engine, fraction):
            return {"event": "loading", "engine": engine, "fraction": round(fraction, 3)}
        case Reading(done, total):
            return {"event": "reading", "done": done, "total": total}
        case Thought(text):
            return {"event": "thought", "text": text}
        case Chunk(text):
            return {"event": "chunk", "text": text}
        case Answered(message, error):
            usage = message.usage or Usage()
            told = {"code": error.code, "message": error.said(), "hint": error.advice()} if error else None
            return {
                "event": "answered",
                "conversation": message.conversation,
                "message": message.id,
                "text": message.text,
                "ending": str(message.ending or Ending.STOPPED),
                "engine": message.engine,
                "prompt_tokens": usage.prompt_tokens,
                "evaluated_tokens": usage.evaluated_tokens,
                "reply_tokens": usage.reply_tokens,
                "first_token_ms": usage.first_token_ms,
                "tokens_per_second": round(usage.tokens_per_second, 1),
                "error": told,
            }


@contextmanager
def _on_interrupt(stop: Callable[[], object]) -> Iterator[None]:
    """Let the first Ctrl-C call ``stop`` and a second one end the program as usual."""
    loop = asyncio.get_running_loop()
    before = signal.getsignal(signal.SIGINT)

    def handle(_number: int, _frame: object) -> None:
        signal.signal(signal.SIGINT, before)
        loop.call_soon_threadsafe(stop)

    signal.signal(signal.SIGINT, handle)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)
