"""The folder of the finished program: what is in it, what is not, and that it is the same every time."""

from __future__ import annotations

import configparser
import importlib.util
import os
import struct
import subprocess
import sys
import xml.etree.ElementTree as Xml
import zipfile
from pathlib import Path

import archives
import contents
import facts
import leave_out
import llama_package
import llama_wheel
import materials
import needed
import png
import pytest
import version_resource
from PySide6.QtGui import QColor, QImage
from shipped import Library

import desktop_agent

SPEC = facts.HERE / "desktop-agent.spec"


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A small folder with a library, a link and a data file."""
    program = tmp_path / "程序" / facts.NAME
    (program / facts.CONTENTS / "资源".encode("ascii", "ignore").decode() / "models").mkdir(parents=True)
    (program / facts.COMMAND).write_bytes(b"\x7fELF program")
    (program / facts.COMMAND).chmod(0o755)
    (program / facts.CONTENTS / "models" / "guide.gguf").write_bytes(b"GGUF" * 1000)
    (program / facts.CONTENTS / "b.so").write_bytes(b"\x7fELF library")
    if sys.platform != "win32":
        (program / facts.CONTENTS / "a.so").symlink_to("b.so")
    return program


def test_the_version_is_read_without_importing_the_program() -> None:
    assert facts.version() == desktop_agent.__version__
    assert facts.four_numbers("1.20.3") == (1, 20, 3, 0)


def test_the_spec_is_python_and_names_files_that_are_there() -> None:
    compile(SPEC.read_text("utf-8"), SPEC.name, "exec")
    for name in ("start.py", "program.manifest", "hooks/hook-jieba.py", "linux/desktop-agent.desktop"):
        assert (facts.HERE / name).exists()


def test_nothing_of_the_programs_own_is_left_out() -> None:
    own = [path for folder in ("resources", "desktop_agent") for path in (facts.ROOT / folder).rglob("*")]
    names = [
        path.relative_to(facts.ROOT).as_posix() for path in own if path.is_file() and "__pycache__" not in path.parts
    ]
    assert [name for name in names if (rule := leave_out.left_out(name)) and not name.endswith(".typed") and rule] == []


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/opengl32sw.dll",
        "PySide6/Qt6Network.dll",
        "PySide6\\Qt6QmlModels.dll",
        "PySide6/Qt/lib/libQt6Quick.so.6",
        "libQt6Pdf.so.6",
        "PySide6/translations/qtbase_de.qm",
        "PySide6/Qt/translations/qt_help_zh_CN.qm",
        "PySide6/plugins/tls/qopensslbackend.dll",
        "PySide6/plugins/imageformats/qwebp.dll",
        "PySide6/Qt/plugins/platformthemes/libqgtk3.so",
        "jieba/dict.txt",
        "jieba/lac_small/model_baseline/word_emb",
        "libstdc++.so.6",
    ],
)
def test_what_is_not_needed_is_left_out(path: str) -> None:
    assert leave_out.left_out(path) is not None


@pytest.mark.parametrize(
    "path",
    [
        "PySide6/Qt6Core.dll",
        "PySide6/Qt6Svg.dll",
        "PySide6/Qt/lib/libQt6DBus.so.6",
        "PySide6/translations/qtbase_zh_CN.qm",
        "PySide6/plugins/platforms/qwindows.dll",
        "PySide6/Qt/plugins/platforms/libqxcb.so",
        "PySide6/Qt/plugins/platforms/libqoffscreen.so",
        "PySide6/Qt/plugins/platforminputcontexts/libibusplatforminputcontextplugin.so",
        "llama_cpp/lib/ggml-cpu-x64.dll",
        "python311.dll",
        "VCRUNTIME140.dll",
        "libssl-3.dll",
        "keyring-25.7.0.dist-info/entry_points.txt",
    ],
)
def test_what_is_needed_stays(path: str) -> None:
    assert leave_out.left_out(path) is None


def test_every_rule_says_what_it_saves_and_why() -> None:
    rules = [(rule.what, rule.megabytes, rule.why) for rule in leave_out.FILES]
    modules = [(name, megabytes, why) for name, (megabytes, why) in leave_out.MODULES.items()]
    assert [name for name, megabytes, why in [*rules, *modules] if megabytes < 0 or len(why) < 5] == []


def test_libraries_go_when_nothing_needs_them_any_more(tmp_path: Path) -> None:
    links = {"QtCore.so": ["libcore.so"], "libcore.so": ["libz.so"], "libgtk.so": ["libcairo.so", "libz.so"]}
    for name in ("QtCore.so", "libcore.so", "libz.so", "libgtk.so", "libcairo.so"):
        (tmp_path / name).write_bytes(b"")
    # By name: Windows would sort paths without regard to capitals.
    entries = [
        (f"lib/{name}", str(tmp_path / name), "BINARY") for name in sorted(path.name for path in tmp_path.iterdir())
    ]
    kept = needed.without_orphans(entries, lambda path: links.get(Path(path).name, ()), lambda path: "Qt" in path)
    assert [entry[0] for entry in kept] == ["lib/QtCore.so", "lib/libcore.so", "lib/libz.so"]


def test_the_list_of_contents_names_every_file_but_itself(program: Path) -> None:
    contents.write_list(program, "1.2.3")
    version, sizes = contents.read_list(program)
    assert version == "1.2.3"
    assert sizes.pop(f"{facts.CONTENTS}/a.so", 0) == 0  # a link
    assert sizes == {
        facts.COMMAND: 12,
        f"{facts.CONTENTS}/b.so": 12,
        f"{facts.CONTENTS}/models/guide.gguf": 4000,
    }


def test_the_program_understands_the_list(program: Path) -> None:
    from desktop_agent.installation import damage_of

    contents.write_list(program, "1.2.3")
    assert damage_of(program, contents.list_path(program)) is None
    (program / facts.CONTENTS / "b.so").unlink()
    found = damage_of(program, contents.list_path(program))
    assert found is not None and "b.so" in found.told()


def test_archives_are_the_same_bytes_whenever_they_are_made(program: Path, tmp_path: Path) -> None:
    made = []
    for moment in (1, 2):
        for path in program.rglob("*"):
            if path.is_file() and not path.is_symlink():
                os.utime(path, (1e9 + moment, 1e9 + moment))
        archives.write_zip(tmp_path / f"{moment}.zip", program, "Top", 1_700_000_000, [("portable.txt", b"x")])
        archives.write_tar(tmp_path / f"{moment}.tar.gz", program, "Top", 1_700_000_000)
        made.append([archives.digest(tmp_path / f"{moment}{kind}") for kind in (".zip", ".tar.gz")])
    assert made[0] == made[1]
    with zipfile.ZipFile(tmp_path / "1.zip") as archive:
        assert "Top/portable.txt" in archive.namelist()
        assert archive.namelist() == sorted(archive.namelist())


@pytest.mark.skipif(sys.platform == "win32", reason="a tarball is for Linux")
def test_the_tarball_keeps_links_and_the_right_to_be_run(program: Path, tmp_path: Path) -> None:
    archives.write_tar(tmp_path / "a.tar.gz", program, "Top", 1)
    subprocess.run(["tar", "-xzf", tmp_path / "a.tar.gz", "-C", tmp_path], check=True)
    assert os.access(tmp_path / "Top" / facts.COMMAND, os.X_OK)
    assert (tmp_path / "Top" / facts.CONTENTS / "a.so").readlink() == Path("b.so")


def test_sums_are_as_sha256sum_reads_them(tmp_path: Path) -> None:
    (tmp_path / "b").write_bytes(b"")
    (tmp_path / "a").write_bytes(b"abc")
    assert archives.sums([tmp_path / "b", tmp_path / "a"]) == (
        "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad  a\n"
        "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855  b\n"
    )


def test_the_manifest_asks_for_what_the_program_relies_on() -> None:
    text = (facts.HERE / "program.manifest").read_text("utf-8")
    values = {element.tag.rpartition("}")[2]: element.text or "" for element in Xml.fromstring(text).iter()}
    assert values["dpiAwareness"].startswith("PerMonitorV2")
    assert (values["longPathAware"], values["activeCodePage"]) == ("true", "UTF-8")
    assert 'level="asInvoker"' in text and "{8e0f7a12-bfb3-4fe8-b9a5-48fd50a15a9a}" in text


def test_windows_is_told_the_version() -> None:
    names = (
        "VSVersionInfo",
        "FixedFileInfo",
        "StringFileInfo",
        "StringTable",
        "StringStruct",
        "VarFileInfo",
        "VarStruct",
    )
    given: dict[str, object] = {name: lambda *words, **named: (words, named) for name in names}
    text = version_resource.version_resource("desktop-agent.exe", "1.20.3")
    _words, named = eval(text, given)
    assert named["ffi"][1]["filevers"] == (1, 20, 3, 0)
    assert "'ProductVersion', '1.20.3'" in text and "'OriginalFilename', 'desktop-agent.exe'" in text


def test_the_icon_has_all_sizes_and_every_one_is_painted(tmp_path: Path) -> None:
    environment = os.environ | {"PYTHONPATH": str(facts.ROOT)}
    subprocess.run([sys.executable, facts.HERE / "icons.py", tmp_path], env=environment, check=True, timeout=60)
    data = (tmp_path / "program.ico").read_bytes()
    count = struct.unpack_from("<HHH", data)[2]
    entries = [struct.unpack_from("<BBBBHHII", data, 6 + 16 * number) for number in range(count)]
    assert [entry[0] or 256 for entry in entries] == [16, 20, 24, 32, 40, 48, 64, 128, 256]
    for size, _h, _c, _r, _planes, bits, length, place in entries[:-1]:
        head = struct.unpack_from("<IiiHH", data, place)
        assert head == (40, size, 2 * size, 1, 32) and bits == 32
        pixels = data[place + 40 : place + 40 + 4 * size * size]
        assert length == 40 + len(pixels) + (size + 31) // 32 * 4 * size
        assert pixels[3] == 0 and pixels[4 * (size * size // 2 + size // 2) + 3] == 255  # a round corner, a full middle
    large = png.read(data[entries[-1][7] :][: entries[-1][6]])
    assert (large.width, large.height, large.colours() > 5) == (256, 256, True)


def test_the_reader_of_pictures_agrees_with_qt(tmp_path: Path) -> None:
    image = QImage(37, 23, QImage.Format.Format_ARGB32)
    for x in range(37):
        for y in range(23):
            image.setPixelColor(x, y, QColor(x * 6, y * 11, (x * y) % 256, 255 - x))
    image.save(str(tmp_path / "a.png"))
    shown = png.read((tmp_path / "a.png").read_bytes())
    for x, y in ((0, 0), (36, 22), (17, 5)):
        colour = QImage(str(tmp_path / "a.png")).pixelColor(x, y)
        assert tuple(shown.rows[y][4 * x : 4 * x + 4]) == colour.getRgb()


def test_every_part_has_a_licence_and_a_place_in_the_bill(program: Path, tmp_path: Path) -> None:
    text = tmp_path / "LICENSE"
    text.write_text("do what you want", "utf-8")
    found = [Library("python", "qasync", "0.28.0", "BSD-2-Clause", "https://example.org", (str(text),))]
    found += [Library("python", name, "1", "", "") for name in ("jieba", "PySide6_Essentials", "llama_cpp_python")]
    parts = materials.complete(found)
    assert materials.write_licences(parts, program) == []
    folder = program / materials.FOLDER
    assert (folder / "qasync.txt").read_text("utf-8") == "do what you want"
    assert "| PySide6_Essentials | 1 | LGPL-3.0-only | lgpl-3.0.txt, gpl-3.0.txt |" in (folder / "README.md").read_text(
        "utf-8"
    )
    bill = materials.bill(parts, program, 0)
    assert bill == materials.bill(parts, program, 0)
    references = [component["bom-ref"] for component in bill["components"]]
    assert len(set(references)) == len(references)
    assert {"pkg:pypi/qasync@0.28.0", "part:Qt", "part:built-in-model", f"file:{facts.CONTENTS}/b.so"} <= set(
        references
    )


def test_a_part_without_any_licence_stops_the_build(program: Path) -> None:
    assert materials.write_licences([Library("python", "strange", "1", "", "")], program) == ["strange"]


def test_the_entry_for_the_menu_is_well_formed() -> None:
    entry = configparser.ConfigParser(interpolation=None)
    entry.optionxform = str  # type: ignore[assignment,method-assign]
    entry.read(facts.HERE / "linux" / "desktop-agent.desktop", "utf-8")
    section = entry["Desktop Entry"]
    assert (section["Type"], section["Exec"], section["Terminal"]) == ("Application", "desktop-agent %f", "false")
    assert section["Categories"].endswith(";") and section["Comment[zh_CN]"]


@pytest.mark.skipif(sys.platform == "win32", reason="for Linux")
def test_the_menu_entry_leads_to_wherever_the_program_lies(tmp_path: Path) -> None:
    program, home = tmp_path / 'a "strange" $place 程序', tmp_path / "home"
    program.mkdir()
    for name in ("desktop-agent.desktop", "install.sh"):
        (program / name).write_bytes((facts.HERE / "linux" / name).read_bytes())
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "LC_ALL": "C.UTF-8"}
    subprocess.run(["sh", program / "install.sh"], env=environment, check=True, capture_output=True)
    entry = home / ".local" / "share" / "applications" / "desktop-agent.desktop"
    lines = entry.read_text("utf-8").splitlines()
    quoted = str(program).replace('"', '\\\\"').replace("$", "\\\\$")
    assert f'Exec="{quoted}/desktop-agent" %f' in lines
    assert f"Icon={program}/desktop-agent.png" in lines
    subprocess.run(["sh", program / "install.sh", "remove"], env=environment, check=True, capture_output=True)
    assert not entry.exists()


@pytest.mark.skipif(importlib.util.find_spec("pip") is None, reason="this Python has no pip")
def test_libraries_compiled_elsewhere_become_a_wheel_that_pip_installs(tmp_path: Path) -> None:
    place = tmp_path / "made"
    (place / "llama_cpp" / "lib").mkdir(parents=True)
    (place / "llama_cpp" / "__init__.py").write_text("")
    (place / "llama_cpp" / "lib" / "ggml-cpu-x64.dll").write_bytes(b"MZ")
    for name in llama_package.LICENCES:
        (place / name).write_text("MIT")
    wheel = llama_package.write_wheel(place, tmp_path)
    words = ["install", "--no-deps", "--no-index", "--platform", "win_amd64", "--only-binary=:all:"]
    target = tmp_path / "there"
    command = [sys.executable, "-m", "pip", *words, "--target", str(target), str(wheel)]
    subprocess.run(command, check=True, capture_output=True, timeout=100)
    assert (target / "llama_cpp" / "lib" / "ggml-cpu-x64.dll").read_bytes() == b"MZ"
    licences = target / f"llama_cpp_python-{llama_wheel.version()}.dist-info" / "licenses"
    assert sorted(path.name for path in licences.iterdir()) == ["LICENSE-llama.cpp", "LICENSE.md"]


def test_a_folder_without_libraries_is_no_wheel(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError, match=r"holds no libraries of llama\.cpp"):
        llama_package.write_wheel(tmp_path, tmp_path)
