"""What a download costs: speed, processor time and memory, and how late the window is meanwhile.

400 MB come from a server on loopback in a process of its own, through everything a real download passes: hashing as
the bytes come, marks on the disk, progress on the page Models. A line of 100 Mbit/s brings a tenth of that speed.
"""

from __future__ import annotations

import asyncio
import hashlib
import http.server
import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

if __package__ in (None, ""):
    sys.path.insert(0, str(Path(__file__).resolve().parents[2]))
if not os.environ.get("DISPLAY"):
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

SIZE, BLOCK = 400_000_000, bytes(1 << 20)
QUIET_S, EVERY_S = 3.0, 0.005
SLOWEST_MB_S, LATEST_MS, MOST_MB = 12.5, 16.0, 15.0
SERVE = "serve"


class Server(http.server.BaseHTTPRequestHandler):
    """Zeros, with ranges."""

    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        found = re.match(r"bytes=(\d+)-", self.headers.get("Range", ""))
        start = int(found[1]) if found else 0
        self.send_response(206 if found else 200)
        if found:
            self.send_header("Content-Range", f"bytes {start}-{SIZE - 1}/{SIZE}")
        self.send_header("Content-Length", str(SIZE - start))
        self.send_header("ETag", '"zeros"')
        self.end_headers()
        left = SIZE - start
        while left:
            left -= self.wfile.write(BLOCK[: min(left, len(BLOCK))])

    def log_message(self, *_words: object) -> None:
        pass


def main() -> int:
    if sys.argv[1:] == [SERVE]:
        server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Server)
        print(server.server_port, flush=True)
        server.serve_forever()
    os.environ["NO_PROXY"] = "*"
    serving = subprocess.Popen([sys.executable, __file__, SERVE], stdout=subprocess.PIPE, text=True)
    try:
        assert serving.stdout is not None
        return 0 if all(measure(int(serving.stdout.readline()))) else 1
    finally:
        serving.kill()
        serving.wait()


def measure(port: int) -> list[bool]:
    """Download through a real window."""
    import qasync

    from desktop_agent.settings.store import Settings
    from desktop_agent.system import Folder
    from desktop_agent.ui.running import run
    from desktop_agent.ui.start import new_application
    from desktop_agent.ui.window import MainWindow
    from tests.inference.file_server import catalogue

    application = new_application()
    good: list[bool] = []
    with tempfile.TemporaryDirectory() as root:
        folder = Folder(Path(root) / "data")
        folder.make()
        path = catalogue(Path(root) / "list.toml", f"http://127.0.0.1:{port}/{{repository}}/{{file}}", content=b"")
        digest = hashlib.sha256()
        for _ in range(SIZE // 1_000_000):
            digest.update(bytes(1_000_000))
        text = path.read_text("utf-8").replace(hashlib.sha256(b"").hexdigest(), digest.hexdigest())
        path.write_text(text.replace("bytes = 0", f"bytes = {SIZE}"), "utf-8")
        settings = Settings.open(folder.settings, {}, {})
        window = MainWindow(folder, settings)
        window.show()

        async def life() -> None:
            living = asyncio.ensure_future(run(folder, settings, window))
            while window.filling is None or not window.chat.composer.ready:
                await asyncio.sleep(EVERY_S)
            filling = window.filling
            filling.arrivals._use = lambda _path: None
            downloads = filling.app.shelf.downloads
            downloads._catalogue, downloads._offers = path, None
            filling.open_models()
            until = time.monotonic() + QUIET_S
            before = await lags(lambda: time.monotonic() > until)
            memory, seen = resident(), [resident()]
            began, cpu = time.perf_counter(), time.process_time()
            downloads.watch(lambda _download: seen.append(resident()))
            downloads.start((await downloads.offers()).models[0])
            during = await lags(lambda: not downloads.of("tiny").moving)
            seconds, cpu = time.perf_counter() - began, time.process_time() - cpu
            speed, grown, limit = SIZE / seconds / 1e6, max(seen) - memory, max(LATEST_MS, 1.5 * p99(before))
            good.append(tell("download: MB a second", round(speed), f">= {SLOWEST_MB_S}", speed >= SLOWEST_MB_S))
            good.append(tell("download: processor seconds per GB", round(cpu / SIZE * 1e9, 1), "", True))
            good.append(tell("download: memory more, MB", round(grown, 1), f"<= {MOST_MB}", grown <= MOST_MB))
            late = f"{p99(during):.1f} (without {p99(before):.1f})"
            good.append(tell("download: window late, p99, ms", late, f"<= {limit:.0f}", p99(during) <= limit))
            window.close()
            await living

        with asyncio.Runner(loop_factory=lambda: qasync.QEventLoop(application)) as runner:
            runner.run(life())
    return good


async def lags(over: Callable[[], bool]) -> list[float]:
    """How many milliseconds late a timer is, until ``over``."""
    found = []
    while not over():
        began = time.perf_counter()
        await asyncio.sleep(EVERY_S)
        found.append((time.perf_counter() - began - EVERY_S) * 1000)
    return sorted(found)


def p99(sorted_: list[float]) -> float:
    return sorted_[int(len(sorted_) * 0.99)]


def resident() -> float:
    """MB of this process in memory."""
    import psutil

    return float(psutil.Process().memory_info().rss) / 1e6


def tell(name: str, value: object, goal: str, ok: bool) -> bool:
    print(json.dumps({"name": name, "value": value, "goal": goal, "ok": ok}), flush=True)
    return ok


if __name__ == "__main__":
    sys.exit(main())
