"""An answer as a server sends it, made out of bytes: server-sent events, or all in one piece of JSON.

Nothing that comes from a server is believed: not its shape, not its length, not its end.
"""

from __future__ import annotations

import json
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from desktop_agent.errors import ServerFailed
from desktop_agent.events import Chunk, Thought
from desktop_agent.inference.decoder import Thoughts
from desktop_agent.messages import Ending, Usage, clean

MOST_LINE = 1 << 20
"""Bytes of one event; an honest one has some hundred."""
SHOWN_LETTERS = 200
"""Of what a server says of itself."""

LEAST_S = 0.2
"""A speed over less than this says how full the buffers on the way were."""

DONE = "[DONE]"
LONGEST_RETRY_AFTER_S = 3600.0
_TOO_LONG = frozenset({"context_length_exceeded", "exceed_context_size_error"})


class Garbage(ServerFailed):
    """What came is not what an OpenAI-compatible server sends."""


class EventLines:
    """The data of server-sent events, out of bytes that come in pieces of any size."""

    def __init__(self, host: str) -> None:
        self._host = host
        self._buffer = bytearray()
        self._searched = 0
        self._data: list[bytes] = []
        self._held = 0

    def feed(self, piece: bytes) -> Iterator[str]:
        """The data of each event that ``piece`` completes.

        Raises:
            Garbage: an event is longer than ``MOST_LINE``.
        """
        self._buffer += piece
        start = 0
        while (end := self._buffer.find(b"\n", max(start, self._searched))) >= 0:
            line = bytes(self._buffer[start:end]).rstrip(b"\r")
            start = self._searched = end + 1
            if data := self._take(line):
                yield data
        del self._buffer[:start]
        self._searched = len(self._buffer)
        self._bound(len(self._buffer) + self._held)

    def rest(self) -> Iterator[str]:
        """What stands there without the empty line that should follow it."""
        line = bytes(self._buffer)
        self._buffer.clear()
        for each in (line, b""):
            if data := self._take(each):
                yield data

    def _take(self, line: bytes) -> str:
        if line:
            name, _, value = line.partition(b":")
            if name == b"data":
                self._data.append(value.removeprefix(b" "))
                self._held += len(value)
                self._bound(self._held)
            return ""
        data, self._data, self._held = b"\n".join(self._data), [], 0
        return data.decode("utf-8", "replace")

    def _bound(self, length: int) -> None:
        if length > MOST_LINE:
            raise Garbage(
                "The server {host} sent a line of more than {most} MB.",
                hint="It is probably no server for language models.",
                host=self._host,
                most=MOST_LINE >> 20,
            )


@dataclass(slots=True)
class Answer:
    """What was understood so far of one answer of ``host``; ``begun`` is when it was asked for (perf_counter)."""

    host: str
    begun: float
    ending: Ending | None = None
    """None until the server says why it ends."""
    said: int = 0
    """Characters of thoughts and answer together."""
    pieces: int = 0
    usage: dict[str, Any] | None = None
    first_at: float = 0.0
    last_at: float = 0.0
    over: bool = False
    """Whether the server said that nothing more comes."""
    _thoughts: Thoughts = field(default_factory=Thoughts)

    def take(self, data: str) -> Iterator[Thought | Chunk]:
        """The pieces of the answer in the data of one event.

        Raises:
            Garbage: it is not an event of a chat completion. ServerFailed: it tells of an error.
        """
        if data.strip() == DONE:
            self.over = True
            return
        record = self._record(data)
        if isinstance(usage := record.get("usage"), dict):
            self.usage = usage
        choices = record.get("choices")
        if not isinstance(choices, list):
            if self.usage is None:
                raise self._garbage()
            return
        if not choices:  # the event that carries the usage has none
            return
        choice = choices[0]
        if not isinstance(choice, dict):
            raise self._garbage()
        message = choice.get("delta") or choice.get("message") or {}
        if not isinstance(message, dict):
            raise self._garbage()
        yield from self._say(message)
        match choice.get("finish_reason"):
            case None:
                pass
            case "length":
                self.ending = Ending.LENGTH
            case _:
                self.ending = Ending.COMPLETE

    def rest(self) -> Iterator[Thought | Chunk]:
        """What was held back because it could have been a mark."""
        for event in self._thoughts.rest(complete=self.ending is not Ending.LENGTH):
            self.said += len(event.text)
            yield event

    def final_usage(self) -> Usage:
        """What it cost, as the server says it, and as it was seen where the server says nothing."""
        told = self.usage or {}
        prompt = _count(told.get("prompt_tokens"))
        details = told.get("prompt_tokens_details")
        cached = _count(details.get("cached_tokens")) if isinstance(details, dict) else 0
        tokens = _count(told.get("completion_tokens")) or self.pieces
        seconds = self.last_at - self.first_at
        return Usage(
            prompt_tokens=prompt,
            evaluated_tokens=max(0, prompt - cached),
            reply_tokens=tokens,
            first_token_ms=max(1, round((self.first_at - self.begun) * 1000)) if self.first_at else 0,
            tokens_per_second=round((tokens - 1) / seconds, 2) if seconds >= LEAST_S and tokens > 1 else 0.0,
        )

    def _say(self, message: dict[str, Any]) -> Iterator[Thought | Chunk]:
        # llama-server and DeepSeek use the first name, Ollama and newer vLLM the second.
        thought = message.get("reasoning_content") or message.get("reasoning") or ""
        text = message.get("content") or ""
        if not isinstance(thought, str) or not isinstance(text, str):
            raise self._garbage()
        if not thought and not text:
            return
        self.last_at = time.perf_counter()
        self.first_at = self.first_at or self.last_at
        self.pieces += 1
        self.said += len(thought) + len(text)
        if thought := clean(thought):
            yield Thought(thought)
        if text := clean(text):
            yield from self._thoughts.feed(text)

    def _record(self, data: str) -> dict[str, Any]:
        try:
            record = json.loads(data)
        except (ValueError, RecursionError):
            raise self._garbage() from None
        if not isinstance(record, dict):
            raise self._garbage()
        if record.get("error"):
            raise said_by(self.host, record)
        return record

    def _garbage(self) -> Garbage:
        return garbage(self.host)


def garbage(host: str) -> Garbage:
    """The sentence for an answer that cannot be understood."""
    return Garbage(
        "The server {host} sent something that is not an answer.",
        hint="Check that the address is that of an OpenAI-compatible server, such as llama-server, Ollama or vLLM.",
        host=host,
    )


def said_by(host: str, record: object) -> ServerFailed:
    """The error that a server tells in ``record``, in its own words."""
    return ServerFailed(
        "The server {host} says: {words}",
        hint="What that means is known to whoever runs the server.",
        host=host,
        words=ended(words_of(record) or "?"),
    )


def ended(words: str) -> str:
    """``words`` as a sentence that another one may follow."""
    return words if words[-1:] in tuple(".!?…。！？") else f"{words}."


def words_of(record: object) -> str:
    """The sentence in the error of a server, on one line and not too long; empty where there is none."""
    error = record.get("error", record) if isinstance(record, dict) else record
    if isinstance(error, dict):
        error = error.get("message") or error.get("detail") or error.get("code") or ""
    words = " ".join(clean(str(error)).split()) if isinstance(error, str | int) else ""
    return words if len(words) <= SHOWN_LETTERS else words[: SHOWN_LETTERS - 1] + "…"


def _count(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and 0 <= value < 1 << 40 else 0


def retry_after(text: str) -> float:
    """Seconds that a server asks for, as a number or as a date; 0 for neither."""
    from email.utils import parsedate_to_datetime

    text = text.strip()
    try:
        seconds = (
            float(text) if text.replace(".", "", 1).isdigit() else parsedate_to_datetime(text).timestamp() - time.time()
        )
    except (ValueError, TypeError, OverflowError):
        return 0.0
    return min(max(0.0, seconds), LONGEST_RETRY_AFTER_S)


def means_too_long(words: str, record: object) -> bool:
    """Whether a refusal says that the prompt has more tokens than the model can read."""
    error = record.get("error") if isinstance(record, dict) else None
    codes = {str(error.get("code")), str(error.get("type"))} if isinstance(error, dict) else set()
    return bool(codes & _TOO_LONG) or "context length" in words.lower() or "context size" in words.lower()


def told_context(words: str, record: object) -> int:
    """The context in tokens that a refusal names (llama-server in a field, vLLM in its sentence); 0 for none."""
    error = record.get("error") if isinstance(record, dict) else None
    told = error.get("n_ctx") if isinstance(error, dict) else None
    if not isinstance(told, int):
        found = re.search(r"context length is (\d{3,8})\b", words)
        told = int(found[1]) if found else 0
    return told if 256 <= told <= 1 << 24 else 0
