"""Words of a question, folded so that near forms meet: for finding help and notes without a dictionary.

English words lose their endings by a few rules of thumb; Chinese text becomes pairs of neighbouring characters. Both
forget the words that every question has. Only for comparing with text folded the same way: a stem is not a word.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

_WORD = re.compile(r"[a-z0-9à-öø-ÿ]+(?:[_'][a-z0-9à-öø-ÿ]+)*|/[a-z]+")
_HAN = re.compile(r"[\u3400-\u9fff]+")

STOP = frozenset(
    (  # noqa: SIM905 - a list of 150 lines tells less
        "a an and are as at be been but by can could did do does for from get had has have having how i if in is it "
        "its let may me might my of on or our shall should so that the their them then there these they this those to "
        "us want was we were what when where which who whom whose why will with would you your please tell know "
        "whether am im ive id dont doesnt cant need like just any some about into out up here i'm i'd i've don't "
        "doesn't can't it's what's where's there's who's how's isn't way possible hey hi hello also too really very "
        "much many one thing something anything happen mean say said "
    ).split()
)
_FUNCTION_WORDS = re.compile(
    "怎么样|怎么办|怎么|如何|怎样|什么时候|什么|为什么|为啥|哪里|哪儿|哪个|哪些|哪家|哪位|哪天|多少|请问|请|麻烦|告诉我|告诉|"
    "我想知道|想知道|"
    "能不能|可不可以|是不是|有没有|可以|能够|能|应该|该|想要|想|需要|要|吗|呢|吧|啊|呀|嘛|啦|的话|的|了|着|过|得|地|在|是|有|"
    "一下|一个|一条|这个|那个|这些|那些|这|那|我们|你们|他们|我|你|您|它|就|都|也|还|会|把|被|给|让|用|和|跟|与|到|从|对|"
    "里面|里|上|下|来着|来|去|谁|哪|几|啥|很|最|"
    "知道|记得|一|不"
)


def folded(text: str) -> str:
    """``text`` in lower case, full-width letters and typographic apostrophes made plain."""
    return unicodedata.normalize("NFKC", text).casefold().replace("’", "'")


@lru_cache(maxsize=4096)
def stem(word: str) -> str:
    """An English word without its ending: "notes" and "noted" both give "not"."""
    if word.endswith("'s"):
        word = word[:-2]
    if len(word) <= 3 or not word.isascii() or not word.isalpha():
        return word
    for ending, least in (("ies", 3), ("ied", 3), ("ing", 3), ("edly", 3), ("ed", 3), ("es", 4), ("ly", 4), ("s", 3)):
        if word.endswith(ending) and len(word) - len(ending) >= least and not word.endswith("ss"):
            word = word[: -len(ending)] + ("y" if ending in ("ies", "ied") else "")
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lse":
        word = word[:-1]
    if len(word) > 3 and word[-1] in "ey":
        word = word[:-1]
    return word


def words(text: str) -> list[str]:
    """Stems of the telling English words and numbers in ``folded`` text, in order."""
    stems = (word.removesuffix("'s") for word in _WORD.findall(text) if word not in STOP)
    return [stem(word) for word in stems if word not in STOP]


def pairs(text: str) -> list[str]:
    """Pairs of neighbouring Chinese characters in ``folded`` text, function words left out.

    A character that stands alone between function words comes alone.
    """
    found: list[str] = []
    for run in _HAN.findall(text):
        for piece in _FUNCTION_WORDS.split(run):
            found += [piece[place : place + 2] for place in range(len(piece) - 1)] if len(piece) > 1 else [*piece]
    return found
