"""How much it would matter to lose a message. Pure, quick, and right only on average.

"Has a keyword" is no measure: nearly every message has one.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from desktop_agent.memory.keywords import Keyword

# What someone asks to keep.
_REQUEST = re.compile(
    r"\b(?:remember (?:that|this|my|to|it|we|the)|do(?:n't| not) forget|keep in mind|make a note|note that)\b"
    r"|\bfor the record\b"
    r"|记住|记一下|记下|帮我记|别忘|不要忘|请记",
    re.IGNORECASE,
)
# What someone says about their own life, in the part that asks nothing.
_FACT = re.compile(
    r"\bmy (?:\w+ ){1,4}(?:is|are|was|were|has|lives?|works?|died|named|called)\b|\bmy name\b"
    r"|\bi(?:'m| am) (?:a |an |the |allergic|from|vegetarian|vegan|married|divorced|diabetic|pregnant|\d)"
    r"|\bi(?:'ve| have| had)? (?:live|lived|work|worked|moved|was born|grew up|study|studied|own|bought|prefer|hate"
    r"|love|like|drink|eat|need|take|plan|decided|promised|used to|got (?:a|an|my|married))\b"
    r"|\bi(?:'m| am) (?:living|working|moving|planning|going to|allergic|learning|studying)\b|\bcall me\b"
    r"|我(?:叫|姓|是(?!不是|说|想|要问|否)|住|来自|出生|的?生日|今年|在.{1,8}(?:工作|上班|上学|读书)|喜欢|爱|讨厌|不喜欢|不吃|不喝|过敏|对.{1,8}过敏"
    r"|打算|计划|决定|准备|养了|买了|换了|搬|结婚|离婚|从事|负责|有(?:一|两|三|个|只|位|糖尿|高血))"
    r"|我(?:的|们)?(?:家|妈|爸|妹|姐|哥|弟|妻|老婆|老公|丈夫|爷|奶|外|儿子|女儿|孩子|朋友|同事|老板|上司|医生|老师|狗|猫|车|手机|电脑"
    r"|公司|学校|电话|地址|密码|名字|生日|邮箱|航班|护照|车牌)",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"\d|[一二两三四五六七八九十百千万]+(?:[个点岁年月日号块元楼层只次天]|公里|公斤)")
_DATE = re.compile(
    r"\b\d{4}-\d{1,2}-\d{1,2}\b|\b\d{1,2}[:/]\d{2}\b|\b\d{1,2} ?[ap]m\b|\btomorrow\b"
    r"|\b(?:mon|tues|wednes|thurs|fri|satur|sun)day\b"
    r"|\b(?:january|february|april|june|july|august|september|october|november|december)\b|\b(?:march|may) \d"
    r"|[\d一二三四五六七八九十]+月|[\d一二三四五六七八九十]+[号日](?!线|码)|(?:星期|周|礼拜)[一二三四五六日天]|明天|后天|下周|下个?月|明年",
    re.IGNORECASE,
)
# A capital inside the sentence: Li Na, Berlin. The first word of a sentence proves nothing.
_NAME = re.compile(r"(?<=[a-z,;] )(?!I\b|I')[A-Z][a-z]+")
_QUESTION = re.compile(
    r"[?？]\s*$|^(?:who|what|when|where|which|why|how|is|are|do|does|did|can|could|will|would|should)\b"
    r"|(?:吗|呢|么)[。！!]*$|什么|怎么|为什么|多少|哪[里儿个些位]|几[点个岁号]|是不是|有没有|能不能|谁",
    re.IGNORECASE,
)
_SENTENCES = re.compile(r"(?<=[.!?。！？\n])\s*")

LOOKED_AT = 4_000
"""Letters; what follows in a pasted page is not the user speaking about themselves."""


def importance(text: str, keywords: Sequence[Keyword] = ()) -> float:
    """0.0 for small talk up to 1.0 for "remember that …"; from ``pruning.IMPORTANT`` on a message is important.

    A statement about the user's own life is important by itself. Dates, numbers, names
    and many keywords make a statement weigh more, but alone reach no more than 0.45.
    """
    text = text[:LOOKED_AT]
    if _REQUEST.search(text):
        return 1.0
    said = " ".join(part for part in _SENTENCES.split(text) if part and not _QUESTION.search(part.strip()))
    if not said:
        return 0.05 if text.strip() else 0.0
    weight = 0.6 if _FACT.search(said) else 0.0
    weight += 0.15 * bool(_DATE.search(said)) + 0.1 * bool(_NUMBER.search(said)) + 0.1 * bool(_NAME.search(said))
    # What the message is about, in whole keywords: 0 to 5, at most 0.1.
    weight += 0.02 * min(5.0, sum(keyword.weight for keyword in keywords))
    return min(weight, 0.95)
