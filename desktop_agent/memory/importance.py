"""How much it would matter to lose a message. Pure, quick, and right only on average.

"Has a keyword" is no measure: nearly every message has one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_agent.memory import telling
from desktop_agent.memory.keywords import Keyword

_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千万]+(?:[个点岁年月日号块元楼层只次天]|公里|公斤)")
_DATE = re.compile(
    r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[:/]\d{2}\b|\b\d{1,2} ?[ap]m\b|\btomorrow\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:january|february|april|june|july|august|september|october|november|december)\b|\b(?:march|may) \d"
    r"|[\d一二三四五六七八九十]{1,4}(?:月|[号日](?!线|码))|(?:星期|周|礼拜)[一二三四五六日天]|明天|后天|下周|下个?月|明年",
    re.IGNORECASE,
)
# A capital inside the sentence: Li Na, Berlin. The first word of a sentence proves nothing.
_NAME = re.compile(r"(?<=[a-z,;] )(?!I\b|I')[A-Z][a-z]+")
LOOKED_AT = 4_000
"""Letters; what follows in a pasted page is not the user speaking about themselves."""


def importance(text: str, keywords: Sequence[Keyword] = ()) -> float:
    """0.0 for small talk up to 1.0 for "remember that …"; from ``pruning.IMPORTANT`` on a message is important.

    A statement about the user's own life is important by itself. Dates, numbers, names
    and many keywords make a statement weigh more, but alone reach no more than 0.45.
    """
    text = text[:LOOKED_AT]
    if telling.request(text) is not None:
        return 1.0
    said = " ".join(part for part in telling.sentences(text) if not telling.asks(part))
    weight = 0.6 if telling.facts(text) else 0.0
    if not said and not weight:
        return 0.05 if text.strip() else 0.0
    weight += 0.15 * bool(_DATE.search(said)) + 0.1 * bool(_NUMBER.search(said)) + 0.1 * bool(_NAME.search(said))
    # What the message is about, in whole keywords: 0 to 5, at most 0.1.
    weight += 0.02 * min(5.0, sum(keyword.weight for keyword in keywords))
    return min(weight, 0.95)
