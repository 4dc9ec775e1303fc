"""Who may ask: programs on this computer that know the token, and nobody else.

A web page in the user's browser is on this computer too. It gives itself away by its ``Origin``, or,
when its own name was made to lead here, by the ``Host`` it asks for.
"""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Mapping
from urllib.parse import urlsplit

from desktop_agent.server.refusals import Rejected
from desktop_agent.server.token import Token

LOOPBACK_NAMES = frozenset({"localhost"})


class Access:
    """Checks requests to a service at ``host``; ``origins`` are the web pages that may ask."""

    def __init__(self, token: Token, host: str, origins: str = "") -> None:
        self._token = token
        self._local = is_loopback(host)
        self._names = LOOPBACK_NAMES | {host.lower().strip("[]")}
        if not self._local:
            name = socket.gethostname().lower()
            self._names |= {name, f"{name}.local"}
        self._hosts: dict[str, bool] = {}
        self._given: str | None = None
        self.allow(origins)

    def allow(self, origins: str) -> None:
        """Let the pages of ``origins``, parted by blanks or commas, ask from now on, and no others."""
        if origins == self._given:
            return
        self._given = origins
        self._origins = frozenset(
            origin for given in origins.replace(",", " ").split() if (origin := _origin(given)) is not None
        )

    def check_place(self, headers: Mapping[str, str]) -> str | None:
        """The page that asks, if it is one that may; None for a program.

        Raises:
            Rejected: another page asks, or for another host than this.
        """
        host = headers.get("Host", "")
        allowed = self._hosts.get(host)
        if allowed is None:
            allowed = self._is_here(host)
            if len(self._hosts) < 100:  # whoever sends a thousand different ones does not get them kept
                self._hosts[host] = allowed
        if not allowed:
            raise Rejected(421, "This service does not answer for the host that was asked for.", "wrong_host")
        origin = headers.get("Origin")
        if origin is None:
            return None
        if _origin(origin) not in self._origins:
            raise Rejected(403, "Web pages of this address may not ask here.", "origin_not_allowed")
        return origin

    def check_token(self, headers: Mapping[str, str], also: str = "") -> None:
        """Nothing, when the token is shown: as a bearer token, or as ``also``.

        Raises:
            Rejected: it is missing or wrong.
        """
        kind, _, shown = headers.get("Authorization", "").partition(" ")
        shown = shown.strip() if kind.lower() == "bearer" else ""
        if self._token.is_shown_by(shown or also):
            return
        message = "The token is wrong." if shown or also else "A token is needed: Authorization: Bearer TOKEN."
        raise Rejected(401, message, "invalid_api_key", headers={"WWW-Authenticate": "Bearer"})

    def _is_here(self, host: str) -> bool:
        try:
            name = urlsplit(f"//{host}").hostname or ""
        except ValueError:
            return False
        if name in self._names or (self._local and is_loopback(name)):
            return True
        # A page can make its name lead here, but a bare number is never its name.
        return not self._local and _is_address(name)


def is_loopback(host: str) -> bool:
    """Whether ``host`` is this computer alone."""
    try:
        return host.lower() in LOOPBACK_NAMES or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True


def _origin(given: str) -> str | None:
    """``given`` as browsers write an origin: scheme, host and unusual port; None when it is none."""
    try:
        parts = urlsplit(given.strip().lower())
        port = parts.port
    except ValueError:
        return None
    if not parts.scheme or not parts.hostname:
        return None
    host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
    usual = {"http": 80, "https": 443}.get(parts.scheme)
    return f"{parts.scheme}://{host}" + (f":{port}" if port and port != usual else "")
