"""A conversation laid out the way a model was trained to read it.

The layout comes from the model file, so it is somebody else's program: it runs in
jinja2's sandbox, with an end. The same messages always give the same text, else
everything would have to be read again.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from desktop_agent.inference.decoder import BEGIN_OF_THOUGHT, END_OF_THOUGHT
from desktop_agent.messages import PromptMessage, Role

if TYPE_CHECKING:
    from jinja2 import Template

    from desktop_agent.inference.sandbox import Sandbox

log = logging.getLogger(__name__)

STAND_IN = "\ue000answer\ue001"
"""Letters for private use: no template looks for them."""
PLAIN_NAMES = {Role.SYSTEM: "", Role.USER: "User: ", Role.ASSISTANT: "Assistant:"}
"""No space after the last: the answer brings its own."""


@dataclass(frozen=True, slots=True)
class Laid:
    """The text of a prompt, and the strings that end the answer beside the model's own mark."""

    text: str
    stop: tuple[str, ...] = ()

    @property
    def thinking(self) -> bool:
        """Whether the model is to go on with a thought that is open."""
        return _thought_open(self.text)


@dataclass(slots=True)
class Layout:
    """How prompts for one model are written.

    ``source`` is the model's own template. Where it is missing or fails, ChatML is written
    when the model ``knows_chatml``, else plain lines. ``control`` are the model's control
    texts; in messages they are made harmless, so that no pasted text can pretend to be
    another speaker.
    """

    source: str | None
    knows_chatml: bool
    begins_with: str = ""
    ends_with: str = ""
    control: tuple[str, ...] = ()
    _template: Template | None = field(default=None, init=False)
    _broken: bool = field(default=False, init=False)
    _difference: tuple[str, str] | None = field(default=None, init=False)
    _sandbox: Sandbox | None = field(default=None, init=False)
    _marks: re.Pattern[str] | None = field(default=None, init=False)

    def __post_init__(self) -> None:
        if self.control:
            longest_first = sorted(self.control, key=len, reverse=True)
            self._marks = re.compile("|".join(map(re.escape, longest_first)))

    def lay(self, messages: Sequence[PromptMessage]) -> Laid:
        """The prompt for ``messages``, up to where the answer begins; a last answer is open, to be gone on with."""
        if messages and messages[-1].role is Role.ASSISTANT:
            before = self.lay(messages[:-1])
            return Laid(before.text + self._harmless(messages[-1].content), before.stop)
        given = [(message.role, self._harmless(message.content)) for message in messages]
        if self.source and not self._broken:
            for variant in (given, _system_merged(given), _alternating(_system_merged(given))):
                text = self._own(variant)
                if text is not None:
                    return Laid(text)
            log.warning("the model's chat template is broken; a usual one takes its place")
            self._broken = True
        return _chatml(given) if self.knows_chatml else _plain(given)

    def _own(self, given: Sequence[tuple[Role, str]]) -> str | None:
        """What the model's template makes of ``given``; None when it fails or leaves something out.

        Answers stand in it as they were given, after the same words that asked for them:
        templates that trim them, or leave out the mark that thinking is off, would change
        the prompt behind the reader's back.
        """
        stand_ins = {
            _stand_in(place): content
            for place, (role, content) in enumerate(given)
            if role is Role.ASSISTANT and END_OF_THOUGHT not in content
        }
        hidden = [
            (role, _stand_in(place)) if _stand_in(place) in stand_ins else (role, content)
            for place, (role, content) in enumerate(given)
        ]
        text = self._rendered(hidden)
        if text is None:
            return None
        if any(text.count(stand_in) != 1 for stand_in in stand_ins):
            text = self._rendered(given)
        else:
            add, drop = self._opening()
            if _thought_open(add):
                add = drop = ""  # its own words would be read as what it thought
            for stand_in, content in stand_ins.items():
                text = text.replace(drop + stand_in, add + content)
        # Answers may be shortened (their thinking goes), but neither the system prompt nor the question.
        needed = [content for role, content in given if role is Role.SYSTEM] + [given[-1][1]]
        return text if text is not None and all(content.strip() in text for content in needed) else None

    def _opening(self) -> tuple[str, str]:
        """What stands before an answer that is asked for and not before one that was given, and the other way round."""
        if self._difference is None:
            self._difference = ("", "")
            asked = self._rendered([(Role.USER, "Q")])
            given = self._rendered([(Role.USER, "Q"), (Role.ASSISTANT, STAND_IN), (Role.USER, "Q")])
            before = given.partition(STAND_IN)[0] if given else ""
            if asked and before and asked.startswith(before):
                self._difference = (asked.removeprefix(before), "")
            elif asked and before.startswith(asked):
                self._difference = ("", before.removeprefix(asked))
        return self._difference

    def _rendered(self, given: Sequence[tuple[Role, str]]) -> str | None:
        # Imported here: 6 MB that only a model of one's own needs.
        import jinja2

        from desktop_agent.inference.sandbox import LONGEST_SOURCE, Sandbox, TooMuch

        if self._broken or len(self.source or "") > LONGEST_SOURCE:
            return None
        self._sandbox = self._sandbox or Sandbox()
        try:
            with self._sandbox.begun():
                self._template = self._template or self._sandbox.from_string(self.source or "")
                return self._template.render(
                    messages=[{"role": role.value, "content": content} for role, content in given],
                    add_generation_prompt=True,
                    bos_token=self.begins_with,
                    eos_token=self.ends_with,
                    enable_thinking=False,
                )
        except (
            *(jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError),
            *(RuntimeError, SyntaxError, AssertionError, MemoryError),
        ) as error:
            # Not for any other conversation either: each try may take seconds.
            self._broken = isinstance(error, TooMuch | MemoryError)
            # Only its kind: the sentence may hold a part of the conversation.
            log.info("the chat template failed: %s", type(error).__name__)
            return None

    def _harmless(self, content: str) -> str:
        # A zero-width space after the first character: looks the same, and is words to the model.
        return self._marks.sub(lambda mark: f"{mark[0][0]}\u200b{mark[0][1:]}", content) if self._marks else content


def _thought_open(text: str) -> bool:
    return text.rstrip().endswith(BEGIN_OF_THOUGHT)


def _stand_in(place: int) -> str:
    return f"{STAND_IN[0]}{place}{STAND_IN[-1]}"


def _system_merged(given: Sequence[tuple[Role, str]]) -> list[tuple[Role, str]]:
    """For templates that know no system message: it becomes the beginning of the first user message."""
    system = [content for role, content in given if role is Role.SYSTEM]
    rest: list[tuple[Role, str]] = [(role, content) for role, content in given if role is not Role.SYSTEM]
    if not system:
        return rest
    if rest and rest[0][0] is Role.USER:
        return [(Role.USER, "\n\n".join((*system, rest[0][1]))), *rest[1:]]
    return [(Role.USER, "\n\n".join(system)), *rest]


def _alternating(given: Sequence[tuple[Role, str]]) -> list[tuple[Role, str]]:
    """For templates that insist on turns: neighbours of one speaker become one message, a user begins."""
    joined: list[tuple[Role, str]] = []
    for role, content in given:
        if joined and joined[-1][0] is role:
            joined[-1] = (role, f"{joined[-1][1]}\n\n{content}")
        else:
            joined.append((role, content))
    return [(Role.USER, "…"), *joined] if joined and joined[0][0] is Role.ASSISTANT else joined


def _chatml(given: Sequence[tuple[Role, str]]) -> Laid:
    turns = "".join(f"<|im_start|>{role}\n{content}<|im_end|>\n" for role, content in given)
    return Laid(f"{turns}<|im_start|>assistant\n", ("<|im_end|>",))


def _plain(given: Sequence[tuple[Role, str]]) -> Laid:
    turns = "".join(f"{PLAIN_NAMES[role]}{content}\n" for role, content in given)
    return Laid(f"{turns}Assistant:", ("\nUser:", "\nAssistant:"))
