"""The mapped dictionary against stock jieba."""

from __future__ import annotations

import hashlib
import runpy
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from desktop_agent.errors import NotAvailable
from desktop_agent.memory import segment
from desktop_agent.memory.dictionary import PATH, Dictionary


def test_words_tags_and_weights_are_those_of_stock_jieba() -> None:
    # 2,400 texts each, and a quarter of them again after adding, removing and tuning words.
    runs = [
        subprocess.Popen([sys.executable, "-m", "tests.memory.cuts", kind, "1200"], stdout=subprocess.PIPE)
        for kind in ("stock", "mapped")
    ]
    stock, mapped = (run.communicate(timeout=100)[0] for run in runs)
    assert len(mapped) > 1_000_000
    assert stock == mapped


def test_the_dictionary_was_built_from_the_jieba_that_is_installed() -> None:
    script = runpy.run_path(str(Path(__file__).parents[2] / "packaging" / "dictionary.py"))
    installed = {name: hashlib.sha256(path.read_bytes()).hexdigest() for name, path in script["jieba_files"]().items()}
    assert Dictionary().sources == installed


def test_an_endless_word_nobody_knows_takes_no_endless_time() -> None:
    began = time.process_time()
    words = segment.cut("龘" * 100_000)
    assert "".join(words) == "龘" * 100_000
    assert time.process_time() - began < 10  # stock jieba: an hour


def test_several_threads_may_ask_at_once() -> None:
    found: list[list[str]] = []
    threads = [threading.Thread(target=lambda: found.append(segment.cut("我来到北京清华大学"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join(30)
    assert found == [["我", "来到", "北京", "清华大学"]] * 8


@pytest.mark.parametrize("damage", ["missing", "empty", "other", "short"])
def test_a_dictionary_that_is_missing_or_damaged_is_named(tmp_path: Path, damage: str) -> None:
    path = tmp_path / "words.dat"
    if damage == "empty":
        path.touch()
    elif damage == "other":
        path.write_bytes(b"something else" * 1000)
    elif damage == "short":
        path.write_bytes(PATH.read_bytes()[:1_000_000])
    with pytest.raises(NotAvailable, match=r"words\.dat"):
        Dictionary(path)
