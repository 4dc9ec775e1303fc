"""How well small talk is told from everything else: ``python packaging/guide/development.py [--show]``.

Asks the sentences of ``development.toml``. A checksum of the text tells their halves apart: one may be looked at and is
learned from, of the other only percentages are ever shown.
"""

from __future__ import annotations

import argparse
import asyncio
import tomllib
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from repository import ROOT

from desktop_agent.assistant.help import HelpIndex
from desktop_agent.events import Chunk
from desktop_agent.inference.guide import GuideEngine, exact_sampling
from desktop_agent.inference.local import LocalEngine
from desktop_agent.inference.smalltalk import REFUSAL, SmallTalk
from desktop_agent.messages import PromptMessage, Role
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import resources

HERE = Path(__file__).parent
SMALL = "small talk"


@dataclass(frozen=True, slots=True)
class Sentence:
    """``kind`` is a kind of small talk, or for what is none: refusal, help, notes, noted or told."""

    text: str
    kind: str
    chinese: bool
    small: bool
    seen: bool


def sentences(path: Path = HERE / "development.toml") -> Iterator[Sentence]:
    """All of the file, in its order."""
    table = tomllib.loads(path.read_text("utf-8"))
    for part, rows in table.items():
        for kind, row in rows.items():
            for language in ("en", "zh"):
                for text in row[language]:
                    seen = zlib.crc32(text.encode("utf-8")) % 2 == 0
                    yield Sentence(text, kind, language == "zh", part == "talk", seen)


async def examine(model: Path, *, show: bool) -> None:
    """Print the percentages, and with ``show`` the mistakes in the seen half."""
    threads = Threads()
    engine = LocalEngine(model, threads, context_tokens=1024, n_threads=1)
    guide, index, talk = GuideEngine(engine), HelpIndex.open(resources() / "help"), SmallTalk.open()
    right: dict[tuple[str, bool, bool], list[bool]] = {}
    try:
        for sentence in sentences():
            question = PromptMessage(Role.USER, sentence.text, (), index.answer(sentence.text))
            async with guide.stream([question], exact_sampling()) as events:
                said = "".join([event.text async for event in events if isinstance(event, Chunk)])
            got = talk.kind_of(said) or "help"
            exact = sentence.small or sentence.kind == REFUSAL
            good = got == sentence.kind if exact else not talk.small(got)
            for name in (sentence.kind, SMALL if sentence.small else "anything else"):
                right.setdefault((name, sentence.chinese, sentence.seen), []).append(good)
            if show and sentence.seen and not good:
                print(f"{sentence.kind:<12} {got:<12} {sentence.text}")
    finally:
        await engine.close()
        await threads.close()
    print("| right, % | English, seen | unseen | Chinese, seen | unseen |\n|---|---|---|---|---|")
    for name in dict.fromkeys(name for name, _chinese, _seen in right):
        cells = (right[name, chinese, seen] for chinese in (False, True) for seen in (True, False))
        print(f"| {name} |", " | ".join(f"{100 * sum(cell) / len(cell):.1f} ({len(cell)})" for cell in cells), "|")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=ROOT / "resources/models/guide.gguf")
    parser.add_argument("--show", action="store_true", help="the mistakes in the seen half")
    wanted = parser.parse_args()
    asyncio.run(examine(wanted.model, show=wanted.show))


if __name__ == "__main__":
    main()
