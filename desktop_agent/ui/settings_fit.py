"""Whether the chosen model fits into this laptop's RAM, as a bar and a sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

from desktop_agent.errors import AgentError
from desktop_agent.settings.catalogue import CONTEXT_TOKENS, KV_TYPE, LOW_MEMORY
from desktop_agent.ui.figures import size
from desktop_agent.ui.settings_columns import FIRST_LINE, Columns
from desktop_agent.ui.settings_draft import Draft
from desktop_agent.ui.settings_model import ModelControl
from desktop_agent.ui.widgets import Bar, Words, gone, paragraph
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.inference.fit import Fit
    from desktop_agent.ui.work import Work


class FitRow(Columns):
    """What others use, what the model and the conversation will take, what stays free.

    The figures are those by which the program decides whether it loads a model.
    """

    def __init__(self, app: App, work: Work, draft: Draft, models: ModelControl) -> None:
        super().__init__()
        self._app, self._work, self._draft, self._models = app, work, draft, models
        self._asked = 0  # which question the last one is: answers to older ones are thrown away
        self._wanted = False
        self.bar = Bar(_("Will it fit?"), width=0, height=14)
        self.parts = paragraph()
        self.fits, self.lacks = paragraph(kind=Words.GOOD), paragraph(kind=Words.BAD)
        self.left.addWidget(paragraph(_("Will it fit?"), Words.BODY))
        self.left.addStretch()
        self.right.addSpacing(FIRST_LINE)
        for one in (self.bar, self.parts, self.fits, self.lacks):
            self.right.addWidget(one)
        models.described.connect(self.refresh)
        self.hide()

    def want(self, wanted: bool) -> None:
        """Show it when it is known, or not at all: a search does not look for it."""
        self._wanted = wanted
        if wanted:
            self.refresh()
        else:
            self.hide()

    def refresh(self) -> None:
        """Ask anew what the model of the draft would take."""
        self._asked += 1
        if self._wanted:
            self._work.start(self._ask(self._asked))

    async def _ask(self, question: int) -> None:
        if gone(self):
            return
        model, fit = self._models.model, None
        if model is not None and model.header is not None:
            try:
                fit = await self._app.engines.fit(
                    model.path,
                    int(self._draft.value(CONTEXT_TOKENS)),
                    kv_type=str(self._draft.value(KV_TYPE)),
                    low_memory=str(self._draft.value(LOW_MEMORY)),
                )
            except AgentError:  # the row of the model says why it cannot be used
                fit = None
        if not gone(self) and question == self._asked:
            self._show(fit)

    def _show(self, fit: Fit | None) -> None:
        if fit is None or fit.total_bytes is None or fit.free_bytes is None or not self._wanted:
            self.hide()
            return
        total, conversation = fit.total_bytes, fit.kv_bytes
        others, model = max(total - fit.free_bytes, 0), fit.needed_bytes - conversation
        self.bar.show_parts(((others / total, "muted"), (model / total, "accent"), (conversation / total, "good")))
        self.parts.setText(
            _(
                "System and other programs {others} · model {model} · conversation {conversation}",
                others=_together(others),
                model=_together(model),
                conversation=_together(conversation),
            )
        )
        left = fit.free_bytes - fit.needed_bytes
        self.fits.setVisible(left >= 0)
        self.fits.setText(_("{size} stays free.", size=size(max(left, 0))))
        self.lacks.setVisible(left < 0)
        self.lacks.setText(_too_much(-left, fit.smaller_context))
        verdict = self.fits if left >= 0 else self.lacks
        self.bar.setAccessibleDescription(f"{self.parts.text()}. {verdict.text()}")
        self.show()


def _too_much(lacks: int, smaller_context: int | None) -> str:
    if smaller_context:
        told = {"size": size(lacks), "tokens": smaller_context}
        return _("{size} too much: a context of {tokens} tokens fits, or close other programs.", **told)
    return _("{size} too much: close other programs or choose a smaller model.", size=size(lacks))


def _together(count: int) -> str:
    """A size whose unit is not torn off at the end of a line."""
    return size(count).replace(" ", "\u00a0")
