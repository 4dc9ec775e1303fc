"""Invented names, places, numbers and phrases for the training notes.

Copying must work for names nobody has seen, so the values cover the whole vocabulary: real names, invented
syllables, runs of random letters, any Chinese character. ``held_out=True`` draws from syllables and characters that
no training value ever contains; the evaluation uses those.
"""

from __future__ import annotations

import random
from collections.abc import Callable

Make = Callable[[random.Random, bool], str]

ONSETS = "b c d f g h j k l m n p r s t v w z br cl dr fr gr kr pl st th tr ch qu y sl sh bl cr pr".split()
NUCLEI = "a e i o u ai ea io ou ia ee oa y".split()
CODAS = ["", "", "", *"n r s l m t k nd rt x ck th ng lo ra ny d p g".split()]
HELD_ONSETS = "zw vl sk sn gl ph wh sp dv kv".split()
HELD_NUCLEI = "ui ae eo uo".split()

PEOPLE = (
    "Anna Peter Maria John Sarah David Emma Lucas Olivia Noah Sophie Daniel Laura Michael Julia Thomas Kate Robert "
    "Alice James Tom Lily Jack Grace Henry Ruby Oscar Ben Nina Paul Eva Max Clara Hugo Marta Ivan Fatima Omar Ahmed "
    "Carlos Elena Luis Amir Sana Kenji Yuki Ravi Mei Ling Wei Min Jun Hana Leo Ella Mia Adam Ruth Simon Karen"
).split()
SURNAMES = (
    "Smith Brown Jones Miller Davis Garcia Wilson Moore Taylor Lee Wang Li Zhang Chen Liu Yang Huang Zhao Wu Zhou Xu Sun Ma "
    "Kim Park Tanaka Sato Nguyen Singh Patel Khan Novak Horvat Rossi Weber Klein Bauer Costa Silva Lopez"
).split()
CITIES = (
    "Paris London Tokyo Beijing Shanghai Rome Berlin Madrid Cairo Sydney Toronto Chicago Boston Rotterdam Lyon Oslo Lima "
    "Prague Vienna Dublin Seoul Hanoi Bangkok Nairobi Lagos Delhi Mumbai Shenzhen Chengdu Wuhan Nanjing Xi'an Harbin"
).split()
FAMILY_NAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴"
)
GIVEN_NAMES = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀兰霞平刚桂英华玉红春梅建国文辉力志海龙凤云雪琴晓东波宁宇浩然子涵雨欣梓轩思佳怡晨嘉俊"
    "峰毅琳瑶婷健鹏飞翔旭阳光亮凯瑞小大美丹青松柏竹月星天安乐康福贵荣昌"
)
CITIES_ZH = (
    "北京 上海 广州 深圳 杭州 南京 苏州 成都 武汉 西安 重庆 天津 青岛 大连 厦门 长沙 郑州 沈阳 哈尔滨 昆明 济南 合肥 福州 南昌 贵阳 "
    "兰州 太原 巴黎 伦敦 东京 纽约 柏林 罗马 首尔 新加坡"
).split()
COMMON_ZH = (
    "天地人山水火木金土日月星云风雨雪花草树叶鸟鱼虫马牛羊龙虎象东南西北中上下左右前后里外大小多少长短高低红黄蓝绿黑白青紫春夏秋冬早晚年时分"
    "家国城市村江河湖海书画诗歌茶酒米面菜果糖盐油刀车船飞机电灯门窗桌椅床衣鞋帽手足头眼耳口心身走跑跳看听说读写吃喝玩乐学习工作朋友老师"
)
HELD_FAMILY_NAMES = "欧邱姜崔夏钟汪田范石"
HELD_GIVEN_NAMES = "冰岚钰澜骁黛煜芷筱韬绮昱珩蕴霖曦漪璟舒翎"

# The common characters of GB 2312; those outside the vocabulary are two or three byte tokens and teach copying bytes.
LEVEL_ONE = [bytes((row, cell)).decode("gb2312") for row in range(0xB0, 0xD7) for cell in range(0xA1, 0xFF)]
LEVEL_TWO = [bytes((row, cell)).decode("gb2312") for row in range(0xD8, 0xF7) for cell in range(0xA1, 0xFF)]
HELD_CHARACTERS = frozenset(HELD_FAMILY_NAMES + HELD_GIVEN_NAMES)
LEVEL_ONE = [letter for letter in LEVEL_ONE if letter not in HELD_CHARACTERS]
LEVEL_TWO = [letter for letter in LEVEL_TWO if letter not in HELD_CHARACTERS]
LATIN = "abcdefghijklmnopqrstuvwxyz"
ACCENTED = "éèüöäñçåøßžšłőáíóúêâîô"

MONTHS = "January February March April May June July August September October November December".split()
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
COLOURS = (
    "red,blue,green,yellow,black,white,purple,orange,pink,brown,grey,silver,dark green,light blue,beige,teal".split(",")
)
COLOURS_ZH = "红色 蓝色 绿色 黄色 黑色 白色 紫色 橙色 粉色 棕色 灰色 银色 米色 深蓝色 浅绿色 天蓝色".split()
THINGS = (
    "tea,coffee,noodles,bread,rice,soup,cheese,fish,apples,mangoes,chocolate,pizza,dumplings,salad,football,tennis,chess,"
    "swimming,cycling,hiking,jazz,rock,opera,poetry,novels,history,films,photography,gardening,painting,guitar,piano,violin,"
    "cats,dogs,birds,trains,mountains,the sea,rainy days,green tea,black coffee,milk,orange juice,spicy food,peanuts,shrimp,"
    "penicillin,pollen,dust,lactose,gluten,eggs,soya,red wine,beer,running,yoga,basketball,table tennis,cooking,quiet places"
).split(",")
THINGS_ZH = (
    "绿茶 红茶 咖啡 面条 米饭 饺子 火锅 豆腐 鱼 苹果 芒果 巧克力 足球 篮球 乒乓球 游泳 爬山 骑车 跑步 瑜伽 爵士乐 京剧 诗歌 小说 历史 电影 "
    "摄影 园艺 画画 吉他 钢琴 猫 狗 火车 大海 下雨天 牛奶 橙汁 辣的菜 花生 虾 青霉素 花粉 灰尘 乳糖 鸡蛋 啤酒 象棋 围棋 书法"
).split()
JOBS = (
    "teacher nurse engineer farmer driver cook doctor designer student programmer baker lawyer carpenter painter librarian "
    "accountant translator gardener pilot photographer electrician"
).split()
JOBS_ZH = "老师 护士 工程师 农民 司机 厨师 医生 设计师 学生 程序员 面包师 律师 木匠 画家 图书管理员 会计 翻译 园丁 飞行员 摄影师 电工".split()


def syllable(chance: random.Random, held_out: bool) -> str:
    nucleus = chance.choice(HELD_NUCLEI if held_out and chance.random() < 0.5 else NUCLEI)
    return chance.choice(HELD_ONSETS if held_out else ONSETS) + nucleus + chance.choice(CODAS)


def invented(chance: random.Random, held_out: bool = False) -> str:
    """A word of one to three syllables with a capital letter; sometimes a run of random letters."""
    while True:
        if not held_out and chance.random() < 0.3:
            letters = LATIN if chance.random() < 0.8 else LATIN + ACCENTED * 2
            word = "".join(chance.choice(letters) for _ in range(chance.randint(2, 9)))
        else:
            word = "".join(syllable(chance, held_out) for _ in range(chance.choice((1, 2, 2, 3))))
        if held_out or not any(part in word for part in (*HELD_ONSETS, *HELD_NUCLEI)):
            return word.capitalize()


def person(chance: random.Random, held_out: bool = False) -> str:
    if not held_out and chance.random() < 0.3:
        return chance.choice(PEOPLE) + (f" {chance.choice(SURNAMES)}" if chance.random() < 0.3 else "")
    return invented(chance, held_out) + (f" {invented(chance, held_out)}" if chance.random() < 0.3 else "")


def place(chance: random.Random, held_out: bool = False) -> str:
    if not held_out and chance.random() < 0.3:
        return chance.choice(CITIES)
    return invented(chance, held_out)


def thing(chance: random.Random, held_out: bool = False) -> str:
    if not held_out and chance.random() < 0.5:
        return chance.choice(THINGS)
    return invented(chance, held_out).lower()


def company(chance: random.Random, held_out: bool = False) -> str:
    kinds = ("", "", " Bank", " Foods", " School", " Hospital", " Ltd", " & Sons", " University", " Motors")
    return invented(chance, held_out) + chance.choice(kinds)


def number(chance: random.Random, held_out: bool = False) -> str:
    digits = "".join(chance.choice("0123456789") for _ in range(chance.choice((2, 3, 4, 4, 5, 6, 8, 11))))
    if len(digits) > 6 and chance.random() < 0.4:
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return digits


def code(chance: random.Random, held_out: bool = False) -> str:
    alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ0123456789" if chance.random() < 0.6 else LATIN + "0123456789" + "-_!@#"
    return "".join(chance.choice(alphabet) for _ in range(chance.randint(4, 9)))


def date(chance: random.Random, held_out: bool = False) -> str:
    day, month = chance.randint(1, 31), chance.choice(MONTHS)
    forms = (
        f"{month} {day}",
        f"{day} {month}",
        f"the {day}th of {month}",
        f"{month} {day}, {chance.randint(1930, 2025)}",
    )
    return chance.choice(forms)


def time(chance: random.Random, held_out: bool = False) -> str:
    hour = chance.choice(
        (f"{chance.randint(1, 12)}:{chance.choice(('00', '15', '30', '45'))}", f"{chance.randint(1, 12)} pm")
    )
    return chance.choice((f"{chance.choice(DAYS)} at {hour}", chance.choice(DAYS), f"{date(chance)} at {hour}"))


def colour(chance: random.Random, held_out: bool = False) -> str:
    return chance.choice(COLOURS)


def age(chance: random.Random, held_out: bool = False) -> str:
    return str(chance.randint(1, 99))


def job(chance: random.Random, held_out: bool = False) -> str:
    return chance.choice(JOBS)


def letter_zh(chance: random.Random, held_out: bool = False) -> str:
    if held_out:
        return chance.choice(HELD_GIVEN_NAMES)
    roll = chance.random()
    return chance.choice(COMMON_ZH if roll < 0.25 else LEVEL_ONE if roll < 0.75 else LEVEL_TWO)


def invented_zh(chance: random.Random, held_out: bool = False) -> str:
    return "".join(letter_zh(chance, held_out) for _ in range(chance.choice((1, 2, 2, 2, 3, 4))))


def person_zh(chance: random.Random, held_out: bool = False) -> str:
    family = chance.choice(HELD_FAMILY_NAMES if held_out else FAMILY_NAMES)
    if held_out:
        return family + "".join(chance.choice(HELD_GIVEN_NAMES) for _ in range(chance.choice((1, 2, 2))))
    roll = chance.random()
    if roll < 0.1:
        return chance.choice("小老阿大") + chance.choice(FAMILY_NAMES + GIVEN_NAMES)
    if roll < 0.3:
        return invented_zh(chance)
    given = GIVEN_NAMES if roll < 0.6 else LEVEL_ONE if roll < 0.85 else LEVEL_TWO
    return family + "".join(chance.choice(given) for _ in range(chance.choice((1, 2, 2))))


def place_zh(chance: random.Random, held_out: bool = False) -> str:
    if not held_out and chance.random() < 0.3:
        return chance.choice(CITIES_ZH)
    letters = "".join(letter_zh(chance, held_out) for _ in range(2))
    return letters + chance.choice(("", "", "市", "镇", "县", "区", "路", "街"))


def thing_zh(chance: random.Random, held_out: bool = False) -> str:
    if not held_out and chance.random() < 0.5:
        return chance.choice(THINGS_ZH)
    return invented_zh(chance, held_out)


def company_zh(chance: random.Random, held_out: bool = False) -> str:
    letters = "".join(letter_zh(chance, held_out) for _ in range(2))
    return letters + chance.choice(("公司", "银行", "学校", "医院", "大学", "工厂", "科技", "书店", ""))


def date_zh(chance: random.Random, held_out: bool = False) -> str:
    month, day = chance.randint(1, 12), chance.randint(1, 31)
    year = f"{chance.randint(1930, 2025)}年" if chance.random() < 0.25 else ""
    lunar = chance.choice(("农历", "")) if not year and chance.random() < 0.2 else ""
    return f"{lunar}{year}{month}月{day}{chance.choice('日日号')}"


def time_zh(chance: random.Random, held_out: bool = False) -> str:
    hour = (
        f"{chance.choice(('上午', '下午', '晚上', ''))}{chance.randint(1, 12)}点{chance.choice(('', '半', '十五分'))}"
    )
    return chance.choice(
        (
            f"周{chance.choice('一二三四五六日')}{hour}",
            f"{date_zh(chance)}{hour}",
            f"星期{chance.choice('一二三四五六天')}",
        )
    )


def colour_zh(chance: random.Random, held_out: bool = False) -> str:
    return chance.choice(COLOURS_ZH)


def job_zh(chance: random.Random, held_out: bool = False) -> str:
    return chance.choice(JOBS_ZH)
