"""Things people ask to remember, in the words they use, with the questions they ask later.

A fact has a ``kind`` that says what it is about: two facts of different kinds never answer each other's questions.
``{v}`` stands for the value. Notes about invented things ("my zorbel is K7") teach the model to find a note by
the words of the question instead of by a list of relations.
"""

from __future__ import annotations

import random
from dataclasses import dataclass

import values
from values import Make


@dataclass(frozen=True, slots=True)
class Wording:
    """How one fact is noted and asked about in one language."""

    value: Make
    notes: tuple[str, ...]
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact as it stands in a prompt."""

    kind: str
    note: str
    question: str
    value: str


PEOPLE = (
    "sister=姐姐|妹妹 brother=哥哥|弟弟 mother|mum|mom=妈妈|母亲 father|dad=爸爸|父亲 wife=妻子|老婆 husband=丈夫|老公 son=儿子 daughter=女儿 "
    "dog=狗 cat=猫 best_friend=好朋友|最好的朋友 boss=老板|上司 teacher=老师 doctor=医生 neighbour|neighbor=邻居 roommate|flatmate=室友 "
    "grandmother|grandma=奶奶|外婆|姥姥 grandfather|grandpa=爷爷|外公 uncle=叔叔|舅舅 aunt=阿姨|姑姑 cousin=表弟|表妹|表哥|堂姐 girlfriend=女朋友 "
    "boyfriend=男朋友 colleague=同事 niece=侄女 nephew=侄子 landlord=房东 dentist=牙医 baby=宝宝 parrot=鹦鹉 rabbit=兔子 horse=马"
)
FAVOURITES = "colour|color=颜色:colour food=食物|菜:thing film|movie=电影:name book=书:name song=歌:name sport=运动:thing drink=饮料:thing city=城市:place animal=动物:thing singer=歌手:person season=季节:thing team=球队:name restaurant=餐厅|饭馆:name teacher=老师:person"
NUMBERS = (
    "phone_number=电话号码|电话|手机号:number wifi_password=无线密码|wifi密码|无线网密码:code locker_code=柜子密码:number room_number=房间号:number "
    "car_plate|licence_plate=车牌|车牌号:code flight_number=航班号:code student_number=学号:number postcode|postal_code=邮编:number house_number=门牌号:number "
    "order_number=订单号:code passport_number=护照号|护照号码:code bank_account=银行账号:number shoe_size=鞋码:age blood_type=血型:code "
    "door_code=门禁密码:number email|email_address=邮箱:code library_card=借书证号:code gym_code=健身房密码:number bike_lock=自行车锁密码:number"
)
PLURALS = {"phone_number": "phone numbers"}


def _pairs(table: str) -> list[tuple[list[str], list[str], str]]:
    rows = []
    for row in table.split():
        english, _, rest = row.partition("=")
        chinese, _, value = rest.partition(":")
        rows.append(([word.replace("_", " ") for word in english.split("|")], chinese.split("|"), value))
    return rows


ENGLISH_VALUES: dict[str, Make] = {
    "name": values.invented,
    "person": values.person,
    "place": values.place,
    "thing": values.thing,
    "colour": values.colour,
    "number": values.number,
    "code": values.code,
    "age": values.age,
}
CHINESE_VALUES: dict[str, Make] = ENGLISH_VALUES | {
    "name": values.invented_zh,
    "person": values.person_zh,
    "place": values.place_zh,
    "thing": values.thing_zh,
    "colour": values.colour_zh,
}

# What can be known of any person or animal: the part after "my sister".
ABOUT_PERSON = {
    "name": Wording(
        values.person,
        ("{s}'s name is {v}", "{s} is called {v}", "{s} is {v}", "{s} is named {v}", "The name of {s} is {v}", "{v} is {s}"),
        ("What is {s}'s name?", "what's {s} called", "Who is {s}?", "do you know {s}'s name", "tell me the name of {s}",
         "{s}'s name?", "what is the name of {s}", "how is {s} called?", "What did I say {s}'s name was?"),
    ),
    "birthday": Wording(
        values.date,
        ("{s}'s birthday is {v}", "{s}'s birthday is on {v}", "{s} was born on {v}", "{s} has a birthday on {v}"),
        ("When is {s}'s birthday?", "when's {s}'s birthday", "what day is {s}'s birthday", "when was {s} born?",
         "do you remember {s}'s birthday", "{s}'s birthday?", "on which date is {s}'s birthday"),
    ),
    "home": Wording(
        values.place,
        ("{s} lives in {v}", "{s} lives near {v}", "{s} moved to {v}", "{s}'s home is in {v}", "{s} lives at {v} now"),
        ("Where does {s} live?", "where is {s} living", "in which city does {s} live", "do you know where {s} lives", "where is {s}'s home?"),
    ),
    "work": Wording(
        values.company,
        ("{s} works at {v}", "{s} works for {v}", "{s} has a job at {v}", "{s} started working at {v}"),
        ("Where does {s} work?", "which company does {s} work for", "do you know where {s} works", "who does {s} work for?", "what is {s}'s company"),
    ),
    "likes": Wording(
        values.thing,
        ("{s} likes {v}", "{s} loves {v}", "{s} prefers {v}", "{s} really likes {v}", "{s} enjoys {v}"),
        ("What does {s} like?", "what does {s} love", "what does {s} prefer", "do you know what {s} likes", "which thing does {s} enjoy?"),
    ),
    "phone": Wording(
        values.number,
        ("{s}'s phone number is {v}", "{s}'s number is {v}", "{s}'s telephone is {v}", "you can call {s} at {v}"),
        ("What is {s}'s phone number?", "what's {s}'s number", "tell me {s}'s telephone number", "how can I call {s}?"),
    ),
    "age": Wording(
        values.age,
        ("{s} is {v} years old", "{s} is {v}", "{s} turned {v} this year"),
        ("How old is {s}?", "what is {s}'s age", "do you know how old {s} is", "{s}'s age?"),
    ),
    "allergy": Wording(
        values.thing,
        ("{s} is allergic to {v}", "{s} has an allergy to {v}", "{s} cannot eat {v}"),
        ("What is {s} allergic to?", "does {s} have an allergy", "what can {s} not eat?", "which allergy does {s} have"),
    ),
    "job": Wording(
        values.job,
        ("{s} is a {v}", "{s} works as a {v}", "{s} became a {v}"),
        ("What does {s} do?", "what is {s}'s job", "what is {s}'s profession?", "what does {s} do for a living"),
    ),
}
ABOUT_PERSON_ZH = {
    "name": Wording(
        values.person_zh,
        ("{s}叫{v}", "{s}的名字叫{v}", "{s}的名字是{v}", "{s}是{v}", "{s}名叫{v}", "{v}是{s}"),
        ("{s}叫什么名字？", "{s}叫什么", "{s}是谁？", "你知道{s}的名字吗", "告诉我{s}的名字", "{s}叫啥", "{s}的名字是什么", "{s}叫什么来着"),
    ),
    "birthday": Wording(
        values.date_zh,
        ("{s}的生日是{v}", "{s}生日是{v}", "{s}{v}过生日", "{s}出生于{v}", "{s}是{v}出生的"),
        ("{s}的生日是哪天？", "{s}什么时候过生日", "{s}生日几号", "你记得{s}的生日吗", "{s}哪天出生", "{s}的生日是什么时候"),
    ),
    "home": Wording(
        values.place_zh,
        ("{s}住在{v}", "{s}家在{v}", "{s}搬到了{v}", "{s}现在住{v}"),
        ("{s}住在哪里？", "{s}住哪", "{s}家在哪儿", "{s}住在哪个城市", "你知道{s}住哪里吗"),
    ),
    "work": Wording(
        values.company_zh,
        ("{s}在{v}工作", "{s}在{v}上班", "{s}的公司是{v}", "{s}去了{v}工作"),
        ("{s}在哪里工作？", "{s}在哪上班", "{s}的公司是哪家", "{s}在哪家公司工作", "你知道{s}在哪工作吗"),
    ),
    "likes": Wording(
        values.thing_zh,
        ("{s}喜欢{v}", "{s}最爱{v}", "{s}很喜欢{v}", "{s}爱吃{v}", "{s}的爱好是{v}"),
        ("{s}喜欢什么？", "{s}爱什么", "{s}有什么爱好", "{s}喜欢啥", "你知道{s}喜欢什么吗"),
    ),
    "phone": Wording(
        values.number,
        ("{s}的电话是{v}", "{s}的电话号码是{v}", "{s}的手机号是{v}", "{s}电话{v}"),
        ("{s}的电话是多少？", "{s}的手机号是多少", "告诉我{s}的电话号码", "{s}电话多少"),
    ),
    "age": Wording(
        values.age,
        ("{s}今年{v}岁", "{s}{v}岁", "{s}已经{v}岁了"),
        ("{s}多大了？", "{s}几岁", "{s}今年多大", "{s}的年龄是多少"),
    ),
    "allergy": Wording(
        values.thing_zh,
        ("{s}对{v}过敏", "{s}不能吃{v}", "{s}吃{v}会过敏"),
        ("{s}对什么过敏？", "{s}不能吃什么", "{s}有什么过敏", "{s}过敏吗"),
    ),
    "job": Wording(
        values.job_zh,
        ("{s}是{v}", "{s}当{v}", "{s}的职业是{v}", "{s}做{v}"),
        ("{s}是做什么的？", "{s}的职业是什么", "{s}做什么工作", "{s}干什么的"),
    ),
}
ABOUT_ME = {
    "name": Wording(
        values.person,
        ("My name is {v}", "I am called {v}", "I am {v}", "I'm {v}", "Call me {v}", "People call me {v}"),
        ("What is my name?", "who am I", "do you know my name", "what's my name", "tell me my name", "what am I called?"),
    ),
    "birthday": Wording(
        values.date,
        ("My birthday is {v}", "My birthday is on {v}", "I was born on {v}", "my birthday: {v}"),
        ("When is my birthday?", "what day is my birthday", "do you know my birthday", "my birthday?", "when was I born"),
    ),
    "home": Wording(
        values.place,
        ("I live in {v}", "My home is in {v}", "I moved to {v}", "I live near {v}", "I'm living in {v}", "We live in {v}"),
        ("Where do I live?", "where is my home", "in which city do I live", "do you know where I live", "what city am I in?"),
    ),
    "birthplace": Wording(
        values.place,
        ("I come from {v}", "I am from {v}", "I'm from {v}", "My home town is {v}", "I grew up in {v}"),
        ("Where am I from?", "where do I come from", "what is my home town", "where did I grow up?", "do you know where I'm from"),
    ),
    "work": Wording(
        values.company,
        ("I work at {v}", "I work for {v}", "I have a job at {v}", "My company is {v}", "I started at {v}", "my employer is {v}"),
        ("Where do I work?", "what company do I work for", "who is my employer", "do you know where I work", "which company do I work at?"),
    ),
    "likes": Wording(
        values.thing,
        ("I like {v}", "I love {v}", "I prefer {v}", "I really like {v}", "I enjoy {v}", "My hobby is {v}"),
        ("What do I like?", "what do I prefer", "do you know what I like", "what is my hobby?", "what do I enjoy"),
    ),
    "allergy": Wording(
        values.thing,
        ("I am allergic to {v}", "I'm allergic to {v}", "I have an allergy to {v}", "I can't eat {v}"),
        ("What am I allergic to?", "do I have an allergy", "what can't I eat", "which allergies do I have?", "what should I not eat"),
    ),
    "job": Wording(
        values.job,
        ("I am a {v}", "I'm a {v}", "I work as a {v}", "My job is {v}"),
        ("What is my job?", "what do I do for a living", "what is my profession", "what do I work as?"),
    ),
    "age": Wording(
        values.age,
        ("I am {v} years old", "I'm {v} years old", "I am {v}", "My age is {v}"),
        ("How old am I?", "what is my age", "do you know my age", "do you know how old I am?"),
    ),
    "learning": Wording(
        values.thing,
        ("I am learning {v}", "I study {v}", "I'm studying {v}", "I want to learn {v}"),
        ("What am I learning?", "what do I study", "what am I studying?", "what do I want to learn"),
    ),
    "keys": Wording(
        values.place,
        ("My spare key is at {v}", "I keep the spare key at {v}", "I left the key with {v}"),
        ("Where is my spare key?", "where did I leave the key", "where do I keep the key?", "where's my key"),
    ),
}
ABOUT_ME_ZH = {
    "name": Wording(
        values.person_zh,
        ("我叫{v}", "我的名字叫{v}", "我的名字是{v}", "我是{v}", "叫我{v}"),
        ("我叫什么名字？", "我是谁", "你知道我的名字吗", "我叫什么", "告诉我我的名字", "我叫啥"),
    ),
    "birthday": Wording(
        values.date_zh,
        ("我的生日是{v}", "我生日是{v}", "我{v}过生日", "我是{v}出生的"),
        ("我的生日是哪天？", "我什么时候过生日", "你知道我的生日吗", "我生日是几月几日", "我哪天出生的"),
    ),
    "home": Wording(
        values.place_zh,
        ("我住在{v}", "我家在{v}", "我家住在{v}", "我现在住{v}", "我搬到了{v}"),
        ("我住在哪里？", "我家在哪", "我住在哪个城市", "你知道我住哪里吗", "我住哪儿"),
    ),
    "birthplace": Wording(
        values.place_zh,
        ("我是{v}人", "我来自{v}", "我老家在{v}", "我的家乡是{v}"),
        ("我是哪里人？", "我来自哪里", "我老家在哪", "我的家乡是哪里", "我的老家是哪儿"),
    ),
    "work": Wording(
        values.company_zh,
        ("我在{v}工作", "我在{v}上班", "我的公司是{v}", "我现在在{v}工作", "我的单位是{v}"),
        ("我在哪里工作？", "我在哪家公司上班", "我的单位是哪里", "你知道我在哪工作吗", "我的公司叫什么"),
    ),
    "likes": Wording(
        values.thing_zh,
        ("我喜欢{v}", "我最爱{v}", "我很喜欢{v}", "我爱吃{v}", "我的爱好是{v}"),
        ("我喜欢什么？", "我爱什么", "我有什么爱好", "你知道我喜欢什么吗", "我的爱好是什么"),
    ),
    "allergy": Wording(
        values.thing_zh,
        ("我对{v}过敏", "我不能吃{v}", "我吃{v}会过敏"),
        ("我对什么过敏？", "我不能吃什么", "我有什么过敏", "你知道我对什么过敏吗"),
    ),
    "job": Wording(
        values.job_zh,
        ("我是一名{v}", "我的职业是{v}", "我当{v}", "我是个{v}"),
        ("我的职业是什么？", "我是做什么的", "我做什么工作", "我干什么工作"),
    ),
    "age": Wording(
        values.age,
        ("我今年{v}岁", "我{v}岁", "我已经{v}岁了"),
        ("我多大了？", "我几岁", "我今年多大", "我的年龄是多少"),
    ),
    "learning": Wording(
        values.thing_zh,
        ("我在学{v}", "我正在学{v}", "我想学{v}", "我的专业是{v}"),
        ("我在学什么？", "我学什么", "我想学什么", "我的专业是什么"),
    ),
    "keys": Wording(
        values.place_zh,
        ("备用钥匙在{v}", "我的备用钥匙放在{v}", "我把钥匙放在{v}"),
        ("备用钥匙在哪里？", "我的钥匙放在哪", "我把钥匙放哪了", "钥匙在哪儿"),
    ),
}
EVENTS = "dentist|meeting|exam|flight|interview|wedding|party|appointment with the doctor|train|haircut|lesson|concert".split("|")
EVENTS_ZH = "看牙|开会|考试|飞机|面试|婚礼|聚会|看医生|火车|理发|上课|音乐会".split("|")

TAILS = (" since {n}", " near the station", ", as always", " and not before", " with two friends", " this year", " for now", ", she said", " these days", " in summer")
TAILS_ZH = ("，从去年开始", "，在车站附近", "，一直这样", "，今年也是", "，他说的", "，现在先这样", "，夏天的时候", "，很重要")


def some_fact(chance: random.Random, chinese: bool, held_out: bool = False) -> Fact:
    """Any fact with a value of its own."""
    roll = chance.random()
    if roll < 0.36:
        return _about_person(chance, chinese, held_out)
    if roll < 0.56:
        kind = chance.choice(list(ABOUT_ME))
        return _worded(chance, f"me:{kind}", (ABOUT_ME_ZH if chinese else ABOUT_ME)[kind], {}, chinese, held_out)
    if roll < 0.66:
        return _favourite(chance, chinese, held_out)
    if roll < 0.8:
        return _number(chance, chinese, held_out)
    if roll < 0.86:
        return _event(chance, chinese, held_out)
    return _invented_thing(chance, chinese, held_out)


def _worded(
    chance: random.Random, kind: str, wording: Wording, fields: dict[str, str], chinese: bool, held_out: bool
) -> Fact:
    value = wording.value(chance, held_out)
    note = chance.choice(wording.notes).format(v=value, **fields)
    if not held_out and chance.random() < 0.12:
        note += chance.choice(TAILS_ZH if chinese else TAILS).format(n=chance.randint(1990, 2025))
    question = chance.choice(wording.questions).format(**fields)
    return Fact(kind, _as_noted(chance, note, chinese), _as_typed(chance, question, chinese), value)


def _about_person(chance: random.Random, chinese: bool, held_out: bool) -> Fact:
    english, han, _ = chance.choice(_pairs(PEOPLE))
    kind = chance.choice(("name", "name", "name", *ABOUT_PERSON))
    roll = chance.random()
    if chinese:
        word = chance.choice(han)
        who = chance.choice((f"我{word}", f"我的{word}")) if roll < 0.92 else word
        subject = f"{english[0]}-{word}"
        if roll < 0.06:
            who = subject = values.person_zh(chance, held_out)
            kind = "likes" if kind == "name" else kind
        return _worded(chance, f"{subject}:{kind}", ABOUT_PERSON_ZH[kind], {"s": who}, chinese, held_out)
    word = chance.choice(english)
    who, subject = f"my {word}", english[0]
    if roll < 0.06:
        who = subject = values.person(chance, held_out)
        kind = "likes" if kind == "name" else kind
    elif roll < 0.1:
        who = f"our {word}"
    elif roll < 0.14 and word in ("grandma", "grandpa", "mum", "mom", "dad"):
        who = word.capitalize()
    return _worded(chance, f"{subject}:{kind}", ABOUT_PERSON[kind], {"s": who}, chinese, held_out)


def _favourite(chance: random.Random, chinese: bool, held_out: bool) -> Fact:
    english, han, value = chance.choice(_pairs(FAVOURITES))
    if chinese:
        wording = Wording(
            CHINESE_VALUES[value],
            ("我最喜欢的{x}是{v}", "我最爱的{x}是{v}", "我喜欢的{x}是{v}"),
            ("我最喜欢的{x}是什么？", "我最喜欢什么{x}", "你知道我最喜欢的{x}吗", "我喜欢哪个{x}？", "我最爱的{x}是什么"),
        )
        return _worded(chance, f"favourite:{english[0]}", wording, {"x": chance.choice(han)}, chinese, held_out)
    favourite = chance.choice(("favourite", "favorite"))
    wording = Wording(
        ENGLISH_VALUES[value],
        (f"My {favourite} {{x}} is {{v}}", f"my {favourite} {{x}} is {{v}}", "The {x} I like most is {v}", "{v} is my " + favourite + " {x}"),
        (f"What is my {favourite} {{x}}?", f"what's my {favourite} {{x}}", "Which {x} do I like most?",
         f"do you know my {favourite} {{x}}", f"my {favourite} {{x}}?", "what {x} do I like?"),
    )
    return _worded(chance, f"favourite:{english[0]}", wording, {"x": chance.choice(english)}, chinese, held_out)


def _number(chance: random.Random, chinese: bool, held_out: bool) -> Fact:
    english, han, value = chance.choice(_pairs(NUMBERS))
    if chinese:
        wording = Wording(
            CHINESE_VALUES[value],
            ("我的{x}是{v}", "{x}是{v}", "我{x}是{v}", "{x}：{v}"),
            ("我的{x}是多少？", "我的{x}是什么", "告诉我我的{x}", "你知道我的{x}吗", "我忘了我的{x}", "{x}是多少"),
        )
        return _worded(chance, f"number:{english[0]}", wording, {"x": chance.choice(han)}, chinese, held_out)
    wording = Wording(
        ENGLISH_VALUES[value],
        ("My {x} is {v}", "The {x} is {v}", "my {x}: {v}", "{v} is my {x}"),
        ("What is my {x}?", "what's my {x}", "tell me my {x}", "do you know my {x}", "I forgot my {x}", "my {x}?", "what was the {x}", "What's the {x}?"),
    )
    return _worded(chance, f"number:{english[0]}", wording, {"x": chance.choice(english)}, chinese, held_out)


def _event(chance: random.Random, chinese: bool, held_out: bool) -> Fact:
    place = chance.randrange(len(EVENTS))
    if chinese:
        wording = Wording(
            values.time_zh,
            ("我{v}{x}", "{x}是{v}", "{v}我要{x}", "我的{x}时间是{v}"),
            ("我什么时候{x}？", "{x}是什么时候", "我哪天{x}", "{x}是几点"),
        )
        return _worded(chance, f"event:{place}", wording, {"x": EVENTS_ZH[place]}, chinese, held_out)
    wording = Wording(
        values.time,
        ("My {x} is on {v}", "The {x} is on {v}", "I have a {x} on {v}", "my {x} is {v}"),
        ("When is my {x}?", "when's the {x}", "what time is my {x}", "on which day is my {x}?", "do I have a {x}"),
    )
    return _worded(chance, f"event:{place}", wording, {"x": EVENTS[place]}, chinese, held_out)


def _invented_thing(chance: random.Random, chinese: bool, held_out: bool) -> Fact:
    if chinese:
        thing = "".join(values.letter_zh(chance, held_out) for _ in range(chance.choice((2, 2, 3))))
        wording = Wording(
            chance.choice((values.invented_zh, values.person_zh, values.code, values.number)),
            ("我的{x}是{v}", "{x}是{v}", "我的{x}叫{v}", "我的{x}在{v}", "我把{x}放在{v}"),
            ("我的{x}是什么？", "{x}是什么", "告诉我我的{x}", "我的{x}呢", "我的{x}在哪", "{x}在哪里"),
        )
        return _worded(chance, f"thing:{thing}", wording, {"x": thing}, chinese, held_out)
    thing = values.invented(chance, held_out).lower()
    if chance.random() < 0.4:
        thing = f"{values.invented(chance, held_out).lower()} {thing}"
    wording = Wording(
        chance.choice((values.invented, values.person, values.code, values.number)),
        ("My {x} is {v}", "The {x} is {v}", "my {x} is called {v}", "my {x} is at {v}", "I put the {x} in {v}", "The {x} has {v}"),
        ("What is my {x}?", "what's the {x}", "tell me my {x}", "where is my {x}", "where is the {x}?", "do you know my {x}?", "who is my {x}"),
    )
    return _worded(chance, f"thing:{thing}", wording, {"x": thing}, chinese, held_out)


def _as_noted(chance: random.Random, note: str, chinese: bool) -> str:
    note = note[:1].upper() + note[1:] if chance.random() < 0.8 else note
    return note + (("。" if chinese else ".") if chance.random() < 0.75 else "")


def _as_typed(chance: random.Random, question: str, chinese: bool) -> str:
    bare = question.rstrip("?？")
    if chinese:
        bare = chance.choice(("", "", "", "", "请问", "那", "你还记得", "告诉我，")) + bare
        return bare + chance.choice(("？", "？", "?", ""))
    roll = chance.random()
    if roll < 0.08:
        bare = chance.choice(("hey, ", "please, ", "so ", "and ", "Can you tell me: ", "remind me, ")) + bare
    elif roll < 0.6:
        bare = bare[:1].upper() + bare[1:]
    elif roll < 0.75:
        bare = bare.lower()
    return bare + chance.choice(("?", "?", "?", ""))
