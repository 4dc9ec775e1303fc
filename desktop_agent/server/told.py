"""Answers in the shapes of OpenAI's API, as its clients read them."""

from __future__ import annotations

import json
import secrets
import time
from dataclasses import dataclass, field
from typing import Any

from desktop_agent import __version__
from desktop_agent.messages import Ending, Usage

OWNER = "desktop-agent"
ANY_MODEL = "desktop-agent"
"""The name under which whatever is chosen answers."""

_ENCODED = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
_REASONS = {Ending.COMPLETE: "stop", Ending.LENGTH: "length", Ending.STOPPED: "stop", Ending.FAILED: "stop"}


def dumped(record: dict[str, Any]) -> bytes:
    """``record`` as JSON in UTF-8; half characters, which a model can write, become question marks."""
    return _ENCODED(record).encode("utf-8", "replace")


@dataclass(slots=True)
class Completion:
    """One answer on its way to one client."""

    model: str
    number: str = field(default_factory=lambda: f"chatcmpl-{secrets.token_hex(12)}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, text: str, thought: str, ending: Ending, usage: Usage) -> dict[str, Any]:
        """The answer in one piece."""
        message: dict[str, Any] = {"role": "assistant", "content": text, "refusal": None}
        if thought:
            message["reasoning_content"] = thought
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": _REASONS[ending]}
        return self._base("chat.completion") | {"choices": [choice], "usage": usage_record(usage)}

    def first(self) -> dict[str, Any]:
        """What a stream begins with."""
        return self._chunk({"role": "assistant", "content": "", "refusal": None}, None)

    def piece(self, text: str) -> dict[str, Any]:
        return self._chunk({"content": text}, None)

    def thought(self, text: str) -> dict[str, Any]:
        return self._chunk({"reasoning_content": text}, None)

    def last(self, ending: Ending) -> dict[str, Any]:
        return self._chunk({}, _REASONS[ending])

    def cost(self, usage: Usage) -> dict[str, Any]:
        """What comes behind the last piece for who asked for it."""
        return self._base("chat.completion.chunk") | {"choices": [], "usage": usage_record(usage)}

    def _chunk(self, delta: dict[str, Any], reason: str | None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": reason}
        return self._base("chat.completion.chunk") | {"choices": [choice]}

    def _base(self, kind: str) -> dict[str, Any]:
        return {
            "id": self.number, "object": kind, "created": self.created, "model": self.model,
            "system_fingerprint": f"desktop-agent-{__version__}",
        }  # fmt: skip


def usage_record(usage: Usage) -> dict[str, Any]:
    """What an answer cost; what was still in memory from an earlier request counts as cached."""
    return {
        "prompt_tokens": usage.prompt_tokens,
        "completion_tokens": usage.reply_tokens,
        "total_tokens": usage.prompt_tokens + usage.reply_tokens,
        "prompt_tokens_details": {"cached_tokens": max(0, usage.prompt_tokens - usage.evaluated_tokens)},
    }


def model_record(name: str, created: int) -> dict[str, Any]:
    return {"id": name, "object": "model", "created": created, "owned_by": OWNER}
