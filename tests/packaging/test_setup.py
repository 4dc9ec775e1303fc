"""The setup program for Windows and the workflow that makes it, as far as they can be judged without Windows."""

from __future__ import annotations

import re
import shutil
import struct
import subprocess
import sys
from pathlib import Path

import contents
import facts
import instructions
import pytest
import suite

import installer

SCRIPT = installer.SCRIPT.read_text("utf-8")
WORDS = (installer.SCRIPT.parent / "words.nsh").read_text("utf-8-sig")
LINE = re.compile(r'^LangString (\w+) \$\{LANG_(ENGLISH|SIMPCHINESE)\} "(.+)"$', re.MULTILINE)


@pytest.fixture
def program(tmp_path: Path) -> Path:
    """A folder as PyInstaller leaves it, with names that are hard on NSIS."""
    program = tmp_path / "程序" / facts.NAME
    for name in (f"{facts.NAME}.exe", f"{facts.COMMAND}.exe", "_internal/a $b/c.dll", "_internal/PySide6/x.pyd"):
        (program / name).parent.mkdir(parents=True, exist_ok=True)
        (program / name).write_bytes(b"MZ")
    contents.write_list(program, "1.2.3")
    return program


def test_every_sentence_of_the_setup_is_there_in_both_languages() -> None:
    spoken = {
        language: {name for name, its, _ in LINE.findall(WORDS) if its == language}
        for _, language, _ in LINE.findall(WORDS)
    }
    assert spoken["ENGLISH"] == spoken["SIMPCHINESE"] == set(re.findall(r"\$\(([A-Z_]+)\)", SCRIPT))


def test_names_in_the_sentences_are_filled_in_both_languages() -> None:
    told: dict[str, set[frozenset[str]]] = {}
    for name, _language, text in LINE.findall(WORDS):
        told.setdefault(name, set()).add(frozenset(re.findall(r"\$\{?\w+\}?", text)))
    assert {name: found for name, found in told.items() if len(found) != 1} == {}


def test_a_folder_that_somebody_chose_is_never_deleted_with_its_contents(program: Path) -> None:
    recursive = re.findall(r"^\s*RMDir /r .*$", SCRIPT, re.MULTILINE)
    assert [line.strip() for line in recursive] == ['RMDir /r "${DATA}"']
    assert "/r" not in installer.uninstall_lines(path.as_posix() for path in contents.files(program))


def test_what_was_installed_is_uninstalled_and_nothing_else(program: Path) -> None:
    files = [path.as_posix() for path in contents.files(program)]
    lines = installer.uninstall_lines(files).splitlines()
    assert [line for line in lines if line.startswith("Delete")] == [
        'Delete "$INSTDIR\\DesktopAgent.exe"',
        'Delete "$INSTDIR\\desktop-agent.exe"',
        'Delete "$INSTDIR\\_internal\\contents.txt"',
        'Delete "$INSTDIR\\_internal\\PySide6\\x.pyd"',
        'Delete "$INSTDIR\\_internal\\a $$b\\c.dll"',
    ]
    # Deeper folders first, or they would not be empty.
    assert [line for line in lines if line.startswith("RMDir")] == [
        'RMDir "$INSTDIR\\_internal\\PySide6"',
        'RMDir "$INSTDIR\\_internal\\a $$b"',
        'RMDir "$INSTDIR\\_internal"',
    ]


def test_the_list_of_files_comes_before_the_files(program: Path) -> None:
    """So that an interrupted setup leaves a list of what there may be."""
    lines = installer.install_lines(program, [path.as_posix() for path in contents.files(program)]).splitlines()
    first = next(line for line in lines if line.startswith("File"))
    assert first.endswith('contents.txt"')
    assert sum(line.startswith("File") for line in lines) == 5


@pytest.mark.skipif(installer.find_makensis() is None, reason="NSIS is not installed")
def test_the_setup_compiles_without_a_warning(program: Path, tmp_path: Path) -> None:
    work = tmp_path / "work"
    work.mkdir()
    draw(work)
    installer.make(program, tmp_path / "one.exe", work, "1.2.3", quick=True)
    (work / "install.nsh").unlink()
    installer.make(program, tmp_path / "two.exe", work, "1.2.3", quick=True)
    made = (tmp_path / "one.exe").read_bytes()
    assert made == (tmp_path / "two.exe").read_bytes()
    assert b'requestedExecutionLevel level="asInvoker"' in made and "1.2.3".encode("utf-16-le") in made


def test_without_nsis_it_is_said_where_to_get_it(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")
    for name in ("PROGRAMFILES", "PROGRAMFILES(X86)"):
        monkeypatch.delenv(name, raising=False)
    with pytest.raises(installer.NotMade, match="apt-get install nsis"):
        installer.make(program, tmp_path / "a.exe", tmp_path, "1.2.3")


@pytest.mark.skipif(not shutil.which("osslsigncode") or not shutil.which("openssl"), reason="no tools to sign with")
@pytest.mark.skipif(installer.find_makensis() is None, reason="NSIS is not installed")
def test_the_setup_is_signed_when_there_is_a_certificate(
    program: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    certificate, key = tmp_path / "test.pem", tmp_path / "test.key"
    words = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=test"]
    uses = ["-addext", "extendedKeyUsage=codeSigning", "-keyout", str(key), "-out", str(certificate)]
    subprocess.run([*words, *uses], check=True, capture_output=True)
    monkeypatch.setenv("SIGN_CERTIFICATE", str(certificate))
    monkeypatch.setenv("SIGN_KEY", str(key))
    work, target = tmp_path / "work", tmp_path / "signed.exe"
    work.mkdir()
    draw(work)
    installer.make(program, target, work, "1.2.3", quick=True)
    answer = subprocess.run(
        ["osslsigncode", "verify", "-CAfile", certificate, "-in", target], capture_output=True, text=True
    )
    assert "Signature verification: ok" in answer.stdout


@pytest.mark.skipif(not shutil.which("objdump"), reason="no objdump")
@pytest.mark.skipif(sys.platform == "win32", reason="named otherwise there")
def test_avx_is_found_where_it_is_and_nowhere_else() -> None:
    import importlib.util

    spec = importlib.util.find_spec("llama_cpp")
    assert spec is not None and spec.submodule_search_locations
    folder = Path(spec.submodule_search_locations[0]) / "lib"
    if not (folder / "libggml-cpu-haswell.so").exists():
        pytest.skip("this llama.cpp was compiled for one processor")
    assert instructions.avx(folder / "libggml-cpu-haswell.so") > 1000
    assert instructions.avx(folder / "libggml-cpu-x64.so") == 0
    assert instructions.known(folder / "libggml-cpu-haswell.so")
    assert not instructions.known(folder / "libggml-cpu-x64.so")


def test_the_workflow_needs_no_secret_and_checks_what_it_made() -> None:
    text = (facts.ROOT / ".github" / "workflows" / "windows.yml").read_text("utf-8")
    yaml = pytest.importorskip("yaml")
    flow = yaml.safe_load(text)
    assert set(flow["jobs"]) == {"llama", "windows", "linux", "release"}
    assert flow["permissions"] == {"contents": "read"}
    commands = " ".join(step.get("run", "") for job in flow["jobs"].values() for step in job["steps"])
    for script in re.findall(r"packaging[/\\][\w/\\]+\.py", commands):
        assert (facts.ROOT / script).exists()
    for needed in ("build.py", "smoke.py", "setup_test.py"):
        assert needed in commands
    # Every step that uses a secret is left out when it is empty.
    for step in flow["jobs"]["windows"]["steps"]:
        assert "secrets." not in str(step) or step["if"] == "env.CERTIFICATE != ''"
    assert "--draft" in commands


def test_a_proof_for_windows_runs_the_tests_of_everything_below_the_window() -> None:
    areas = {path.parent.name for path in (facts.ROOT / "tests").glob("*/test_*.py")}
    assert set(suite.AREAS) == areas - {"ui"}


def test_files_of_the_tree_are_named_as_wine_sees_them(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(facts.ROOT)
    assert suite.on_drive("tests/packaging/test_setup.py::test_a") == r"R:\tests\packaging\test_setup.py::test_a"
    assert [suite.on_drive(word) for word in ("-k", "no such file")] == ["-k", "no such file"]


def draw(work: Path) -> None:
    """The smallest pictures that makensis takes: 16 pixels, nothing painted."""
    from icons import ico

    head = struct.pack("<IiiHH", 40, 16, 32, 1, 32) + bytes(24)
    (work / "program.ico").write_bytes(ico([(16, head + bytes(16 * 16 * 4 + 64))]))
    bitmap = struct.pack("<IiiHH", 40, 4, 4, 1, 24) + bytes(24 + 48)
    (work / "side.bmp").write_bytes(struct.pack("<2sIII", b"BM", 14 + len(bitmap), 0, 54) + bitmap)
