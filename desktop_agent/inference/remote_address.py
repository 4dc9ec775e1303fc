"""The address of a server: what people type, and what is meant by it.

``192.168.1.5:8080``, ``http://192.168.1.5:8080/`` and ``http://192.168.1.5:8080/v1`` are the same server.
"""

from __future__ import annotations

import ipaddress
from dataclasses import dataclass
from urllib.parse import urlsplit

from desktop_agent.errors import AgentError, BadInput

USUAL_PATH = "/v1"
USUAL_PORTS = {8080: "llama-server", 11434: "Ollama", 8000: "vLLM"}
"""Where servers on this computer listen unless they are told otherwise."""
_PORTS = {"http": 80, "https": 443}


@dataclass(frozen=True, slots=True, order=True)
class Address:
    """``text`` is the base of all requests, without a slash at its end: ``http://127.0.0.1:8080/v1``."""

    text: str

    @property
    def host(self) -> str:
        """``127.0.0.1:8080``, as it is shown to people."""
        return urlsplit(self.text).netloc

    @property
    def encrypted(self) -> bool:
        """Whether what is sent can be read on the way."""
        return self.text.startswith("https:")

    @property
    def here(self) -> bool:
        """Whether it is this computer: then nothing leaves it."""
        name = urlsplit(self.text).hostname or ""
        if name == "localhost":
            return True
        try:
            return ipaddress.ip_address(name).is_loopback
        except ValueError:
            return False

    @property
    def origin(self) -> tuple[str, str, int]:
        """Scheme, host and port: what a redirect may not change."""
        return origin_of(self.text)

    def url(self, path: str) -> str:
        """The address of ``path`` on the server: ``url("models")``."""
        return f"{self.text}/{path}"


def origin_of(url: str) -> tuple[str, str, int]:
    """Scheme, host and port of ``url``.

    Raises:
        ValueError: it is none.
    """
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").rstrip("."), parts.port or _PORTS.get(parts.scheme, 0)


def address_of(text: str) -> Address:
    """The server that ``text`` means.

    Raises:
        BadInput: it is no address of a server.
    """
    given = text.strip()
    full = given if "://" in given else f"http://{given}"
    try:
        parts = urlsplit(full)
        port = parts.port
    except ValueError:
        raise _refused(given) from None
    host = (parts.hostname or "").rstrip(".")
    if parts.scheme not in _PORTS or not host or any(letter.isspace() for letter in given) or port == 0:
        raise _refused(given)
    if parts.username is not None or parts.password is not None:
        raise BadInput(
            "{address} has a name or a password in it.",
            hint="Leave it out and give the key in the window, or in DESKTOP_AGENT_SERVER_KEY.",
            # Not the whole text: it would put the password on the screen and into the log.
            address=host,
        )
    if parts.query or parts.fragment:
        raise _refused(given)
    path = parts.path.rstrip("/")
    for ending in ("/chat/completions", "/models"):
        path = path.removesuffix(ending)
    shown = f"[{host}]" if ":" in host else host
    if port is not None and port != _PORTS[parts.scheme]:
        shown = f"{shown}:{port}"
    return Address(f"{parts.scheme}://{shown}{path or USUAL_PATH}")


def addresses_of(text: str) -> tuple[tuple[Address, ...], tuple[AgentError, ...]]:
    """The servers in ``text``, parted by spaces or commas, each once; and what is wrong with the others."""
    found: dict[Address, None] = {}
    wrong: list[AgentError] = []
    for word in text.replace(",", " ").replace("，", " ").split():
        try:
            found[address_of(word)] = None
        except BadInput as error:
            wrong.append(error)
    return tuple(found), tuple(wrong)


def _refused(given: str) -> BadInput:
    return BadInput(
        "'{address}' is not the address of a server.",
        hint="It looks like http://192.168.1.5:8080 or https://example.org/v1.",
        address=given[:120],
    )
