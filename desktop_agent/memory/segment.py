"""Chinese text cut into words. The first call loads jieba (20 ms); an English text never does."""

from __future__ import annotations

import threading
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from desktop_agent.memory.dictionary import Dictionary
    from desktop_agent.memory.tokenizer import MappedTokenizer

_loading = threading.Lock()


def cut(text: str, guess: bool = True) -> list[str]:
    """The words of ``text``, in order, nothing left out.

    Letters that form no word of the dictionary are joined to words by jieba's model of
    unknown words, which may join them differently in another sentence; without ``guess``
    they come one by one.

    Raises:
        NotAvailable: the dictionary is missing from resources/.
    """
    return list(tokenizer().cut(text, HMM=guess))


def rarity(word: str) -> float:
    """How rare ``word`` is in Chinese text (IDF); the median for a word that jieba does not know.

    Raises:
        NotAvailable: the dictionary is missing from resources/.
    """
    return _dictionary().rarity(word)


def tokenizer() -> MappedTokenizer:
    """jieba, loaded once; user words may be added to it.

    Raises:
        NotAvailable: the dictionary is missing from resources/.
    """
    # Two threads may ask at once, and lru_cache would let both load it.
    with _loading:
        return _tokenizer()


@lru_cache(1)
def _tokenizer() -> MappedTokenizer:
    from desktop_agent.memory.tokenizer import MappedTokenizer, use_model

    use_model(_dictionary())
    return MappedTokenizer(_dictionary())


@lru_cache(1)
def _dictionary() -> Dictionary:
    from desktop_agent.memory.dictionary import Dictionary

    return Dictionary()
