"""The built-in guide: with its model, without it, and with a model that talks nonsense."""

from __future__ import annotations

import re
import subprocess
import sys
import tomllib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from desktop_agent.errors import AgentError
from desktop_agent.events import Chunk, EngineEvent, Finished
from desktop_agent.inference.bearing import Bearing, Relations
from desktop_agent.inference.engine import Engine, Sampling
from desktop_agent.inference.guide import GuideEngine
from desktop_agent.inference.local import LocalEngine
from desktop_agent.inference.retelling import retold
from desktop_agent.messages import Ending, PromptMessage, Role
from desktop_agent.runtime.threads import Threads
from desktop_agent.system import resources

ROOT = Path(__file__).resolve().parents[2]
MODEL = resources() / "models" / "guide.gguf"
TALK = tomllib.loads((resources() / "guide" / "talk.toml").read_text("utf-8"))
SISTER = "My sister's name is Li Na."
HELP = "Press Ctrl+N or click New chat at the top left."


@pytest.fixture
async def guide(threads: Threads) -> AsyncIterator[GuideEngine]:
    """With the model that comes with the program."""
    engine = GuideEngine(LocalEngine(MODEL, threads, 1024, n_threads=1))
    yield engine
    await engine.close()


@pytest.fixture
def plain() -> GuideEngine:
    """Without a model."""
    return GuideEngine(None)


async def said(guide: GuideEngine, text: str, notes: tuple[str, ...] = (), help_text: str = "") -> str:
    events: list[EngineEvent] = []
    async with guide.stream([PromptMessage(Role.USER, text, notes, help_text)], Sampling()) as stream:
        async for event in stream:
            events.append(event)
    last = events[-1]
    assert isinstance(last, Finished)
    assert (last.ending, last.engine) == (Ending.COMPLETE, "guide")
    answer = "".join(event.text for event in events if isinstance(event, Chunk))
    assert "\ufffd" not in answer
    return answer


async def test_the_guide_is_an_engine_that_wants_help(guide: GuideEngine, plain: GuideEngine) -> None:
    kept: Engine = guide
    assert (kept.name, kept.wants_help, kept.label) == ("guide", True, "Built-in guide")
    assert plain.label == "Built-in guide (without its model)"
    assert kept.memory_bytes == 0
    await guide.load()
    assert 1_000_000 < kept.memory_bytes < 100_000_000


async def test_what_was_noted_is_told_back(guide: GuideEngine) -> None:
    assert await said(guide, "What's my sister's name?", (SISTER,)) == "Your sister's name is Li Na."
    assert await said(guide, "我妹妹叫什么名字？", ("我妹妹叫李娜。",)) == "你妹妹叫李娜。"


async def test_the_right_one_of_many_notes_is_told(guide: GuideEngine) -> None:
    notes = (
        "My dog is called Biscuit.",
        "I live in Rotterdam.",
        SISTER,
        "My brother's name is Tom.",
        "My sister's birthday is on 3 May.",
        "Grandma prefers tea.",
    )
    assert await said(guide, "What is my sister's name?", notes) == "Your sister's name is Li Na."
    assert await said(guide, "Where do I live?", notes) == "You live in Rotterdam."


@pytest.mark.parametrize(
    ("question", "notes"),
    [
        ("What is my brother's name?", (SISTER,)),
        ("When is my birthday?", ("Grandma's birthday is on 12 March.",)),
        ("Where do I live?", ()),
        ("我哥哥叫什么？", ("我妹妹叫李娜。",)),
        ("我住在哪里", ("我妹妹住在北京。",)),
    ],
)
async def test_what_was_never_noted_is_not_made_up(guide: GuideEngine, question: str, notes: tuple[str, ...]) -> None:
    assert await said(guide, question, notes) == TALK["unknown"]["zh" if question[0] > "\u3400" else "en"]


async def test_a_passage_of_the_help_is_repeated_to_the_letter(guide: GuideEngine) -> None:
    assert await said(guide, "how do I open a new chat?", help_text=HELP) == HELP
    edited = "Press F7 twice, then choose Begin in the blue box beside the clock."
    assert await said(guide, "how do I open a new chat?", help_text=edited) == edited


async def test_a_greeting_is_answered_and_the_rest_refused_with_what_to_do(guide: GuideEngine) -> None:
    assert await said(guide, "Hello!") == TALK["hello"]["en"]
    assert await said(guide, "谢谢") == TALK["thanks"]["zh"]
    refusal = await said(guide, "Who won the 1998 World Cup?")
    assert refusal == TALK["refusal"]["en"]
    assert "model button" in refusal
    assert "模型按钮" in await said(guide, "写一首关于秋天的诗")


def test_who_asks_to_be_told_something_asks_nothing_about_himself() -> None:
    relations = Relations.open()
    assert not relations.personal("Could you kindly tell me your name?")
    assert relations.personal("Could you tell me my sister's name?")
    assert relations.personal("告诉我我妹妹的名字")


@pytest.mark.parametrize(
    "question",
    [
        "where do I enter the password of a server",
        "a friend gave me a file, where from here?",
        "公司有服务器，我能用吗",
    ],
)
async def test_a_word_that_people_have_too_does_not_keep_the_help_away(plain: GuideEngine, question: str) -> None:
    assert await said(plain, question, help_text=HELP) == HELP


@pytest.mark.parametrize("question", ["What am I called", "when is my exam?", "我什么时候飞机？", "my library card?"])
async def test_what_is_surely_of_the_user_is_not_answered_by_the_help(plain: GuideEngine, question: str) -> None:
    assert await said(plain, question, help_text=HELP) == TALK["unknown"]["zh" if question[0] > "\u3400" else "en"]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("...", "able"),
        ("？", "able"),
        ("why?", "refusal"),
        ("为什么", "refusal"),
        ("def f(x): return x+1", "refusal"),
        ("Why does my script fail with KeyError: 'name'?", "refusal"),
        ("Remind me to call mum at 5", "no_reminder"),
        ("五点提醒我给妈妈打电话", "no_reminder"),
    ],
)
async def test_what_says_nothing_and_what_is_code_finds_no_help(plain: GuideEngine, text: str, kind: str) -> None:
    assert await said(plain, text, help_text=HELP) == TALK[kind]["zh" if text[0] > "\u3000" else "en"]


async def test_who_asks_to_be_reminded_of_a_note_is_told_it(guide: GuideEngine) -> None:
    assert await said(guide, "Can you remind me what my sister's name is?", (SISTER,)) == "Your sister's name is Li Na."


async def test_only_the_last_message_counts(guide: GuideEngine) -> None:
    before = [PromptMessage(Role.USER, "My cat is called Mia."), PromptMessage(Role.ASSISTANT, "Noted.")]
    async with guide.stream([*before, PromptMessage(Role.USER, "Hello")], Sampling()) as stream:
        text = "".join([event.text async for event in stream if isinstance(event, Chunk)])
    assert text == TALK["hello"]["en"]


async def test_without_its_model_the_guide_shows_help_and_notes(plain: GuideEngine) -> None:
    assert await said(plain, "how do I open a new chat?", help_text=HELP) == HELP
    assert await said(plain, "What's my sister's name?", (SISTER,)) == f"This is what I have noted:\n- {SISTER}"
    assert await said(plain, "我妹妹叫什么？", ("我妹妹叫李娜。",)) == "我记下的是：\n- 我妹妹叫李娜。"
    assert await said(plain, "Hello!") == TALK["hello"]["en"]
    assert await said(plain, "再见") == TALK["bye"]["zh"]
    assert await said(plain, "Remember that I like tea.") == TALK["noted"]["en"]
    assert await said(plain, "what is 12 times 12") == TALK["refusal"]["en"]


async def test_a_model_that_talks_nonsense_never_reaches_the_screen(tiny_model: Path, threads: Threads) -> None:
    nonsense = GuideEngine(LocalEngine(tiny_model, threads, 512, n_threads=1))
    try:
        assert await said(nonsense, "how do I open a new chat?", help_text=HELP) == HELP
        assert await said(nonsense, "What's my sister's name?", (SISTER,)) == f"This is what I have noted:\n- {SISTER}"
        assert await said(nonsense, "Hello!") == TALK["hello"]["en"]
        assert await said(nonsense, "what is 12 times 12") == TALK["refusal"]["en"]
    finally:
        await nonsense.close()


async def test_a_damaged_model_leaves_a_guide_that_still_answers(tmp_path: Path, threads: Threads) -> None:
    damaged = tmp_path / "guide.gguf"
    damaged.write_bytes(MODEL.read_bytes()[:100_000])
    guide = GuideEngine(LocalEngine(damaged, threads, 1024, n_threads=1))
    assert await said(guide, "What's my sister's name?", (SISTER,)) == f"This is what I have noted:\n- {SISTER}"
    assert guide.label == "Built-in guide (without its model)"


async def test_loading_a_damaged_model_says_why(tmp_path: Path, threads: Threads) -> None:
    damaged = tmp_path / "guide.gguf"
    damaged.write_bytes(b"GGUF")
    with pytest.raises(AgentError):
        await GuideEngine(LocalEngine(damaged, threads, 1024, n_threads=1)).load()


async def test_two_notes_that_disagree_are_both_shown(guide: GuideEngine) -> None:
    notes = ("My wifi password is K7.", "My wifi password is Q2.")
    assert await said(guide, "What is my wifi password?", notes) == (
        "This is what I have noted:\n- My wifi password is K7.\n- My wifi password is Q2."
    )


@pytest.mark.parametrize(
    "text",
    ["", " ", "?", "。", "\ufffd\ufffd", "<|im_end|>", "a" * 5000, "{% raw %}", "😀😀", "What " * 400, "我" * 3000],
)
async def test_odd_messages_are_refused_calmly(guide: GuideEngine, text: str) -> None:
    answer = await said(guide, text)
    assert answer
    assert "<|" not in answer


@pytest.mark.parametrize(
    ("note", "answer"),
    [
        ("my sister's name is Li Na", "Your sister's name is Li Na."),
        ("I'm allergic to peanuts.", "You're allergic to peanuts."),
        ("I am 34 and I was born in the US.", "You are 34 and you were born in the US."),
        ("Grandma's birthday is on 12 March.", "Grandma's birthday is on 12 March."),
        ("Our dog likes me", "Your dog likes you."),
        ("我妹妹叫李娜", "你妹妹叫李娜。"),
        ("我们住在苏州。", "你们住在苏州。"),
    ],
)
def test_a_note_is_told_back_in_the_second_person(note: str, answer: str) -> None:
    assert retold(note, chinese="我" in note) == answer


def test_a_note_in_the_other_language_is_quoted() -> None:
    assert retold(SISTER, chinese=True) == "记忆里写着：“My sister's name is Li Na”"
    assert retold("我妹妹叫李娜。", chinese=False) == "Your note says: “我妹妹叫李娜”"


@pytest.mark.parametrize(
    ("question", "note", "bearing"),
    [
        ("What is my sister called?", SISTER, Bearing.ANSWERS),
        ("我妹妹叫什么", SISTER, Bearing.ANSWERS),
        ("What is my sister's name?", "我妹妹叫李娜。", Bearing.ANSWERS),
        ("Where do I work?", "I have a job at Miller & Sons.", Bearing.ANSWERS),
        ("我在哪上班", "我的公司是腾达。", Bearing.ANSWERS),
        ("When is grandma's birthday?", "Grandma's birthday is on 12 March.", Bearing.ANSWERS),
        ("What does grandma prefer?", "She prefers tea.", Bearing.NEAR),
        ("When is my birthday?", "Grandma's birthday is on 12 March.", Bearing.NONE),
        ("What is my dog called?", "My sister's dog is called Rex.", Bearing.NONE),
        ("Where do I live?", "My sister lives in Paris.", Bearing.NONE),
        ("What is my locker code?", "My door code is 12.", Bearing.NEAR),
        ("Who won the world cup?", SISTER, Bearing.NONE),
        ("What is tea made of?", "I like tea.", Bearing.NONE),
        ("What do I like?", "Tom likes jazz.", Bearing.NONE),
        ("What does Tom like?", "Tom likes jazz.", Bearing.ANSWERS),
        ("Where is the spare key?", "The spare key is with Anna.", Bearing.ANSWERS),
        ("When does the plumber come?", "The plumber is coming on Friday at 10.", Bearing.NEAR),
        ("What does a plumber earn?", "The plumber is coming on Friday at 10.", Bearing.NONE),
        ("Which instrument am I learning?", "I've started learning the cello.", Bearing.NEAR),
        ("Who teaches my son?", "My son's teacher is Mrs. Patel.", Bearing.ANSWERS),
        ("房贷哪天扣？", "房贷每个月15号扣款。", Bearing.NEAR),
        ("房贷是什么意思？", "房贷每个月15号扣款。", Bearing.NONE),
        ("我什么水果不能吃？", "我不能吃芒果。", Bearing.NEAR),
    ],
)
def test_a_note_bears_on_a_question_when_person_and_matter_agree(question: str, note: str, bearing: Bearing) -> None:
    assert Relations.open().bearing(question, note) is bearing


def test_the_guide_reaches_its_goals_on_questions_held_out_from_training() -> None:
    done = subprocess.run(
        [sys.executable, "packaging/guide/evaluate.py", "--count", "40", "--quick", "--strict"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert len(re.findall(r"^\| (?:help|notes|not in|refusal|small)", done.stdout, re.MULTILINE)) == 7
