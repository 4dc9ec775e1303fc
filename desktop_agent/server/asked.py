"""A request for a chat completion: what of OpenAI's API is done here, what is passed over, what is refused.

Passed over is only what changes nothing about the answer. Whoever asks for something that would, and that
is not done here, is told so instead of getting another answer than he asked for.
"""

from __future__ import annotations

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from desktop_agent.assistant.prompt import Prompt
from desktop_agent.inference.engine import Sampling
from desktop_agent.messages import LONGEST_MESSAGE, PromptMessage, Role, clean
from desktop_agent.server.refusals import Rejected

MOST_MESSAGES = 2000
MOST_STOPS, LONGEST_STOP = 16, 200
MOST_TOKENS = 1 << 20

_ROLES = {"system": Role.SYSTEM, "developer": Role.SYSTEM, "user": Role.USER, "assistant": Role.ASSISTANT}
_REFUSED: dict[str, Callable[[Any], bool]] = {
    "tools": bool, "functions": bool, "audio": bool, "prediction": bool, "web_search_options": bool,
    "logit_bias": bool, "logprobs": bool, "top_logprobs": bool,
    "tool_choice": lambda value: value not in ("none", "auto"),
    "function_call": lambda value: value not in ("none", "auto"),
    "n": lambda value: value != 1,
    "frequency_penalty": bool, "presence_penalty": bool,
    "modalities": lambda value: value != ["text"],
    "store": bool,
}  # fmt: skip
"""What would change the answer and is not done, with what tells whether it is really asked for."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """One checked request."""

    prompt: Prompt
    sampling: Sampling
    model: str
    user: str
    """Who asks, where the client tells its users apart."""
    stream: bool
    include_usage: bool

    @property
    def title(self) -> str:
        """A few words of the question, for lists."""
        question = next((message.text for message in reversed(self.prompt.messages) if message.role is Role.USER), "")
        return " ".join(question[:200].split())[:40]


def parsed(body: bytes) -> dict[str, Any]:
    """The JSON object in ``body``.

    Raises:
        Rejected: it is none.
    """
    try:
        found = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise Rejected(400, "The body is not JSON.", "invalid_json") from None
    if not isinstance(found, dict):
        raise Rejected(400, "The body is not a JSON object.", "invalid_json")
    return found


def wanted(record: dict[str, Any], usual: Sampling) -> Wanted:
    """The request in ``record``, with what it leaves open from ``usual``.

    Raises:
        Rejected: something is missing, has the wrong type, or is not done here.
    """
    for name, asks in _REFUSED.items():
        value = record.get(name)
        if value is not None and asks(value):
            raise Rejected(400, f"'{name}' is not supported here.", "unsupported_parameter", name)
    stream = _boolean(record, "stream")
    options = record.get("stream_options") or {}
    if not isinstance(options, dict):
        raise _wrong("stream_options", "an object")
    if options and not stream:
        raise Rejected(400, "'stream_options' needs 'stream'.", "invalid_value", "stream_options")
    model = record.get("model", "")
    if not isinstance(model, str):
        raise _wrong("model", "a text")
    user = record.get("user") or record.get("safety_identifier") or ""
    return Wanted(
        prompt=_prompt(record.get("messages")),
        sampling=_sampling(record, usual),
        model=model,
        user=user if isinstance(user, str) else "",
        stream=stream,
        include_usage=_boolean(options, "include_usage"),
    )


def _prompt(messages: Any) -> Prompt:
    if not isinstance(messages, list) or not messages:
        raise _wrong("messages", "a list of at least one message")
    if len(messages) > MOST_MESSAGES:
        raise Rejected(400, f"There are more than {MOST_MESSAGES} messages.", "invalid_value", "messages")
    system: list[str] = []
    said: list[PromptMessage] = []
    for place, message in enumerate(messages):
        role, text = _message(message, f"messages[{place}]")
        if role is Role.SYSTEM:
            system.append(text)
        elif text or role is Role.USER:
            said.append(PromptMessage(role, text))
    if not any(message.text.strip() for message in said if message.role is Role.USER):
        raise Rejected(400, "There is no message of the user.", "invalid_value", "messages")
    # Models know one system prompt, at the beginning, and turns that alternate.
    prompt = Prompt((PromptMessage(Role.SYSTEM, "\n\n".join(system)),) if any(system) else ())
    for each in said:
        prompt = prompt.followed_by(each)
    return prompt


def _message(message: Any, place: str) -> tuple[Role, str]:
    if not isinstance(message, dict):
        raise _wrong(place, "an object")
    role = _ROLES.get(str(message.get("role")))
    if role is None:
        raise Rejected(
            400, "Messages here are of one of: system, developer, user, assistant.", "invalid_value", f"{place}.role"
        )
    for name in ("tool_calls", "function_call", "audio"):
        if message.get(name):
            raise Rejected(400, f"'{name}' is not supported here.", "unsupported_parameter", f"{place}.{name}")
    content = message.get("content")
    if content is None and role is Role.ASSISTANT:
        content = ""
    text = clean(content if isinstance(content, str) else _joined(content, f"{place}.content"))
    if len(text) > LONGEST_MESSAGE:
        raise Rejected(
            400, f"A message has more than {LONGEST_MESSAGE} characters.", "context_length_exceeded", f"{place}.content"
        )
    return role, text


def _joined(parts: Any, place: str) -> str:
    """The text of a message in parts."""
    if not isinstance(parts, list):
        raise _wrong(place, "a text or a list of parts")
    texts: list[str] = []
    for part in parts:
        kind = part.get("type") if isinstance(part, dict) else None
        if kind == "text" and isinstance(part.get("text"), str):
            texts.append(part["text"])
        elif kind == "refusal" and isinstance(part.get("refusal"), str):
            texts.append(part["refusal"])
        else:
            told = f"Parts of the type '{kind}' are" if isinstance(kind, str) else "This part is"
            raise Rejected(400, f"{told} not supported here; only text is.", "unsupported_content", place)
    return "\n".join(texts)


def _sampling(record: dict[str, Any], usual: Sampling) -> Sampling:
    most = record.get("max_completion_tokens")
    most = record.get("max_tokens") if most is None else most
    temperature = _number(record, "temperature", 0, 2)
    top_p = _number(record, "top_p", 0, 1)
    grammar, schema = _form(record)
    return Sampling(
        temperature=usual.temperature if temperature is None else temperature,
        # 0 leaves no word at all to choose from; it means the likeliest one.
        top_p=usual.top_p if top_p is None else max(top_p, 1e-6),
        top_k=usual.top_k if (top_k := _whole(record, "top_k", 0, 1_000_000)) is None else top_k,
        min_p=usual.min_p if (min_p := _number(record, "min_p", 0, 1)) is None else min_p,
        repeat_penalty=(
            usual.repeat_penalty if (penalty := _number(record, "repeat_penalty", 0.1, 10)) is None else penalty
        ),
        reply_tokens=usual.reply_tokens if most is None else _tokens(most),
        seed=_whole(record, "seed", -(1 << 63), 1 << 63),
        stop=_stops(record.get("stop")),
        grammar=grammar,
        json_schema=schema,
    )


def _tokens(most: Any) -> int:
    if isinstance(most, bool) or not isinstance(most, int) or not 1 <= most <= MOST_TOKENS:
        raise _wrong("max_tokens", f"a whole number from 1 to {MOST_TOKENS}")
    return int(most)


def _stops(given: Any) -> tuple[str, ...]:
    stops: Sequence[Any] = [given] if isinstance(given, str) else given or []
    if not isinstance(stops, list) or len(stops) > MOST_STOPS or not all(isinstance(each, str) for each in stops):
        raise _wrong("stop", f"a text or at most {MOST_STOPS} of them")
    if any(len(each) > LONGEST_STOP for each in stops):
        raise _wrong("stop", f"no longer than {LONGEST_STOP} characters")
    return tuple(each for each in stops if each)


def _form(record: dict[str, Any]) -> tuple[str, str]:
    """The grammar and the schema that the answer must fit, of which at most one is not empty."""
    grammar = record.get("grammar") or ""
    if not isinstance(grammar, str) or len(grammar) > 200_000:
        raise _wrong("grammar", "a grammar in GBNF")
    form = record.get("response_format")
    kind = form.get("type") if isinstance(form, dict) else None
    if form is None or kind == "text":
        return grammar, ""
    if grammar:
        raise Rejected(400, "'grammar' and 'response_format' exclude each other.", "invalid_value", "grammar")
    if kind == "json_object":
        return "", json.dumps({"type": "object"})
    holder = form.get("json_schema") if kind == "json_schema" else None
    if not isinstance(holder, dict) or "schema" not in holder:
        raise _wrong("response_format", "text, json_object, or json_schema with a schema")
    return "", _checked_schema(holder["schema"])


def _checked_schema(schema: Any) -> str:
    from desktop_agent.errors import BadInput
    from desktop_agent.inference.schema import grammar  # only when asked for

    try:
        grammar(schema)
    except BadInput as error:
        raise Rejected(400, error.told(), "unsupported_schema", "response_format.json_schema") from error
    return json.dumps(schema)


def _boolean(record: dict[str, Any], name: str) -> bool:
    value = record.get(name)
    if value is not None and not isinstance(value, bool):
        raise _wrong(name, "true or false")
    return bool(value)


def _number(record: dict[str, Any], name: str, low: float, high: float) -> float | None:
    value = record.get(name)
    if value is None:
        return None
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise _wrong(name, f"a number from {low:g} to {high:g}")
    if not low <= value <= high or not math.isfinite(value):
        raise _wrong(name, f"a number from {low:g} to {high:g}")
    return float(value)


def _whole(record: dict[str, Any], name: str, low: int, high: int) -> int | None:
    value = record.get(name)
    if value is not None and (isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high):
        raise _wrong(name, "a whole number" if low < 0 else f"a whole number from {low} to {high}")
    return value


def _wrong(name: str, takes: str) -> Rejected:
    return Rejected(400, f"'{name}' takes {takes}.", "invalid_type", name)


def _no_number(text: str) -> None:
    raise ValueError(f"{text} is no number in JSON")
