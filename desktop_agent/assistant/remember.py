"""What a message asks the assistant to remember, or tells about its writer.

Rules, not a second call to the model: they cost microseconds and can be read.
A question is never a request: "Do you remember my sister's name?" asks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from desktop_agent.messages import is_chinese

LONGEST_NOTE = 2_000
"""Characters of one note made from a message; more is a document, not a note."""

_REQUEST = re.compile(
    r"""
    ^(?:(?:hi|hello|hey|ok|okay|so|and|also|now|by\ the\ way|oh)[\s,.!]+)*
    (?:please[\s,]+)?(?:(?:can|could|will|would)\ you\s+(?:please\s+)?)?(?:i\ want\ you\ to\s+|you\ should\s+)?
    (?:remember|memori[sz]e|(?:keep|bear)\ in\ mind|(?:make|take)\ (?:a\ )?note|note(?:\ down)?
      |(?:do\ not|don['’]?t|never)\ forget)
    (?:\s+(?:this|the\ following))?(?:\s*[:,]\s*|\s+)(?:(?:of\ the\ fact\s+)?that\s+|:\s*)?
    (?P<fact>\S.*)$
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_REQUEST_ZH = re.compile(
    r"""
    ^(?:你好|您好|嗨|对了|另外|还有|那|那么|好的|好|嗯|顺便说一下|顺便)?[，,。！!、\s]*
    (?:请|麻烦|拜托)?(?:你|您)?(?:帮我|替我|给我)?(?:一定)?(?:要|得)?
    (?:牢牢)?(?:记住|记下来|记下|记一下|记着|记好|记得|別忘了|别忘了|别忘记|不要忘了|不要忘记|备忘一下|备忘)
    (?:这件事|这个|以下内容|下面的内容|一件事|一点)?
    [，,:：。、\s]*
    (?P<fact>\S.*)$
    """,
    re.VERBOSE | re.DOTALL,
)
_LATER = re.compile(r"^(?:to|when|how|why|where|what|who|if|me|us|the time|the day)\b", re.IGNORECASE)
"""What follows "remember" without being a fact: "remember to call", "remember when we met"."""

_QUESTION_EN = re.compile(
    r"^(?:do|does|did|are|is|was|were|have|has|had|what|when|where|who|whom|whose|which|why|how|should|may|am)\b", re.I
)
_QUESTION_ZH = re.compile(
    r"(?:吗|呢|么)[。.！!\s]*$|什么|哪里|哪儿|哪个|哪天|几点|几号|几岁|多少|怎么|为什么|谁|是不是|有没有|能不能|可不可以"
)

_STATEMENT = re.compile(
    r"""
    ^(?:
        my\ (?:[\w'’-]+\ ){1,4}?(?:is|are|was|were|has|have|lives?|works?|likes?|loves?|hates?|prefers?)\ \S
      | my\ name['’]s\ \S
      | i\ (?:live|lived|work|worked|study|studied|was\ born|moved|come|grew\ up)\ (?:in|at|for|as|on|from|to|near)\ \S
      | i['’]?(?:\ a)?m\ (?:allergic\ to|called|named|from|married\ to|learning|\d+\ years\ old|vegetarian|vegan)
      | i\ (?:really\ )?(?:like|love|prefer|enjoy|hate|dislike|(?:do\ not|don['’]?t)\ (?:like|eat|drink))
        \ (?!(?:it|that|this|you|them)\b)\S
      | i\ (?:have|own)\ (?:a|an|two|three|four|\d+)\ (?:\w+\ ){0,2}?
        (?:dog|cat|pet|bird|fish|child|children|son|daughter|brother|sister|kid|allergy)s?\b
      | call\ me\ \S
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)
_STATEMENT_ZH = re.compile(
    r"""
    ^(?:
        我(?:的)?(?:名字)?叫\S
      | 我(?:家)?住(?:在)?\S | 我(?:现在)?在\S{2,20}(?:工作|上班|上学|读书)
      | 我出生(?:在|于)\S | 我来自\S | 我是\S{1,10}人
      | 我(?:最|很|特别|非常)?(?:喜欢|爱|讨厌|不喜欢|爱吃|不吃|不喝)\S
      | 我对\S{1,20}过敏 | 我(?:今年)?\d{1,3}岁 | 我属\S | 我有(?:一|两|三|四|\d)(?:个|只|条|位)\S
      | 我(?:的)?(?:妈妈|母亲|妈|爸爸|父亲|爸|妻子|老婆|太太|丈夫|老公|先生|儿子|女儿|孩子
            |哥哥|弟弟|姐姐|妹妹|爷爷|奶奶|外公|外婆|姥姥|姥爷
            |叔叔|阿姨|舅舅|姑姑|表弟|表妹|表哥|表姐|朋友|男朋友|女朋友|同事|老板|老师|医生|邻居|室友|狗|猫|宠物)(?:的\S{1,8})?(?:叫|是|住|在|喜欢|今年|有|对)\S
      | 我(?:的)?\S{1,10}(?:是|改成了|换成了)\S
    )
    """,
    re.VERBOSE,
)
_TELLING = re.compile(
    r"\d|[A-Z][a-z]+|\b(?:like|love|prefer|hate|enjoy|allergic|vegetarian|vegan)|[\u4e00-\u9fff]", re.ASCII
)


@dataclass(frozen=True, slots=True)
class ToRemember:
    """A fact taken from a message; ``asked`` when its writer asked to remember it."""

    text: str
    asked: bool


def to_remember(text: str, *, statements: bool = True) -> ToRemember | None:
    """The fact that ``text`` asks to remember, or states in passing; ``None`` for anything else.

    Requests count in English and Chinese; a statement counts when ``statements`` is
    on, it is about the writer or the writer's people, it is short (one or two
    sentences) and it carries a name, a number, a date or a preference.
    """
    text = text.strip()
    if not text or len(text) > LONGEST_NOTE:
        return None
    for pattern in (_REQUEST, _REQUEST_ZH):
        if (match := pattern.match(text)) and not _is_question(fact := match["fact"].strip()):
            if pattern is _REQUEST and _LATER.match(fact):
                return None
            if pattern is _REQUEST_ZH and re.search(r"吗[？?。]*$", text):
                return None
            return ToRemember(_as_sentence(fact), asked=True)
    if not statements or len(text) > 200 or _is_question(text) or text.count("\n") > 1:
        return None
    if (_STATEMENT.match(text) or _STATEMENT_ZH.match(text)) and _TELLING.search(text[1:]):
        return ToRemember(_as_sentence(text), asked=False)
    return None


def _is_question(text: str) -> bool:
    text = text.strip()
    return text.endswith(("?", "？")) or bool(_QUESTION_EN.match(text) or _QUESTION_ZH.search(text))


def _as_sentence(fact: str) -> str:
    fact = fact[0].upper() + fact[1:]
    if fact[-1] in ".!?。！？…":
        return fact
    return fact + ("。" if is_chinese(fact) else ".")
