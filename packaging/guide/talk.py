"""What people say that is neither about this program nor about their notes, with what the guide says to it.

Small talk and its answers come from ``resources/guide/talk.toml``; what the guide must refuse is made here from
question frames and subjects.
"""

from __future__ import annotations

import random
import tomllib
from dataclasses import dataclass
from pathlib import Path

import facts
import values

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True, slots=True)
class Talk:
    """One kind of talk: the answers and ways to say it, by language ("en", "zh")."""

    kind: str
    answer: dict[str, str]
    said: dict[str, list[str]]


def talk_table(path: Path = ROOT / "resources/guide/talk.toml") -> dict[str, Talk]:
    """Every kind of talk by its name."""
    table = tomllib.loads(path.read_text("utf-8"))
    return {
        kind: Talk(
            kind,
            {"en": row["en"], "zh": row["zh"]},
            {"en": row.get("said_en", []), "zh": row.get("said_zh", [])},
        )
        for kind, row in table.items()
    }


FRAMES = (
    "what is the capital of {c}|write a poem about {t}|who invented {t}|explain {t}|explain {t} to me like I am five|what is {n} times {m}|"
    "translate {t} into French|what is the weather in {c}|will it rain tomorrow in {c}|write a story about {t}|who is the president of {c}|"
    "why is {t} important|how far is {c} from {d}|what is {n} plus {m}|give me a recipe with {t}|write an email about {t}|"
    "summarise the history of {t}|what does {t} mean|write Python code for {t}|tell me a joke about {t}|how many people live in {c}|"
    "what happened in {y}|recommend a book about {t}|how do I cook {t}|how can I learn {t}|what is the best {t}|how does {t} work|"
    "who won the {y} world cup|what time is it in {c}|what day is it today|play some {t}|plan a weekend in {c}|is {t} healthy|"
    "what is the price of {t}|who wrote {w}|how tall is {w}|when was {w} born|who is {w}|what is {w}|tell me about {w}|{n} * {m}|"
    "compare {t} and {u}|what is the difference between {t} and {u}|should I buy {t}|give me ideas for {t}|write a letter to {w}|"
    "correct this sentence: {t} are good for {u}|can you draw {t}|search the web for {t}|what is the news today|solve x + {n} = {m}|"
    "how old is {w}|where is {c}|what language do they speak in {c}|convert {n} kilometres to miles|how long does {t} take|"
    "why do people like {t}|make a list of {t}|what should I eat today|what is the meaning of life|is there life on {c}|"
    "which is better, {t} or {u}|write a haiku about {t}|sing a song about {t}|what rhymes with {t}|how do planes fly|why is the sky blue|"
    "what is the square root of {n}|who was {w}|name three kinds of {t}|describe {t}|do you like {t}|what do you think about {t}|"
    "can you write an essay on {t}|fix this code: print({w}|define {t}|what causes {t}|how do I fix a {t}|tell me a story|tell me a joke|"
    "who painted {w}|is {w} a good company|how do I get from {c} to {d}|what are the rules of {t}|book a flight to {c}|order {t} for me|"
    "set an alarm for {n}|call {w}|send a message to {w}|what is the population of {c}|how much is {n} dollars in euros|are there {t} in {c}"
).split("|")
FRAMES_ZH = (
    "{c}的首都是哪里|写一首关于{t}的诗|谁发明了{t}|解释一下{t}|{n}乘以{m}等于多少|把{t}翻译成法语|{c}今天天气怎么样|明天{c}会下雨吗|写一个关于{t}的故事|"
    "{c}的总统是谁|{t}为什么重要|{c}离{d}有多远|{n}加{m}等于几|给我一个{t}的做法|写一封关于{t}的邮件|讲讲{t}的历史|{t}是什么意思|用Python写一个{t}程序|"
    "讲一个关于{t}的笑话|{c}有多少人|{y}年发生了什么|推荐一本关于{t}的书|怎么做{t}|怎样学{t}|最好的{t}是什么|{t}是怎么工作的|{y}年世界杯谁赢了|"
    "{c}现在几点|今天星期几|放一首{t}|安排一个{c}的周末|{t}健康吗|{t}多少钱|{w}是谁写的|{w}有多高|{w}是哪年出生的|{w}是谁|{w}是什么|介绍一下{w}|"
    "{n}*{m}|比较{t}和{u}|{t}和{u}有什么区别|我该买{t}吗|给我一些{t}的点子|给{w}写一封信|帮我改一下这句话：{t}对{u}很好|你能画{t}吗|上网搜一下{t}|"
    "今天有什么新闻|解方程x加{n}等于{m}|{w}多大年纪|{c}在哪里|{c}说什么语言|{n}公里是多少英里|{t}要多长时间|人们为什么喜欢{t}|列出几种{t}|今天吃什么|"
    "人生的意义是什么|{t}和{u}哪个好|写一副关于{t}的对联|唱一首歌|飞机为什么会飞|天空为什么是蓝的|{n}的平方根是多少|说三种{t}|描述一下{t}|你喜欢{t}吗|"
    "你觉得{t}怎么样|写一篇关于{t}的作文|帮我看看这段代码|{t}的定义|{t}是什么原因|怎么修{t}|讲个故事|讲个笑话|{w}是谁画的|从{c}到{d}怎么走|{t}的规则是什么|"
    "订一张去{c}的机票|帮我点一份{t}|给我定{n}点的闹钟|打电话给{w}|给{w}发消息|{n}美元是多少人民币|{c}有{t}吗|帮我写{t}|给我讲讲{t}|总结一下{t}"
).split("|")
SUBJECTS = (
    "gravity|music|cats|the moon|rice|football|love|computers|birds|the sea|chess|physics|trees|democracy|coffee|maths|dreams|the heart|trains|"
    "war|gold|noodles|philosophy|tennis|stars|DNA|electricity|the sun|painting|cars|money|rain|robots|poetry|tea|soup|mountains|black holes|"
    "climate change|inflation|bananas|the internet|vaccines|sleep|photosynthesis|evolution|bridges|gardens|spiders|bicycles|headaches|taxes|"
    "marriage|earthquakes|snow|dragons|autumn|spring|friendship|the stock market|a broken window|fractions|pancakes"
).split("|")
SUBJECTS_ZH = (
    "重力|音乐|猫|月亮|米饭|足球|爱情|电脑|鸟|大海|象棋|物理|树|民主|咖啡|数学|梦|心脏|火车|战争|黄金|面条|哲学|网球|星星|基因|电|太阳|绘画|汽车|钱|雨|"
    "机器人|诗歌|茶|汤|山|黑洞|气候变化|通货膨胀|香蕉|互联网|疫苗|睡眠|光合作用|进化|桥|花园|蜘蛛|自行车|头痛|税|婚姻|地震|雪|龙|秋天|春天|友谊|股市|"
    "分数|煎饼|唐诗|红楼梦|春节|红烧肉|人工智能|区块链"
).split("|")
COUNTRIES = "France|Japan|Brazil|Egypt|Canada|Italy|Paris|London|Tokyo|Beijing|Rome|India|Kenya|Spain|Berlin|Moscow|Mexico|Peru|Cairo|Sydney|Mars".split("|")
COUNTRIES_ZH = "法国|日本|巴西|埃及|加拿大|意大利|巴黎|伦敦|东京|北京|罗马|印度|肯尼亚|西班牙|柏林|莫斯科|墨西哥|秘鲁|开罗|悉尼|上海|火星".split("|")
LEADS = ("", "", "", "", "", "please ", "can you ", "hey, ", "could you please ", "I want to know ", "tell me, ", "quick question: ")
LEADS_ZH = ("", "", "", "", "", "请", "请问", "帮我", "你能不能", "我想知道", "你知道", "能告诉我")
ASKS = ("Remember that ", "remember that ", "Please remember that ", "remember: ", "Remember ", "Don't forget that ", "Please note that ", "keep in mind that ", "Note that ", "Can you remember that ", "make a note: ", "please keep in mind: ")
ASKS_ZH = ("记住", "请记住", "记住：", "记一下，", "帮我记住", "别忘了", "请记下", "记得", "你要记住", "麻烦记一下：", "帮我记一下", "记好了，")


def refused(chance: random.Random, chinese: bool) -> str:
    """A question that the guide cannot answer."""
    fill = {
        "t": chance.choice(SUBJECTS_ZH if chinese else SUBJECTS),
        "u": chance.choice(SUBJECTS_ZH if chinese else SUBJECTS),
        "c": chance.choice(COUNTRIES_ZH if chinese else COUNTRIES),
        "d": chance.choice(COUNTRIES_ZH if chinese else COUNTRIES),
        "w": values.person_zh(chance) if chinese else values.person(chance),
        "n": str(chance.randint(2, 999)),
        "m": str(chance.randint(2, 99)),
        "y": str(chance.randint(1900, 2024)),
    }
    if chance.random() < 0.3:
        fill["t"] = values.thing_zh(chance) if chinese else values.thing(chance)
    if chance.random() < 0.03:
        return "".join(chance.choice("abcdefghijklmnop1234567890 ?!.，。的是不") for _ in range(chance.randint(4, 20))) + "?"
    text = chance.choice(LEADS_ZH if chinese else LEADS) + chance.choice(FRAMES_ZH if chinese else FRAMES).format(**fill)
    return ended(chance, text, chinese, "?")


def said(chance: random.Random, talk: Talk, chinese: bool) -> str:
    """One way to say this kind of small talk."""
    text = chance.choice(talk.said["zh" if chinese else "en"])
    if chinese:
        lead = chance.choice(("", "", "", "", "嗯，", "那", "哦，", "好的，"))
        return lead + text + chance.choice(("", "", "。", "！", "？" if text.endswith(("吗", "什么", "谁", "样")) else "", "啊", "呀"))
    if chance.random() < 0.12:
        text = chance.choice(("well, ", "oh ", "so ", "hey, ", "please, ", "and ")) + text
    if chance.random() < 0.1:
        text += chance.choice((" guide", " my friend", " please", " then", " now", " again"))
    text = text[:1].upper() + text[1:] if chance.random() < 0.5 else text
    return text + chance.choice(("", "", ".", "!", "?"))


def request(chance: random.Random, chinese: bool) -> str:
    """A request to remember something."""
    note = facts.some_fact(chance, chinese).note
    if chance.random() < 0.4:
        note = note[:1].lower() + note[1:]
    return chance.choice(ASKS_ZH if chinese else ASKS) + note


def statement(chance: random.Random, chinese: bool) -> str:
    """Something a user tells without asking to remember it."""
    return facts.some_fact(chance, chinese).note


def ended(chance: random.Random, text: str, chinese: bool, mark: str) -> str:
    if not chinese and chance.random() < 0.6:
        text = text[:1].upper() + text[1:]
    full = {"?": "？", ".": "。"}[mark] if chinese else mark
    return text + chance.choice((full, full, "", mark))
