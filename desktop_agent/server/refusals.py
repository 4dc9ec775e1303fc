"""Why a request was not answered, in the shape that clients of OpenAI's API understand.

What is wrong with a request itself is told in English, as in that API; what is wrong on this
computer in the language of its user.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from desktop_agent.errors import AgentError, BadInput, Busy, NotAvailable, NotFound, TooLong

log = logging.getLogger(__name__)

INVALID, SERVER = "invalid_request_error", "server_error"


@dataclass
class Rejected(Exception):
    """A request that is not answered: an HTTP status and what to say."""

    status: int
    message: str
    code: str | None = None
    param: str | None = None
    kind: str = INVALID
    headers: Mapping[str, str] = field(default_factory=dict)

    def record(self) -> dict[str, Any]:
        """The body."""
        return {"error": {"message": self.message, "type": self.kind, "param": self.param, "code": self.code}}


def refusal(error: BaseException) -> Rejected:
    """What a client is told about ``error``; a mistake of the program is logged and not told."""
    if isinstance(error, Rejected):
        return error
    if not isinstance(error, AgentError):
        log.error("A mistake of the program", exc_info=error)
        return Rejected(
            500, "Something went wrong inside the program; its log says more.", "internal_error", None, SERVER
        )
    told, code = error.told(), error.code
    if isinstance(error, Busy):
        return Rejected(429, told, code, None, "rate_limit_error", {"Retry-After": str(error.retry_after_s)})
    if isinstance(error, TooLong):
        return Rejected(400, told, "context_length_exceeded", "messages")
    if isinstance(error, BadInput):
        return Rejected(400, told, code)
    if isinstance(error, NotFound):
        return Rejected(404, told, code)
    log.warning("%s", error)
    return Rejected(503 if isinstance(error, NotAvailable) else 500, told, code, None, SERVER)


def ended_here() -> Rejected:
    """For an answer that somebody ended in the Monitor, or that the closing program ended."""
    return Rejected(503, "The answer was stopped on the computer that gives it.", "stopped", None, SERVER)
