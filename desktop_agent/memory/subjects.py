"""What a note is about, when it states a thing that has one value at a time: a name, an address, a number.

Two notes about the same contradict one another: the newer one holds. What may well have
several values (likings, children, allergies) is about nothing here.
"""

from __future__ import annotations

import re

from desktop_agent.memory.scripts import simplified

_LONGEST = 300
"""Letters; a longer note says more than one thing."""

# What one has one of. The first word of each group is what it is called.
_ATTRIBUTES = """
name, 名字, 姓名, 大名; nickname, 小名, 昵称, 外号; birthday, birth date, date of birth, 生日; age, 年龄,
岁数; address, home address, 地址, 住址, 家庭住址; phone, phone number, mobile, mobile number, mobile phone
number, cell number, cell phone number, telephone number, number, 电话, 电话号码, 手机号, 手机号码, 手机,
号码; email, email address, e-mail, e-mail address, 邮箱, 邮件地址, 电子邮箱; password, passcode, pin, pin
code, 密码; username, user name, 用户名; wifi password, wi-fi password, wifi密码, wi-fi密码, 无线密码; job,
profession, 职业, 工作; salary, 工资, 薪水, 月薪; height, 身高; weight, 体重; shoe size, 鞋码, 鞋号; size,
尺码; blood type, 血型; licence plate, license plate, plate number, 车牌, 车牌号; passport number, 护照号,
护照号码; flight, flight number, 航班, 航班号; room, room number, 房间号; seat, 座位, 座位号; deadline,
截止日期; boss, manager, 老板, 上司, 领导; doctor, gp, 医生, 家庭医生; dentist, 牙医; class teacher, 班主任;
landlord, 房东; hometown, 老家, 家乡; zodiac, 属相, 生肖; star sign, 星座; anniversary, wedding anniversary,
结婚纪念日; account, bank account, account number, 账号, 卡号, 银行卡号; employer, company, 公司, 单位;
school, 学校; major, 专业
"""
_PEOPLE = """
mother, mom, mum, 妈妈, 母亲, 妈, 老妈; father, dad, 爸爸, 父亲, 爸, 老爸; wife, 妻子, 老婆, 太太, 爱人;
husband, 丈夫, 老公, 先生; sister; brother; 妹妹, 妹; 姐姐, 姐; 哥哥, 哥; 弟弟, 弟; daughter, 女儿, 闺女; son,
儿子; girlfriend, 女朋友, 女友; boyfriend, 男朋友, 男友; dog, 狗, 狗狗; cat, 猫, 猫咪; boss, manager, 老板,
上司; grandma, grandmother, 奶奶; grandpa, grandfather, 爷爷; 外婆, 姥姥; 外公, 姥爷
"""


def _names(groups: str) -> dict[str, str]:
    """Each name with the first one of its group; names are apart by commas, groups by semicolons."""
    found: dict[str, str] = {}
    for group in groups.split(";"):
        names = [" ".join(name.split()) for name in group.split(",")]
        found.update((name, found.get(name, names[0])) for name in names)
    return found


_ATTRIBUTE = _names(_ATTRIBUTES)
_PERSON = _names(_PEOPLE)

_START = r"^(?:(?:actually|well|oh|by the way|btw|so|now|sorry|no|ok(?:ay)?|fyi|update)\b[,:\s]*)*"
_NEW = r"(?:(?:new|current|present|correct)\s+)?"
_IS = r"(?:is|are|was|will be|has changed to|changed to|is now|became)\s+(?:now\s+)?(?!not\b)"
_ENGLISH: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(_START + pattern, re.IGNORECASE), about)
    for pattern, about in (
        (rf"my {_NEW}favou?rite (?P<x>[\w -]{{2,30}}?) {_IS}\S", "{x}|favourite"),
        (rf"my {_NEW}(?P<who>[\w -]{{2,30}}?)['’]s {_NEW}(?P<what>[\w -]{{2,30}}?) {_IS}\S", "{who}|{what}"),
        (r"my (?P<who>[\w -]{2,30}?)(?: is|['’]s) (?:called|named|now called) \S", "{who}|name"),
        (r"(?:i['’]?m|i am|people) (?:now )?(?:called|named|call me) \S|call me \S|my name['’]s \S", "me|name"),
        (rf"my {_NEW}(?P<what>[\w -]{{2,30}}?) {_IS}\S", "me|{what}"),
        (r"(?:i|we)(?:['’]ve| have)? (?:now |just |recently |currently )*(?:live|moved) (?:in|at|to|on) \S", "me|live"),
        (r"(?:i|we)(?:['’]?m| am|['’]?re| are) (?:now |currently )*(?:living|moving) (?:in|at|to|on) \S", "me|live"),
        (r"my (?P<who>[\w -]{2,30}?) (?:now |currently )*(?:lives|moved) (?:in|at|to|on) \S", "{who}|live"),
        (r"i (?:now |currently )*work (?:at|for) \S|i['’]?m (?:now )?working (?:at|for) \S", "me|employer"),
        (r"i (?:now |currently )*work as \S|i['’]?m (?:now )?working as \S", "me|job"),
        (r"my (?P<who>[\w -]{2,30}?) (?:now )?works (?:at|for) \S", "{who}|employer"),
        (r"i(?:['’]?m| am) (?:now )?\d{1,3}(?: years old)?\s*[.!]?$", "me|age"),
        (r"my (?P<who>[\w -]{2,30}?) is (?:now )?\d{1,3}(?: years old)?\s*[.!]?$", "{who}|age"),
        (r"(?:my |the )?car is (?:now )?(?:parked )?(?:in|at|on) \S", "car|parked"),
        (r"i(?:['’]ve)? parked (?:my |the )?car \S", "car|parked"),
    )
)  # fmt: skip
_BECAME = "(?:现在)?(?:是|叫|改成了?|换成了?|变成了?|改为|变为)(?!不)"
_MINE = "我(?:们)?(?:家)?(?:的)?(?:新)?"
# "My brother's name is Tom and he lives in Leeds": to replace it would lose a fact.
_MORE = re.compile(r"[.!。！;；，]\s*\S|,? and (?:he|she|it|they|we|i|his|her|my|its|their)\b", re.IGNORECASE)
_BEGIN = "^(?:其实|对了|那个|现在|更正一下|不对|哦|嗯|另外|还有)*[，,。、！\\s]*"
_CHINESE: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(_BEGIN + pattern, re.IGNORECASE), about)
    for pattern, about in (
        (rf"我最(?:喜欢|爱)的(?P<x>[\w]{{1,8}}?){_BECAME}", "{x}|favourite"),
        (r"我(?:们)?(?:家)?(?:现在|目前|已经|刚|最近)*(?:住(?:在)?|搬(?:家)?(?:到|去|进)了?)\S", "me|live"),
        (r"我(?:现在|目前|已经)*(?:名字)?(?:叫|改名叫?)(?!你|他|她|人|了|醒|车|外卖|它)\S", "me|name"),
        (r"我(?:现在|目前|已经)*在\S{2,20}(?:工作|上班|任职)", "me|employer"),
        (r"我(?:今年|现在|已经)*[\d一二三四五六七八九十]{1,3}岁", "me|age"),
        (r"(?:我(?:的|把)?)?车(?:子)?(?:现在)?停在", "car|parked"),
        (rf"{_MINE}(?P<who>[\w]{{1,6}}?)(?:现在|目前|已经)*(?:住(?:在)?|搬(?:家)?(?:到|去)了?)\S", "{who}|live"),
        (rf"{_MINE}(?P<who>[\w]{{1,6}}?)(?:现在|目前|已经)*在\S{{2,20}}(?:工作|上班|任职)", "{who}|employer"),
        (rf"{_MINE}(?P<who>[\w]{{1,6}}?)(?:今年|现在|已经)+[\d一二三四五六七八九十]{{1,3}}岁", "{who}|age"),
        (rf"{_MINE}(?P<who>[\w]{{1,6}}?)(?:的名字)?(?:现在)?(?:叫|改名叫?|名叫|取名叫?)\S", "{who}|name"),
        (rf"{_MINE}(?P<both>[\w\- ]{{1,14}}?)(?:号码)?(?:已经)?{_BECAME}\S", "{both}"),
    )
)

# "I moved: I live in Bergen now", "我搬家了，现在住在卑尔根": the first clause only says that something is new.
_CHANGED = "(?:job|phone|(?:phone )?number|flat|doctor|car|school|company|(?:e-?mail )?address|e-?mail|password)"
_ANNOUNCES = re.compile(
    r"^(?:(?:i|we)(?:['’]?ve| have)? (?:(?:just|recently|finally) )?"
    rf"(?:moved(?: house| home| again)?|(?:changed|switched|got|have) (?:a |my |our )?(?:new |another )?{_CHANGED})"
    r"|(?:i|we) (?:no longer|don['’]?t|do not) (?:live|work) (?:in|at|for|on) [\w ]{2,30}?(?: any ?more| any longer)?)"
    r"\s*[,:;.!—–-]+\s*(?:and |but )?(?=(?:now )?(?:i|we|my|our)\b)"
    "|^我(?:们)?(?:家)?(?:刚|刚刚|最近|已经|又)*"
    "(?:搬家?|[换改]了?个?新?(?:工作|手机号?|电话|号码?|车|医生|学校|公司|地址|邮箱|密码)"
    r"|不再?[住在]\S{2,12}?(?:工作|上班)?)了[，,。；;：:！!]+\s*",
    re.IGNORECASE,
)

SUBJECT = "="
"""Before a subject among the terms of a note; no word begins so."""
_LONGEST_QUESTION = 200
_PARTS = re.compile(r"[,，、;；。.?？!！]+\s*|\band (?=what|where|when|who|how)\b")
# What asks becomes what states, so that both are read by the same patterns; X and 5 stand for what is not known.
_ENGLISH_ASKING: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(rf"^(?:(?:and|so|please|hey|(?:can you |do you )?(?:tell me|know|remember))\s+)*(?:{asks})$"), says)
    for asks, says in (
        (r"where (?:did i park|is)(?: my| the) car(?: parked)?", "my car is in X"),
        (r"who am i|what am i (?:called|named)|what (?:do|should) (?:you|people) call me", "call me X"),
        (r"(?:what|who|when|where|which|how (?:old|tall|much|many))(?: is| are| was|['’]s) (my .+?)", r"\1 is X"),
        (r"(?:what|who|when|where) (my .+?) (?:is|are|was)", r"\1 is X"),
        (r"(?:where|(?:in )?(?:what|which) \w+) (?:do )?(?:i|we) live(?: in)?", "i live in X"),
        (r"(?:where|who|(?:what|which) company) (?:do )?i work(?: at| for)?", "i work at X"),
        (r"(?:where|in which \w+) does (my .+?) live", r"\1 lives in X"),
        (r"(?:where|for whom) does (my .+?) work", r"\1 works at X"),
        (r"how old am i", "i am 5"),
        (r"(my [\w' -]{2,40})", r"\1 is X"),
    )
)  # fmt: skip
_CHINESE_ASKING: tuple[tuple[re.Pattern[str], str], ...] = (
    (re.compile(r"^我是谁$"), "我叫X"),
    (re.compile(r"^我(?:今年|现在)?(?:几岁|多大年纪|多大岁数|多大)了?$"), "我今年5岁"),
    (re.compile(r"^(我.{1,6}?)(?:今年|现在)?(?:几岁|多大年纪|多大岁数|多大)了?$"), r"\1今年5岁"),
    (re.compile(r"^(我.{0,6}?)在(?:哪里|哪儿|哪家公司|哪个公司|哪个单位|什么公司|哪)(工作|上班)$"), r"\1在XX\2"),
    (re.compile(r"^(我的?车(?:子)?)(?:现在)?(?:停|放)?在(?:哪里|哪儿|哪)$"), "我的车停在X"),
    (re.compile(r"^(我的?(?:(?!叫|是|住|在|有|几|多|哪|什么)[\w\- ]){1,14})$"), r"\1是X"),
)
_CHINESE_FILLED = re.compile(r"^(?:请问|那么|那|你?还?(?:记得|知道)|告诉我)+|(?:吗|呢|来着|啊|呀)+$")


def asked_about(text: str) -> tuple[str, ...]:
    """What one-valued things ``text`` asks for, as ``about`` names them: "what's my name?" asks for "me|name".

    Of two questions in one ("我叫什么，住在哪里？") both; a statement asks for what it states.
    """
    if len(text) > _LONGEST_QUESTION:
        return ()
    found: list[str] = []
    mine = False
    for part in _PARTS.split(simplified(text.strip()).casefold()):
        part = _CHINESE_FILLED.sub("", part.strip())
        if mine and not part.startswith("我") and re.match("[\u3400-\u9fff]", part):
            part = "我" + part
        mine = part.startswith("我")
        for pattern, states in (*_ENGLISH_ASKING, *_CHINESE_ASKING):
            if pattern.match(part):
                part = pattern.sub(states, part)
                break
        if part and (subject := about(part)) is not None and subject not in found:
            found.append(subject)
    return tuple(found)


def about(text: str) -> str | None:
    """What ``text`` gives the one value of ("me|live", "sister|name"); None for anything else, and for two facts."""
    text = simplified(text.strip())
    if announced := _ANNOUNCES.match(text):
        text = text[announced.end() :]
        if announced[0].startswith("我") and not text.startswith("我"):
            text = "我" + text
    if len(text) > _LONGEST or text.endswith(("?", "？")) or _MORE.search(text, 3):
        return None
    for pattern, form in _ENGLISH + _CHINESE:
        found = pattern.match(text)
        if found is None:
            continue
        parts = {name: value.strip().casefold() for name, value in found.groupdict().items() if value}
        if (subject := _named(form, parts)) is not None:
            return subject
    return None


def _named(form: str, parts: dict[str, str]) -> str | None:
    if "both" in parts:
        return _split(parts["both"])
    if "what" in parts:
        what = _ATTRIBUTE.get(parts["what"])
        if what is None:
            return None
        parts["what"] = what
    if "who" in parts:
        who = parts["who"]
        # "my sister's name" is a person's, "my dog" a pet's; "my flight is called" is neither here nor there.
        parts["who"] = _PERSON.get(who, who)
    return form.format(**parts)


def _split(both: str) -> str | None:
    """ "妹妹的生日", "妹妹生日" and "手机号" as who and what."""
    for at in range(len(both)):
        what = _ATTRIBUTE.get(both[at:])
        if what is not None:
            who = both[:at].removesuffix("的")
            return f"{_PERSON.get(who, who) or 'me'}|{what}"
    return None
