"""The model files on the command line."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_agent.settings.catalogue import CONTEXT_TOKENS, MODEL
from desktop_agent.terminal.output import Output
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.inference.models import ModelFile

GUIDE = "guide"
"""What the built-in model is called on the command line."""


async def list_all(app: App, output: Output) -> int:
    """Every model at hand; a star marks the one that answers."""
    for model in await app.models.list(app.settings[MODEL]):
        _print(app, output, model)
    return 0


async def check(app: App, output: Output, path: Path) -> int:
    """Whether the file can be used; its problem is raised."""
    _print(app, output, await app.models.check(path))
    return 0


async def import_(app: App, output: Output, path: Path) -> int:
    """Copy the file to the models folder."""
    _print(app, output, await app.models.import_(path))
    return 0


async def use(app: App, output: Output, model: str) -> int:
    """Let a listed model, a file or the built-in guide answer from now on."""
    if model.strip().lower() == GUIDE:
        await app.engines.select("")
        output.result({"model": GUIDE}, _("The built-in guide answers from now on."))
        return 0
    listed = {known.path.name: known.path for known in await app.models.list()}
    chosen = await app.engines.select(listed.get(model, Path(model)))
    assert chosen is not None  # a model that is not there or not usable was raised
    change = app.settings.source(MODEL)
    output.result(
        {"model": GUIDE if chosen.builtin else str(chosen.path)},
        _("{name} answers from now on.", name=chosen.name),
    )
    if app.settings[MODEL] != ("" if chosen.builtin else str(chosen.path)):
        output.warning(_("The {source} decides another model for this run.", source=change.told()))
    return 0


def _print(app: App, output: Output, model: ModelFile) -> None:
    chosen = app.settings[MODEL].strip()
    used = model.builtin if not chosen else model.path == Path(chosen)
    needed = model.needed_bytes(app.settings[CONTEXT_TOKENS])
    text = f"{'*' if used else ' '} {GUIDE if model.builtin else model.path.name}"
    if model.problem is not None:
        text += f"  {model.problem.told()}"
    else:
        text += "  " + _(
            "{size} MB on disk, needs about {needed} MB of memory",
            size=_megabytes(model.file_bytes), needed=_megabytes(needed),
        )  # fmt: skip
    output.result(_record(model, used, needed), text)


def _record(model: ModelFile, used: bool, needed: int) -> dict[str, Any]:
    return {
        "name": GUIDE if model.builtin else model.path.name,
        "title": model.name,
        "path": str(model.path),
        "builtin": model.builtin,
        "used": used,
        "file_bytes": model.file_bytes,
        "needed_bytes": needed,
        "context_length": model.context_length,
        "problem": model.problem.told() if model.problem else None,
    }


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f}" if count >= 10e6 else f"{count / 1e6:.1f}"
