"""Whether a model fits into the RAM that is free now.

What is free counts memory that the system would take back from its caches. It is a look
at one moment: other programs grow and shrink.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum
from typing import TYPE_CHECKING

from desktop_agent.errors import ModelUnusable
from desktop_agent.inference.header import Header

if TYPE_CHECKING:
    from desktop_agent.inference.plan import Wish

FAR_SHARE, FAR_BYTES = 1 / 8, 256 << 20
"""What is missing beyond both (a share of the RAM) is refused: it would be read from the swap file for minutes."""
CONTEXT_STEP = 512


class Fits(StrEnum):
    YES = "fits"
    TIGHT = "tight"
    NO = "too_large"


class DoesNotFit(ModelUnusable):
    """A model that needs much more memory than is free; it may be loaded all the same when the user insists."""

    code = "does_not_fit"

    def __init__(self, what: str, *, fit: Fit, hint: str = "", **fields: object) -> None:
        super().__init__(what, hint=hint, **fields)
        self.fit = fit


@dataclass(frozen=True, slots=True)
class Fit:
    """What a model takes with a context of ``context_tokens``, and what there is, in bytes.

    ``free_bytes`` counts what the model in memory now gives back; it and ``total_bytes``
    are None where the system does not say, and then everything fits.
    """

    file: str
    context_tokens: int
    weights_bytes: int
    kv_bytes: int
    """The conversation."""
    buffers_bytes: int
    free_bytes: int | None
    total_bytes: int | None
    smaller_context: int | None = None
    """The largest context that is not too large, when this one is and a smaller one helps."""
    low_memory: bool = False
    """Whether the weights stay in their file, from where the system fetches what is needed."""
    reserve_bytes: int = 0
    """What has to stay free for the rest of the computer."""
    insisted: bool = False
    """Whether the user wants this file loaded whatever is free."""

    @property
    def needed_bytes(self) -> int:
        """What has to be free."""
        return self.kv_bytes + self.buffers_bytes + (0 if self.low_memory else self.weights_bytes)

    @property
    def stays_free_bytes(self) -> int | None:
        """Below 0 when there is too little."""
        return None if self.free_bytes is None else self.free_bytes - self.needed_bytes

    @property
    def fits(self) -> Fits:
        stays = self.stays_free_bytes
        if stays is None or stays >= self.reserve_bytes:
            return Fits.YES
        return Fits.TIGHT if stays >= 0 else Fits.NO

    @property
    def there_is_room(self) -> bool:
        """Whether it fits, be it tight."""
        return self.fits is not Fits.NO

    @property
    def far_too_large(self) -> bool:
        """Whether it should not be loaded unless somebody insists."""
        return -(self.stays_free_bytes or 0) > max(FAR_BYTES, FAR_SHARE * (self.total_bytes or 0))

    @property
    def hopeless(self) -> bool:
        """Whether not even an empty computer has room for it."""
        return self.total_bytes is not None and self.needed_bytes > self.total_bytes

    def error(self) -> DoesNotFit:
        """The sentence for a model that is too large."""
        # Written out twice: sentences are found in the code by translators.
        told = {"file": self.file, "needed": self.needed_bytes >> 20, "free": (self.free_bytes or 0) >> 20}
        if self.smaller_context:
            return DoesNotFit(
                "{file} needs {needed} MB of memory, but only {free} MB are free.",
                hint="Close other programs, choose a smaller model, or a context of {tokens} tokens (context_tokens).",
                fit=self,
                tokens=self.smaller_context,
                **told,
            )
        return DoesNotFit(
            "{file} needs {needed} MB of memory, but only {free} MB are free.",
            hint="Close other programs, or choose a smaller model.",
            fit=self,
            **told,
        )


def fit(header: Header, wish: Wish, free_bytes: int | None, total_bytes: int | None) -> Fit:
    """Whether the model fits when it is loaded as ``wish`` says, with no more context than it was trained for."""
    # Imported here: the window knows this module before it needs a model's header.
    from desktop_agent.inference.plan import RESERVE, planned

    # Asked with unlimited memory: what the model cannot do is left out, and nothing else is changed.
    plan = planned(header, replace(wish, low_memory="on" if wish.low_memory == "on" else "off"), None, None)

    def with_context(tokens: int) -> Fit:
        return Fit(
            file=header.path.name,
            context_tokens=tokens,
            weights_bytes=header.weights_bytes,
            kv_bytes=header.kv_bytes(tokens, plan.kv_type),
            buffers_bytes=header.buffers_bytes(tokens, plan.batch_tokens),
            free_bytes=free_bytes,
            total_bytes=total_bytes,
            low_memory=plan.low_memory,
            reserve_bytes=RESERVE,
        )

    wanted = with_context(plan.context_tokens)
    if wanted.there_is_room:
        return wanted
    steps = range(CONTEXT_STEP, wanted.context_tokens, CONTEXT_STEP)
    smaller = (step for step in reversed(steps) if with_context(step).there_is_room)
    return replace(wanted, smaller_context=next(smaller, None))
