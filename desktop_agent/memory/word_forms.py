"""Words that mean the same without looking alike: irregular English forms, and everyday synonyms of both languages.

Irregular forms are one term, in notes and in questions. Synonyms are looked up for a
question only, and count less than its own words.
"""

from __future__ import annotations

from collections import defaultdict

# Base form first, then what a stemmer cannot lead back to it.
_IRREGULAR = """
be been; become became; begin began begun; bite bit bitten; blow blew blown; break broke broken; bring brought;
build built; buy bought; catch caught; choose chose chosen; come came; cut cutting; deal dealt; dig dug; do did done;
draw drew drawn; dream dreamt; drink drank drunk; drive drove driven; eat ate eaten; fall fell fallen; feed fed;
feel felt; fight fought; find found; fly flew flown; forget forgot forgotten; forgive forgave forgiven;
freeze froze frozen; get got gotten; give gave given; go went gone; grow grew grown; hang hung; hear heard; hide hid
hidden; hold held; keep kept; know knew known; lay laid; lead led; learn learnt; leave left; lend lent; lose lost;
make made; mean meant; meet met; pay paid; ride rode ridden; ring rang rung; rise rose risen; run ran; say said;
see saw seen; seek sought; sell sold; send sent; sew sewn; shake shook shaken; shoot shot; show shown; sing sang sung;
sink sank; sit sat; sleep slept; speak spoke spoken; spend spent; stand stood; steal stole stolen; stick stuck;
swim swam swum; take took taken; teach taught; tear tore torn; tell told; think thought; throw threw thrown;
understand understood; wake woke woken; wear wore worn; win won; write wrote written; child children; person people;
man men; woman women; foot feet; tooth teeth; mouse mice; wife wives; life lives; knife knives; leaf leaves;
shelf shelves; good better best; bad worse worst
"""

# All of a group for each other; behind ">" what is looked up for the first word only.
_SYNONYMS = """
mother mom mum mommy 妈妈 母亲 妈; father dad daddy 爸爸 父亲 爸; parent 父母 爸妈; child kid 孩子;
child > son daughter 儿子 女儿; parent > mother father 妈妈 爸爸; sibling > brother sister; son 儿子;
daughter 女儿; wife spouse 妻子 老婆 太太 爱人; husband spouse 丈夫 老公 先生 爱人; sister 妹妹 姐姐;
brother 弟弟 哥哥; grandmother grandma granny 奶奶 外婆 姥姥; grandfather grandpa 爷爷 外公 姥爷;
boyfriend 男朋友 男友; girlfriend 女朋友 女友; partner > boyfriend girlfriend husband wife;
friend buddy pal 朋友; family relative 家人 家里; boss manager 老板 上司 领导; colleague coworker 同事;
job work occupation profession career 工作 职业; company firm employer 公司 单位; buy purchase shop 买 购买;
start begin 开始; finish complete 完成; trip travel journey vacation holiday 旅行 旅游 度假;
car vehicle 车 汽车 车子; bike bicycle cycle 自行车 单车; house home apartment flat 房子 家 公寓;
live reside stay 住 居住; address 地址 住址; address > live 住; 地址 > 住; 住址 > 住; move relocate 搬家 搬;
town city 城市; country nation 国家; movie film 电影 影片; book novel 书 小说;
photo picture photograph image 照片 相片; paint painting 画 画画; art > paint draw sculpture pottery;
song music tune 歌 歌曲 音乐; instrument 乐器; instrument > guitar piano violin drum flute 钢琴 吉他;
乐器 > 钢琴 吉他 小提琴; hobby pastime 爱好 兴趣; dog puppy pup 狗 小狗; cat kitten kitty 猫 小猫; pet 宠物;
pet > dog puppy cat kitten 狗 猫; 宠物 > 狗 猫; food meal dish 食物; dinner supper 晚饭 晚餐; lunch 午饭 午餐;
breakfast 早饭 早餐; doctor physician 医生 大夫; hospital clinic 医院 诊所; ill sick illness disease 生病 病;
medicine drug pill medication 药 药物; allergy allergic 过敏; hurt injure injury wound 受伤 伤;
phone mobile cellphone telephone 手机 电话; number 号码 号; email mail 邮箱 邮件; password passcode pin 密码;
computer laptop pc 电脑 笔记本; meeting appointment 会议 开会; plan intend 计划 打算;
like love enjoy favourite favorite prefer 喜欢 最爱 爱; hate dislike 讨厌; happy glad excited joy 高兴 开心;
sad upset 难过 伤心; afraid scared fear 害怕 怕; angry mad 生气; tired exhausted 累;
salary pay income wage 工资 收入 薪水; money cash 钱; price cost 价格 价钱; college university 大学;
school 学校; teacher professor tutor 老师 教师; student pupil 学生; exam test 考试; major 专业;
class course lesson 课 课程; marry marriage wedding married 结婚 婚礼; birthday born birth 生日 出生;
age old 岁 年龄; name 名字 姓名; gift present 礼物; party celebration celebrate 聚会 派对; race marathon 比赛;
win award prize 获奖 奖; exercise gym workout fitness 锻炼 健身; sport 运动;
sport > tennis football basketball soccer swim; 运动 > 跑步 游泳 篮球 足球; football soccer 足球;
basketball 篮球; swim 游泳; beach seaside 海边 海滩; sea ocean; mountain hike hiking trail 山 爬山;
camp camping 露营; park 公园; garden 花园; flower 花; rain weather 天气; shop store 店 商店;
restaurant cafe 餐厅 饭店 餐馆; coffee 咖啡; tea 茶; train railway 火车 高铁; plane flight fly 飞机 航班;
key 钥匙; parking park 停车 停; clothes outfit 衣服; shoe sneaker boot 鞋 鞋子; size 尺码 尺寸 码; wifi 无线网;
colour color 颜色; small little tiny; big large huge; volunteer charity 志愿者;
counsel counseling therapy therapist; adopt adoption 领养 收养; pregnant expecting baby 怀孕;
inspire motivate motivation; help support 帮助 帮忙; quit resign 辞职; hire recruit 招聘; retire 退休;
hometown native 老家 家乡; recommend suggest advise 推荐 建议; bread 面包; cake 蛋糕; bake > cake bread cookie;
cook cooking 做饭 烹饪; fix repair mend 修 修理; break damage 坏 摔坏; win victory; passport 护照;
licence license 驾照; insurance 保险; bank account 银行 账户; luggage suitcase 行李; neighbour neighbor 邻居;
noise loud 吵; 上课 上学; 单位 公司; 体重 公斤; 身高 厘米; 血型 型血; 毕业 母校; 学历 本科 硕士 博士; 籍贯 老家;
任职 上班 工作; 从事 职业 工作
"""

IRREGULAR = {form: words[0] for group in _IRREGULAR.split(";") if (words := group.split()) for form in words[1:]}


def _together() -> dict[str, tuple[str, ...]]:
    found: defaultdict[str, list[str]] = defaultdict(list)
    for group in _SYNONYMS.split(";"):
        kind, narrower, words = group.partition(">")
        together = kind.split()
        for word in together:
            others = words.split() if narrower else together
            found[word] += [other for other in others if other != word and other not in found[word]]
    return {word: tuple(others) for word, others in found.items()}


SYNONYMS = _together()
