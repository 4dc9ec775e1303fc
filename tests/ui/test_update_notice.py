"""The window tells of a newer version when that was asked for, as a link that is opened only after a yes."""

from __future__ import annotations

import json
import select
import socket
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any

import pytest
from PySide6.QtWidgets import QMessageBox

from desktop_agent.system import Folder
from desktop_agent.ui.update_notice import KEPT
from tests.ui.conftest import OpenDesk

ANSWER = json.dumps({"version": "99.0.0", "page": "https://example.org/new"}).encode()


class Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.server.asked += 1  # type: ignore[attr-defined]
        self.send_response(200)
        self.send_header("Content-Length", str(len(ANSWER)))
        self.end_headers()
        self.wfile.write(ANSWER)

    def log_message(self, format: str, *args: Any) -> None:  # noqa: A002
        pass


@pytest.fixture
def place() -> Iterator[ThreadingHTTPServer]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.asked = 0  # type: ignore[attr-defined]
    thread = Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield server
    server.shutdown()
    thread.join()
    server.server_close()


def address(place: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{place.server_port}/newest"


def test_a_newer_version_is_a_sentence_with_a_link(
    open_desk: OpenDesk, folder: Folder, place: ThreadingHTTPServer
) -> None:
    desk = open_desk(update_check="on", update_address=address(place))
    desk.wait(lambda: "99.0.0" in desk.window.notice.sentence.text())
    assert (folder.root / KEPT).exists()
    desk.window.notice.act()
    (question,) = desk.window.findChildren(QMessageBox)
    assert question.informativeText() == "https://example.org/new"
    question.reject()


def test_the_same_day_nobody_is_asked_again(open_desk: OpenDesk, place: ThreadingHTTPServer) -> None:
    first = open_desk(update_check="on", update_address=address(place))
    first.wait(lambda: "99.0.0" in first.window.notice.sentence.text())
    first.close()
    open_desk(update_check="on", update_address=address(place)).close()
    assert place.asked == 1  # type: ignore[attr-defined]


@pytest.mark.parametrize("settings", [{"update_check": "off"}, {"update_check": "on", "update_address": ""}])
def test_nobody_is_asked_unless_the_user_wished_it(
    open_desk: OpenDesk, folder: Folder, place: ThreadingHTTPServer, settings: dict[str, str]
) -> None:
    open_desk(**{"update_address": address(place), **settings}).close()
    assert place.asked == 0  # type: ignore[attr-defined]
    assert not (folder.root / KEPT).exists()


def test_a_place_that_does_not_answer_holds_nothing_up(open_desk: OpenDesk) -> None:
    """Neither the start nor the end."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"http://127.0.0.1:{silent.getsockname()[1]}/"
        desk = open_desk(update_check="on", update_address=address)
        desk.wait(lambda: select.select([silent], [], [], 0)[0])
        connection, _ = silent.accept()
        with connection:
            desk.close()
