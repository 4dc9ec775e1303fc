"""Encrypted connections: whom this computer trusts, and what is wrong when it does not."""

from __future__ import annotations

import ssl
from pathlib import Path

from desktop_agent.errors import ServerFailed

_EXPIRED, _TOO_EARLY, _OTHER_NAME = (10,), (9,), (62, 63, 64)
"""Numbers of OpenSSL for what is wrong with a certificate."""
_NO_TLS = frozenset({"WRONG_VERSION_NUMBER", "HTTP_REQUEST", "UNKNOWN_PROTOCOL", "PACKET_LENGTH_TOO_LONG"})


def context_with(file: str) -> ssl.SSLContext | None:
    """What trusts the certificates in ``file`` beside those of the computer; None where no file is named.

    Blocks while files are read.

    Raises:
        ServerFailed: the file is not there, or holds no certificates.
    """
    if not file.strip():
        return None
    path = Path(file.strip().strip("\"'")).expanduser()
    # That of the computer takes SSL_CERT_FILE and SSL_CERT_DIR into account, as other programs do.
    context = ssl.create_default_context()
    try:
        context.load_verify_locations(cafile=path)
    except FileNotFoundError:
        raise ServerFailed(
            "The file of certificates {file} is not there.",
            hint="Name another one in server_certificate, or leave that empty.",
            file=path,
        ) from None
    except (OSError, ValueError) as error:  # ssl.SSLError is an OSError
        raise ServerFailed(
            "{file} holds no certificates that can be read.",
            hint="It should be a PEM file: text with BEGIN CERTIFICATE in it. server_certificate names it.",
            file=path,
        ) from error
    return context


def told(error: BaseException, host: str) -> ServerFailed:
    """The sentence for an encrypted connection that did not come about."""
    # aiohttp wraps what OpenSSL says, in one of two ways.
    cause = getattr(error, "certificate_error", None) or getattr(error, "os_error", None) or error
    if isinstance(cause, ssl.SSLCertVerificationError):
        return _of_certificate(cause.verify_code, host)
    if getattr(cause, "reason", None) in _NO_TLS:
        return ServerFailed(
            "The server {host} does not encrypt its connections.", hint="Its address may begin with http://.", host=host
        )
    return ServerFailed(
        "The connection to {host} cannot be encrypted safely.",
        hint="It may be too old, or a firewall may be in between. Ask whoever runs the server.",
        host=host,
    )


def _of_certificate(code: int, host: str) -> ServerFailed:
    if code in _EXPIRED:
        return ServerFailed(
            "The certificate of {host} has run out.",
            hint="Ask whoever runs the server to renew it. If the clock of this computer is wrong, set it.",
            host=host,
        )
    if code in _TOO_EARLY:
        return ServerFailed(
            "The certificate of {host} is not valid yet.", hint="The clock of this computer may be wrong.", host=host
        )
    if code in _OTHER_NAME:
        return ServerFailed(
            "The certificate of {host} is made for another name.",
            hint="Use the name for which it was made as the address.",
            host=host,
        )
    return ServerFailed(
        "This computer does not know who vouches for the certificate of {host}.",
        hint="If it is your own server, name the file of its certificate in the setting server_certificate.",
        host=host,
    )
