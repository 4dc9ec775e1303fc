"""Whether the chosen model fits into this laptop's RAM, as a bar and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_agent.settings.catalogue import CONTEXT_TOKENS
from desktop_agent.ui.figures import size
from desktop_agent.ui.settings_columns import FIRST_LINE, Columns
from desktop_agent.ui.settings_draft import Draft
from desktop_agent.ui.settings_model import ModelControl
from desktop_agent.ui.widgets import Bar, Words, gone, paragraph
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.inference.header import Header
    from desktop_agent.runtime.monitor import Sample
    from desktop_agent.ui.work import Work


class FitRow(Columns):
    """What others use, what the model and the conversation will take, what stays free."""

    def __init__(self, app: App, work: Work, draft: Draft, models: ModelControl) -> None:
        super().__init__()
        self._app, self._work, self._draft, self._models = app, work, draft, models
        self._sample: Sample | None = None
        self.bar = Bar(_("Will it fit?"), width=0, height=14)
        self.parts = paragraph()
        self.fits, self.lacks = paragraph(kind=Words.GOOD), paragraph(kind=Words.BAD)
        self.left.addWidget(paragraph(_("Will it fit?"), Words.BODY))
        self.left.addStretch()
        self.right.addSpacing(FIRST_LINE)
        for one in (self.bar, self.parts, self.fits, self.lacks):
            self.right.addWidget(one)
        models.described.connect(self.measure)
        self.hide()

    def measure(self) -> None:
        """Ask the computer how much is used now, then show."""
        self._work.start(self._measure())

    async def _measure(self) -> None:
        sample = await self._app.monitor.sample()
        if not gone(self):
            self._sample = sample
            self.refresh()

    def refresh(self) -> None:
        """Show what the draft would take; hidden while the model or the RAM is not known."""
        sample, model = self._sample, self._models.model
        known = sample is not None and sample.ram_used is not None and bool(sample.ram_total)
        self.setVisible(known and model is not None and model.header is not None)
        if sample is None or sample.ram_used is None or not sample.ram_total or model is None or model.header is None:
            return
        weights, conversation = needed(model.header, int(self._draft.value(CONTEXT_TOKENS)))
        others = max(sample.ram_used - sample.model_bytes, 0)
        total = sample.ram_total
        free = total - others - weights - conversation
        self.bar.show_parts(((others / total, "muted"), (weights / total, "accent"), (conversation / total, "good")))
        self.parts.setText(
            _(
                "System and other programs {others} · model {model} · conversation {conversation}",
                others=_together(others),
                model=_together(weights),
                conversation=_together(conversation),
            )
        )
        self.fits.setVisible(free >= 0)
        self.fits.setText(_("{size} stays free.", size=size(max(free, 0))))
        self.lacks.setVisible(free < 0)
        self.lacks.setText(_("{size} too much: close other programs or choose a smaller model.", size=size(-free)))
        verdict = self.fits if free >= 0 else self.lacks
        self.bar.setAccessibleDescription(f"{self.parts.text()}. {verdict.text()}")


def needed(header: Header, context_tokens: int) -> tuple[int, int]:
    """Bytes of RAM for the model itself and for the conversation in it, estimated."""
    tokens = min(context_tokens, header.context_length)
    conversation = header.kv_bytes(tokens)
    return header.needed_bytes(tokens) - conversation, conversation


def _together(count: int) -> str:
    """A size whose unit is not torn off at the end of a line."""
    return size(count).replace(" ", "\u00a0")
