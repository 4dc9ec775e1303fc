"""Whether there is a newer version: asked seldom, at an address of the user, and believed only as far as it goes."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from desktop_agent.runtime.update import BETWEEN_S, Update, newer

PAGE = "https://example.org/desktop-agent"
Ask = Callable[..., Update | None]


class Place:
    """A computer that knows the newest version; ``asked`` are the headers of those who wanted to know."""

    def __init__(self) -> None:
        self.body = b""
        self.status = 200
        self.asked: list[dict[str, str]] = []
        place = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                place.asked.append(dict(self.headers.items()))
                self.send_response(place.status)
                self.send_header("Content-Length", str(len(place.body)))
                self.end_headers()
                self.wfile.write(place.body)

            def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.address = f"http://127.0.0.1:{self.server.server_port}/newest.json"

    def says(self, **told: object) -> None:
        self.body = json.dumps(told).encode()


@pytest.fixture
def place() -> Iterator[Place]:
    place = Place()
    thread = Thread(target=place.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield place
    place.server.shutdown()
    thread.join()
    place.server.server_close()


@pytest.fixture
def ask(place: Place, tmp_path: Path) -> Ask:
    return lambda current="1.2.3", now=1e9: newer(place.address, current, tmp_path / "asked.txt", lambda: now)


def test_a_newer_version_comes_with_its_page(place: Place, ask: Ask) -> None:
    place.says(version="1.10.0", page=PAGE)
    assert ask() == Update("1.10.0", PAGE)


def test_a_release_of_github_is_understood(place: Place, ask: Ask) -> None:
    place.says(tag_name="v2.0", html_url=PAGE, assets=[], draft=False)
    assert ask() == Update("2.0", PAGE)


@pytest.mark.parametrize("version", ["1.2.3", "1.2", "0.9.9", "1.2.3-beta"])
def test_the_same_version_and_older_ones_are_no_news(place: Place, ask: Ask, version: str) -> None:
    place.says(version=version, page=PAGE)
    assert ask() is None


def test_it_is_asked_once_a_day_however_often_the_program_starts(place: Place, ask: Ask) -> None:
    place.says(version="2.0.0", page=PAGE)
    answers = [ask(now=1e9 + 0.7), ask(now=1e9 + 0.8), ask(now=1e9 + BETWEEN_S - 1), ask(now=1e9 + BETWEEN_S + 1)]
    assert [answer is not None for answer in answers] == [True, False, False, True]
    assert len(place.asked) == 2


def test_a_clock_that_was_set_back_does_not_end_the_asking(place: Place, ask: Ask) -> None:
    place.says(version="2.0.0", page=PAGE)
    ask(now=2e9)
    assert ask(now=1e9) is not None


def test_nothing_about_this_computer_or_program_is_sent(place: Place, ask: Ask) -> None:
    place.says(version="2.0.0", page=PAGE)
    ask(current="1.2.3")
    (headers,) = place.asked
    assert set(headers) == {"Accept", "Accept-Encoding", "Connection", "Host", "User-Agent"}
    assert headers["User-Agent"] == "desktop-agent"


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html>",
        b"[]",
        b'{"version": "2.0.0"}',
        b'{"version": 2, "page": "https://example.org"}',
        b'{"version": "newest", "page": "https://example.org"}',
        b'{"version": "2.0.0", "page": "file:///etc/passwd"}',
        b'{"version": "2.0.0", "page": "javascript:alert(1)"}',
        b'{"version": "2.0.0", "page": "https://"}',
        b'{"version": "2.0.0", "page": "https://' + b"a" * 600 + b'"}',
        b"\xff\xfe\x00",
        b"9" * 400_000,
        b"[" * 100_000,
    ],
)
def test_an_answer_that_makes_no_sense_is_nobodys_trouble(place: Place, ask: Ask, body: bytes) -> None:
    place.body = body
    assert ask() is None


def test_a_refusal_is_nobodys_trouble(place: Place, ask: Ask) -> None:
    place.status = 503
    assert ask() is None


def test_an_address_nobody_answers_at_is_nobodys_trouble(place: Place, ask: Ask) -> None:
    place.address = "http://127.0.0.1:9/newest.json"
    assert ask() is None


@pytest.mark.parametrize("address", ["file:///etc/passwd", "ftp://example.org/a", "", "example.org"])
def test_only_the_web_is_asked(address: str, tmp_path: Path) -> None:
    assert newer(address, "1.0.0", tmp_path / "asked.txt") is None
    assert not (tmp_path / "asked.txt").exists()
