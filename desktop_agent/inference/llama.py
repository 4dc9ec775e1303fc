"""A model in llama.cpp: loaded, read to, made to answer. Everything here blocks.

Two threads in one context, or freeing a context that computes, kill the process; every
call here refuses to be the second one. Another thread may only touch ``StopFlag`` and call ``use_threads``.
"""

from __future__ import annotations

import atexit
import contextlib
import ctypes
import threading
import time
import weakref
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_agent.errors import NotAvailable
from desktop_agent.inference.decoder import Decoder, StopStrings
from desktop_agent.inference.drafts import LONGEST, Drafts
from desktop_agent.inference.engine import Progress, Sampling
from desktop_agent.inference.header import BATCH_TOKENS
from desktop_agent.inference.held import Held
from desktop_agent.inference.library import last_errors, library, return_memory
from desktop_agent.inference.loading import MOST_CONTEXT, StopFlag, Stopped, ThreadCounts, load_file, make_context
from desktop_agent.inference.sampler import constraint, sampler
from desktop_agent.inference.states import State
from desktop_agent.inference.vocabulary import Vocabulary
from desktop_agent.messages import Ending

LEAST_BATCH_TOKENS = 32
SLOW_BATCH_S = 0.5
CLOSE_WAIT_S = 5.0


@dataclass(frozen=True, slots=True)
class Prompt:
    """A prompt as tokens, begun with those that the model already holds for the same text."""

    held: Held

    @property
    def tokens(self) -> list[int]:
        return self.held.tokens


@dataclass(frozen=True, slots=True)
class Written:
    """How an answer ended; ``seconds`` run from its first token to its last."""

    ending: Ending
    tokens: int
    seconds: float

    @property
    def tokens_per_second(self) -> float:
        return (self.tokens - 1) / self.seconds if self.tokens > 1 and self.seconds > 0 else 0.0


class LlamaModel:
    """One model with one context.

    Made by ``load``; after ``close`` only ``close`` may be called.
    """

    def __init__(
        self, path: Path, model: int, context: int, stop: StopFlag, context_tokens: int, batch_tokens: int
    ) -> None:
        self.path = path
        self.context_tokens = context_tokens
        self._llama = library()
        self._model: int | None = model
        self._context: int | None = context
        self._stop = stop
        self.words = Vocabulary(self._llama, self._llama.llama_model_get_vocab(model))
        self._memory = self._llama.llama_get_memory(context)
        self._held = Held()
        self._batch = (ctypes.c_int32 * batch_tokens)()
        self._all_wanted = (ctypes.c_int8 * (LONGEST + 1))(*[1] * (LONGEST + 1))
        self._wished: ThreadCounts | None = None
        self._working = threading.Lock()
        _living.add(self)

    @classmethod
    def load(
        cls,
        path: Path,
        *,
        context_tokens: int,
        threads: ThreadCounts,
        stop: StopFlag,
        progress: Progress | None = None,
        batch_tokens: int = BATCH_TOKENS,
        kv_type: str = "f16",
        low_memory: bool = False,
    ) -> LlamaModel:
        """The model in ``path``, whose header should have been checked.

        ``context_tokens`` is lowered to what the model was trained for. ``batch_tokens`` are
        computed together while a prompt is read; ``low_memory`` is explained at ``load_file``.

        Raises:
            ModelUnusable: llama.cpp refused the file, or there is too little memory.
            NotAvailable: llama.cpp itself cannot be had.
            Stopped: the flag was set.
        """
        llama = library()
        model = load_file(path, stop, progress, low_memory=low_memory)
        try:
            wanted = max(1, min(context_tokens, int(llama.llama_model_n_ctx_train(model)), MOST_CONTEXT))
            context = make_context(model, path, wanted, threads, stop, batch_tokens=batch_tokens, kv_type=kv_type)
        except BaseException:
            llama.llama_model_free(model)
            raise
        return cls(path, model, context, stop, wanted, batch_tokens)

    def close(self) -> None:
        """Give back the memory, after what runs has ended."""
        with self._working:
            context, self._context = self._context, None
            model, self._model = self._model, None
            if context is not None:
                self._llama.llama_free(context)
            if model is not None:
                self._llama.llama_model_free(model)
                return_memory()
        _living.discard(self)

    def end(self, wait_s: float) -> None:
        """Stop what runs, for the end of the process; waits at most ``wait_s``."""
        self._stop.set()
        if self._working.acquire(timeout=wait_s):
            self._working.release()

    def use_threads(self, counts: ThreadCounts) -> None:
        """Compute with other numbers of threads from the next step on; may be called from any thread."""
        self._wished = counts

    @property
    def computed(self) -> int:
        """Tokens in the KV cache."""
        return self._held.computed

    @property
    def state_bytes(self) -> int:
        """About the size of what ``state`` gives."""
        with self._alone():
            return int(self._llama.llama_state_seq_get_size(self._context, 0))

    def state(self) -> State | None:
        """What was read, to be kept; good until the model does something else. None when there is nothing."""
        with self._alone():
            size = int(self._llama.llama_state_seq_get_size(self._context, 0)) if self._held.computed else 0
            room = (ctypes.c_uint8 * size)()
            if not size or self._llama.llama_state_seq_get_data(self._context, room, size, 0) != size:
                return None
            return State(self._held, memoryview(room).cast("B"))

    def restore(self, state: State) -> bool:
        """Hold what was kept as ``state``; when llama.cpp does not take it, nothing is held."""
        with self._alone():
            llama, size = self._llama, state.data.nbytes
            data = (ctypes.c_uint8 * size).from_buffer(state.data)
            taken = llama.llama_state_seq_set_data(self._context, data, size, 0) == size
            last = llama.llama_memory_seq_pos_max(self._memory, 0)
            if taken and last == state.held.computed - 1 and len(state.held.tokens) <= self.context_tokens:
                self._held = state.held
                return True
            self._cut(0)
            self._held = Held()
            return False

    def beginning(self, text: str) -> Prompt:
        """As much of ``text`` as tokens as stays the same whatever comes after it: up to its last control token."""
        held = self.prompt(text).held
        # Without control tokens the last word is left out: what comes next may join it.
        count = held.after_last(self.words.is_control, len(held.tokens)) or len(held.tokens) - 1
        return Prompt(held.first(max(0, count)))

    def prompt(self, text: str) -> Prompt:
        """``text`` as tokens: those that are held for its beginning, the rest made anew."""
        words, wanted = self.words, text.encode("utf-8", "replace")
        kept = self._held.common_tokens(wanted)
        rest = words.tokens(wanted[self._held.end_of(kept) :])
        if kept < len(self._held.tokens) and rest and not words.is_control(rest[0]):
            # Cut inside a stretch of text: its tokens may join others differently. Begin where the stretch begins.
            kept = self._held.after_last(words.is_control, kept)
            rest = words.tokens(wanted[self._held.end_of(kept) :])
        held = self._held.first(kept)
        if not kept and (first := words.first_token(rest)) is not None:
            held.add((first,), (b"",), b"")
        held.add(rest, [words.piece(token, special=True) for token in rest], wanted[len(held.text) :])
        return Prompt(held)

    def read(self, prompt: Prompt, progress: Callable[[int, int], None] | None = None) -> int:
        """Bring the model to the end of ``prompt``; how many tokens had to be computed.

        ``progress`` is told how many of them are done, before the first and after each step.

        Raises:
            Stopped: the flag was set; what was computed is kept.
            NotAvailable: llama.cpp failed.
        """
        with self._alone():
            tokens = prompt.tokens
            known = self._cut(min(self._held.common_computed(tokens), len(tokens) - 1))
            self._held = Held(list(tokens), list(prompt.held.ends), prompt.held.text, known)
            step = len(self._batch)
            while self._held.computed < len(tokens):
                if progress:
                    progress(self._held.computed - known, len(tokens) - known)
                start = time.perf_counter()
                part = tokens[self._held.computed : self._held.computed + step]
                self._batch[: len(part)] = part  # type: ignore[assignment]
                self._decode(self._batch, len(part))
                # On a slow computer smaller steps, so that the progress moves at least every second or two.
                if time.perf_counter() - start > SLOW_BATCH_S:
                    step = max(step // 2, LEAST_BATCH_TOKENS)
            if progress:
                progress(len(tokens) - known, len(tokens) - known)
            return len(tokens) - known

    def write(self, sampling: Sampling, say: Callable[[str], None], *, lookup: bool = False) -> Written:
        """Answer what was read; ``say`` gets the pieces. The flag ends it with ``Ending.STOPPED``.

        With ``lookup`` tokens that the text so far suggests are computed ahead, as ``drafts`` explains.

        Raises:
            NotAvailable: llama.cpp failed.
        """
        words, llama = self.words, self._llama
        grammar = constraint(llama, llama.llama_model_get_vocab(self._model), words.count, sampling)
        with self._alone(), sampler(llama, words.count, sampling) as chain, grammar as held_by:
            decoder, stop = Decoder(), StopStrings(sampling.stop)
            drafts = Drafts(self._held.tokens, on=lookup and held_by is None and self._goes_back())
            count, begun = 0, 0.0
            ending = Ending.LENGTH
            while count < sampling.reply_tokens and len(self._held.tokens) < self.context_tokens:
                token = llama.llama_sampler_sample(chain, self._context, drafts.place)
                if held_by is not None and self._context is not None:
                    held_to = held_by.held_to(token, chain, self._context)
                    if held_to is None:  # no word of this model goes on in the grammar
                        break
                    token = held_to
                begun = begun or time.perf_counter()
                if words.ends(token):
                    ending = Ending.COMPLETE
                    break
                count += 1
                text = decoder.feed(words.piece(token))
                # A mark that the model wrote is not shown, so no next prompt will have it either.
                unseen = words.piece(token, special=True) if words.is_control(token) else b""
                self._held.add_said(token, text.encode() + unseen, decoder.waiting)
                if shown := stop.feed(text):
                    say(shown)
                if stop.found:
                    ending = Ending.COMPLETE
                    break
                if count == sampling.reply_tokens or len(self._held.tokens) == self.context_tokens:
                    break  # nobody will ask for the next token
                if drafts.takes(token):
                    self._held.computed += 1
                    continue
                try:
                    self._go_on(token, drafts)
                except Stopped:
                    ending = Ending.STOPPED
                    break
            if drafts.wrong:
                self._cut(self._held.computed)
            seconds = time.perf_counter() - begun if begun else 0.0
            if rest := stop.rest():
                say(rest)
            return Written(ending, count, seconds)

    def _go_on(self, token: int, drafts: Drafts) -> None:
        """Compute the last ``token`` of the answer, and with it what is guessed to follow."""
        if drafts.wrong:
            self._cut(self._held.computed)
        guessed = drafts.guess(self.context_tokens - len(self._held.tokens))
        self._batch[: 1 + len(guessed)] = [token, *guessed]
        self._decode(self._batch, 1, len(guessed))

    def _goes_back(self) -> bool:
        """Whether the KV cache can forget its last tokens: a recurrent model has one state for all of them."""
        llama = self._llama
        return not (llama.llama_model_is_recurrent(self._model) or llama.llama_model_is_hybrid(self._model))

    def _decode(self, tokens: Any, count: int, guessed: int = 0) -> None:
        """Compute ``count`` tokens and count them as held; ``guessed`` ones behind them are computed, not counted."""
        if self._stop:
            raise Stopped
        if (wished := self._wished) is not None:
            self._llama.llama_set_n_threads(self._context, wished.answering, wished.reading)
        batch = self._llama.llama_batch_get_one(tokens, count + guessed)
        if guessed:
            batch.logits = self._all_wanted  # behind each of them, not only behind the last
        result = self._llama.llama_decode(self._context, batch)
        if result == 0:
            self._held.computed += count
            return
        # Parts of the call may be in the cache already; what is beyond ``computed`` must go.
        self._cut(self._held.computed)
        if result == 2:
            raise Stopped
        error = NotAvailable(
            "{model} failed while it was computing.",
            hint="Try again, or choose a smaller context or another model.",
            model=self.path.name,
        )
        error.add_note(last_errors())
        raise error

    def _cut(self, count: int) -> int:
        """Leave only the first ``count`` tokens in the KV cache; how many are left."""
        if not self._llama.llama_memory_seq_rm(self._memory, 0, count, -1):
            # Recurrent models cannot go back: all or nothing.
            self._llama.llama_memory_clear(self._memory, True)
            count = 0
        self._held.computed = count
        return count

    @contextlib.contextmanager
    def _alone(self) -> Iterator[None]:
        if not self._working.acquire(blocking=False):
            raise RuntimeError("a second thread wants to use the model")
        try:
            if self._context is None:
                raise RuntimeError("the model is closed")
            yield
        finally:
            self._working.release()


_living: weakref.WeakSet[LlamaModel] = weakref.WeakSet()


@atexit.register
def _end() -> None:
    # llama.cpp that computes while the interpreter goes brings the process down.
    for model in list(_living):
        model.end(CLOSE_WAIT_S)
