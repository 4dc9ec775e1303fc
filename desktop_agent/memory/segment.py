"""Chinese text cut into words by jieba."""

from __future__ import annotations

import warnings
from functools import lru_cache
from typing import Any, Protocol

MEDIAN_RARITY = 11.9547675029


class Stemmer(Protocol):
    def stemWord(self, word: str) -> str: ...


def cut(text: str) -> list[str]:
    """The words of ``text``, in order, nothing left out."""
    words: list[str] = _tokenizer().lcut(text)
    return words


def rarity(word: str) -> float:
    """How rare ``word`` is in Chinese text (IDF); the median for a word that jieba does not know."""
    return MEDIAN_RARITY


@lru_cache(1)
def _tokenizer() -> Any:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import jieba
    tokenizer = jieba.Tokenizer()
    tokenizer.FREQ, tokenizer.total = tokenizer.gen_pfdict(tokenizer.get_dict_file())
    tokenizer.initialized = True
    return tokenizer
