"""The model files on the command line."""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import TYPE_CHECKING, Any

from desktop_agent.errors import BadInput, ModelUnusable, NotFound
from desktop_agent.settings.catalogue import MODEL
from desktop_agent.terminal import servers
from desktop_agent.terminal.output import Output
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.inference.fit import Fit
    from desktop_agent.inference.models import ModelFile
    from desktop_agent.inference.offers import Offer
    from desktop_agent.inference.shelf import Look, Offered

GUIDE = "guide"
"""What the built-in model is called on the command line."""


async def list_all(app: App, output: Output) -> int:
    """Every model at hand, a star before the one that answers; then those that can be downloaded."""
    look = await app.shelf.look()
    for model in await app.models.list(app.settings[MODEL]):
        if model.builtin:
            _print(app, output, model, await _fit(app, model))
    for installed in look.installed:
        _print(app, output, installed.model, installed.fit, installed.offer)
    await servers.list_models(app, output)
    if look.offered:
        output.aside(_("These can be downloaded with: desktop-agent model get NAME"))
    for one in look.offered:
        output.result(offer_record(one), _offered(one))
    if look.problem is not None:
        output.warning(look.problem.told())
    return 0


async def check(app: App, output: Output, path: Path) -> int:
    """Whether the file can be used and fits into the memory that is free; any other problem is raised."""
    # Here, not above: it brings asyncio, 25 ms that the window must not wait for.
    from desktop_agent.inference.fit import DoesNotFit
    from desktop_agent.inference.models import ModelFile, as_path

    try:
        model = await app.engines.check(path)
    except DoesNotFit as error:
        _print(app, output, ModelFile(as_path(path), problem=error), await app.engines.fit(path))
        return 1
    fit = await _fit(app, model)
    _print(app, output, model, fit)
    if fit is not None:
        output.aside(_parts(fit))
    return 0


async def import_(app: App, output: Output, path: Path) -> int:
    """Copy the file to the models folder."""
    model = await app.models.import_(path)
    _print(app, output, model, await _fit(app, model))
    output.aside(
        _("It is copied. To answer with it: desktop-agent model use {name}", name=shlex.quote(model.path.name))
    )
    return 0


async def remove(app: App, output: Output, name: str) -> int:
    """Delete a model of the folder for models, or what a download left of one."""
    look = await app.shelf.look()
    path = _installed(look, name)
    if name.strip().lower() == GUIDE:
        raise BadInput("The built-in guide belongs to the program: it cannot be deleted.")
    if path is None:
        absent = NotFound("{name} is not here.", hint="See what is with: desktop-agent model list", name=name)
        try:
            offer = (await app.shelf.downloads.offers()).named(name)
        except NotFound:
            raise absent from None
        if app.shelf.downloads.of(offer.name) is None:
            raise absent
        await app.shelf.downloads.remove(offer.name)
        output.result({"removed": offer.name}, _("What was downloaded of {name} is deleted.", name=offer.title))
        return 0
    await app.shelf.remove(path)
    output.result({"removed": path.name}, _("{name} is deleted.", name=path.name))
    return 0


async def move(app: App, output: Output, folder: Path) -> int:
    """Keep the models in another folder from now on, with the files."""
    stayed = await app.shelf.move(folder)
    for path in stayed:
        output.warning(_("{file} could not be deleted at its old place.", file=path))
    output.result({"models_folder": str(app.models.folder)}, _("The models are in {folder}.", folder=app.models.folder))
    return 0


async def use(app: App, output: Output, model: str) -> int:
    """Let a listed model, a file or the built-in guide answer from now on."""
    if model.strip().lower() == GUIDE:
        await app.engines.select("")
        output.result({"model": GUIDE}, _("The built-in guide answers from now on."))
        return 0
    path = _installed(await app.shelf.look(), model)
    chosen = await app.engines.select(path or Path(model))
    assert chosen is not None  # a model that is not there or not usable was raised
    change = app.settings.source(MODEL)
    output.result(
        {"model": GUIDE if chosen.builtin else str(chosen.path)},
        _("The built-in guide answers from now on.")
        if chosen.builtin
        else _("{name} answers from now on.", name=chosen.name),
    )
    if app.settings[MODEL] != ("" if chosen.builtin else str(chosen.path)):
        output.warning(_("The {source} decides another model for this run.", source=change.told()))
    return 0


def _installed(look: Look, name: str) -> Path | None:
    """The file of the model that ``name`` means: its file's name, or what it was downloaded as."""
    wanted = name.strip().casefold()
    for one in look.installed:
        titles = (one.offer.name, one.offer.title) if one.offer else ()
        if wanted in (title.casefold() for title in (one.model.path.name, *titles)):
            return one.model.path
    return None


async def _fit(app: App, model: ModelFile) -> Fit | None:
    """Whether the model fits as the settings are; None when nothing is known of it."""
    try:
        return await app.engines.fit(model.path) if model.header else None
    except ModelUnusable:  # it went away this moment
        return None


def _print(app: App, output: Output, model: ModelFile, fit: Fit | None, offer: Offer | None = None) -> None:
    chosen = app.settings[MODEL].strip()
    used = model.builtin if not chosen else model.path == Path(chosen)
    text = f"{'*' if used else ' '} {GUIDE if model.builtin else model.path.name}"
    if model.problem is not None:
        text += f"  {model.problem.told()}"
    elif fit is not None:
        size, needed = _megabytes(model.file_bytes), _megabytes(fit.needed_bytes)
        about = _("{size} MB on disk, needs about {needed} MB of memory", size=size, needed=needed)
        text += f"  {about}: {verdict(fit)}"
    output.result(_record(model, used, fit) | {"offer": offer.name if offer else None, "installed": True}, text)


def offer_record(one: Offered) -> dict[str, Any]:
    """A model that can be downloaded, as ``--json`` prints it."""
    offer = one.offer
    return {
        "name": offer.name,
        "title": offer.title,
        "installed": False,
        "file": offer.file,
        "file_bytes": offer.bytes,
        "sha256": offer.sha256,
        "licence": offer.licence,
        "languages": offer.speaks,
        "good_for": offer.about,
        **_figures(one.fit),
        "words_per_second": round(one.words_per_second, 1),
        "disk_lacks_bytes": one.lacks_bytes,
        "downloaded_bytes": one.download.done if one.download else 0,
    }


def _offered(one: Offered) -> str:
    offer = one.offer
    told = {"size": _megabytes(offer.bytes), "needed": _megabytes(one.fit.needed_bytes)}
    parts = [
        f"  {offer.name}  {offer.title}: {offer.about}",
        f"{offer.speaks} · {offer.licence}",
        _("{size} MB to download, needs about {needed} MB of memory", **told) + ": " + verdict(one.fit),
        _("about {words} words a second, estimated", words=f"{one.words_per_second:.0f}"),
    ]
    if one.lacks_bytes:
        parts.append(_("{lacks} MB too little on the disk", lacks=_megabytes(one.lacks_bytes)))
    if one.download is not None and one.download.done:
        parts.append(_("{done} MB of it are here", done=_megabytes(one.download.done)))
    return "\n      ".join(parts)


def verdict(fit: Fit) -> str:
    """How much stays free with the model, or how much it lacks."""
    from desktop_agent.inference.fit import Fits

    stays = fit.stays_free_bytes
    if stays is None:
        return _("what is free is not known")
    if fit.fits is Fits.YES:
        return _("{free} MB stay free", free=_megabytes(stays))
    if fit.fits is Fits.TIGHT:
        return _("only {free} MB stay free", free=_megabytes(stays))
    if fit.smaller_context:
        return _(
            "{lacks} MB too much; a context of {tokens} tokens fits",
            lacks=_megabytes(-stays), tokens=fit.smaller_context,
        )  # fmt: skip
    return _("{lacks} MB too much", lacks=_megabytes(-stays))


def _parts(fit: Fit) -> str:
    return _(
        "Model {weights} MB, conversation of {tokens} tokens {kv} MB, working memory {buffers} MB.",
        weights=_megabytes(fit.weights_bytes), tokens=fit.context_tokens, kv=_megabytes(fit.kv_bytes),
        buffers=_megabytes(fit.buffers_bytes),
    )  # fmt: skip


def _record(model: ModelFile, used: bool, fit: Fit | None) -> dict[str, Any]:
    return {
        "name": GUIDE if model.builtin else model.path.name,
        "title": model.name,
        "path": str(model.path),
        "builtin": model.builtin,
        "used": used,
        "file_bytes": model.file_bytes,
        "context_length": model.context_length,
        **_figures(fit),
        "problem": model.problem.told() if model.problem else None,
    }


def _figures(fit: Fit | None) -> dict[str, Any]:
    """``fits`` is false for a model that is too large; ``fit`` tells one that just fits from one with room."""
    return {
        "needed_bytes": fit.needed_bytes if fit else 0,
        "weights_bytes": fit.weights_bytes if fit else None,
        "kv_bytes": fit.kv_bytes if fit else None,
        "buffers_bytes": fit.buffers_bytes if fit else None,
        "free_bytes": fit.free_bytes if fit else None,
        "stays_free_bytes": fit.stays_free_bytes if fit else None,
        "fits": fit.there_is_room if fit else None,
        "fit": str(fit.fits) if fit else None,
        "smaller_context": fit.smaller_context if fit else None,
    }


def _megabytes(count: int) -> str:
    return f"{count / 1e6:,.0f}" if count >= 10e6 else f"{count / 1e6:.1f}"
