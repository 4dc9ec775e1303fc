"""What was read is found again: after another conversation, in a later program, and never from a broken file."""

from __future__ import annotations

import asyncio
import os
import random
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop_agent.inference import states as module
from desktop_agent.inference.engine import Sampling
from desktop_agent.inference.held import Held
from desktop_agent.inference.local import LocalEngine
from desktop_agent.inference.states import Owner, State, States, state_key
from desktop_agent.messages import PromptMessage
from desktop_agent.runtime.threads import Threads
from tests.inference.conftest import assistant, system, user, works
from tests.tiny_model import write_tiny_model

GREEDY = Sampling(temperature=0, reply_tokens=12)
KEY = state_key("a model", 2048)
TALK = (system("Be brief."), user("what is the name of the new file " * 8))
OTHER = (system("Be brief."), user("who are you and what is my question " * 8))


@pytest.fixture
def states(tmp_path: Path) -> States:
    folder = tmp_path / "状态 states"
    folder.mkdir()
    return States(folder, 1 << 20)


@pytest.fixture
async def engine(tiny_model: Path, threads: Threads, states: States) -> AsyncIterator[LocalEngine]:
    engine = LocalEngine(tiny_model, threads, n_threads=1, states=states)
    yield engine
    await engine.close()


def state(size: int = 1000) -> State:
    data = bytearray(random.Random(size).randbytes(size))
    return State(Held([3, 1, 2], [2, 5, 9], "some 文字".encode(), 2), memoryview(data))


async def answered(engine: LocalEngine, messages: tuple[PromptMessage, ...], conversation: int) -> tuple[str, int]:
    """The answer, and how many tokens had to be read for it."""
    text = ""
    async with engine.stream(messages, GREEDY, conversation) as events:
        async for event in events:
            text += getattr(event, "text", "")
    return text, event.usage.evaluated_tokens  # type: ignore[union-attr]


def follow_up(answer: str) -> tuple[PromptMessage, ...]:
    return (*TALK, assistant(answer), user("and you?"))


def test_what_was_kept_comes_back_as_it_was(states: States) -> None:
    assert states.load(Owner(7), KEY) is None
    assert states.save(Owner(7), KEY, state())
    found = states.load(Owner(7), KEY)
    assert found is not None
    assert found.held == state().held
    assert found.data == state().data
    assert [path.name for path in states.folder.iterdir()] == ["7.state"]


@pytest.mark.parametrize("place", [0, 8, 12, 16, 24, 56, 64, 80, 100, 500, -1])
def test_a_damaged_file_is_ignored_and_removed(states: States, place: int) -> None:
    states.save(Owner(1), KEY, state())
    path = states.folder / "1.state"
    content = bytearray(path.read_bytes())
    content[place] ^= 0x40
    path.write_bytes(content)
    assert states.load(Owner(1), KEY) is None
    assert not path.exists()


@pytest.mark.parametrize("left", [0, 1, 23, 24, 60, 100, -1])
def test_a_cut_file_is_ignored_and_removed(states: States, left: int) -> None:
    states.save(Owner(1), KEY, state())
    path = states.folder / "1.state"
    path.write_bytes(path.read_bytes()[:left])
    assert states.load(Owner(1), KEY) is None
    assert not path.exists()


def test_a_file_for_another_model_is_ignored_and_removed(states: States) -> None:
    states.save(Owner(1), KEY, state())
    assert states.load(Owner(1), state_key("a model", 4096)) is None
    assert states.load(Owner(1), KEY) is None


def test_together_they_stay_below_the_bound_and_the_least_recently_used_go_first(states: States) -> None:
    states.most_bytes = 10_000
    for number in range(1, 9):
        assert states.save(Owner(number), KEY, state(3000))
        os.utime(states.folder / f"{number}.state", (number, number))
        assert states.size <= 10_000
    assert states.load(Owner(6), KEY)  # used now
    states.save(Owner(9), KEY, state(3000))
    assert sorted(path.name for path in states.folder.iterdir()) == ["6.state", "8.state", "9.state"]
    assert not states.save(Owner(10), KEY, state(20_000))
    states.most_bytes = 0
    states.shrink()
    assert states.size == 0
    assert not states.save(Owner(1), KEY, state())


def test_nothing_is_written_when_the_disk_is_nearly_full(states: States, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "DISK_RESERVE", 1 << 60)
    assert not states.save(Owner(1), KEY, state())
    assert list(states.folder.iterdir()) == []


def test_a_folder_that_is_gone_is_as_an_empty_one(tmp_path: Path) -> None:
    states = States(tmp_path / "none")
    assert not states.save(Owner(1), KEY, state())
    assert states.load(Owner(1), KEY) is None
    states.shrink()
    states.keep_only(())
    assert states.size == 0


def test_writing_that_is_stopped_leaves_what_was_there(states: States) -> None:
    states.save(Owner(1), KEY, state())
    assert not states.save(Owner(1), KEY, state(2000), stopped=lambda: True)
    found = states.load(Owner(1), KEY)
    assert found is not None and found.data == state().data
    assert len(list(states.folder.iterdir())) == 1


def test_a_deleted_conversation_leaves_nothing_and_a_new_one_of_its_number_begins_anew(states: States) -> None:
    old = states.owner(4)
    states.save(old, KEY, state())
    states.forget(4)
    assert not states.save(old, KEY, state())
    assert list(states.folder.iterdir()) == []
    new = states.owner(4)
    assert new != old
    assert states.save(new, KEY, state())


def test_states_of_conversations_that_are_gone_are_removed(states: States) -> None:
    for number in (1, 2, 3):
        states.save(Owner(number), KEY, state())
    states.keep_only({2})
    assert [path.name for path in states.folder.iterdir()] == ["2.state"]


async def test_a_later_program_reads_only_what_is_new(
    engine: LocalEngine, tiny_model: Path, threads: Threads, states: States
) -> None:
    answer, evaluated = await answered(engine, TALK, 1)
    assert evaluated > 60
    fresh, cost = await answered(engine, follow_up(answer), 1)
    await engine.close()
    later = LocalEngine(tiny_model, threads, n_threads=1, states=states)
    # What was read after the first answer is kept, too: nothing but the last token is left.
    assert await answered(later, follow_up(answer), 1) == (fresh, 1)
    assert cost < 30
    await later.close()


async def test_conversations_that_take_turns_read_only_what_is_new(engine: LocalEngine) -> None:
    answer, _ = await answered(engine, TALK, 1)
    assert engine.conversation == 1
    await answered(engine, OTHER, 2)
    assert engine.conversation == 2
    text, evaluated = await answered(engine, follow_up(answer), 1)
    assert evaluated < 30
    await engine.close()
    assert (await answered(engine, follow_up(answer), 3))[0] == text


@pytest.mark.parametrize("harm", ["cut", "damaged", "foreign", "nonsense"])
async def test_a_broken_state_costs_reading_again_and_nothing_else(
    engine: LocalEngine, states: States, harm: str
) -> None:
    answer, evaluated = await answered(engine, TALK, 1)
    await engine.close()
    path = states.folder / "1.state"
    content = bytearray(path.read_bytes())
    if harm == "cut":
        path.write_bytes(content[:-1])
    elif harm == "damaged":
        content[-100] ^= 1
        path.write_bytes(content)
    elif harm == "foreign":
        states.save(states.owner(1), KEY, state())
    else:
        # Whole, with the right checksum and key, and still not what llama.cpp gave.
        key = content[24:56]
        states.save(states.owner(1), bytes(key), state(len(content)))
    assert await answered(engine, TALK, 1) == (answer, evaluated)


async def test_a_state_is_not_used_with_another_context(
    engine: LocalEngine, tiny_model: Path, threads: Threads, states: States
) -> None:
    _, evaluated = await answered(engine, TALK, 1)
    await engine.close()
    smaller = LocalEngine(tiny_model, threads, 256, n_threads=1, states=states)
    assert (await answered(smaller, TALK, 1))[1] == evaluated
    await smaller.close()


async def test_a_conversation_that_was_deleted_is_not_kept_when_the_model_goes(
    engine: LocalEngine, states: States
) -> None:
    await answered(engine, TALK, 1)
    assert await engine.keep()
    states.forget(1)
    assert engine.conversation is None
    await engine.close()
    assert list(states.folder.iterdir()) == []


async def test_without_room_for_states_nothing_is_written(engine: LocalEngine, states: States) -> None:
    states.most_bytes = 0
    await answered(engine, TALK, 1)
    assert not await engine.keep()
    await engine.close()
    assert list(states.folder.iterdir()) == []


async def test_what_was_read_ahead_is_not_read_again(engine: LocalEngine) -> None:
    talk = (*TALK, assistant("the new file"))
    unread = await engine.unread(talk, 1)
    assert unread > 60
    assert await engine.read_ahead(talk, 1) == unread
    assert await engine.unread(talk, 1) == 0
    assert await engine.unread(talk, 2) == unread
    assert await engine.read_ahead(talk, 1) == 0
    text, evaluated = await answered(engine, (*talk, user("and you?")), 1)
    assert evaluated <= await engine.count("and you?") + 8 + 6
    await engine.close()
    # Read at once it is the same prompt.
    assert (await answered(engine, (*talk, user("and you?")), 2))[0] == text


async def test_reading_ahead_is_abandoned_at_once_and_loses_nothing(
    slow_model: Path, threads: Threads, states: States
) -> None:
    engine = LocalEngine(slow_model, threads, 4096, 1, states=states)
    await engine.load()
    talk = (user("what is my name " * 500), assistant("the"))
    total = await engine.count_messages(talk)
    reading = asyncio.create_task(engine.read_ahead(talk, 1))
    async with asyncio.timeout(60):
        while not (works(engine) and engine._loaded and engine._loaded.model.computed > 256):
            await asyncio.sleep(0.01)
    reading.cancel()
    with pytest.raises(asyncio.CancelledError):
        await reading
    assert not works(engine)
    assert engine._loaded is not None and 256 < engine._loaded.model.computed < total
    assert await engine.unread(talk, 1) <= total - 256
    await engine.close()


async def test_half_precision_and_low_memory_answer_too(tmp_path: Path, threads: Threads, states: States) -> None:
    path = write_tiny_model(tmp_path / "m.gguf", width=128, heads=4, quantized=True)
    plain = LocalEngine(path, threads, n_threads=1, low_memory="off")
    text, _ = await answered(plain, TALK, 1)
    await plain.close()
    low = LocalEngine(path, threads, n_threads=1, low_memory="on")
    assert (await answered(low, TALK, 1))[0][:8] == text[:8]  # other kernels round differently
    assert low.plan is not None and low.plan.low_memory
    await low.close()
    half = LocalEngine(path, threads, n_threads=1, kv_type="q8_0", states=states)
    said, _ = await answered(half, TALK, 1)
    assert said
    assert half.plan is not None and half.plan.kv_type == "q8_0"
    await half.close()
    size = states.size
    assert (await answered(half, TALK, 1))[1] == 1
    await half.close()
    # In full precision it would be nearly twice as large.
    full = LocalEngine(path, threads, n_threads=1, states=states)
    assert (await answered(full, TALK, 1))[1] > 60
    await full.close()
    assert states.size > size * 1.5
