"""Models on servers, on the command line: which there are, and the choice of one for a conversation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from desktop_agent.errors import NotFound
from desktop_agent.messages import ServerModel
from desktop_agent.terminal.output import Output
from desktop_agent.words import _

if TYPE_CHECKING:
    from desktop_agent.app import App
    from desktop_agent.inference.servers import Listed, ServedModel
    from desktop_agent.settings.store import Settings


def connected(settings: Settings) -> bool:
    """Whether a server is connected at all; asks nobody, loads nothing."""
    from desktop_agent.settings.catalogue import SERVER_ADDRESS

    return bool(settings[SERVER_ADDRESS].strip())


async def list_models(app: App, output: Output) -> None:
    """The models of connected servers; nothing is asked when none is connected."""
    if not connected(app.settings):
        return
    for problem in app.servers.problems:
        output.warning(problem.told())
    for listed in await app.servers.models():
        for model in listed.models:
            output.result(_model(listed, model), f"  {model.name}  {_on(listed)}{_context(model)}")
        if listed.error is not None:
            output.warning(listed.error.told())


async def list_servers(app: App, output: Output) -> int:
    """Connected servers, each with how it answers, then those found on this computer; 1 when one does not answer."""
    servers = app.servers
    for problem in servers.problems:
        output.warning(problem.told())
    answers = await servers.models()
    users = [talk.server for talk in await app.conversations.all() if talk.server]
    for listed in answers:
        used = sum(chosen.address == listed.address.text for chosen in users)
        _print(output, listed, connected=True, conversations=used)
    found = await servers.find_here()
    if not answers and not found:
        output.aside(_("No server is connected, and none was found at its usual port on this computer."))
        output.aside(_("To connect one: desktop-agent settings set server_address ADDRESS"))
    for listed in found:
        _print(output, listed, connected=False, conversations=0)
        output.aside(
            _("To connect it: desktop-agent settings set server_address {address}", address=listed.address.text)
        )
    return 1 if any(listed.error for listed in answers) else 0


async def choose(app: App, output: Output, conversation: int, name: str) -> None:
    """Let the model ``name`` of a connected server answer ``conversation``; ``MODEL@HOST`` where two have it.

    Raises:
        NotFound: no connected server has it.
    """
    model, _sign, host = name.rpartition("@") if "@" in name else (name, "", "")
    answers = await app.servers.models()
    for listed in answers:
        if any(each.name == model for each in listed.models) and host in ("", listed.address.host):
            chosen = ServerModel(listed.address.text, model)
            await app.conversations.set_server(conversation, chosen)
            if not listed.address.here:
                output.aside(_("This conversation is sent to {host}.", host=chosen.host))
            return
    if len(answers) == 1 and answers[0].error is not None:
        raise answers[0].error
    raise NotFound(
        "No connected server has a model named {name}.",
        hint="See them with: desktop-agent model servers",
        name=name,
    )


def _print(output: Output, listed: Listed, *, connected: bool, conversations: int) -> None:
    names = ", ".join(model.name for model in listed.models)
    kind = f" ({listed.kind})" if listed.kind else ""
    if listed.error is not None:
        said = listed.error.told()
    elif not connected:
        said = _("found on this computer, not connected: {models}", models=names)
    else:
        said = _("answers in {ms} ms: {models}", ms=listed.took_ms, models=names)
        if conversations:
            said += " · " + _("used by {count} conversations", count=conversations)
    record: dict[str, Any] = {
        "server": listed.address.text,
        "connected": connected,
        "kind": listed.kind,
        "models": [model.name for model in listed.models],
        "took_ms": listed.took_ms,
        "conversations": conversations,
        "problem": listed.error.told() if listed.error else None,
    }
    output.result(record, f"{listed.address.host}{kind}  {said}")


def _model(listed: Listed, model: ServedModel) -> dict[str, Any]:
    return {
        "name": model.name,
        "title": model.name,
        "server": listed.address.text,
        "builtin": False,
        "used": False,
        "context_length": model.context_tokens,
        "problem": None,
    }


def _on(listed: Listed) -> str:
    return _("on the server {host}", host=listed.address.host)


def _context(model: ServedModel) -> str:
    return f", {_('reads {count} tokens', count=f'{model.context_tokens:,}')}" if model.context_tokens else ""
