"""The built-in guide: help for this program, what the notes say, small talk, and an honest no to the rest.

Its model is tiny. So rules decide what it may see (the notes that bear on the question, or a passage of the help, or
nothing), and nothing it says is shown unchecked: an answer from a note must be that note told back (slips of spelling
are mended from the note), an answer from the help the passage itself, anything else a sentence of ``talk.toml``. Where
the check fails, or without the model, the notes or the passage are shown instead. It remembers nothing: only the last
message counts.
"""

from __future__ import annotations

import logging
import unicodedata
from collections.abc import AsyncGenerator, AsyncIterator, Sequence
from contextlib import AbstractAsyncContextManager, aclosing, asynccontextmanager
from dataclasses import dataclass, replace
from functools import cached_property

from desktop_agent.errors import NotAvailable, TooLong
from desktop_agent.events import Chunk, EngineEvent, Finished
from desktop_agent.inference import kinds, phrases, several, ways
from desktop_agent.inference.bearing import Relations
from desktop_agent.inference.engine import Engine, Progress, Sampling
from desktop_agent.inference.retelling import retold
from desktop_agent.inference.smalltalk import (
    ABLE,
    NO_REMINDER,
    NOT_NOTED,
    NOTED,
    REFUSAL,
    TOLD,
    UNKNOWN,
    SmallTalk,
)
from desktop_agent.inference.wording import folded
from desktop_agent.messages import Ending, PromptMessage, Role, Usage, is_chinese
from desktop_agent.runtime.threads import Threads
from desktop_agent.words import _

log = logging.getLogger(__name__)

NAME = "guide"
SYSTEM = PromptMessage(Role.SYSTEM, "You are the built-in guide.")
"""As in training; ``packaging/guide/data.py`` has the same words."""
CONTEXT_TOKENS = 4096
LONGEST_QUESTION = 400
"""Characters that the model is shown; longer messages are texts to work on, which it cannot do."""
LONGEST_NOTE = 300
REPLY_TOKENS = 200
CERTAIN, LIKELY, POSSIBLE, RULED_OUT = 0.7, 0.75, 0.3, 0.1
"""What the learned table must say of small talk: before help and notes are looked at, after them, when the model takes
it for the same, and to overrule a pattern."""
MOSTLY = 0.4
"""Share of a message that must have been noted to answer that it was; less is a fact beside something else."""
SLIP = 0.6
"""Likeness of two answers that differ by slips in copying a rare name."""
PIECE = 12
"""Characters of one chunk of a text that was there as a whole."""

SHOWN = {False: "This is what I have noted:\n{notes}", True: "我记下的是：\n{notes}"}


def exact_sampling() -> Sampling:
    """Always the likeliest token, and nothing against repeating: the guide has to copy."""
    return Sampling(temperature=0.0, top_p=1.0, top_k=0, min_p=0.0, repeat_penalty=1.0, reply_tokens=REPLY_TOKENS)


@dataclass(frozen=True, slots=True)
class Plan:
    """How one question is answered.

    ``prompt`` is what the model reads, ``None`` when it need not be asked. Its answer must be one of ``allowed``
    (apart from capitals and spaces), or, when that is empty, a sentence of the small talk that fits the question;
    otherwise ``instead`` is said.
    """

    prompt: PromptMessage | None
    instead: str
    allowed: tuple[str, ...] = ()


class GuideEngine:
    """Answers from help and notes, with the built-in model or by rules alone."""

    name = NAME
    wants_help = True
    context_tokens = CONTEXT_TOKENS

    def __init__(self, model: Engine | None, threads: Threads | None = None) -> None:
        self._model = model
        self._threads = threads
        self._works = model is not None

    @property
    def label(self) -> str:
        return _("Built-in guide") if self._works else _("Built-in guide (without its model)")

    @property
    def memory_bytes(self) -> int:
        return self._model.memory_bytes if self._model else 0

    def stream(
        self,
        messages: Sequence[PromptMessage],
        sampling: Sampling,  # noqa: ARG002 - the protocol has it
        conversation: int | None = None,  # noqa: ARG002 - it keeps nothing
    ) -> AbstractAsyncContextManager[AsyncIterator[EngineEvent]]:
        """The answer to the last message, checked before it is shown.

        ``sampling`` is not used: chance and penalties would only spoil a copy.
        """
        return self._streaming(messages[-1])

    async def count(self, text: str) -> int:
        """Tokens of ``text``, roughly: the model is never shown a long one."""
        return len(text.encode("utf-8")) // 4 + 1

    async def count_messages(self, messages: Sequence[PromptMessage]) -> int:
        """Tokens of the last message: the others are not read."""
        return await self.count(messages[-1].content) if messages else 0

    async def load(self, progress: Progress | None = None) -> None:
        """Load the model, if there is one; without it the rules are enough."""
        if self._model:
            await self._model.load(progress)

    async def close(self) -> None:
        if self._model:
            await self._model.close()

    @asynccontextmanager
    async def _streaming(self, question: PromptMessage) -> AsyncIterator[AsyncIterator[EngineEvent]]:
        async with aclosing(self._answer(question)) as events:
            yield events

    async def _answer(self, question: PromptMessage) -> AsyncGenerator[EngineEvent, None]:
        # In a worker where there is one: the patterns of small talk take a third of a second to compile, once.
        plans = await self._threads.call(self.plans, question) if self._threads else self.plans(question)
        answers: list[tuple[str, str]] = []
        usage = Usage()
        for part, plan in plans:
            said: list[str] = []
            try:
                if self._model and self._works and plan.prompt:
                    async with self._model.stream([SYSTEM, plan.prompt], exact_sampling()) as events:
                        async for event in events:
                            if isinstance(event, Chunk):
                                said.append(event.text)
                            elif isinstance(event, Finished):
                                usage = _sum(usage, event.usage)
                            else:
                                yield event
            except NotAvailable as error:
                log.warning("the built-in model fails: %s", error)
                # The guide is what answers when nothing else can: it goes on without its model.
                self._works, said = False, []
            except TooLong:
                said = []  # long notes in a small context: they are shown as they are
            answers.append((part, self.checked("".join(said), plan, part) if said else plan.instead))
        answer = several.together(answers, small=self._talk.is_small, nothing=self._talk.is_nothing)
        for place in range(0, len(answer), PIECE):
            yield Chunk(answer[place : place + PIECE])
        yield Finished(Ending.COMPLETE, usage, self.name)

    def plans(self, question: PromptMessage) -> list[tuple[str, Plan]]:
        """The questions of a message, as they can be read by themselves, with what to do with each."""
        text = question.text.strip()
        whole = (
            phrases.CODE.search(folded(text))
            or self._talk.kind(text)
            or self._talk.request(text)
            or (question.made and self._mostly_noted(text, question.made))
        )
        if question.made and not whole:
            # "My name is Ana. What's my name?": recall looked before it was noted.
            text = several.asking(text) or text
            question = replace(question, text=text, notes=tuple(dict.fromkeys((*question.made, *question.notes))))
        asked = () if whole or len(text) > LONGEST_QUESTION else several.questions(text)
        passages = several.apart(question.help)
        one = len(asked) == 1
        if not asked or (_Talk(text).certain if one else question.help and not passages):
            return [(question.text, self.plan(question))]
        parts = [replace(question, text=part, help=question.help if one else passages.get(part, "")) for part in asked]
        return [(part.text, self.plan(part)) for part in parts]

    def plan(self, question: PromptMessage) -> Plan:
        """What to do with ``question``, its notes and its help."""
        text, chinese = question.text.strip(), is_chinese(question.text)
        bare = PromptMessage(Role.USER, text)
        if len(text) > LONGEST_QUESTION:
            return Plan(None, self._says(REFUSAL, chinese))
        plain = folded(text).strip(" .。!！?？")
        if phrases.NO_WORDS.search(text) and text.isprintable() and all(_is_mark(letter) for letter in text):
            return Plan(None, self._says(ABLE, chinese or any(letter > "\u3000" for letter in text)))
        if phrases.CODE.search(folded(text)) or phrases.BARE.search(plain):
            return Plan(None, self._says(REFUSAL, chinese))
        if kind := self._talk.kind(text):
            return self._only(bare, kind, chinese)
        if phrases.REMIND.search(plain):
            return Plan(None, self._says(NO_REMINDER, chinese))
        if question.made and self._mostly_noted(text, question.made):
            return self._only(bare, NOTED, chinese)
        if self._talk.request(text):
            return self._noted(bare, NOTED, chinese, question.made)
        answering, near = self._relations.choose(text, question.notes)
        personal = self._relations.personal(text)
        known = personal and self._relations.of_someone(text)
        talk = _Talk(text)
        if talk.certain and not answering and not known:
            return self._only(bare, talk.certain, chinese)
        own_near = bool(near) and bool(phrases.SOMEONE.search(phrases.TELL_ME.sub("", folded(text))))
        sure = personal and self._relations.surely_of_someone(text)
        if question.help and (phrases.HOW.search(folded(text)) or not (answering or sure or own_near)):
            return Plan(PromptMessage(Role.USER, text, help=question.help), question.help, (question.help,))
        # After notes and help: what they know for sure is not taken for talk.
        if not (answering or personal) and (kind := talk.kind):
            return self._only(bare, kind, chinese)
        if self._statement(text):
            return self._noted(bare, TOLD, chinese, question.made)
        if answering or near:
            return self._from_notes(text, answering, near, chinese)
        if personal:
            return Plan(None, self._says(UNKNOWN, chinese))
        return Plan(bare, self._says(REFUSAL, chinese))

    def checked(self, said: str, plan: Plan, text: str) -> str:
        """What the model said, if it may be shown; otherwise what is said instead."""
        said = " ".join(said.split())
        if plan.allowed:
            # The model told the right note and slipped in a name: the note has the name.
            return next((right for right in plan.allowed if _meant(right, said)), plan.instead)
        # Small talk that the model knows and the words do not speak against.
        kind = self._talk.kind_of(said)
        possible = kind and kinds.shares(text).get(kind, 0.0) >= POSSIBLE
        return self._says(kind, is_chinese(text)) if kind and possible else plan.instead

    def _mostly_noted(self, text: str, made: tuple[str, ...]) -> bool:
        """Whether what was noted is what a message is about, not a fact beside a question."""
        asks = text.endswith(("?", "？")) and not self._talk.request(text.rstrip("?？吗 "))
        return not asks and sum(map(len, made)) >= MOSTLY * len(text)

    def _noted(self, prompt: PromptMessage, kind: str, chinese: bool, made: tuple[str, ...] | None) -> Plan:
        """``kind``, unless it is known that nothing was noted."""
        return Plan(None, self._says(NOT_NOTED, chinese)) if made == () else self._only(prompt, kind, chinese)

    def _only(self, prompt: PromptMessage, kind: str, chinese: bool) -> Plan:
        sentence = self._says(kind, chinese)
        return Plan(prompt, sentence, (sentence,))

    def _from_notes(self, text: str, answering: tuple[str, ...], near: tuple[str, ...], chinese: bool) -> Plan:
        shown = SHOWN[chinese].format(notes="\n".join(f"- {note}" for note in answering or near))
        # Two notes that both answer may disagree: the user has to see both.
        if len(answering) != 1 or len(answering[0]) > LONGEST_NOTE:
            return Plan(None, shown)
        prompt = PromptMessage(Role.USER, text, notes=answering)
        return Plan(prompt, shown, (retold(answering[0], chinese=chinese),))

    def _statement(self, text: str) -> bool:
        plain = folded(text)
        if phrases.ASKS.search(plain) or not phrases.STATES.search(plain):
            return False
        reading = self._relations.read(text)
        return bool(reading.who or reading.what or phrases.MINE.search(plain))

    def _says(self, kind: str, chinese: bool) -> str:
        return self._talk.sentence(kind, chinese=chinese)

    @cached_property
    def _talk(self) -> SmallTalk:
        return SmallTalk.open()

    @cached_property
    def _relations(self) -> Relations:
        return Relations.open()


class _Talk:
    """What kind of small talk a message is, by the patterns and by the learned table."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._shares = kinds.shares(text)
        self._best = max(self._shares, key=lambda kind: self._shares[kind])

    @property
    def certain(self) -> str | None:
        """The kind that the table has hardly a doubt about."""
        return self._best if self._best != kinds.OTHER and self._shares[self._best] >= CERTAIN else None

    @cached_property
    def kind(self) -> str | None:
        """The likeliest kind, ``None`` when it is rather no small talk."""
        by_pattern = ways.kind(self._text)
        if by_pattern and (self._shares[by_pattern] >= RULED_OUT or self._shares[self._best] < LIKELY):
            return by_pattern
        small = {kind: share for kind, share in self._shares.items() if kind != kinds.OTHER}
        return max(small, key=lambda kind: small[kind]) if sum(small.values()) >= LIKELY else None


def _is_mark(letter: str) -> bool:
    return unicodedata.category(letter)[0] in "PZ"


def _sum(one: Usage, other: Usage) -> Usage:
    """What two answers cost together; the wait and the speed are those of the first, if there was one."""
    if not one.reply_tokens:
        return other
    return replace(
        one,
        prompt_tokens=one.prompt_tokens + other.prompt_tokens,
        evaluated_tokens=one.evaluated_tokens + other.evaluated_tokens,
        reply_tokens=one.reply_tokens + other.reply_tokens,
    )


def _meant(right: str, said: str) -> bool:
    """Whether ``said`` is ``right`` but for capitals, spaces and a few letters."""
    plain, copy = "".join(right.split()).casefold(), "".join(said.split()).casefold()
    if plain == copy:
        return True
    # Imported here: 8 ms, and only for the rare slip.
    from difflib import SequenceMatcher

    return plain[:3] == copy[:3] and SequenceMatcher(None, plain, copy, autojunk=False).ratio() >= SLIP
