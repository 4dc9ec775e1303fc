"""What is looked for in the open conversation: marked where it stands, counted, and gone through."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest

from desktop_agent.memory.sought import Sought
from desktop_agent.messages import Ending, Message, Role
from desktop_agent.ui import theme
from desktop_agent.ui.entry import Entry
from desktop_agent.ui.find_bar import FindBar
from desktop_agent.ui.hits import Hits
from desktop_agent.ui.transcript import Transcript
from tests.ui.conftest import Desk
from tests.ui.parts import app_of, result_of

MARKDOWN = """Some words about a **garden**:

- gardens need water
- a *garden* 🌷 needs a gardener, says [the page](https://garden.example/garden)

| what | where |
|---|---|
| roses | garden |

```python
garden = "garden"
```
"""


def entry_of(number: int, text: str, role: Role = Role.ASSISTANT) -> Entry:
    return Entry(Message(number, 1, role, text, 0.0, ending=Ending.COMPLETE if role is Role.ASSISTANT else None))


def marked(entry: Entry, wanted: str) -> list[str]:
    """The words of a message that are marked, as the documents have them."""
    found = []
    for part in entry.parts:
        found += [part.text(at, to) for at, to in part.hits(Sought(wanted))]
    return found


def colours_at(transcript: Transcript, entry: Entry, number: int) -> list[str]:
    """The colours around the beginning of a hit on the screen."""
    box = transcript.hits.box(entry, number)
    corner = transcript.corner(entry.place)
    picture: QImage = transcript.grab().toImage()
    x, y = round(corner.x() + box.x()), round(corner.y() + box.y())
    rows = range(y, y + round(box.height()))
    return [QColor(picture.pixelColor(column, row)).name().upper() for column in range(x, x + 30) for row in rows]


async def said(desk: Desk, *texts: str) -> int:
    """A stored conversation of questions and their answers."""
    conversations = app_of(desk).conversations
    made = await conversations.create(texts[0][:20])
    for at, text in enumerate(texts):
        if at % 2 == 0:
            await conversations.add_question(made.id, text)
        else:
            answer = await conversations.add_answer(made.id)
            await conversations.finish(answer.id, text, Ending.COMPLETE, "echo", None)
    return made.id


def opened(desk: Desk, *texts: str) -> int:
    """The conversation of ``texts``, in view."""
    conversation = result_of(desk, said(desk, *texts))
    desk.window.chat.list.search_changed.emit("")  # it was not made by the window
    desk.wait(lambda: texts[0][:20] in desk.window.chat.list.titles())
    desk.window.filling.conversing.go_to(conversation, 0)
    desk.wait(lambda: len(desk.transcript.entries) == len(texts))
    desk.wait(lambda: desk.window.chat.list.current == conversation)
    return conversation


def bar_of(desk: Desk) -> FindBar:
    return desk.window.chat.find_bar


def find(desk: Desk, text: str) -> FindBar:
    desk.press("Ctrl+F")
    QTest.keyClicks(desk.window.focusWidget(), text)
    return bar_of(desk)


def test_words_are_marked_in_prose_lists_tables_and_code_in_any_form_but_not_in_addresses(
    transcript: Transcript,
) -> None:
    transcript.show_entries([entry_of(1, "My gardens?", Role.USER), entry_of(2, MARKDOWN)])
    question, answer = transcript.entries
    assert marked(question, "garden") == ["garden"]
    assert marked(question, "gardening") == ["gardens"]
    assert marked(answer, "garden") == ["garden"] * 7
    assert marked(answer, "gardens") == ["garden", "gardens", "garden", "gardener", "garden", "garden", "garden"]


def test_chinese_words_are_marked_where_they_stand(transcript: Transcript) -> None:
    transcript.show_entries([entry_of(1, "😀 奶奶的生日是 3 月 12 日，她喜歡京劇。")])
    (answer,) = transcript.entries
    assert marked(answer, "奶奶生日") == ["奶奶", "生日"]
    assert marked(answer, "京剧") == ["京劇"]


@pytest.mark.parametrize("dark", [False, True])
def test_a_hit_is_seen_in_a_question_and_in_code_by_its_line_and_its_ground(
    transcript: Transcript, qapp: object, dark: bool
) -> None:
    theme.use(qapp, dark=dark)
    c = theme.colours()
    transcript.show_entries([entry_of(1, "the garden", Role.USER), entry_of(2, "```\nthe garden\n```")])
    transcript.mark(Hits(Sought("garden")))
    for entry in transcript.entries:
        seen = colours_at(transcript, entry, 0)
        assert c.accent_soft in seen
        assert seen.count(c.accent) >= 25  # the line below
        transcript.show_hit(entry.place, 0)
        seen = colours_at(transcript, entry, 0)
        assert seen.count(c.accent) > 100  # the ground of the one the reader is at
    theme.use(qapp, dark=False)


def test_a_found_message_opens_at_its_hit_which_is_marked_until_the_search_is_cleared(desk: Desk) -> None:
    first = opened(
        desk, "Where to?", "far\n" * 60 + "to the lake and its gardens\n" + "away\n" * 60, "and then?", "home"
    )
    opened(desk, "Something else?", "no")
    desk.press("Ctrl+K")
    QTest.keyClicks(desk.window.focusWidget(), "garden")
    shown = desk.window.chat.list
    desk.wait(lambda: shown.titles()[0] == "Messages")
    QTest.keyClick(desk.window.focusWidget(), Qt.Key.Key_Return)
    bar = bar_of(desk)
    desk.wait(lambda: shown.current == first and bar.found.text() == "1 of 1")
    transcript = desk.transcript
    assert transcript.hits.at == (1, 0)
    y = transcript.corner(1).y() + transcript.hits.box(transcript.entries[1], 0).y()
    assert 0 < y < transcript.viewport().height()
    assert bar.field.text() == "garden"
    assert desk.window.focusWidget() is shown.view
    shown.search.clear()
    desk.wait(lambda: transcript.hits is None and bar.isHidden())


def test_another_conversation_has_no_marks(desk: Desk) -> None:
    other = opened(desk, "An apple?", "two apples")
    opened(desk, "Pears or apples?", "pears")
    bar = find(desk, "apple")
    desk.wait(lambda: bar.found.text() == "1 of 1")
    desk.window.filling.conversing.go_to(other, 0)
    desk.wait(lambda: desk.window.chat.list.current == other and bar.isHidden())
    assert desk.transcript.hits is None


def test_enter_and_f3_go_through_the_hits_and_round_and_esc_leaves(desk: Desk) -> None:
    opened(desk, "A garden?", "One garden, two gardens", "More gardens?", "no")
    bar = find(desk, "garden")
    desk.wait(lambda: bar.found.text() == "1 of 4")
    where = [desk.transcript.hits.at]
    for key in ("Return", "F3", "Down", "Return"):
        before = bar.found.text()
        desk.press(key)
        desk.wait(lambda before=before: bar.found.text() != before)
        where.append(desk.transcript.hits.at)
    assert where == [(0, 0), (1, 0), (1, 1), (2, 0), (0, 0)]
    for key, told in (("Shift+Return", "4 of 4"), ("Shift+F3", "3 of 4"), ("Up", "2 of 4")):
        desk.press(key)
        desk.wait(lambda told=told: bar.found.text() == told)
    QTest.mouseClick(bar.after, Qt.MouseButton.LeftButton)
    desk.wait(lambda: bar.found.text() == "3 of 4")
    desk.press("Esc")
    assert bar.isHidden() and desk.transcript.hits is None
    assert desk.window.focusWidget() is desk.composer.field
    desk.press("Ctrl+F")
    desk.wait(lambda: bar.found.text() == "1 of 4")
    desk.composer.field.setFocus()
    desk.press("Esc")
    assert bar.isHidden()


def test_what_is_not_there_is_said(desk: Desk) -> None:
    opened(desk, "A garden?", "yes")
    bar = find(desk, "zebra")
    desk.wait(lambda: bar.found.text() == "Nothing was found.")
    assert not bar.after.isEnabled()
    bar.field.selectAll()
    QTest.keyClick(bar.field, Qt.Key.Key_Delete)
    desk.wait(lambda: bar.found.text() == "" and desk.transcript.hits is None)


def test_several_words_are_found_as_they_stand_and_apart_where_they_nowhere_do(desk: Desk) -> None:
    opened(desk, "A big garden?", "The garden is big", "Big or not?", "A garden")
    bar = find(desk, "big garden")
    desk.wait(lambda: bar.found.text() == "1 of 1")
    bar.field.selectAll()
    QTest.keyClicks(bar.field, "garden big")
    desk.wait(lambda: bar.found.text() == "1 of 6")


def test_hits_far_away_are_counted_and_gone_to_before_their_messages_were_read(desk: Desk) -> None:
    texts = [f"question {n}" if n % 2 == 0 else f"answer {n} " + "word " * n for n in range(300)]
    texts[3] += " with a tulip and [tulip](https://tulip.example)"
    texts[4] = "one more tulip?"
    opened(desk, *texts)
    assert desk.transcript.entries.read(3) is None
    bar = find(desk, "tulips")
    desk.wait(lambda: bar.found.text() == "3 of 3")
    assert desk.transcript.hits.at == (4, 0)
    y = desk.transcript.corner(4).y()
    assert 0 <= y < desk.transcript.viewport().height()
    desk.press("Shift+F3")
    desk.wait(lambda: bar.found.text() == "2 of 3")
    assert desk.transcript.hits.at == (3, 1)


def test_a_hit_in_the_folded_part_of_a_long_question_unfolds_it(desk: Desk) -> None:
    opened(desk, "pasted\n" * 1000 + "the needle", "thanks")
    assert desk.transcript.entries[0].folded
    bar = find(desk, "needle")
    desk.wait(lambda: bar.found.text() == "1 of 1")
    assert not desk.transcript.entries[0].folded
    y = desk.transcript.corner(0).y() + desk.transcript.hits.box(desk.transcript.entries[0], 0).y()
    assert 0 < y < desk.transcript.viewport().height()


def test_a_new_answer_counts_when_it_has_ended(desk: Desk) -> None:
    desk.ask("a garden")
    desk.answered()
    bar = find(desk, "garden")
    desk.wait(lambda: bar.found.text().endswith(" of 2"))
    desk.composer.field.setFocus()
    desk.ask("the next garden")
    desk.answered()
    desk.wait(lambda: bar.found.text().endswith(" of 4"))


def test_a_selected_word_is_looked_for(desk: Desk) -> None:
    opened(desk, "garden", "One garden")
    desk.transcript.select_all(desk.transcript.entries[0])
    desk.press("Ctrl+F")
    desk.wait(lambda: bar_of(desk).found.text() == "1 of 2")
    assert bar_of(desk).field.text() == "garden"


def test_ctrl_f_looks_through_all_chats_while_none_is_open(desk: Desk) -> None:
    opened(desk, "garden", "One garden")
    desk.press("Ctrl+N")
    desk.wait(lambda: desk.window.chat.list.current is None)
    desk.wait(lambda: desk.transcript.isHidden())
    desk.press("Ctrl+F")
    assert desk.window.focusWidget() is desk.window.chat.list.search
