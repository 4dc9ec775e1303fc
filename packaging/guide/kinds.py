"""Learn the tables that tell kinds of small talk and topics of the help apart: ``python packaging/guide/kinds.py``.

Writes ``resources/guide/kinds_*.bin`` and ``resources/help/topics_*.bin``, which ``desktop_agent/inference/kinds.py``
reads; its ``parts`` are what is weighed here. Needs the "train" packages, takes half a minute of one core, and gives
the same files for the same torch and processor. Of ``development.toml`` only the seen half is learned from.
"""

from __future__ import annotations

import argparse
import random
import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import development
import facts
import numpy as np
import talk
import torch
import torch.nn.functional as functional
from expand import Expander
from repository import ROOT

from desktop_agent.inference.kinds import OTHER, checksums, written

SEED = 5
HELP = ROOT / "resources/help"
LEADS = {
    "en": ("hello, ", "hi ", "ok, ", "so ", "well, ", "hey ", "please ", "oh ", "hmm ", "good morning, ", "sorry but "),
    "zh": ("你好，", "嗨，", "好的，", "嗯，", "那", "哦，", "请问", "早上好，", "哎", "喂，"),
}
TRAILS = {
    "en": (" please", " guide", " my friend", " now", " then", " today", " mate", " sir", "!", "?", "..."),
    "zh": ("啊", "呀", "呢", "吧", "哦", "啦", "！", "？", "。", "亲"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence, what it is, and how much it counts."""

    text: str
    name: str
    weight: float


@dataclass(frozen=True, slots=True)
class Plan:
    """How a table is learned: at most ``known`` parts with vectors of ``width`` numbers."""

    known: int
    width: int
    epochs: int
    dropped: float
    batch: int = 512
    rate: float = 0.02


SMALL_TALK = Plan(known=16_384, width=12, epochs=5, dropped=0.25)
TOPICS = Plan(known=8_192, width=24, epochs=60, dropped=0.5, batch=256)


class Sentences:
    """What there is to learn from in one language."""

    def __init__(self, language: str) -> None:
        self.language, self.chinese = language, language == "zh"
        self.chance = random.Random(SEED)
        phrases = _table(Path(__file__).with_name("phrases.toml"))
        table = talk.talk_table()
        seen = [row for row in development.sentences() if row.seen and row.chinese == self.chinese]
        self.said = {
            kind: [*row.said[language], *phrases[kind][language], *(each.text for each in seen if each.kind == kind)]
            for kind, row in table.items()
            if row.said["en"]
        }
        self.program = [each.text for each in seen if each.kind == "help"]
        others = (each.text for each in seen if not each.small and each.kind != "help")
        self.others = [*phrases[OTHER][language], *others]
        self.topics = {name: row for name, row in _table(HELP / "topics.toml").items() if name != "other_talk"}
        letters = (text.lower() if not self.chinese else " ".join(text) for row in self.said.values() for text in row)
        self._ways = Expander(language, self.chance, [word for text in letters for word in text.split()])

    def small_talk(self) -> list[Row]:
        """Every kind with its phrases, what its patterns cover, slips of the keyboard, and words around it."""
        chance, rows = self.chance, []
        for kind, said in self.said.items():
            rows += [Row(text, kind, 2000 / len(said)) for text in said]
            rows += [Row(self._ways.some(kind), kind, 0.5) for _ in range(1200)]
            rows += [Row(_mistyped(chance, chance.choice(said)), kind, 0.4) for _ in range(300)]
            for _ in range(400):
                text = chance.choice(said) if chance.random() < 0.6 else self._ways.some(kind)
                rows.append(Row(self._between(text), kind, 0.5))
        return rows + self._no_talk()

    def _no_talk(self) -> list[Row]:
        """Questions about the world, the program and the notes, and what is told or to be noted."""
        chance, chinese = self.chance, self.chinese
        asked = [text for row in self.topics.values() for text in row[f"ask_{self.language}"]]
        world = [talk.refused(chance, chinese) for _ in range(7000)]
        rows = [Row(text, OTHER, 3.0) for text in asked] + [Row(text, OTHER, 1.0) for text in world]
        rows += [Row(facts.some_fact(chance, chinese).question, OTHER, 1.0) for _ in range(1500)]
        rows += [Row(facts.some_fact(chance, chinese).note, OTHER, 1.0) for _ in range(800)]
        rows += [Row(talk.request(chance, chinese), OTHER, 1.0) for _ in range(500)]
        rows += [Row(text, OTHER, 12.0) for text in self.others + self.program]
        pool = asked + world + 6 * self.others
        return rows + [Row(self._between(chance.choice(pool)), OTHER, 1.0) for _ in range(2500)]

    def about_help(self) -> list[Row]:
        """Every topic with its questions and its text, against everything else."""
        rows = []
        for name, row in self.topics.items():
            there = self.language in row
            texts = [*row[f"ask_{self.language}"], *([row[self.language]] if there else [])]
            rows += [Row(text, name if there else OTHER, 1.0 if there else 0.5) for text in texts]
        talks = [text for said in self.said.values() for text in said[:150]]
        return rows + [Row(text, OTHER, 0.3) for text in [*self.others, *talks]]

    def _between(self, text: str) -> str:
        roll = self.chance.random()
        lead = self.chance.choice(LEADS[self.language]) if roll < 0.5 else ""
        return lead + text + (self.chance.choice(TRAILS[self.language]) if roll > 0.4 else "")


def learned(rows: list[Row], plan: Plan, *, balanced: bool) -> bytes:
    """The table for ``rows``; ``balanced`` gives every kind the same weight, and ``OTHER`` that of all of them."""
    names = [*sorted({row.name for row in rows} - {OTHER}), OTHER]
    sums = [checksums(row.text) for row in rows]
    known = _most_telling(sums, rows, plan.known)
    place = {checksum: number for number, checksum in enumerate(known)}
    found = [np.array([place[each] for each in sorted(one) if each in place] or [0]) for one in sums]
    sizes = np.array([len(one) for one in sums], np.float32)
    right = np.array([names.index(row.name) for row in rows])
    weights = np.array([row.weight for row in rows], np.float32)
    if balanced:
        for number, name in enumerate(names):
            of_it = right == number
            weights[of_it] *= (len(names) if name == OTHER else 1) / weights[of_it].sum()
    weights /= weights.mean()

    torch.manual_seed(SEED)
    chance = np.random.default_rng(SEED)
    vectors = torch.nn.EmbeddingBag(len(known), plan.width, mode="sum")
    torch.nn.init.normal_(vectors.weight, 0, 0.05)
    last = torch.nn.Linear(plan.width, len(names))
    optimizer = torch.optim.Adam([*vectors.parameters(), *last.parameters()], lr=plan.rate)
    steps, step = plan.epochs * -(-len(rows) // plan.batch), 0
    for _epoch in range(plan.epochs):
        order = chance.permutation(len(rows))
        for begin in range(0, len(rows), plan.batch):
            batch = order[begin : begin + plan.batch]
            # Some parts are left out each time: a sentence must be known by what is left of it.
            kept = [found[number][chance.random(len(found[number])) > plan.dropped] for number in batch]
            starts = np.concatenate([[0], np.cumsum([len(one) for one in kept])[:-1]])
            lengths = torch.from_numpy(np.maximum(sizes[batch] * (1 - plan.dropped), 1)).sqrt()
            states = vectors(torch.from_numpy(np.concatenate(kept)), torch.from_numpy(starts)) / lengths[:, None]
            wanted = torch.from_numpy(right[batch])
            losses = functional.cross_entropy(
                last(torch.tanh(states)), wanted, reduction="none", label_smoothing=0.02 if balanced else 0.05
            )
            loss = (losses * torch.from_numpy(weights[batch])).mean() + 1e-6 * (vectors.weight**2).sum()
            for group in optimizer.param_groups:
                group["lr"] = plan.rate * (1 - step / steps) + 1e-4
            step += 1
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
    return _packed(names, known, vectors.weight.detach().numpy(), last)


def _most_telling(sums: list[set[int]], rows: list[Row], most: int) -> list[int]:
    """The parts that weigh most over all rows, in ascending order: the others are never looked at."""
    weight: Counter[int] = Counter()
    times: Counter[int] = Counter()
    for one, row in zip(sums, rows, strict=True):
        for checksum in one:
            weight[checksum] += row.weight
            times[checksum] += 1
    enough = [checksum for checksum in weight if times[checksum] > 1]
    return sorted(sorted(enough, key=lambda checksum: (-weight[checksum], checksum))[:most])


def _packed(names: list[str], known: list[int], vectors: np.ndarray, last: torch.nn.Linear) -> bytes:
    scale = float(np.quantile(np.abs(vectors), 0.9999)) / 127
    small = np.clip(np.round(vectors / scale), -127, 127).astype(np.int8)
    ends = np.concatenate([last.weight.detach().numpy(), last.bias.detach().numpy()[:, None]], axis=1)
    return written(names, known, small.ravel().tolist(), scale, ends.ravel().tolist())


def _mistyped(chance: random.Random, text: str) -> str:
    """``text`` with one letter left out or two neighbours swapped."""
    if len(text) < 5:
        return text
    place = chance.randrange(1, len(text) - 1)
    if chance.random() < 0.5:
        return text[:place] + text[place + 1 :]
    return text[:place] + text[place + 1] + text[place] + text[place + 2 :]


def _table(path: Path) -> dict[str, dict[str, Any]]:
    return tomllib.loads(path.read_text("utf-8"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--output", type=Path, default=ROOT / "resources")
    wanted = parser.parse_args()
    torch.set_num_threads(1)
    torch.use_deterministic_algorithms(True)
    for language in ("en", "zh"):
        sentences = Sentences(language)
        tables = {
            wanted.output / f"guide/kinds_{language}.bin": learned(sentences.small_talk(), SMALL_TALK, balanced=True),
            wanted.output / f"help/topics_{language}.bin": learned(sentences.about_help(), TOPICS, balanced=False),
        }
        for path, data in tables.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
            print(f"{path} {len(data):,} bytes", flush=True)


if __name__ == "__main__":
    main()
