"""What people tell about themselves: requests to remember, and facts said in passing. Rules of both languages.

Each sentence is judged by how it begins, so "Translate: my name is Paul" and "Imagine I
am a king" tell nothing, and "I'm vegetarian. What can I cook?" tells its first half.
"""

from __future__ import annotations

import re

from desktop_agent.memory import daily
from desktop_agent.memory.scripts import simplified

_REQUEST = re.compile(
    r"""
    ^(?:(?:hi|hello|hey|ok|okay|so|and|also|now|by\ the\ way|oh)[\s,.!]+)*
    (?:please[\s,]+)?(?:(?:can|could|will|would)\ you\s+(?:please\s+)?)?
    (?:i(?:\ want|\ need|['’]d\ like)\ you\ to\s+|you\ (?:should|must|need\ to)\s+)?
    (?:remember|memori[sz]e|(?:keep|bear)\ in\ mind|(?:make|take)\ (?:a\ )?note|keep\ a\ note
      |note(?:\ down)?(?=\s*:|\s+(?:my|our)\s
      |\s+(?:that|this))
      |(?:do\ not|don['’]?t)\ let\ me\ forget|note\ to\ self|memo(?=\s*:)|(?:keep|bear)\ this\ in\ mind
        |take\ this\ down
      |(?<=you\ should\ )know|(?<=you\ must\ )know|(?<=you\ need\ to\ )know|remind\ yourself|for\ later(?=\s*[:,])
      |(?:add|put)\ (?:this\ |it\ |down\ )*(?:in|into|to|on)\ (?:my|your|the)\ notes
      |(?:save|store|jot\ down|write\ down|log)(?=\s*:|\s+(?:this\s*:|that\s))
      |jot\ down(?=\s+(?:my|our)\s)
      |(?:do\ not|don['’]?t|never)\ forget)
    (?:\s+(?:this|the\ following))?(?:\s*[:,]\s*|\s+)(?:(?:of\ the\ fact\s+)?that\s+|:\s*)?
    (?P<fact>\S.*)$
    """,
    re.IGNORECASE | re.VERBOSE | re.DOTALL,
)
_REQUEST_ZH = re.compile(
    r"""
    ^(?:你好|您好|嗨|对了|另外|还有|那|那么|好的|好|嗯|顺便说一下|顺便)?[，,。！!、\s]*
    (?:我?(?:要|想|想要|希望))?(?:下次)?(?:你|您)?(?P<polite>(?:能|可以|可不可以|能不能|可否)(?=你|您|帮|替|给|请|记))?
    (?:请|麻烦|拜托)?(?:你|您)?(?:帮我|替我|给我|帮忙)?(?:一定)?(?:要|得)?
    (?:牢牢)?(?:记住|牢记|记个事|记录一下|记录下|写下来|存一下|存下来|存个(?!档)|保存(?:一下)?(?=[，,：:。\s])
      |往(?:我的)?(?:笔记|记忆|备忘录?)里加(?:一条)?|记[一]?[笔条]|记(?=[：:，,])|别让我忘了|别让我忘记
        |不要让我忘了?|备注一下
    |备注(?=[:：,，])|知道(?=[，,：:我])(?<=[要得]知道)|(?:添?加|写)[到进入](?:我的)?(?:笔记|记忆|备忘录?)里?
      |做个(?:笔记|记录|备注)|以后要用(?=[，,：:])
    |记下来|记下|记一下|记着|记好|记得(?!的)|別忘了|别忘了|别忘[啦咯]|别忘记|不要忘了|不要忘记|备忘一下|备忘)
    (?:啦|了|哦|啊|吧|呀)?(?=[，,:：。、\s]|[^了啦啊吧呀])(?:这件事|这个|以下内容|下面的内容|一件事|一点)?
    [，,:：。、\s]*
    (?P<fact>\S.*)$
    """,
    re.VERBOSE | re.DOTALL,
)
# What follows "remember" without being a fact: "remember to call", "remember when we met"; how to answer.
_AFTERWARDS = re.compile(
    r"""
    [\s,;.!，,。；！、—-]+
    (?: (?:(?:so|and|now)\ )?(?:please\ )?(?:can\ you\ )?
        (?:remember|note|keep)\ (?:that|this|it)(?:\ in\ mind|\ down|\ for\ me|\ please)*
      | (?:so\ |and\ |please\ )*(?:don['’]?t|do\ not|never)\ forget(?:\ (?:that|this|it))?
      | (?:请|麻烦|拜托|帮我|替我|一定要?|你|要)*(?:记住|记下来|记下|记一下|记好|别忘了|別忘了|别忘记|不要忘了
        |不要忘记)
        (?:这件事|这个|这点|它|哦|啊|吧|呀|好吗|谢谢)*
    )
    [\s.!。！~～]*$
    """,
    re.IGNORECASE | re.VERBOSE,
)
"""A request behind its fact: "Her birthday is 12 March, please remember that."."""
_LONGEST_AFTERWARDS = 60
_ERRANDS = "buy|call|pay|pick|book|return|renew|water|feed|visit|bring|collect|cancel|wash|post|phone"
_LATER = re.compile(
    rf"(?:to(?! (?:{_ERRANDS})\b)|when|how|why|where|what|who|if|me|us|things|the time|the day|names?)\b", re.IGNORECASE
)
_MANNER = re.compile("(?:要)?(?:简短|简单|短|详细|用|以|回答|说得|写|先|翻译|分点|列|别(?!人)|不要(?!忘))")

_POLITE = re.compile(r"\W*(?:please\W+)?(?:can|could|will|would) you\b", re.IGNORECASE)
_EMPTY = re.compile(
    r"(?:(?:some|many|more)?\s*(?:things?|stuff|something|this|that|it|a note|notes?|facts?)"
    r"|[一几这那些条]*(?:东西|事情?|笔记|内容))"
    r"\W*$",
    re.IGNORECASE,
)
_POLITE_END = re.compile(r"(?:[吗嗎](?=[？?\s]*$))?[?？\s]*$")
_QUESTION_EN = re.compile(
    r"(?:do|does|did|are|is|was|were|have|has|had|can|could|will|would|what|when|where|who|whom|whose|which|why|how"
    r"|should|may|am)\b",
    re.IGNORECASE,
)
_QUESTION_ZH = re.compile(
    r"(?:吗|呢|么)[。.！!\s]*$|什么|哪(?!怕)|几点|几号|几岁|多少|怎么|为什么|为何|谁|是不是"
    r"|有没有|能不能|可不可以"
)
# Somebody else's words: nothing in such a message is told.
_QUOTING = re.compile(
    r"\b(?:translate|translation|summari[sz]e|proofread|rewrite|rephrase|paraphrase|correct (?:this|the|my)|imagine"
    r"|pretend|suppose|act as|role-?play|write (?:a|an|me|in))\b|翻译|改错|总结|润色|改写|假设|假如|假装|扮演"
    r"|写一[篇首个封段]",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.!?。！？\n]+(?:\.(?=\w)[^.!?。！？\n]+)*[.!?。！？…\"”]*|\n")
_CLAUSE = re.compile("[^，,]+[，,]?")
_ABBREVIATION = re.compile(r"\b(?:Dr|Mr|Mrs|Ms|St|Prof|No|e\.g|i\.e)\.\s", re.IGNORECASE)

_PERSON = (
    r"(?:mother|father|mom|mum|dad|parents?|sisters?|brothers?|siblings?|wife|husband|spouse|partner"
    r"|fianc[eé]e?|son|sons"
    r"|daughters?|kids?|child|children|baby|twins?|grand(?:mother|father|ma|pa|parents|son|daughter)|aunt"
    r"|uncle|cousins?"
    r"|niece|nephew|family|girlfriend|boyfriend|(?:best )?friends?|flatmate|roommate|neighbou?rs?|boss"
    r"|manager|colleagues?"
    r"|coworkers?|doctor|dentist|teacher|landlord|landlady|dog|cat|puppy|kitten|pet|parrot|rabbit|horse|hamster)"
)
_THING = (
    r"(?:(?:\w+ )?name|nickname|birthday|anniversary|age|address|e-?mail|(?:\w+ )?number|landline|phone"
    r"|password|username|pin"
    r"|hometown|native language|mother tongue|nationality|religion|job|profession|salary|company|employer"
    r"|school|university"
    r"|major|blood type|(?:shoe |dress |ring )?size|height|weight|licen[cs]e plate|plate|passport|car|bike"
    r"|house|flat|apartment"
    r"|flight|(?:\w+ )?appointment|wedding|team|band|hobby|hobbies|budget|star sign|office|desk|room|account"
    r"|locker|allergy"
    r"|allergies|diet|garden|shop|restaurant|bakery|farm|business|wi-?fi \w+|favou?rite (?!part|one|version"
    r"|bit|answer|of)\w+"
    r"(?: \w+)?)"
)
_PASSING_STATE = (
    r"(?!(?:is|are|was) (?:late|down|slow|broken|not working|barking|here|right|wrong|different|due|crying"
    r"|asking|calling)\b)"
)
_CONDITION = (
    r"(?:allergic|vegetarian|vegan|pescatarian|diabetic|celiac|lactose|gluten|left-handed|right-handed"
    r"|colou?r-?blind|deaf"
    r"|blind|retired|married|divorced|engaged|widowed|single|pregnant|from|called|named|learning|studying|unemployed"
    r"|self-employed|based in|living|working (?:at|for|as|in)|moving to|training (?:for|as)|catholic|muslim"
    r"|jewish|buddhist"
    r"|hindu|asthmatic|afraid of|in my \w+ties|(?:about |almost |nearly )?\d{1,3}\b(?! (?:percent|%|minutes?"
    r"|seconds?)))"
)
_NOT_THIS = (
    r"(?!(?:it|this|that|these|those|you|them|him|her|your|how|what|when|where|the (?:first|second|third|last"
    r"|way|idea|answer"
    r"|new|old|other)|my (?:first|second))\b)"
)


def _spaced(pattern: str) -> str:
    return pattern.replace(" ", r"\ ")


_ENGLISH = re.compile(
    # In a verbose pattern a space has to be written as such.
    rf"""
    (?:(?:hi|hello|hey|hi\ there|by\ the\ way|btw|actually|oh|well|so|also|and|but|just\ so\ you\ know|fyi
      |for\ the\ record
       |you\ know|yes|no|ok|okay|sorry|today|now)[,:!\s]+)*
    (?:
        (?:my|our)\ (?:(?:[\w'’-]+\ ){{0,3}}?{_spaced(_PERSON)}|{_spaced(_PERSON)}['’]s\ [\w\ -]{{2,30}}?
          |(?:\w+\ ){{0,2}}?{_spaced(_THING)})
        (?:\ (?:and\ (?:i|my\ \w+|his\ \w+|her\ \w+)|[A-Z]\w+))?
        (?:['’]s\ [\w\ ]{{2,20}}?)?\ {_spaced(_PASSING_STATE)}
        (?:is|are|was|were|has|have|had|lives?|works?|likes?|loves?|hates?|prefers?|plays?|died|just|got
          |turned|turns|goes|went
          |leaves|studies|moved|speaks?|teaches|takes|can['’]?t|cannot|does\ not|doesn['’]t|don['’]t|never
            |always|comes|was\ born
          |runs?|starts?|drives?|grew|used|owns?|passed|married|retired|wants|suffers|still|now)\b
      | (?:my|our)\ name['’]s\b
      | call\ me\ (?!back|later|when|if|a\b)\S
      | everyone\ calls\ me\ \S
      | (?:i|we)(?:['’]ve)?\ (?:still\ |now\ |also\ |just\ |recently\ |currently\ |both\ )*
        (?:live|lived|moved|was\ born|were\ born|grew\ up|come\ from|came\ from)\b
      | i\ (?:also\ |still\ |now\ |currently\ |once\ )*(?:study|studied|graduated|teach|taught|drive|own
        |collect|coach|volunteer
        |served|retired|quit|stopped\ \w+ing|gave\ up|was\ diagnosed|suffer|got\ (?:married|divorced|engaged
          |promoted|a\ \w+\ job)
        |take\ (?:\w+\ ){{1,2}}(?:twice|every|daily|once|a\ day)|speak\ [A-Z]|play\ (?:the|in|for|\w+ball
          |tennis|chess|golf)
        |wear|need\ (?:glasses|a\ wheelchair|insulin)|weigh|smoke|sing|paint|knit|run\ (?:every|a\b|my)|bake)\b
      | i\ (?:also\ |still\ |now\ |currently\ )*work(?:ed)?\ (?:in|at|for|as|from|nights?|days|part|full
        |shifts|remotely|near)\b
      | i\ (?:usually|always|normally|often|never|rarely)\ (?!know|get\ (?:an|the|this)\ error|see\ this)\w+
      | i\ (?:really\ |absolutely\ |also\ )?(?:like|love|prefer|enjoy|hate|dislike|adore
        |can['’]?t\ stand)\ {_spaced(_NOT_THIS)}\S
      | i\ (?:do\ not|don['’]?t|can['’]?t|cannot|must\ not|never)\ (?:like|eat|drink|smoke|drive|swim
        |tolerate|enjoy|have\ any)
        \ (?!this|that|it|the\ answer|your)\S
      | i\ don['’]?t\ (?:smoke|drink|drive)
      | (?:i|we)(?:\ (?:also\ )?(?:have|own)|['’]ve\ got|\ got)\ (?:only\ )?(?:a|an|one|two|three|four|five
        |six|\d+|no|twin)\ (?:[\w-]+\ ){{0,2}}?
        (?:{_spaced(_PERSON)}|dogs|cats|fish|birds?|chickens|horses|cottage|house|flat|garden|farm|boat
          |allerg\w+|car|motorbike
          |caravan|degree|phd|pacemaker|tattoo|shop|caf[eé]|company|grandchildren)\b
      | i\ (?:also\ )?have\ (?:\w+\ )?(?:diabetes|asthma|epilepsy|migraines?|arthritis|hay\ fever|adhd
        |high\ blood\ pressure|celiac)
      | (?:i['’]?m|i\ am|we['’]re|we\ are)
        \ (?:(?:also|now|currently|originally|still|just)\ ){{0,3}}(?:{_spaced(_CONDITION)})
      | (?:i['’]?m|i\ am)\ (?:also\ |now\ |currently\ )*an?\ (?!bit|little|king|few|lot|beginner|new\b
        |idiot)(?:[\w-]+\ ){{0,3}}?
        (?:\w+(?:er|or|ist|ian|ant|ent|eer|man|woman|yst|ess|phd)\b|nurse|chef|cook|vegan|coach|pilot|judge
          |widow|monk|priest|mom|mum
          |dad|smith|clerk|catholic|muslim|buddhist|christian|jew|vegetarian|architect|midwife)
    )
    """,
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip
# Here the capital is the proof: "I'm Daniel", not "I'm fine".
_INTRODUCTION = re.compile(
    r"(?:(?:Hi|Hello|Hey)[,!.]?\s+)?(?:I['’]m|I am|This is) [A-Z][a-z]+(?: [A-Z][a-z]+)?(?=[,.!]|$| and I| from)"
)

PERSON_ZH = (
    "(?:妈妈|母亲|妈|爸爸|父亲|爸|老妈|老爸|爸妈|父母|妻子|老婆|太太|媳妇|爱人|丈夫|老公|先生|对象|儿子|女儿"
    "|闺女|孩子|宝宝|老大|老二|哥哥|弟弟|姐姐|妹妹"
    "|大哥|二哥|大姐|二姐|哥|弟|姐|妹|爷爷|奶奶|外公|外婆|姥姥|姥爷|叔叔|阿姨|舅舅|舅妈|姑姑|姨妈"
    "|表[弟妹哥姐]|堂[弟妹哥姐]|侄[子女]|外甥女?|孙[子女]|岳[父母]"
    "|公公|婆婆|男朋友|女朋友|男友|女友|朋友|闺蜜|同事|同学|老板|领导|上司|老师|导师|医生|牙医|房东|邻居|室友"
    "|家人|家里人|狗|猫|狗狗|猫咪|宠物|鹦鹉|兔子)"
)
_THING_ZH = (
    "(?:名字|姓名|小名|英文名|生日|年龄|电话|电话号码|手机|手机号|手机号码|微信|微信号|QQ|邮箱|地址|住址|家"
    "|老家|家乡|籍贯|职业|工作|公司|单位|学校|专业|学历|工资"
    "|血型|身高|体重|鞋码|尺码|星座|属相|生肖|车牌|车牌号|车|身份证|身份证号|护照|护照号|航班|航班号|座位"
    "|密码|账号|卡号|工号|房间|办公室|爱好|母语|民族|预算|店|餐馆|微博|网名)"
)
_ADVERB_ZH = (
    "(?:现在|目前|一直|已经|刚|刚刚|最近|去年|今年|前年|上个?月|上周|以前|从小|平时|平常|通常|每天|每周|经常|常常"
    "|从来|从"
    "|都|也|就|还|只|又|最|很|特别|非常|比较|超|真的|其实)"
)
_CHINESE = re.compile(
    rf"""
    (?:(?:你好|您好|嗨|对了|顺便说一下|顺便说一句|顺便|其实|另外|还有|哦|嗯|那个|话说|说一下|更正一下
      |不对)[，,。！!、\s]*){{0,3}}
    (?:
        (?:我|本人)(?:的)?(?:名字|大名|英文名)?(?:叫|姓)(?!你|他|她|它|了|醒|车|外卖|不|人)\S
      | (?:大家|别人|朋友)?都?叫我(?!去|来|做|帮)\S{{1,6}}
      | (?:我|我们|我家|我们家|我们一家){_ADVERB_ZH}{{0,3}}(?:住(?!手|口|嘴)|搬(?:家)?(?:到|去|进|来)|来自
        |出生|生于|生在|毕业|定居|长大|移民)
      | (?:我|我们){_ADVERB_ZH}{{0,3}}在\S{{1,20}}?(?:工作|上班|上学|读书|读(?=[本硕博大高初研])|念书|教书
        |任职|实习|当|做(?!\S{{0,4}}作业)|开了?(?:一)?[家间个]|开饭|长大|定居|干)
      | (?:我|本人){_ADVERB_ZH}{{0,3}}是(?:一[名个位])?(?!说|想|新手|不是|否|要|问|来|在|为了|你|第|指)\S{{0,12}}?
        (?:人|师|员|医生|大夫|护士|工|教授|博士|硕士|研究生|大学生|学生|老板|司机|厨|律师|警察|军人|农民|会计
          |作家|画家|演员|记者|主任|经理|左撇子|素食主义者|独生子女?|单亲|妈妈|爸爸|型血|型|座|族|教徒)
        [，,。！!\s]*(?:$|[，,])
      | 我{_ADVERB_ZH}{{0,3}}\d{{1,3}}(?:周)?岁 | 我{_ADVERB_ZH}{{0,3}}[一二三四五六七八九十]{{1,3}}岁 | 我属\S
      | 我(?:身高|体重|血型|生日|工号)\S
      | 我{_ADVERB_ZH}{{0,3}}(?:不(?:太|大|怎么)?)?(?:喜欢|爱(?!的)|讨厌|偏爱|热爱|受不了|习惯|迷上|害怕
        |怕)(?!你|这|那|它|他|她|第|了[。！]?$|上面|刚才)\S{{1,}}
      | 我最(?:喜欢|爱|讨厌)的(?!是第|部分|一段)\S{{1,12}}?是
      | 我{_ADVERB_ZH}{{0,3}}(?:不|不能|不会|从不|不可以|只|得少)(?:吃|喝|抽|沾|碰)\S
      | 我(?:一)?(?:对|吃|喝|闻|碰)\S{{1,12}}?(?:就)?(?:过敏|不耐受|会肿|会吐|起疹)
      | 我\S{{1,6}}不耐受
      | 我{_ADVERB_ZH}{{0,3}}有(?!一?[个点些]?(?:问题|想法|建议|疑问|事|空|办法|印象|意见)|点|些
        |没有)(?:严重的|轻度|先天性)?
        (?:\S{{0,6}}?(?:病|症|高血压|哮喘|鼻炎|近视|恐惧|驾照|执照|证)|[一二两三四五六\d]+[个只条位口辆套家对]\S)
      | (?:我|我们){_ADVERB_ZH}{{0,3}}(?:养|开了?[一家个间]|买了|搬家|换了
        |换个?新?(?:工作|手机|号|电话|车|医生|学校|公司|地址|邮箱)|不再?[住在]\S{{2,12}}?了|戒|结婚|离婚|订婚|怀孕
          |退休|离职|辞职
        |失业|入职|做过\S{{0,6}}手术|信(?:佛|教|基督|伊斯兰)|戴(?:眼镜|隐形|助听)|近视
        |学了?(?!会怎)\S{{1,6}}?[年月])
      | 我{_ADVERB_ZH}{{0,3}}会(?:说|讲|弹|拉|吹|打(?!开)|下|跳|画|游泳|开车|做饭|写\S{{0,4}}代码|骑|滑)\S*
      | 我(?:每天|每周|每年|平时|通常|一般|经常|周末|习惯)\S{{2,}}
      | 我{_ADVERB_ZH}{{0,3}}在(?:学|备考|准备考|减肥|找工作|读|自学)\S*
      | 我(?:打算|计划|决定|准备)\S{{0,4}}(?:明年|下个?月|下周|年底|今年|暑假|寒假|春节|国庆)\S*
      | 我(?:把)?车(?:子)?(?:停|放)\S
      | 我(?:的|们|家|们家|家的)?{PERSON_ZH}(?!比我|说你|让我问|问)\S{{2,}}
      | 我(?:们|家|们家)?(?:的)?{_THING_ZH}(?:号码?)?{_ADVERB_ZH}{{0,3}}(?:是|叫|在|为|有|:|：|改|换
        |不)(?!不是|问|怎|坏)\S
      | 我们?家有\S{{1,4}}口人
    )
    """,
    re.VERBOSE,
)  # fmt: skip


_ASIDE = re.compile(
    r"^(?:(?:just so you know|for your information|for the record|fyi|btw|by the way|heads up|one more thing"
    r"|(?:a )?(?:quick |little |small )?reminder|no|nope|wrong)\b[,:!\s-]+"
    r"|(?:提醒(?:你)?一下|跟你说(?:一下|一声|个事)?|告诉你(?:一下|一声|个事)?|说一声|说一下|顺便说(?:一句|一下)"
    r"|顺带一提|不对|不是的|错了|更正一下|更正|注意)[，,：:！\s]+)+",
    re.IGNORECASE,
)
_ASIDE_AFTER = re.compile(
    r",?\s+(?:by the way|btw|just so you know|fyi|for your information)(?P<end>[.!]*)$", re.IGNORECASE
)
"""What only leads to a fact; a note does without it."""
_OWNER = re.compile(rf"(?:My|Our) (?:[\w-]+ ){{0,2}}?{_PERSON}\b", re.IGNORECASE)
_PRONOUN = re.compile(r"(Her|His)\b(?= \w)|(?:She|He)\b")
_LONGEST_OF_DAYS = 160
"""Letters of a message in which what is said of days and things is the user's own, not a story."""


def request(text: str) -> str | None:
    """The fact that ``text`` asks to remember; None when it asks for nothing of the kind.

    A question is never a request: "Do you remember my sister's name?" asks.
    """
    text = text.strip()
    # The patterns know simplified letters only; places are the same, and the note keeps its own letters.
    simple = simplified(text)
    for pattern, otherwise in ((_REQUEST, _LATER), (_REQUEST_ZH, _MANNER)):
        match = pattern.match(simple)
        if match is None:
            continue
        fact = text[match.start("fact") : match.end("fact")].strip()
        polite = bool(_POLITE.match(text)) or bool(match.groupdict().get("polite"))
        if polite:
            fact = _POLITE_END.sub("", fact)
        if (
            _EMPTY.match(simplified(_POLITE_END.sub("", fact)))
            or asks(fact)
            or (not polite and re.search(r"吗[？?。]*$", simple))
        ):
            continue
        return None if otherwise.match(simplified(fact)) else fact
    # From near the end only: over a long row of full stops the search would be quadratic.
    match = _AFTERWARDS.search(simple, max(0, len(text) - _LONGEST_AFTERWARDS))
    if match and (fact := text[: match.start()].strip()) and not asks(fact):
        return fact
    return None


def facts(text: str) -> list[str]:
    """The sentences of ``text`` in which its writer tells something lasting about their life, in order."""
    if _QUOTING.search(simplified(text)):
        return []
    found: list[str] = []
    said = sentences(text)
    for sentence in said:
        told = _ASIDE_AFTER.sub(r"\g<end>", _ASIDE.sub("", _before_the_question(sentence)))
        owner = _OWNER.match(found[-1]) if found else None
        if owner and (pointing := _PRONOUN.match(told)):
            # "My sister is called Mia. She lives in Rome.": alone nobody would know who.
            whose = "'s" if pointing[1] else ""
            told = f"{owner[0]}{whose}{told[pointing.end() :]}"
        if told and (tells_of_oneself(told) or (len(text) <= _LONGEST_OF_DAYS and len(said) <= 3 and tells(told))):
            found.append(told)
    return found


def _before_the_question(sentence: str) -> str:
    """What a sentence says before it asks: "I'm diabetic, can I eat mangoes?" says that I'm diabetic."""
    if not asks(sentence):
        return sentence
    said = ""
    for clause in _CLAUSE.findall(sentence):
        if asks(clause.rstrip("，, ")):
            break
        said += clause
    return said.rstrip("，, ")


def asks(sentence: str) -> bool:
    """Whether a sentence is a question."""
    sentence = simplified(sentence.strip())
    return sentence.endswith(("?", "？")) or bool(_QUESTION_EN.match(sentence) or _QUESTION_ZH.search(sentence))


def sentences(text: str) -> list[str]:
    """The sentences of ``text``; "Dr. Okafor" and "6.30" end none."""
    # A point that ends nothing is taken out of sight and put back.
    hidden = _ABBREVIATION.sub(lambda found: found[0].replace(".", "\0"), text)
    found = (match[0].replace("\0", ".").strip() for match in _SENTENCE.finditer(hidden))
    return [sentence for sentence in found if sentence]


def tells(sentence: str) -> bool:
    """Whether a sentence tells something lasting about its writer's life, their days or their things."""
    return tells_of_oneself(sentence) or daily.tells(simplified(sentence))


def tells_of_oneself(sentence: str) -> bool:
    """Whether a sentence begins as one does that tells something lasting about its writer."""
    sentence = simplified(sentence)
    return bool(_ENGLISH.match(sentence) or _INTRODUCTION.match(sentence) or _CHINESE.match(sentence))
