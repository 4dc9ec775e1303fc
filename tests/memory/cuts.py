"""Everything that jieba says about a varied sample, as JSON: run with ``stock`` or ``mapped``.

Two processes, because the mapped tokenizer also puts its own tables into jieba's module.
"""

from __future__ import annotations

import importlib.util
import io
import json
import random
import sys
import warnings
from pathlib import Path
from typing import Any

SENTENCES = (
    """
我女儿的生日是五月三日，她喜欢吃草莓蛋糕。
我用的手机是iPhone 13，电脑是ThinkPad X220，T恤是XL号，K歌去卡拉OK。
帮我记住Wi-Fi密码是hello1234，车牌号是京A12345！
小明明同学喜欢草莓蛋糕的生日。如果放到post中将出错。
上海先锋传媒集团在台中有云计算平台；八一双鹿和韩玉赏鉴，凱特琳住在臺北。
工信处女干事每月经过下属科室都要亲口交代24口交换机等技术性器件的安装工作
他来到了网易杭研大厦，乒乓球拍卖完了，南京市长江大桥。
李小福是创新办主任也是云计算方面的专家；龘靐齉爩在㐀㐁里。
C++和C#、AT&T、3.14、100%、node.js、foo_bar、2024-05-03、a@b.com、#标签
Remember that my sister's name is Li Na, and she moved to Zürich in 2019.
def f(x):\\n    return x*2  # 返回两倍
😀🎂👩‍👩‍👧🇨🇳 你好\u3000世界\\r\\n\\t第二行 \\udc80\\ud800
""".replace("\\n", "\n")
    .replace("\\r", "\r")
    .replace("\\t", "\t")
    .replace("\\udc80\\ud800", "\udc80\ud800")
    .splitlines()
)

FOREIGN = "the my phone Wi-Fi running C++ AT&T 3.14 100% node.js foo_bar café İstanbul ﬁ T恤 B超 K歌 卡拉OK"


def sample(size: int) -> list[str]:
    """Sentences, and mixtures of dictionary words, names, signs, rare letters and other scripts; always the same."""
    chance = random.Random(20)
    found = importlib.util.find_spec("jieba")
    assert found is not None and found.origin is not None
    lines = (Path(found.origin).parent / "dict.txt").read_text("utf-8").splitlines()
    words = [line.split(" ")[0] for line in lines]
    foreign = FOREIGN.split()
    signs = [
        *"，。！？；：“”（）《》、…—·,.!?;'\"()[]{}@#$%^&*-_=+|/~`😀🎂✨",
        "\u200d",
        "\u3000",
        "\r\n",
        "\t",
        "  ",
        "\n",
    ]
    ranges = [(0x4E00, 0x9FFF)] * 5 + [
        (0x3400, 0x4DBF),
        (0x20000, 0x2A6DF),
        (0x3040, 0x30FF),
        (0xAC00, 0xD7A3),
        (0xD800, 0xDFFF),
    ]
    texts = list(SENTENCES)
    for _ in range(size):
        parts = []
        for _ in range(chance.randint(1, 25)):
            kind = chance.random()
            if kind < 0.5:
                parts.append(chance.choice(words))
            elif kind < 0.7:
                parts.append("".join(chr(chance.randint(*chance.choice(ranges))) for _ in range(chance.randint(1, 4))))
            else:
                parts.append(chance.choice(foreign if kind < 0.85 else signs))
        texts.append("".join(parts))
        # Words glued together overlap in every possible way.
        texts.append("".join(chance.choice(words) for _ in range(chance.randint(1, 6))))
    return texts


def said(tokenizer: Any, tags: Any, texts: list[str]) -> list[Any]:
    return [
        [
            list(tokenizer.cut(text)),
            list(tokenizer.cut(text, HMM=False)),
            list(tokenizer.cut(text, cut_all=True)),
            list(tokenizer.cut_for_search(text)),
            [list(found) for found in tokenizer.tokenize(text, mode="search")],
            [[word, repr(weight)] for word, weight in tags(text)],
        ]
        for text in texts
    ]


def teach(tokenizer: Any) -> None:
    tokenizer.add_word("小明明同学")
    tokenizer.add_word("草莓蛋糕", 5000)
    tokenizer.add_word("openwebui", 10)
    tokenizer.del_word("生日")
    tokenizer.suggest_freq(("中", "将"), True)
    tokenizer.suggest_freq("上海先锋传媒", True)
    tokenizer.load_userdict(io.BytesIO("云计算平台 5 n\n凱特琳 nz\n韩玉赏鉴 3 nz\n八一双鹿\n".encode()))


def main(kind: str, size: int) -> None:
    warnings.simplefilter("ignore")
    if kind == "stock":
        import jieba
        import jieba.analyse

        jieba.setLogLevel(60)
        tokenizer: Any = jieba.dt
        # Not by initialize: that writes a cache file into the folder for temporary files.
        tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
        tokenizer.initialized = True

        def tags(text: str) -> Any:
            return jieba.analyse.extract_tags(text, topK=20, withWeight=True)
    else:
        from desktop_agent.memory import segment

        tokenizer = segment.tokenizer()

        def tags(text: str) -> Any:
            return tokenizer.extract_tags(text, 20)

    texts = sample(size)
    answers = said(tokenizer, tags, texts)
    teach(tokenizer)
    answers += said(tokenizer, tags, texts[: len(texts) // 4])
    print(json.dumps([tokenizer.total, answers]))


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
