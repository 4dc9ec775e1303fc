"""A note told back to the person who gave it: "my sister" becomes "your sister".

The built-in model is trained to say exactly this, so the same function makes its training answers and checks
its real ones.
"""

from __future__ import annotations

import re

from desktop_agent.messages import is_chinese

_ENGLISH = {
    "i am": "you are",
    "i'm": "you're",
    "i was": "you were",
    "i": "you",
    "me": "you",
    "my": "your",
    "mine": "yours",
    "myself": "yourself",
    "we": "you",
    "our": "your",
    "ours": "yours",
    "us": "you",
    "ourselves": "yourselves",
}
# Capitals decide for "US", which is a country.
_FIRST_PERSON = re.compile(
    r"\b(I am|I['’]m|I was|I|[Mm]e|[Mm]y|[Mm]ine|[Mm]yself|[Ww]e|[Oo]urs?|[Oo]urselves|us|i am|i['’]m|i was|i)\b(?!\.)"
)
_SECOND_PERSON = re.compile(r"\b(you|your|yours)\b|[你您]", re.IGNORECASE)
_FIRST_PERSON_CHINESE = re.compile(r"(?<!自)[我俺咱]")
_ENDS = " \t\n.!。！;；,，"

QUOTE = {False: "Your note says: “{note}”", True: "记忆里写着：“{note}”"}


def retold(note: str, *, chinese: bool) -> str:
    """``note`` as an answer to its author, in a conversation in Chinese or not.

    A note in the other language, or one that already speaks to somebody ("you"), is quoted as it stands.
    """
    text = " ".join(note.split()).strip(_ENDS)
    if is_chinese(text) != chinese or _SECOND_PERSON.search(text):
        return QUOTE[chinese].format(note=text)
    if chinese:
        return _FIRST_PERSON_CHINESE.sub("你", text) + "。"
    text = _FIRST_PERSON.sub(_second_person, text)
    return text[:1].upper() + text[1:] + "."


def _second_person(match: re.Match[str]) -> str:
    word = match[0].replace("’", "'")
    told = _ENGLISH[word.lower()]
    if "’" in match[0]:
        told = told.replace("'", "’")
    before = match.string[: match.start()].rstrip()
    return told[:1].upper() + told[1:] if not before or before[-1] in ".!?" else told
