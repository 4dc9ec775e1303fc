"""What the built-in guide says by itself: greetings, thanks, its refusal. The sentences stand in ``talk.toml``."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from desktop_agent.inference.wording import folded, words
from desktop_agent.system import resources

REFUSAL, UNKNOWN, NOTED, TOLD = "refusal", "unknown", "noted", "told"
_LANGUAGES = {False: "en", True: "zh"}
_LEADS = re.compile(
    r"^(?:well|oh|so|hey|please|and|guide|嗯|那|哦|好的)[\s,，]+|[\s,，]+(?:guide|please|then|now|again|my friend)$"
)
_MARKS = re.compile(r"[^\w\s]|_")
_REQUEST = re.compile(
    r"^(?:please |ok |hey |hi |and |also )*(?:can you |could you |will you )?(?:please )?"
    r"(?:remember|memori[sz]e|keep in mind|(?:make|take) a note|note|do not forget|don't forget|never forget)\b(?! when| how| me\b)"
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
        self._said: dict[str, str] = {}
        self._words: dict[str, set[str]] = {}
        self._letters: dict[str, set[str]] = {}
        for kind, row in table.items():
            said = [*row.get("said_en", ()), *row.get("said_zh", ())]
            self._said |= {_bare(text): kind for text in said}
            self._words[kind] = {word for text in said for word in words(folded(text))}
            self._letters[kind] = {letter for text in said for letter in text if letter > "\u3400"}

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

    def kind(self, text: str) -> str | None:
        """The kind of talk that ``text`` is by the table alone; case, marks and fillers do not matter."""
        bare = _bare(text)
        return self._said.get(bare) or self._said.get(_LEADS.sub("", bare))

    def fits(self, kind: str, text: str) -> bool:
        """Whether ``text`` can be this kind of talk at all: nothing in it is foreign to the kind."""
        asked = folded(text)
        han = [letter for letter in asked if letter > "\u3400" and letter.isalpha()]
        if han:
            known = sum(letter in self._letters[kind] for letter in han)
            return len(han) <= 16 and known >= 0.6 * len(han)
        telling = words(asked)
        known = sum(word in self._words[kind] for word in telling)
        return len(asked.split()) <= 10 and known >= 0.5 * len(telling)

    @staticmethod
    def request(text: str) -> bool:
        """Whether ``text`` asks to remember something; "do you remember …?" only asks."""
        asked = folded(text).strip()
        return bool(_REQUEST.match(asked)) and not asked.endswith(("?", "吗"))


def _bare(text: str) -> str:
    return " ".join(_MARKS.sub(" ", folded(text).replace("'", "")).split())
