"""What people tell of their days and their things without a word about themselves: "The plumber comes on Friday at"
" 10",
车停在B2层, 房贷每个月15号扣款. Rules of both languages: appointments, places of things, codes, people of the family.

They look at whole short sentences, so they suit messages, not pages: ``telling.facts`` asks them of short ones only.
"""

from __future__ import annotations

import re

_LONGEST = 160
_LONGEST_ZH = 40

_LEAD = (
    r"(?:(?:hi|hello|hey|by the way|btw|fyi|oh|so|also|and|but"
    r"|ok|okay|well|now|today|actually|sorry|yes|no)[,:!.\s]+)*"
)
_MONTH = "january|february|march|april|june|july|august|september|october|november|december"
_DAY = (
    r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days?|every (?:day|morning|evening|night|week|month|year|other day)"
    r"|since (?:19|20)\d\d|tomorrow|tonight|next (?:week|month|year|weekend)"
    r"|(?:on|by|until|till|from|every|each|the) (?:the )?\d{1,2}(?:st|nd|rd|th)"
    rf"|\d{{1,2}}(?:st|nd|rd|th)? (?:of )?(?:may|{_MONTH})|(?:in|by|until|since|on|of) (?:may|{_MONTH})"
    rf"|(?:{_MONTH}) \d{{1,2}}"
    r"|at (?:\d{1,2}(?:[:.]\d\d)?(?: ?[ap]m)?(?!,?\d)|noon|half past \w+|\w+ o'clock)|\d{1,2}(?:[:.]\d\d)? ?[ap]m)\b"
)
# What one writes, repairs or asks about with a computer: nothing of it is about the user's life.
_WORK = re.compile(
    r"\b(?:(?:my|the|this|your|some|source) code(?! (?:of|for|at|to|is \d))|function|script"
    r"|variables?|program|app|models?|server|computer|laptop|internet|websites?|questions?"
    r"|problems?|answers?|essays?|homework|assignments?|thesis|paragraphs?|sentences?|poems?|stories|story|novel"
    r"|characters?|errors?|bugs?|help me|http|status|source|file|data|database|table|list|equation|formula|example"
    r"|guess|score|results?|opinion|dictionary|details|words?|new year|convert|calculate"
    r"|war|battle|world|country|revolution|century|weather|sun|moon|earth|rain|snow)\b"
    r"|帮帮?我|给我[写讲说]|作业|论文|作文|代码|程序|报错|翻译|天气|下雨|下雪|气温|晴天|意思|单词|题目?|故事|小说"
    r"|公元|世纪|朝代|历史|怎么|成员|搞不|弄不|不懂|失败|打不开",
    re.IGNORECASE,
)
_KIN = (
    r"(?:(?:auntie?|uncle|cousin|granny|grandma|grandpa) (?-i:[A-Z])\w+|mum|mom|mummy|mommy|dad|daddy|papa|grandma"
    r"|grandpa|granny|grandad|grandfather|grandmother|nana)"
)
_GOODS = (
    r"(?:(?:spare|house|car|front door|door|old|new|other) )*(?:car"
    r"|bike|bicycle|scooter|van|keys?|umbrella|passports?"
    r"|documents|bag|suitcase|luggage|glasses|wallet|purse|charger|ladder|toolbox|ring|tickets?|medicine|pills|remote"
    r"|parcel|package|contract|will|papers|first aid kit|fuse box|torch|camera)"
)
_AT = r"(?:at|in|on|under|behind|with|near|by|to|inside|above|beside|next to|round|opposite)"
_IS = (
    r"(?:is|are|comes?|leaves?|starts?|begins?|arrives?|opens?|closes?|ends?|expires?|runs|goes|gets|meets|will"
    r"|has|needs)"
)
_ENGLISH = re.compile(
    rf"^{_LEAD}(?:"
    + "|".join(
        (
            rf"{_KIN}(?:'s [\w ]{{2,20}}?)? (?!(?:is|was) (?:late|here|calling|angry|right|wrong|"
            rf"asking)\b)(?:is|has|was|had|lives?|works?|likes?|loves?|goes|comes|needs|takes|turns|moved|"
            rf"prefers|hates|wants|can't|doesn't)\b",
            rf"(?:the|our|my) [\w'’ -]{{2,40}}? {_IS}\b.*?\b{_DAY}",
            rf"(?:(?:my|our)|the (?:kids|children|family|landlord|landlady"
            rf"|neighbours?|cleaner|nanny|boys|girls|twins|cat|dog))"
            rf" [\w'’ ,-]{{2,50}}?\b{_DAY}",
            r"(?:my|our|the) (?:physio\w*|doctor|dentist|vet|gp|optician"
            r"|midwife|consultant|therapist|boss|landlord|teacher|coach)"
            r" (?:says|said|told me|recommends|wants|thinks|advised)\b",
            r"(?:my|our|the) [\w'’ -]{2,40}? (?:changed to|has changed to|is now) \S*\d",
            rf"there(?:'s|’s| is) (?:an?|our|my) .*?\b{_DAY}",
            rf"(?:i|we)(?:['’]m|['’]re| am| are) (?!sure|not|going to (?:bed|sleep)).*?\b{_DAY}",
            rf"(?:i|we) (?:have|need|must|['’]ve got) (?:an?|my|our|to) .*?\b{_DAY}",
            rf"(?:(?:i|we)(?:['’]ve| have)? (?:just |always )?)?(?:left|put|parked|hid|hide|keep|kept|stored|"
            rf"locked) (?:my|our|the) {_GOODS} (?:up |away )?{_AT} \S",
            rf"(?:i|we)(?:['’]ve| have)? (?:hid|hidden|buried|stored|locked) [\w'’ -]{{2,40}}? {_AT} \S",
            # With a figure in it, what one says of oneself is rarely about anything but one's life.
            r"(?:i|we)(?:['’]ve|['’]m|['’]re| am| are)? (?!tried|need|want|get|got|see|think|asked|wrote|found|did"
            r"|guess|would|can|could"
            r"|like|thought|read|heard|counted|clicked|waited|made|start|give you|on page)[^.]*?\d",
            r"(?:my|our) [\w'’ -]{2,30} (?:is|are) (?:called |named |the )?(?-i:[A-Z])\w+[\w'’ ]*\W*$",
            r"(?-i:[A-Z])[a-z]+['’]s (?:favou?rite [\w ]+|birthday|address|(?:\w+ )?(?:phone|number|size|name)"
            r"|e-?mail) (?:is|are)\b",
            r"(?!(?:she|he|it|they|this|that|there|who|what|everyone|nobody)\b)"
            r"(?-i:[A-Z])[a-z]+ (?:lives|works|is (?:allergic|coeliac|celiac|vegetarian|vegan|diabetic)|(?:can['’]t"
            r"|doesn['’]t) eat"
            r"|is my|drinks|is moving)\b",
            r"(?-i:[A-Z])[a-z]+ (?:borrowed|has|took|keeps|looks after"
            r"|feeds|lent me|gave me|owes) (?:my|our|me|us)\b",
            rf"(?:the|our|my|there(?:'s|’s| is) an?) {_GOODS} (?:(?:is|are) )?(?:parked |kept |hidden )?{_AT} "
            rf"\S",
            r"(?:(?:the|our|my) )?[\w'’ -]{2,40}? ?\b(?:code|password|passcode|pin|combination|number)(?: "
            r"(?:at|of|for|in|to) [\w'’ -]{2,30}?)? ?(?:is|:|=) \S*\d",
            r"(?:my|our) [\w'’ -]{2,40}? (?:is|are|was|were|costs?|measures?) [^.]*?\d",
            r"(?:i|we) (?:owe|lent|borrowed) (?!you)\S",
            r"\w+ owes (?:me|us) \S",
            r"(?:i|we)(?:['’]ve| have) (?:just |recently )?(?:started (?:learning|working|studying|playing|a "
            r"new job|training)|taken up|joined an?) \w",
            r"(?:i['’]m|i am|we['’]re|we are) (?:getting (?:married|divorced|an? \w+)|expecting a|engaged)\b",
        )
    )
    + ")",
    re.IGNORECASE,
)

_NUMBER = "[\\d一二两三四五六七八九十]{1,3}"
_TIME = (
    f"(?:今晚|明[天早晚]|大?后天|下*(?:周|星期|礼拜)[一二三四五六日天末]|(?:本|这|下)个?[周月]|每(?:天|周|个?月|年"
    f"|晚|早)(?:[一二三四五六日天末])?"
    f"|{_NUMBER}月(?:{_NUMBER}[号日]?|[份底初中])?|{_NUMBER}[号日](?!线|楼)|[月年][底初]|{_NUMBER}点(?:半|钟"
    f"|{_NUMBER}分?)?"
    "|明年)"
)
_PLAN = (
    "(?:要(?![是说问看注])|得(?=[吃去交做上带还])|来|去|交|办|住院|出院|开会|出差|回|到期|过期|年检|扣|考|复查|面试"
    "|体检|手术|聚|生日|搬|约|飞|出发|值班"
    "|上班|加班|休|放假|开学|结婚|婚礼|截止|开门|关门|发工资|还[款钱]|缴|上课|接|送|看[牙病医电]|有[会课约考面]"
    "|做[手检]"
    "|吃饭|[吃服][^，。]{0,3}药|起床|睡觉|打[疫针]|修|演出|比赛|收|停[水电]|到(?=[。！]?$))"
)
_KIN_ZH = (
    "(?:妈妈|爸爸|老妈|老爸|母亲|父亲|爸妈|爷爷|奶奶|外公|外婆|姥姥|姥爷|老婆|老公|媳妇|儿子|女儿|闺女|哥哥|姐姐"
    "|弟弟|妹妹"
    "|[大二三小]?(?:姑姑?|姨妈?|舅舅?|叔叔?|伯伯?|婶婶?)|孩子|宝宝|老板|房东|室友|班主任|岳[父母]|公公|婆婆)"
)
_GOODS_ZH = (
    "(?:车|钥匙|快递|包裹|行李|雨伞|护照|身份证|户口本|存折|银行卡|眼镜|药|充电器|工具箱|遥控器|书包|钱包|票|证件"
    "|合同|电闸|[水电煤]气?表|梯子|灯泡|药箱|礼物"
    "|相机)子?"
)
_AMOUNT = "[\\d一二两三四五六七八九十百点.]+"
_CHINESE = re.compile(
    rf"""^(?:(?:对了|另外|还有|顺便|其实|哦|嗯|那个|话说|今天)[，,：:\s]*)*(?:
    (?!再见|我们?再|那|[他她它]|小[明红华刚]|某|人们|大家)\S{{0,14}}?{_TIME}(?!再|见)\S{{0,10}}?{_PLAN}(?!再)\S*
    | 我们?\S{{0,6}}?(?:春节|国庆|中秋|元旦|暑假|寒假)\S{{0,8}}?{_PLAN}\S*
    | {_KIN_ZH}(?:的\S{{1,6}}?)?(?:现在|目前|一直|已经|刚|最近|今年|也|都|平时)*
      (?:叫|姓|住|在|是(?!谁)|有|喜欢|爱|不吃|不能|对\S+过敏|属|生日|身高|血型|电话|手机|换|搬|怀孕|退休|{_NUMBER}岁)\S
    | (?:我们?|我们?家)(?!试|是?想|打|觉|问|说|写|看|需|等|点|按|做|有|用了|要(?!交)|给你|第
      |一[个直样点定起些])[^，,]*?
      (?:\d|[一二两三四五六七八九十百]+[年月天岁路码号楼层元块斤只])\S*
    | 我们?(?:家)?(?:平时|一直|现在)?用的?是\S{{2,}}
    | (?![小][明红华刚猫狗孩朋学说心时])[小老阿大][\u4e00-\u9fff]{{1,2}}?(?:最?[爱喜]欢?[吃喝]|喜欢|不[能爱]?[吃喝]
      |住在?|的?生日|对\S+过敏|[喝吃])\S+
    | {_KIN_ZH}们?\S{{0,6}}?{_TIME}\S{{2,}}
    | (?:我的)?(?:医生|大夫|牙医|教练|老师|老板|领导|房东)(?:说|让|叫|要|建议|嘱咐)我?(?!不明白)\S{{2,}}
    | (?!你|谁)\S{{1,5}}?把我(?:的|们的?|家的?)?\S{{1,8}}?(?:借|拿|带|开|骑)走了?
    | 我的\S{{1,8}}?(?:是|为|：|:)\S{{0,4}}\d\S*
    | (?:我(?:的|把|们的)?|家里的?|备用的?)?\S{{0,3}}?{_GOODS_ZH}(?:都|就|现在|先|还)?
      (?:(?:停|放|存|寄|藏|搁|落|忘|锁)(?:在|给)|在(?=\S*(?:里|上|下|那|家|柜|层|楼|边|旁|处|手|口)))\S{{2,}}
    | \S{{0,12}}?(?:密码|口令|门禁码|编号|客户号|会员号|订单号|单号|号码|账号|卡号|车牌号?|发票号|房号|会议室|车位
      |门禁)
      (?:是|为|改成|换成|改为|变成|了|:|：|\s)*[A-Za-z]*[\d-][\w-]*了?[。！]?$
    | (?:今早|今天|早上|昨天|我的?)*(?:血压|血糖|体温|心率)\S{{0,3}}?\d
    | 我的?眼镜\S*?{_AMOUNT}度 | 我?\S{{0,3}}近视{_AMOUNT}度
    | 我(?:现在|最近|今早|今天)?(?:体重|身高)?(?:有|重|高|是|只有|差不多)?{_AMOUNT}(?:公斤|斤|kg|厘米|cm)
    | 我(?:还)?(?:欠|借给)(?!揍)\S{{2,}} | \S{{1,4}}?(?:欠我|借了我)\S{{2,}}
    | 家里(?:新)?(?:来|养|添|住)了?(?!信|电)\S{{2,}} | 家里有\S*(?:个|只|条|口|岁)\S*
    | 我(?!要|想|希望|让|觉得|看)\S{{0,5}}?(?:一般|通常|总是|从不)(?!来说|会问)\S{{2,}}
    )""",
    re.IGNORECASE | re.VERBOSE,
)  # fmt: skip


def tells(sentence: str) -> bool:
    """Whether a sentence, in simplified letters, tells something of the user's days or things."""
    if _WORK.search(sentence):
        return False
    if re.search("[\u3400-\u9fff]", sentence):
        return len(sentence) <= _LONGEST_ZH and bool(_CHINESE.match(sentence))
    return len(sentence) <= _LONGEST and bool(_ENGLISH.match(sentence))
