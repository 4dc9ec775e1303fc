"""Words that say nothing about what a text is about, in both languages."""

# The list of the Snowball project, apostrophes split as `terms` splits them.
_ENGLISH = """
i me my myself we our ours ourselves you your yours yourself yourselves he him his himself she her hers herself it
its itself they them their theirs themselves what which who whom this that these those am is are was were be been
being have has had having do does did doing would should could ought can will shall may might must a an the and but
if or because as until while of at by for with about against between into through during before after above below to
from up down in out on off over under again further then once here there when where why how all any both each few
more most other some such no nor not only own same so than too very s t d ll m re ve don isn aren wasn weren hasn
haven hadn doesn didn won wouldn shan shouldn couldn mustn let cannot
"""

# Closed classes only: function words, pronouns, question words, particles.
_CHINESE = """
的 了 是 在 我 你 您 他 她 它 们 我们 你们 他们 她们 它们 咱们 自己 这 那 这个 那个 这些 那些 这里 那里 这样
那样 这么 那么 哪 哪个 哪些 哪里 哪儿 什么 怎么 怎样 怎么样 为什么 为何 多少 几 谁 何 吗 呢 吧 啊 呀 哦 嗯 哈
嘛 啦 呗 喽 哇 唉 哎 哎呀 和 与 及 或 或者 以及 并 并且 而 而且 但 但是 不过 可是 然而 虽然 因为 所以 因此
如果 的话 就 都 也 还 又 再 才 只 很 太 更 最 非常 特别 真 真的 挺 有点 有些 一些 一个 一下 一直 已经 曾经
正在 着 过 得 地 之 于 以 为 为了 被 把 将 从 向 对 对于 关于 跟 给 让 使 由 到 上 下 里 中 内 外 前 后 时
时候 之后 之前 然后 有 没有 没 不 不是 会 能 可以 可能 应该 要 想 说 请 请问 来着 来 去 做 是不是 有没有 还有
另外 其实 比如 例如 等 等等 某 每 各 该 此 其 其中 个 位 种 次 些 这边 那边 以下 这种 那种 这儿 那儿
"""

# How people speak to this program: in most notes and most questions, so it joins what does not belong together.
_ASKING = """
remember remind forget tell know please hello hi hey thanks thank ok okay yes 记住 记得 记 记下 别忘 别忘了
忘 忘了 忘记 告诉 知道 叫 叫做 你好 您好 谢谢 好的 是的
"""

# Two of these side by side (这是, 不会) say nothing either. Not 上 or 地: 上海, 地下.
_EMPTY_LETTERS = frozenset("的了是你您我他她它这那哪谁何吗呢吧啊也都就很太不没又再会能要想说请和与或而但")

ENGLISH = frozenset(_ENGLISH.split())
CHINESE = frozenset(_CHINESE.split())
SAYING_NOTHING = ENGLISH | CHINESE | frozenset(_ASKING.split())


def says_nothing(word: str) -> bool:
    """Whether ``word``, folded, is a stop word or made of two empty letters."""
    return word in SAYING_NOTHING or (len(word) == 2 and word != "太太" and _EMPTY_LETTERS.issuperset(word))
