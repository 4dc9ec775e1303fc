"""One model in llama.cpp, used as the worker uses it."""

from __future__ import annotations

import subprocess
import sys
import textwrap
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_agent.errors import ModelUnusable
from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.llama import LlamaModel
from desktop_agent.inference.loading import StopFlag, Stopped, ThreadCounts
from desktop_agent.messages import Ending
from tests.tiny_model import write_tiny_model

ONE = ThreadCounts(reading=1, answering=1)
GREEDY = Sampling(temperature=0, repeat_penalty=1.0, reply_tokens=20)


@pytest.fixture
def flag() -> StopFlag:
    return StopFlag()


@pytest.fixture
def model(tiny_model: Path, flag: StopFlag) -> Iterator[LlamaModel]:
    model = LlamaModel.load(tiny_model, context_tokens=512, threads=ONE, stop=flag)
    yield model
    model.close()


def said(model: LlamaModel, text: str, sampling: Sampling = GREEDY) -> str:
    pieces: list[str] = []
    model.read(model.prompt(text))
    model.write(sampling, pieces.append)
    return "".join(pieces)


def test_the_same_seed_gives_the_same_answer(model: LlamaModel) -> None:
    def answer(seed: int) -> str:
        return said(model, "hello", Sampling(temperature=1.0, seed=seed, reply_tokens=30))

    assert answer(1) == answer(1) != answer(2)


def test_an_answer_does_not_depend_on_what_was_held(model: LlamaModel) -> None:
    fresh = said(model, "who are you")
    said(model, "something else")
    assert said(model, "who are you") == fresh
    assert said(model, "who are you") == fresh


def test_only_what_is_new_is_read(model: LlamaModel) -> None:
    assert model.read(model.prompt("the name of the file")) == len(model.prompt("the name of the file").tokens)
    assert model.read(model.prompt("the name of the file")) == 1


def test_an_answer_made_of_unusual_tokens_is_not_read_again(model: LlamaModel) -> None:
    # Random tokens are hardly ever those that the tokenizer would make of the same text.
    start = "<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\n"
    model.read(model.prompt(start))
    pieces: list[str] = []
    model.write(Sampling(temperature=2.0, top_k=0, top_p=1.0, min_p=0, seed=5, reply_tokens=100), pieces.append)
    answer = "".join(pieces)
    assert len(model.words.tokens(answer.encode())) != 100
    assert "\ufffd" in answer
    rest = "<|im_end|>\n<|im_start|>user\nand you<|im_end|>\n<|im_start|>assistant\n"
    # Where an answer is cut, its last token was shown but never computed.
    assert model.read(model.prompt(start + answer + rest)) <= len(model.words.tokens(rest.encode())) + 1


def test_an_answer_that_was_cut_short_costs_only_what_is_left_of_it(model: LlamaModel) -> None:
    start = "<|im_start|>user\nhello<|im_end|>\n<|im_start|>assistant\n"
    answer = said(model, start, Sampling(temperature=1.5, seed=2, reply_tokens=60))
    rest = "<|im_end|>\n<|im_start|>user\nand you"
    kept = model.prompt(start + answer[:20] + rest)
    assert kept.held.computed > 20


def test_a_changed_beginning_is_read_anew(model: LlamaModel) -> None:
    said(model, "<|im_start|>user\none<|im_end|>\n<|im_start|>assistant\n")
    changed = "<|im_start|>user\ntwo<|im_end|>\n<|im_start|>assistant\n"
    prompt = model.prompt(changed)
    assert prompt.tokens == model.words.tokens(changed.encode())
    assert model.read(prompt) > 5


def test_stopping_while_reading_leaves_the_model_usable(model: LlamaModel, flag: StopFlag) -> None:
    fresh = said(model, "who are you")
    long = model.prompt("what is the name " * 60)
    with pytest.raises(Stopped):
        model.read(long, lambda done, _total: flag.set() if done else None)
    flag.clear()
    assert said(model, "who are you") == fresh


def test_stopping_while_answering_leaves_the_model_usable(model: LlamaModel, flag: StopFlag) -> None:
    fresh = said(model, "who are you")
    model.read(model.prompt("who are you"))
    pieces: list[str] = []

    def say(text: str) -> None:
        pieces.append(text)
        if len(pieces) == 5:
            flag.set()

    written = model.write(GREEDY, say)
    assert (written.ending, len(pieces)) == (Ending.STOPPED, 5)
    flag.clear()
    assert said(model, "who are you") == fresh


def test_an_answer_ends_when_the_context_is_full(model: LlamaModel) -> None:
    model.read(model.prompt("what " * 200))
    written = model.write(Sampling(temperature=0, reply_tokens=5000), lambda _: None)
    assert written.ending is Ending.LENGTH
    assert written.tokens == 512 - len(model.prompt("what " * 200).tokens)


def test_a_prompt_of_any_bytes_comes_back_as_it_was(model: LlamaModel) -> None:
    text = "你好\U0001f600 \t\n\x00 café <|im_end|> é"
    tokens = model.words.tokens(text.encode())
    assert b"".join(model.words.piece(token, special=True) for token in tokens) == text.encode()


def test_the_context_is_no_larger_than_the_model_was_trained_for(tiny_model: Path, flag: StopFlag) -> None:
    model = LlamaModel.load(tiny_model, context_tokens=2_000_000_000, threads=ONE, stop=flag)
    assert model.context_tokens == 512
    model.close()


def test_a_second_thread_is_refused_instead_of_crashing(model: LlamaModel) -> None:
    model.read(model.prompt("hello"))
    refused: list[BaseException] = []

    def intrude() -> None:
        try:
            model.read(model.prompt("hello"))
        except RuntimeError as error:
            refused.append(error)

    def say(_: str) -> None:
        if not refused:
            thread = threading.Thread(target=intrude)
            thread.start()
            thread.join()

    model.write(GREEDY, say)
    assert refused


def test_a_closed_model_is_refused_instead_of_crashing(tiny_model: Path, flag: StopFlag) -> None:
    model = LlamaModel.load(tiny_model, context_tokens=512, threads=ONE, stop=flag)
    prompt = model.prompt("hello")
    model.close()
    model.close()
    with pytest.raises(RuntimeError):
        model.read(prompt)


def test_loading_can_be_stopped(tiny_model: Path, flag: StopFlag) -> None:
    with pytest.raises(Stopped):
        LlamaModel.load(tiny_model, context_tokens=512, threads=ONE, stop=flag, progress=lambda _: flag.set())


def test_an_unknown_architecture_is_a_sentence(tmp_path: Path, flag: StopFlag) -> None:
    path = write_tiny_model(tmp_path / "新 model.gguf", architecture="frobnicator")
    with pytest.raises(ModelUnusable, match=r"新 model.gguf has the architecture frobnicator"):
        LlamaModel.load(path, context_tokens=512, threads=ONE, stop=flag)


def test_the_program_may_end_while_a_model_answers(tiny_model: Path) -> None:
    code = textwrap.dedent(f"""
        import threading
        from pathlib import Path
        from desktop_agent.inference.engine import Sampling
        from desktop_agent.inference.llama import LlamaModel
        from desktop_agent.inference.loading import StopFlag, ThreadCounts
        path, one = Path({str(tiny_model)!r}), ThreadCounts(1, 1)
        model = LlamaModel.load(path, context_tokens=512, threads=one, stop=StopFlag())
        speaking = threading.Event()
        def work():
            while True:
                model.read(model.prompt("hello"))
                model.write(Sampling(reply_tokens=400), lambda _: speaking.set())
        threading.Thread(target=work, daemon=True).start()
        assert speaking.wait(30)
    """)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=False)
    assert ended.returncode == 0, ended.stderr


def test_only_the_bindings_of_the_library_are_loaded(tiny_model: Path) -> None:
    code = textwrap.dedent(f"""
        import sys
        from pathlib import Path
        from desktop_agent.inference.llama import LlamaModel
        from desktop_agent.inference.loading import StopFlag, ThreadCounts
        path, one = Path({str(tiny_model)!r}), ThreadCounts(1, 1)
        LlamaModel.load(path, context_tokens=512, threads=one, stop=StopFlag()).close()
        print(*sorted({{"numpy", "jinja2", "diskcache", "llama_cpp.llama"}} & set(sys.modules)))
    """)
    ended = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout.strip() == ""


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="other systems take freed memory back by themselves")
def test_loading_again_and_again_does_not_grow(slow_model: Path, flag: StopFlag) -> None:
    def resident_mb() -> float:
        return int(Path("/proc/self/statm").read_text().split()[1]) * 4096 / (1 << 20)

    def reload() -> None:
        model = LlamaModel.load(slow_model, context_tokens=1024, threads=ONE, stop=flag)
        model.read(model.prompt("hello"))
        model.close()

    sizes: list[float] = []
    for _ in range(8):
        # Each time another thread, as in the program.
        worker = threading.Thread(target=reload)
        worker.start()
        worker.join()
        sizes.append(resident_mb())
    # One copy of the model alone is 30 MB.
    assert sizes[-1] - sizes[1] < 10, sizes
