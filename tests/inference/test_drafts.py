"""Guessing what an answer repeats: it saves steps and never changes the answer."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from desktop_agent.data_files import resources
from desktop_agent.inference.drafts import FIRST_PAUSE, LONGEST, MATCH, Drafts
from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.llama import LlamaModel
from desktop_agent.inference.loading import StopFlag, Stopped, ThreadCounts
from desktop_agent.messages import Ending

TEXT = list(range(100, 120))


def test_after_a_long_stretch_that_stood_there_before_its_next_tokens_are_guessed() -> None:
    tokens = [*TEXT, *TEXT[: MATCH - 1]]
    drafts = Drafts(tokens, on=True)
    assert drafts.guess(9) == []
    tokens.append(TEXT[MATCH - 1])
    assert drafts.guess(9) == TEXT[MATCH : MATCH + LONGEST]
    assert drafts.place == 0 and drafts.wrong
    assert [drafts.takes(token) for token in TEXT[MATCH : MATCH + LONGEST]] == [True] * LONGEST
    assert drafts.place == LONGEST and not drafts.wrong
    assert not drafts.takes(TEXT[MATCH + LONGEST])


def test_no_more_is_guessed_than_there_is_room_for_or_was_said() -> None:
    assert Drafts([*TEXT, *TEXT[:MATCH]], on=True).guess(2) == TEXT[MATCH : MATCH + 2]
    assert Drafts([*TEXT, *TEXT[:MATCH]], on=True).guess(0) == []
    assert Drafts([*TEXT, *TEXT[:MATCH]], on=False).guess(9) == []
    assert Drafts(TEXT[:MATCH], on=True).guess(9) == []
    # The stretch ends where it is looked for: nothing follows it.
    assert Drafts(TEXT, on=True).guess(9) == []


def test_the_latest_of_several_places_is_followed() -> None:
    tokens = [*TEXT, *TEXT[:MATCH], 7, 8, 9, 10, *TEXT[:MATCH]]
    assert Drafts(tokens, on=True).guess(9) == [7, 8, 9, 10]


def test_after_wrong_guesses_the_pauses_grow_until_one_is_right() -> None:
    tokens = [1] * 20
    drafts = Drafts(tokens, on=True)

    def until_a_guess() -> int:
        waited = 0
        while not drafts.guess(9):
            tokens.append(1)
            waited += 1
        return waited

    assert until_a_guess() == 0
    assert [until_a_guess(), until_a_guess()] == [FIRST_PAUSE, 2 * FIRST_PAUSE]
    assert drafts.takes(1)
    assert until_a_guess() == 0
    assert until_a_guess() == FIRST_PAUSE


@pytest.fixture(scope="module")
def guide() -> Iterator[LlamaModel]:
    """The built-in model: it was trained to repeat what stands in its prompt."""
    path, flag = resources() / "models" / "guide.gguf", StopFlag()
    model = LlamaModel.load(path, context_tokens=1024, threads=ThreadCounts(1, 1), stop=flag)
    yield model
    model.close()


PASSAGE = (
    "Press Ctrl+N for a new chat. Chats are kept in the list on the left. To find one again, press Ctrl+K and write "
    "some of its words. A chat that you delete goes to the trash, where it stays for thirty days."
)
PROMPT = f"<|im_start|>user\n{PASSAGE} {PASSAGE} Press Ctrl+N for a new chat. Chats are kept"


class Counting:
    """Counts the steps of the computation while an answer is written."""

    def __init__(self, model: LlamaModel, monkeypatch: pytest.MonkeyPatch) -> None:
        self.steps = 0
        compute = model._llama.llama_decode

        def counted(context: int, batch: object) -> int:
            self.steps += 1
            return int(compute(context, batch))

        monkeypatch.setattr(model._llama, "llama_decode", counted)


def written(model: LlamaModel, sampling: Sampling, *, lookup: bool, text: str = PROMPT) -> tuple[str, int]:
    pieces: list[str] = []
    model.read(model.prompt(text))
    return_value = model.write(sampling, pieces.append, lookup=lookup)
    return "".join(pieces), return_value.tokens


@pytest.mark.parametrize(
    "sampling",
    [
        Sampling(temperature=0, repeat_penalty=1.0, reply_tokens=120),
        Sampling(temperature=0, repeat_penalty=1.1, reply_tokens=120),
        Sampling(temperature=0.8, seed=3, reply_tokens=120),
        Sampling(temperature=0, repeat_penalty=1.0, reply_tokens=120, stop=("the left",)),
        Sampling(temperature=0, repeat_penalty=1.0, reply_tokens=7),
    ],
    ids=["likeliest", "against repetition", "by chance", "until a word", "short"],
)
def test_the_answer_is_the_same_with_and_without(guide: LlamaModel, sampling: Sampling) -> None:
    plain = written(guide, sampling, lookup=False)
    assert written(guide, sampling, lookup=True) == plain
    # And what is held stands for what was said: the next answer goes on from it.
    onwards = f"{PROMPT}{plain[0]} and so on"
    after = written(guide, sampling, lookup=False, text=onwards)
    written(guide, sampling, lookup=True)
    assert guide.read(guide.prompt(onwards)) <= len(guide.words.tokens(b" and so on")) + 2
    assert written(guide, sampling, lookup=False, text=onwards) == after


def test_an_answer_that_repeats_takes_fewer_steps(guide: LlamaModel, monkeypatch: pytest.MonkeyPatch) -> None:
    sampling = Sampling(temperature=0, repeat_penalty=1.0, reply_tokens=120)
    counting = Counting(guide, monkeypatch)
    guide.read(guide.prompt(PROMPT))
    before = counting.steps
    tokens = guide.write(sampling, lambda _text: None, lookup=True).tokens
    assert counting.steps - before < 0.6 * tokens


def test_an_answer_that_is_stopped_while_it_repeats_can_be_gone_on_with(tiny_model: Path) -> None:
    flag = StopFlag()
    model = LlamaModel.load(tiny_model, context_tokens=512, threads=ThreadCounts(1, 1), stop=flag)
    try:
        sampling = Sampling(temperature=0, repeat_penalty=1.0, reply_tokens=200)
        whole = written(model, sampling, lookup=True, text="hello")[0]
        pieces: list[str] = []

        def say(text: str) -> None:
            pieces.append(text)
            if len(pieces) == 40:
                flag.set()

        model.read(model.prompt("hello"))
        assert model.write(sampling, say, lookup=True).ending is Ending.STOPPED
        with pytest.raises(Stopped):
            model.read(model.prompt("something else"))
        flag.clear()
        assert whole.startswith("".join(pieces))
        assert written(model, sampling, lookup=True, text="hello")[0] == whole
    finally:
        model.close()


def test_the_context_can_be_filled_to_its_end(tiny_model: Path) -> None:
    model = LlamaModel.load(tiny_model, context_tokens=64, threads=ThreadCounts(1, 1), stop=StopFlag())
    try:
        sampling = Sampling(temperature=0, repeat_penalty=1.0, reply_tokens=500)
        plain = written(model, sampling, lookup=False, text="hello")
        assert written(model, sampling, lookup=True, text="hello") == plain
        assert len(model._held.tokens) == 64
    finally:
        model.close()
