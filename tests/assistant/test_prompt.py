"""How a conversation is laid out for the model."""

from desktop_agent.assistant.prompt import COMMANDS_ENGINE, Prompt, estimated_tokens, without_commands
from desktop_agent.assistant.recall import within_budget
from desktop_agent.messages import FoundNote, Message, Note, PromptMessage, Role


def message(number: int, role: Role, text: str, **more: object) -> Message:
    return Message(id=number, conversation=1, role=role, text=text, created=float(number), **more)  # type: ignore[arg-type]


def found(text: str, score: float = 1.0) -> FoundNote:
    return FoundNote(Note(id=1, text=text, keywords=(), created=0.0), score)


def test_a_prompt_grows_only_at_its_end() -> None:
    before = Prompt.laid("Be brief.", [message(1, Role.USER, "hello"), message(2, Role.ASSISTANT, "Hi.")])
    after = before.followed_by(PromptMessage(Role.USER, "how are you?"))
    assert after.messages[: len(before.messages)] == before.messages
    assert [part.role for part in after.messages] == [Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER]


def test_notes_stand_inside_the_question_they_were_found_for() -> None:
    prompt = Prompt.laid("", [message(1, Role.USER, "What is her name?", notes=("My sister's name is Li Na.",))])
    assert prompt.messages[0].content == (
        "What you remember about me:\n- My sister's name is Li Na.\n\nWhat is her name?"
    )


def test_questions_and_answers_alternate_whatever_pruning_left() -> None:
    prompt = Prompt.laid(
        "Be brief.",
        [
            message(3, Role.ASSISTANT, "first"),
            message(4, Role.USER, "one"),
            message(5, Role.ASSISTANT, ""),
            message(6, Role.USER, "two"),
        ],
    )
    assert [part.role for part in prompt.messages] == [Role.SYSTEM, Role.USER, Role.ASSISTANT, Role.USER]
    assert prompt.messages[-1].text == "one\n\ntwo"


def test_a_model_never_reads_commands_and_their_answers() -> None:
    shown = without_commands(
        [
            message(1, Role.USER, "hello"),
            message(2, Role.ASSISTANT, "Hi.", engine="guide"),
            message(3, Role.USER, "/set theme dark"),
            message(4, Role.ASSISTANT, "theme is now dark.", engine=COMMANDS_ENGINE),
            message(5, Role.USER, "thanks"),
        ]
    )
    assert [part.id for part in shown] == [1, 2, 5]


def test_the_best_notes_that_fit_the_budget_are_placed() -> None:
    notes = [found("short one"), found("short two"), found("short three")]
    assert within_budget(notes, most=2, tokens=150) == tuple(notes[:2])
    assert within_budget(notes, most=5, tokens=10) == tuple(notes[:2])
    assert within_budget(notes, most=0, tokens=150) == ()


def test_a_long_note_is_shortened_and_hides_no_other() -> None:
    notes = [found("word " * 500), found("short")]
    placed = within_budget([notes[1], notes[0]], most=5, tokens=100)
    assert placed[0] is notes[1]
    assert placed[1].note.text.endswith("…")
    assert sum(estimated_tokens(note.note.text) for note in placed) <= 100
