"""Proves a finished program by using it: ``python3 packaging/smoke.py FOLDER``, on Linux, Windows and Wine alike.

Needs nothing but Python 3.11 and its standard library. Everything the program writes goes to a temporary folder whose
name is hard on paths; afterwards nothing may lie anywhere else, and nothing may have been printed that is not expected.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent / "bundle"))

import contents
import facts
import png
from trying import LONGEST_S, Ended, Smoke, Wrong, expect, pdf, snapshot, temporary

EXIT_S = 2.0
"""From the last thing the window does to the end of its process."""

NOTE, QUESTION, ANSWER = "My sister's name is Li Na.", "What is my sister's name?", "Li Na"
NOTE_ZH, QUESTION_ZH, ANSWER_ZH = "我姐姐叫王小明", "我姐姐叫什么？", "王小明"
TABS = ("Chat", "Memory", "Monitor", "Settings")

# What the systems themselves put into a user's folder, whatever program runs.
_OF_THE_SYSTEM = re.compile(r"(^|/)(fontconfig|mesa_shader_cache|dconf|\.wine)(/|$)")
# What Qt says when it paints into memory.
_OF_OFFSCREEN = "This plugin does not support"


# -- the steps --------------------------------------------------------------------------------------------------------


def says_its_version(smoke: Smoke) -> None:
    ended = smoke.run("--version", folder=False)
    version, _sizes = contents.read_list(smoke.program)
    own = re.fullmatch(r"Desktop Agent (\d+\.\d+\.\d+)\n", ended.out)
    expect(own is not None and (ended.status, ended.err) == (0, ""), "--version", ended)
    smoke.figures["version s"] = ended.seconds
    if own is not None and own[1] != version:
        print(f"  (packed as {version}, it says {own[1]})")


def is_well(smoke: Smoke) -> None:
    ended = smoke.run("--json", "doctor")
    expect(ended.err == "" and ended.out.count("\n") == 1, "doctor --json", ended)
    found = json.loads(ended.out)
    expect(found["well"] is True and ended.status == 0, f"doctor: {found['troubles']}", ended)
    expect(found["builtin_model"] is True and found["program_whole"] is True, "doctor: parts are missing", ended)
    variants = [variant["name"] for variant in found["variants"]]
    expect("x64" in variants and found["variant"] in variants, f"doctor: variants {variants}", ended)
    expect(Path(found["folder"]) == smoke.data, "doctor: another folder", ended)
    print(f"  {found['system']}, computes as for {found['variant']}")


def answers(smoke: Smoke) -> None:
    """The built-in model, without a network."""
    ended = smoke.run("chat", "Hello")
    expect(ended.status == 0 and len(ended.out.strip()) > 10, "chat Hello", ended)
    smoke.figures["chat s"] = ended.seconds


def remembers(smoke: Smoke) -> None:
    """What one run was told, the next one knows; in both languages."""
    for note, question, answer in ((NOTE, QUESTION, ANSWER), (NOTE_ZH, QUESTION_ZH, ANSWER_ZH)):
        told = smoke.run("memory", "add", note)
        expect(told.status == 0 and told.err == "", f"memory add {note}", told)
        asked = smoke.run("chat", question)
        expect(asked.status == 0 and answer in asked.out, f"chat {question}", asked)
    listed = smoke.run("--json", "memory", "list")
    expect(listed.out.count("\n") >= 2 and listed.err == "", "memory list", listed)


def tries_models(smoke: Smoke) -> None:
    """In a process of its own, which is the same program once more."""
    model = smoke.place / "模型 one.gguf"
    shutil.copyfile(smoke.program / facts.CONTENTS / "resources" / "models" / "guide.gguf", model)
    ended = smoke.run("--json", "model", "check", str(model))
    expect(ended.status == 0 and ended.err == "", "model check", ended)
    broken = smoke.place / "broken.gguf"
    broken.write_bytes(model.read_bytes()[:10_000])
    refused = smoke.run("model", "check", str(broken))
    expect(refused.status == 1 and "broken.gguf" in refused.err and "Traceback" not in refused.err, "broken", refused)


def reads_files(smoke: Smoke) -> None:
    """A text and a PDF, in a process of its own; what the built-in model makes of them is another matter."""
    text, page = smoke.place / "笔记 notes.txt", smoke.place / "one page.pdf"
    text.write_text("The garden gate opens at seven.", "utf-8")
    page.write_bytes(pdf("The garden gate opens at seven."))
    for file in (text, page):
        ended = smoke.run("--json", "chat", "What is in this file?", "--attach", str(file))
        expect(ended.status == 0 and ended.err == "" and '"answered"' in ended.out, f"reading {file.name}", ended)
    broken = smoke.place / "broken.pdf"
    broken.write_bytes(page.read_bytes()[:150])
    refused = smoke.run("chat", "What is this?", "--attach", str(broken))
    expect(refused.status != 0 and "broken.pdf" in refused.err and "Traceback" not in refused.err, "a cut PDF", refused)


def serves_other_programs(smoke: Smoke) -> None:
    """At this computer's own address, with a token; the network itself is not needed."""
    name = facts.programs()[-1]
    command = [str(smoke.program / name), "--folder", str(smoke.data), "--json", "serve", "--port", "0"]
    plain = {"stdin": subprocess.DEVNULL, "stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen(command, cwd=smoke.place / "elsewhere", env=smoke.environment(), **plain) as child:  # type: ignore[call-overload]
        try:
            told = json.loads(child.stdout.readline())
            head = {"Authorization": f"Bearer {told['token']}", "Content-Type": "application/json"}
            asked = {"model": "guide", "messages": [{"role": "user", "content": "Hello"}]}
            address = f"{told['url']}/v1/chat/completions"
            request = urllib.request.Request(address, json.dumps(asked).encode(), head)
            # Whatever proxy the system has is not asked about this computer itself.
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(request, timeout=LONGEST_S) as answer:
                said = json.load(answer)["choices"][0]["message"]["content"]
        except (OSError, ValueError, LookupError) as error:
            raise Wrong(f"the service did not answer: {error!r}") from error
        finally:
            child.kill()
    if len(said.strip()) < 10:
        raise Wrong(f"the service answered {said!r}")


def opens_its_window(smoke: Smoke) -> None:
    for round_number in (1, 2):
        picture = smoke.place / f"window-{round_number}.png"
        mark = picture.with_name(picture.name + ".json")
        ended = smoke.run("--picture", str(picture), window=True, mark=mark)
        said = [line for line in ended.err.splitlines() if not (smoke.offscreen and _OF_OFFSCREEN in line)]
        expect(ended.status == 0 and ended.out == "" and said == [], "the window", ended)
        expect(ended.after_s <= EXIT_S * smoke.patience, f"the window took {ended.after_s:.1f} s to close", ended)
        smoke.figures[f"window {round_number} s"] = ended.seconds
        smoke.figures[f"window {round_number} closing s"] = ended.after_s
        looks_right(json.loads(mark.read_text("utf-8")), picture, ended)


def looks_right(window: dict[str, Any], picture: Path, ended: Ended) -> None:
    """The parts a user needs are there, in their places, and something was painted."""
    width, height, parts = window["width"], window["height"], window["parts"]
    expect(window["title"] == facts.TITLE and window["ready"] is True, "the window is not ready", ended)

    def part(kind: str, said: str = "") -> list[int]:
        boxes = [one["box"] for one in parts if one["kind"] == kind and said in (one["text"] + one["name"])]
        expect(len(boxes) > 0, f"the window has no {kind} {said}", ended)
        return boxes[0]

    bar, status, field_ = part("TopBar"), part("StatusLine", ""), part("Field", "Message")
    expect(bar[:2] == [0, 0] and bar[2] == width, f"the top bar is at {bar}", ended)
    expect(status[1] + status[3] == height and status[2] == width, f"the status line is at {status}", ended)
    tabs = [part("QPushButton", name) for name in TABS]
    expect(tabs == sorted(tabs) and all(box[1] + box[3] <= bar[3] for box in tabs), f"the tabs are at {tabs}", ended)
    chip, send = part("ModelChip", "Built-in guide"), part("QPushButton", "Send")
    expect(chip[0] > tabs[-1][0] + tabs[-1][2], f"the model lies over the tabs: {chip}", ended)
    expect(bar[3] < field_[1] < send[1] < status[1], f"the field is at {field_}, Send at {send}", ended)
    for one in parts:
        left, top, wide, high = one["box"]
        inside = left >= 0 and top >= 0 and left + wide <= width and top + high <= height
        expect(inside or not (one["text"] or one["name"]), f"{one} is cut off", ended)
    shown = png.read(picture.read_bytes())
    scale = window["scale"]
    expect((shown.width, shown.height) == (round(width * scale), round(height * scale)), "the picture's size", ended)
    expect(shown.colours() >= 20, f"the picture has {shown.colours()} colours", ended)


def works_below_a_long_path(smoke: Smoke) -> None:
    """Longer than Windows allowed for 30 years; where it still does not, this is said and left."""
    long = (
        smoke.place
        / "一个很长的文件夹的名字 with a long name of sixty letters"
        / ("again " * 12).strip()
        / ("一" * 60)
        / ("b" * 100)
    )
    try:
        long.mkdir(parents=True)
    except OSError as error:
        print(f"  (long paths are off here: {error.strerror})")
        return
    added = smoke.run("--folder", str(long), "memory", "add", NOTE, folder=False)
    expect(len(str(long)) > 260 and added.status == 0 and added.err == "", "a long path", added)
    listed = smoke.run("--folder", str(long), "--json", "memory", "list", folder=False)
    expect(ANSWER in listed.out, "a long path", listed)


def leaves_nothing_elsewhere(smoke: Smoke) -> None:
    strays = [
        path.relative_to(smoke.place).as_posix()
        for name in ("home", "temp", "elsewhere")
        for path in (smoke.place / name).rglob("*")
        if path.is_file() and not _OF_THE_SYSTEM.search(path.relative_to(smoke.place).as_posix())
    ]
    if strays:
        raise Wrong(f"files outside of its folder: {strays[:10]}")


def is_unchanged(smoke: Smoke, before: dict[str, tuple[int, int]]) -> None:
    after = snapshot(smoke.program)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    if changed:
        raise Wrong(f"its own files changed: {sorted(changed)[:10]}")


def stays_in_its_folder(smoke: Smoke) -> None:
    """A portable program: data beside it. What this leaves there is taken away again."""
    data = smoke.program / "data"
    if data.exists():
        raise Wrong(f"{data} exists already")
    try:
        ended = smoke.run("--json", "doctor", folder=False)
        found = json.loads(ended.out)
        expect(Path(found["folder"]) == data and found["well"] is True, "portable", ended)
        expect((data / "agent.db").exists(), "portable: no database", ended)
    finally:
        shutil.rmtree(data, ignore_errors=True)


STEPS: tuple[Callable[[Smoke], None], ...] = (
    says_its_version,
    is_well,
    answers,
    remembers,
    tries_models,
    reads_files,
    serves_other_programs,
    opens_its_window,
    works_below_a_long_path,
    leaves_nothing_elsewhere,
)


def main() -> int:
    """Go through the steps; 1 and what was wrong when one fails."""
    parser = argparse.ArgumentParser(description="Proves a finished program by using it.")
    parser.add_argument("program", type=Path, help="the folder of the program")
    parser.add_argument("--patience", type=float, default=1.0, help="times as long as a real computer it may take")
    parser.add_argument("--keep", type=Path, help="a folder for what the program writes, not deleted afterwards")
    chosen = parser.parse_args()
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    program = chosen.program.resolve()
    with temporary(chosen.keep) as place:
        smoke = Smoke(program, place.resolve(), chosen.patience)
        portable = (program / "portable.txt").exists()
        before = snapshot(program)
        for step in (*STEPS, *([stays_in_its_folder] if portable else [])):
            print(f"· {step.__name__.replace('_', ' ')}", flush=True)
            try:
                step(smoke)
            except Wrong as wrong:
                print(f"FAILED: {step.__name__}: {wrong}", flush=True)
                return 1
        try:
            is_unchanged(smoke, before)
        except Wrong as wrong:
            print(f"FAILED: {wrong}")
            return 1
        print("  " + ", ".join(f"{name} {value:.2f}" for name, value in smoke.figures.items()))
    print("All well.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
