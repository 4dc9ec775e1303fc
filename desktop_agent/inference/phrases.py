"""Turns of phrase, in English and Chinese, that say what kind of sentence a message is.

All are for text as ``wording.folded`` gives it, without the mark at its end where a pattern looks for the end.
"""

from __future__ import annotations

import re


def _any(*forms: str) -> re.Pattern[str]:
    return re.compile("|".join(forms))


ASKS = _any(
    r"[?？]",
    r"\b(?:what|who|where|when|which|how|whose|why)\b",
    r"^(?:do|does|did|is|are|am|was|can|could|will|would|have|has)\b",
    r"\b(?:tell|remind|show|give) me\b|\bforgot\b",
    r"什么|哪|谁|几|多少|多大|吗|呢$|啥|怎么|如何|怎样|告诉我|忘了|为什么|记得",
)
"""A question, with or without its mark."""

HOW = _any(
    r"\bhow (?:do|can|to|should|would)\b",
    r"\bwhere (?:can|do|would) (?:i|you) (?:find|see|change|set|turn|look|get|keep|store)\b",
    r"怎么|如何|怎样|在哪里?(?:设置|看|改|找|打开|查看)",
)
"""Asks for a way to do something: for the help rather than for a note."""

HOW_TO = _any(r"\bhow (?:do|can|should|would|could) (?:i|we|you)\b", r"怎么|如何|怎样")
"""Asks for a way to do something, whoever does it."""

SOMEONE = _any(r"\b(?:my|mine|our|i|me|i'm|we)\b", r"[我俺咱]")
"""Speaks of the user."""

TELL_ME = _any(r"\b(?:tell|show|give|let|help) me\b", r"告诉我")
"""Speaks of the user only as the one who asks."""

ASKS_ONE = _any(
    r"^(?:(?:and|so|please|hey)[ ,]+)*(?:when|where|who|whose|until when|since when|what time|what's|what is|what"
    r" was)\b"
    r"(?!.* (?:an?|any|people|you) )",
    r"^(?:how (?:much|many|old|often)|which|on (?:what|which) day)\b(?=.*\bthe\b)",
    r"什么时候|哪天|哪一天|几[点号月日]|在哪|哪里|哪儿|在谁|是谁|叫什么|多少|哪[个间家位]|的密码|的号码|哪种",
)
"""Asks for one day, place, person or figure: of the user's things rather than of the world, where a note has them."""

WHEN = _any(r"\bwhen\b|\bwhat (?:day|time|date)\b", r"什么时候|哪天|哪一天|几[点号]")
TIME = _any(
    r"\d|day\b|\bnoon\b|tomorrow|tonight|\bweek\b|month",
    r"[一二三四五六七八九十]+[点号日月]|周|星期|礼拜|明天|后天",
)

KIND = _any(
    r"\b(?:what|which) (?:kind of |sort of )?[a-z]+\b"
    r"(?= (?:do|did|am|is|was|can|don't|can't|should|have) )",
    r"什么[\u3400-\u9fff]{1,2}|哪种[\u3400-\u9fff]{1,2}",
)
"""The noun a question asks one of: "which instrument am I learning"."""

LIVES = _any(
    r"\b(?:do|did|am|was|can|should|shall) (?:i|we)\b(?!.*\b(?:would like|'d like|have to|get|start|open|enter)\b)",
    r"\b(?:i|we) (?:live|work|come from|like|love|prefer|hate|enjoy|eat|study|learn)\b|\bi am\b|\bi'm\b",
    r"我(?:今年|现在|平时|最|不|在|是)*(?:住|来自|喜欢|爱|讨厌|对|学|几岁|多大|哪里人|什么人|做什么|干什么|工作|上班)",
    r"我(?:不?能吃|不能|什么时候|哪天|哪一天|几点|几号|几月|叫|是谁)",
    r"我在[\u3400-\u9fff]{1,6}(?:工作|上班|住|学)",
)
"""Speaks of the user's life with a verb: "where do I live"."""

POSSESSED = _any(r"\b(?:my|our) [a-z]", r"我的[\u3400-\u9fff]")

PROGRAM = _any(
    r"\b(?:my|our) (?:chats?|conversations?|notes?|data|messages?|questions?|settings?|answers?|files?|models?)\b",
    r"\b(?:my|our) (?:memor(?:y|ies)|privacy|backups?|threads?|history|text)\b",
    r"我的(?:数据|对话|聊天|笔记|设置|文件|模型|记忆|隐私|问题|消息|备份|历史)",
)
"""What is the user's and yet a matter of this program."""

CODE = _any(
    r"\b(?:def|class|function|import|print|return|console|public|select)\b ?[\w.]*[({=*;]|=>|==|[{};]\s*$|</?[a-z]+>"
    r"|^\s*#include",
    r"\b[a-z]*(?:key|type|value|name|index|syntax|attribute|import)error\b|\btraceback\b|\bexception\b|\w\(\w*\): ",
)
"""A program, or what one says when it fails."""

NO_WORDS = _any(r"^[\W_]*$")
"""Nothing but marks."""

BARE = _any(
    r"^(?:but |and |so )?(?:why|what|how|when|where|who|really|which)$",
    r"^(?:那)?(?:为什么|为啥|怎么|什么|啥|谁|哪个|真的吗)(?:呢|啊)?$",
)
"""A question word that hangs on what was said before, which the guide does not know."""

REMIND = _any(
    r"^(?:please |can you |could you |will you |and )*remind me"
    r" (?:to|at|in|on|tomorrow|tonight|later|every|next|about)\b",
    r"\bset (?:an? )?(?:alarm|timer|reminder)\b|\bwake me\b",
    r"提醒我(?!的|我|什么|一下我)|叫我起床|[定设](?:一?个)?(?:闹钟|闹铃|提醒|计时)",
)
"""Asks to be told of something at a time."""

ONE_NOUN = _any(r"^(?:and |so )?(?:my|our) [a-z' -]{2,40}$", r"^我的?[\u3400-\u9fff]{1,10}$")
"""A question of one noun: "my birthday"."""

WHO_AM_I = _any(r"\bwho am i$", r"我是谁")

MINE = _any(r"\b(?:my|our)\b", r"我的|^我是")
STATES = _any(
    r"^(?:my|our)\b.*(?:\b(?:is|are|was|were|has|have|had|lives?|works?|likes?|loves?|prefers?|enjoys?|hates?)\b|:)",
    r"^(?:my|our)\b.*\b(?:moved|became|turned|can|cannot|started)\b",
    r"^(?:i am|i'm|i was|i live|i work|i like|i love|i prefer|i enjoy|i hate|i study|i come|i have|i moved|i can't)\b",
    r"^(?:i really|i put|i keep|i left|i started|i grew|call me|we live)\b",
    r"^(?:我|我们|我家|我的[^，。]{1,8})(?:叫|是|住|在|喜欢|最|很|爱|对|有|不|今年|来自|属|搬|把|吃|当|的)",
    r"^我[^想要请能该会得去先走下睡]",
)
"""Tells something about the user."""

ASKING = _any(
    r"\b(?:what did i say|do you (?:still )?(?:know|remember)|can you tell me|tell me|remind me|i forgot|please)\b",
    r"\b(?:hey|so|and|most|now|again|the name of|numbers?|keep|kept|leave|left|put|stored?|this year|today)\b",
    r"我忘了|忘了|你还记得|还记得|记得|告诉我|请问|知道|今年|已经|现在|号码|号|时间|放在|放|时候|名单",
)
"""Words that ask, and such as say little: what they leave is what is asked about."""

WHICH = _any(
    r"\bhow (?:can|do) i (?:call|reach|phone)\b",
    r"\b(?:in |on |at |for )?(?:what|which) (?:city|town|day|date|time|company|place|kind|thing|street)\b"
    r"(?! do i (?:like|love|prefer))",
    r"哪个城市|哪座城市|哪家公司|几月几[日号]|几号|几点|哪天|什么时候|哪一天|是多少|多少",
)
"""Asks with a noun that is not the matter: "in which city do I live" asks for a home."""

VERB = _any(
    r"\b(?:is|are|was|were|am|lives?|works?|likes?|loves?|prefers?|enjoys?|has|have|had|moved|cannot|can't|can)\b",
    r"\b(?:turned|became|started|called|named|needs?|hates?|wants?|studies|comes?)\b",
    r"'m\b|喜欢|最爱|爱吃|爱喝|叫|住|在|是|对|有|不能|今年|搬|属|当|要|\d",
)
"""The first verb; whoever stands before it is who the sentence is about."""

NAMED = _any(
    r"\b(?:my|our) [a-z' -]+ (?:is|was) [a-zà-ÿ]",
    r"\b(?:is|was) (?:my|our) [a-z]",
    r"^[\u3400-\u9fff]{1,8}是|是[我俺]|^我(?:们)?的?[\u3400-\u9fff]{1,6}[是叫]",
)
"""Gives somebody's name without the word: "my sister is Li Na"."""

MY_NAME = _any(
    r"\bmy (?:full |first |last |family )?name\b",
    r"\bi(?: am|'m) (?:called |named )?(?!(?:from|allergic|learning|studying|living|an?|in|at|not)\b|\d)[a-zà-ÿ]",
    r"\b(?:call|calls) me\b",
    r"^我叫|我的?名字|^叫我|^我姓|^我是(?![一个名]|.*人$|\d)",
)
"""Gives the user's own name."""

IMPLIED = (
    ("name", _any(r"\b(?:have|got|own) (?:an?|one|two|three|four|\d) [a-z ]+(?:,|:| -) ?[a-zà-ÿ]{2,}")),
    ("age", _any(r"\b(?:is|am|i'm) \d{1,3}(?:$| years)", r"\d{1,3}岁")),
    ("birthday", _any(r"\bborn\b.*\d", r"\bwhen\b.*\bborn\b", r"出生.*\d|\d[日号]?出生")),
    ("birthday", _any(r"(?:哪天|什么时候|几号|哪年).*出生|出生.*(?:哪天|什么时候)")),
    ("birthplace", _any(r"\bwhere\b.*\bborn\b", r"\bborn in [a-zà-ÿ]", r"(?:哪里|哪儿|在哪).*出生|出生在")),
    ("birthplace", _any(r"是[\u3400-\u9fff]{1,8}人\b")),
    ("job", _any(r"\b(?:is|am|i'm|became|as) an? [a-zà-ÿ]+", r"\bwhat (?:do|does) [a-z' -]+ do\b")),
    (
        "job",
        _any(r"^我?的?[^的是，]{0,6}(?:是|当|做|是一名|是个)(?!多少|什么|哪|谁|几|啥|我)[\u3400-\u9fff]{2,6}(?:$|，)"),
    ),
    ("work", _any(r"\bjob (?:at|with|in)\b", r"\bstarted at\b")),
    ("home", _any(r"\bwhat city am i\b")),
    ("phone", _any(r"\bhow (?:can|do) i (?:call|reach|phone)\b", r"(?:'s|his|her) number\b")),
    ("phone", _any(r"\bcall [a-z' ]+ (?:at|on) [\d+]")),
)
"""What a sentence is about without the word for it, by the names in ``relations.toml``."""
