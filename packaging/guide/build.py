"""Make resources/models/guide.gguf from this repository: ``python packaging/guide/build.py WORKDIR``.

About 36 minutes of one core; more threads gain nothing. ``--quick`` trains for a few minutes only, to see that
everything runs.
"""

from __future__ import annotations

import argparse
import json
import random
import time
from dataclasses import astuple
from pathlib import Path

import data
import export
import tokenizer
import torch
import train
from repository import ROOT

SEED = 20261
VOCABULARY = 2560
COPYING = train.Stage("copying", 32_000, 1_000, 2_048, 2e-3, curve=1_000)
# The long stage ends while the rate is still high; a short one that cools to nothing takes out what is left, in less
# time than walking the long curve to its end.
MIXTURE = train.Stage("mixture", 190_000, 2_500, 3_072, 2e-3, curve=5_400)
COOLING = train.Stage("cooling", 50_000, 1_300, 3_072, 1.1e-3, curve=1_300)

FINISH = train.Stage("finish", 22_000, 450, 3_072, 6e-4, curve=450)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workdir", type=Path)
    parser.add_argument("--quick", type=float, default=1.0, metavar="SHARE", help="this share of the steps, e.g. 0.1")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--output", type=Path, default=ROOT / "resources/models/guide.gguf")
    wanted = parser.parse_args()
    work: Path = wanted.workdir
    work.mkdir(parents=True, exist_ok=True)
    torch.set_num_threads(wanted.threads)
    torch.use_deterministic_algorithms(True)

    began = time.monotonic()
    maker = data.Maker(random.Random(SEED))
    sample = [part for _ in range(15_000) for part in astuple(maker.mixed())]
    tokens, merges = tokenizer.learn(sample, VOCABULARY)
    (work / "vocabulary.json").write_text(json.dumps([tokens, merges], ensure_ascii=False), "utf-8")
    splitter = tokenizer.Splitter(work / "vocabulary.gguf", tokens, merges)
    print(f"vocabulary of {len(tokens)} in {time.monotonic() - began:.0f} s", flush=True)

    network = train.new_network(len(tokens), SEED)
    print(f"{sum(weights.numel() for weights in network.parameters()):,} weights", flush=True)
    makers = {COPYING: maker.copied, MIXTURE: maker.mixed, COOLING: maker.mixed, FINISH: maker.mixed}
    for number, (stage, make) in enumerate(makers.items()):
        stage = stage.shortened(wanted.quick)
        text = train.corpus(splitter, make, stage.examples)
        print(f"{stage.name}: {len(text.starts) - 1} examples, {len(text.tokens)} tokens", flush=True)
        train.train(network, stage, text, SEED + number, work / f"{stage.name}.pt")
    torch.save(network.state_dict(), work / "guide.pt")
    wanted.output.parent.mkdir(parents=True, exist_ok=True)
    export.write(network, tokens, merges, wanted.output)
    print(f"{wanted.output} {wanted.output.stat().st_size:,} bytes in {time.monotonic() - began:.0f} s", flush=True)


if __name__ == "__main__":
    main()
