"""Attached files: read in a process of their own, and placed into the questions they are for.

A file that fits into its room is placed whole into the question it came with; of a longer
one the parts that fit the question are placed, page by page, and later questions get the
parts that fit them. What was placed stays, as everything in a prompt does.
"""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from desktop_agent.documents import OUT_OF_MEMORY, READ_FILE
from desktop_agent.errors import BadInput, NotAvailable
from desktop_agent.inference.engine import Engine
from desktop_agent.memory import passages
from desktop_agent.memory.conversations import Conversations
from desktop_agent.memory.documents import Documents, unpacked
from desktop_agent.memory.passages import Part
from desktop_agent.messages import Document, DocumentKind, Message, Passage, passage_heading
from desktop_agent.runtime import child
from desktop_agent.runtime.threads import Emit, Threads
from desktop_agent.settings import catalogue
from desktop_agent.settings.store import Settings

_log = logging.getLogger(__name__)

LIMIT_S = 120.0
"""A file may take so long to read; the child gives up pages after a minute and then makes their terms."""
CONTEXT_SHARE = 2
"""At most one part in so many of the context is for files."""
LATER_SHARE = 0.5
"""Part of the room that later questions get for files that came with earlier ones."""
BEARS = 0.4
"""Share of a later question's weighty words that a file must have for its parts to be placed."""
QUOTED = {
    False: "The built-in guide cannot read files; a model can. These parts fit the question:",
    True: "内置向导不会读文件，模型才可以。与问题相关的部分是：",
}
LONGEST_QUOTE = 1_200
"""Letters of one part that are shown in such an answer."""
TOLERANCE = 1.15
"""What is placed may need so much more than its room: counting it once more is not worth a twentieth."""
_MOST_OUTPUT = 256 << 20


@dataclass(frozen=True, slots=True)
class Attached:
    """A file that was read; ``cut`` when its end was left out because it is too long."""

    document: Document
    cut: bool


class Attaching:
    """Reads files, and chooses what of them a question needs."""

    def __init__(
        self, settings: Settings, threads: Threads, documents: Documents, conversations: Conversations
    ) -> None:
        self._settings = settings
        self._threads = threads
        self._documents = documents
        self._conversations = conversations

    async def read(
        self, path: Path, conversation: int | None, progress: Callable[[int, int], object] | None = None
    ) -> Attached:
        """Read ``path`` for the draft of ``conversation`` (None: of a new chat); cancelling ends it.

        Raises:
            BadInput: the sentence says why it cannot be read.
            NotAvailable: no process could be started for it.
            StorageError: its text could not be stored.
        """
        name = " ".join(path.name.encode("utf-8", "replace").decode().split())[:200]
        try:
            size = (await self._threads.call(path.stat)).st_size
        except (OSError, ValueError) as error:
            from desktop_agent.documents.read import not_opened  # only now: no start of the window waits for it

            raise not_opened(name, error) from error
        told = await self._told(path, name, progress)
        parts = await self._threads.call(lambda: [Part(*row) for row in told["parts"]])
        document = await self._documents.add(
            name, DocumentKind(told["kind"]), size, int(told["pages"]), parts, conversation
        )
        return Attached(document, bool(told["cut"]))

    async def place(self, question: Message, engine: Engine) -> tuple[Passage, ...]:
        """The parts of files for ``question``, stored with it."""
        known = await self._documents.of(question.conversation)
        if not known:
            return ()
        room = float(min(self._settings[catalogue.FILE_TOKENS], engine.context_tokens // CONTEXT_SHARE))
        new = {file.id for file in question.files}
        found = await self._whole([file for file in known if file.id in new], room, engine)
        if not found:
            found = await self._fitting(question, known, new, room)
            # Letters were counted, but tokens are what fits: numbers and rare words have more of them.
            if (needed := await _tokens(engine, found)) > room * TOLERANCE:
                found = await self._fitting(question, known, new, max(room * room / needed, passages.TARGET))
            if (needed := await _tokens(engine, found)) > room * TOLERANCE:
                found = [replace(one, text=one.text[: int(len(one.text) * room / needed)] + "…") for one in found]
        if found:
            await self._documents.place(question.id, found)
        return tuple(found)

    async def _whole(self, files: Sequence[Document], room: float, engine: Engine) -> list[Passage]:
        """All of ``files`` as they are; empty when that is more than there is room for."""
        # A token has at most some ten letters: longer files need not be counted.
        if not files or sum(file.letters for file in files) > room * 10:
            return []
        found = []
        for file in files:
            parts = passages.joined(await self._parts(file))
            pages = [f"[{part.first}]\n{part.text}" if file.pages > 1 else part.text for part in parts]
            found.append(Passage(file.id, file.name, 0, 0, "\n\n".join(pages)))
        return found if await _tokens(engine, found) <= room else []

    async def _fitting(self, question: Message, known: Sequence[Document], new: set[int], room: float) -> list[Passage]:
        held = await self._held(question)
        found: list[Passage] = []
        # Files that came with the question first; what they leave is for earlier ones.
        for file in sorted(known, key=lambda file: (file.id not in new, -file.id)):
            share = room if file.id in new else min(room, self._settings[catalogue.FILE_TOKENS] * LATER_SHARE)
            if share < passages.TARGET / 2:
                break
            parts = await self._parts(file)
            texts = held.get(file.id, ())
            chosen = await self._threads.call(_chosen, parts, question.text, share, texts, file.id in new)
            room -= sum(passages.weight(part.text) for part in chosen)
            found += [Passage(file.id, file.name, part.first, part.last, part.text) for part in passages.joined(chosen)]
        return found

    async def _held(self, question: Message) -> dict[int, list[str]]:
        """What of each file the prompt holds already."""
        kept = await self._conversations.kept(question.conversation) or ()
        held: dict[int, list[str]] = {}
        for message in await self._conversations.some(question.conversation, kept):
            if message.id != question.id:
                for passage in message.passages:
                    held.setdefault(passage.document, []).append(passage.text)
        return held

    async def _parts(self, file: Document) -> list[Part]:
        return await self._threads.call(unpacked, await self._documents.packed(file.id))

    async def _told(self, path: Path, name: str, progress: Callable[[int, int], object] | None) -> dict[str, Any]:
        words = child.command(READ_FILE, [str(path.absolute())])

        def work(emit: Emit[tuple[int, int]]) -> tuple[dict[str, Any], int]:
            return _hear(words, emit)

        try:
            async with asyncio.timeout(LIMIT_S), self._threads.stream(work, f"reading {name}") as steps:
                async for page, of in steps:
                    if progress is not None and of:
                        progress(page, of)
                told, status = steps.result
        except TimeoutError as error:
            raise BadInput(
                "{file} could not be read in {seconds} seconds.", hint="Attach only the part that matters.",
                file=name, seconds=round(LIMIT_S),
            ) from error  # fmt: skip
        except (OSError, ValueError) as error:
            _log.warning("no process to read a file: %s", error)
            raise NotAvailable(
                "{file} cannot be read now: no process could be started for it.",
                hint="Close other programs.",
                file=name,
            ) from error
        if "error" in told:
            raise BadInput.again(told["error"])
        if "parts" in told:
            return told
        _log.warning("the process that read a file ended with %s", status)
        if not told:
            raise _no_process(name)
        if status == OUT_OF_MEMORY:
            raise BadInput(
                "{file} needs more memory to be read than it may have.", hint="Attach only the part that matters.",
                file=name,
            )  # fmt: skip
        raise BadInput(
            "{file} is damaged and cannot be read.", hint="Get it once more, or save it again where it comes from.",
            file=name,
        )  # fmt: skip


def quoted(passages: Sequence[Passage], chinese: bool) -> str:
    """What is answered where no model can read: the fitting parts themselves, each under its place."""
    parts = [QUOTED[chinese]]
    for one in passages:
        text = one.text if len(one.text) <= LONGEST_QUOTE else one.text[:LONGEST_QUOTE] + " …"
        parts.append(f"**{passage_heading(one, chinese)}**\n\n> " + text.replace("\n", "\n> "))
    return "\n\n".join(parts)


async def _tokens(engine: Engine, found: Sequence[Passage]) -> int:
    return await engine.count("\n".join(one.text for one in found)) if found else 0


def _no_process(name: str) -> NotAvailable:
    return NotAvailable(
        "{file} cannot be read now: no process could be started for it.", hint="Close other programs.", file=name
    )


def _hear(words: Sequence[str], emit: Emit[tuple[int, int]]) -> tuple[dict[str, Any], int]:
    """What the child said last and its exit status; in a worker."""
    told: dict[str, Any] = {}
    with child.started(words) as process:
        emit.on_stop(child.ender(process))
        assert process.stdout is not None
        while line := process.stdout.readline(_MOST_OUTPUT):
            try:
                told = json.loads(line)
            except ValueError:
                continue
            if "page" in told:
                emit((told["page"], told["of"]))
        status = process.wait()
    return told, status


def _chosen(parts: Sequence[Part], question: str, room: float, held: Sequence[str], new: bool) -> list[Part]:
    """The parts of one file for a question; in a worker. A ``new`` file is always told something of."""
    fit, share = passages.scores(parts, question)
    if not new and share < BEARS:
        return []
    # What the prompt holds is not placed twice.
    fit = [0.0 if any(part.text in text for text in held) else score for part, score in zip(parts, fit, strict=True)]
    places = passages.best(parts, fit, room)
    if not places and new:
        places = passages.spread(parts, room)
    return [parts[at] for at in places]
