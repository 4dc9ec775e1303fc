"""What the built-in guide says by itself: greetings, thanks, its refusal. The sentences stand in ``talk.toml``.

What people say in other words than the table has is told apart by learned tables, in ``kinds.py``.
"""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from desktop_agent.inference.wording import folded
from desktop_agent.system import resources

REFUSAL, UNKNOWN, NOTED, TOLD, NOT_NOTED = "refusal", "unknown", "noted", "told", "not_noted"
ABLE, NO_REMINDER = "able", "no_reminder"

_LANGUAGES = {False: "en", True: "zh"}
_LEADS = re.compile(
    r"^(?:(?:oh|so|hey|hi|hello|please|and|ok|okay|guide|嗯|那|哦|好的|请问|向导)\s+)+|^(?:嗯|那|哦|请问|请)+"
)
_ENDS = re.compile(r"(?:\s+(?:guide|please|then|now|again|my friend|friend|dear|向导))+$|(?:啊|呀|呢|吧|哦|啦|哇)+$")
_MARKS = re.compile(r"[^\w\s]|_")
_SHORTENED = (("'re", " are"), ("'m", " am"), ("'s", " is"), ("'ll", " will"), ("n't", " not"), ("'ve", " have"))
_REQUEST = re.compile(
    r"^(?:(?:please|ok|hey|hi|and|also)[ ,]+)*(?:can you |could you |will you )?(?:please )?"
    r"(?:remember|memori[sz]e|keep in mind|(?:make|take) a note|note|do not forget|don't forget|never forget)\b"
    r"(?! when| how| me\b)"
    r"|^(?:请|麻烦|帮我|你要|你|好的|对了|另外|，|,)*(?:记住|记下|记一下|记得|记好|记着|别忘|不要忘)",
)


class SmallTalk:
    """The table of ``talk.toml``: kinds of talk, how people say them, what the guide answers."""

    def __init__(self, path: Path) -> None:
        table = tomllib.loads(path.read_text("utf-8"))
        self._answers = {
            (kind, chinese): row[language] for kind, row in table.items() for chinese, language in _LANGUAGES.items()
        }
        self._kinds = {answer: kind for (kind, _chinese), answer in self._answers.items()}
        self._said = {
            _bare(text): kind
            for kind, row in table.items()
            for text in (*row.get("said_en", ()), *row.get("said_zh", ()))
        }
        self._small = frozenset(self._said.values())
        self._said.pop("", None)  # what is nothing but marks says nothing

    @classmethod
    def open(cls) -> SmallTalk:
        """The talk that comes with the program."""
        return cls(resources() / "guide" / "talk.toml")

    def sentence(self, kind: str, *, chinese: bool) -> str:
        """What the guide answers to this kind of talk."""
        return str(self._answers[kind, chinese])

    def kind_of(self, answer: str) -> str | None:
        """The kind whose answer this is, letter for letter."""
        return self._kinds.get(answer)

    def is_small(self, answer: str) -> bool:
        """Whether this is what the guide says to small talk."""
        return self._kinds.get(answer) in self._small

    def is_nothing(self, answer: str) -> bool:
        """Whether this says that a question is not answered."""
        return self._kinds.get(answer) in (REFUSAL, UNKNOWN)

    def small(self, kind: str) -> bool:
        """Whether this is a kind of small talk, not the answer to something else."""
        return kind in self._small

    def kind(self, text: str) -> str | None:
        """The kind of talk that ``text`` is by the table alone; case, marks and fillers do not matter."""
        bare = _bare(text)
        forms = (bare, _ENDS.sub("", bare), _LEADS.sub("", bare), _LEADS.sub("", _ENDS.sub("", bare)))
        return next((self._said[form] for form in forms if form in self._said), None)

    @staticmethod
    def request(text: str) -> bool:
        """Whether ``text`` asks to remember something; "do you remember …?" only asks."""
        asked = folded(text).strip()
        return bool(_REQUEST.match(asked)) and not asked.endswith(("?", "吗"))


def _bare(text: str) -> str:
    text = folded(text)
    for short, full in _SHORTENED:
        text = text.replace(short, full)
    return " ".join(_MARKS.sub(" ", text).split())
