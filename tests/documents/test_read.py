"""What is read of a file, and the sentence for each that cannot be read."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop_agent.documents import pages
from desktop_agent.documents.read import read
from desktop_agent.errors import BadInput
from desktop_agent.memory import passages
from desktop_agent.messages import DocumentKind
from tests.documents.files import archive_of, bomb, paragraph, pdf, word


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "gb18030"])
def test_text_is_read_in_the_encodings_of_chinese_and_other_computers(tmp_path: Path, encoding: str) -> None:
    path = tmp_path / "会议.txt"
    path.write_bytes("第一行：你好，世界。\nsecond line".encode(encoding))
    found = read(path)
    assert found.kind is DocumentKind.TEXT
    assert found.pages == ["第一行：你好，世界。\nsecond line"]


def test_western_text_of_an_old_windows_is_not_taken_for_chinese(tmp_path: Path) -> None:
    path = tmp_path / "old.txt"
    path.write_bytes("Die Straße führt über den Fluss; äußerst schön.".encode("cp1252"))
    assert read(path).pages == ["Die Straße führt über den Fluss; äußerst schön."]


def test_a_pdf_is_read_page_by_page(tmp_path: Path) -> None:
    told: list[tuple[int, int]] = []
    found = read(pdf(tmp_path / "a.pdf", ["first page", "second page"]), lambda *at: told.append(at))
    assert found.numbered
    assert [page.strip() for page in found.pages] == ["first page", "second page"]
    assert told == [(1, 2), (2, 2)]


def test_a_pdf_that_is_only_protected_from_changes_is_read(tmp_path: Path) -> None:
    from pypdf import PdfReader, PdfWriter

    writer = PdfWriter(clone_from=PdfReader(pdf(tmp_path / "plain.pdf", ["read me"])))
    writer.encrypt("", "owner", algorithm="RC4-128")
    with (tmp_path / "a.pdf").open("wb") as file:
        writer.write(file)
    assert "read me" in read(tmp_path / "a.pdf").pages[0]


def test_a_word_file_has_the_pages_that_word_showed(tmp_path: Path) -> None:
    cell = "<w:tc>{}</w:tc>".format
    table = f"<w:tbl><w:tr>{cell(paragraph('Monday'))}{cell(paragraph('rain'))}</w:tr></w:tbl>"
    body = paragraph("标题") + paragraph("Text") + table + paragraph("On page two", new_page=True)
    found = read(word(tmp_path / "计划.docx", body))
    assert found.kind is DocumentKind.WORD and found.numbered
    assert len(found.pages) == 2
    assert "标题\n\nText" in found.pages[0] and "Monday \train" in found.pages[0]
    assert "On page two" in found.pages[1]


def _write(path: Path, data: bytes) -> Path:
    path.write_bytes(data)
    return path


Make = Callable[[Path], Path]
BAD: dict[str, tuple[Make, str]] = {
    "a file that is gone": (lambda at: at / "gone.pdf", "is not there any more"),
    "a folder": (lambda at: at, "is a folder"),
    "nothing at all": (lambda at: _write(at / "a.txt", b""), "is empty"),
    "a picture": (lambda at: _write(at / "a.png", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR"), "not a text, PDF or Word"),
    "a model": (lambda at: _write(at / "a.gguf", b"GGUF\3\0\0\0"), "is a model"),
    "an old Word file": (lambda at: _write(at / "a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "older format of Word"),
    "a rich text file": (lambda at: _write(at / "a.rtf", b"{\\rtf1 hello}"), "older format of Word"),
    "a spreadsheet": (lambda at: archive_of(at / "a.xlsx"), "not a text, PDF or Word"),
    "a PDF of noise": (lambda at: _write(at / "a.pdf", b"%PDF-1.7\n" + bytes(range(256)) * 50), "is damaged"),
    "half a PDF": (lambda at: _write(at / "h.pdf", b"%PDF-1.4\n1 0 obj\n<<"), "is damaged"),
    "a PDF with a password": (lambda at: pdf(at / "a.pdf", ["secret"], password="x"), "locked with a password"),
    "a scanned PDF": (lambda at: pdf(at / "a.pdf", ["", " "]), "no text"),
    "a Word file of noise": (lambda at: _write(at / "a.docx", b"PK\3\4" + b"\7" * 900), "is damaged"),
    "a Word file cut short": (
        lambda at: _write(at / "h.docx", word(at / "a.docx", paragraph("x" * 5000)).read_bytes()[:-80]), "is damaged",
    ),
    "XML that is none": (lambda at: word(at / "a.docx", "<w:p>"), "is damaged"),
    "a bomb of zeros": (lambda at: bomb(at / "a.docx", 80), "far too much"),
    "a name with line ends": (lambda at: _write(at / "a\nb.txt", b""), "^a b.txt is empty"),
}  # fmt: skip


@pytest.mark.parametrize("what", BAD)
def test_what_cannot_be_read_is_told_in_a_sentence(tmp_path: Path, what: str) -> None:
    if sys.platform == "win32" and "line ends" in what:
        pytest.skip("Windows has no such names")
    make, sentence = BAD[what]
    with pytest.raises(BadInput, match=sentence) as told:
        read(make(tmp_path))
    assert told.value.hint


def test_entities_that_grow_without_an_end_are_refused(tmp_path: Path) -> None:
    import zipfile

    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 12))
    xml = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><x>&e11;</x>'
    with zipfile.ZipFile(tmp_path / "a.docx", "w") as archive:
        archive.writestr("word/document.xml", xml)
    with pytest.raises(BadInput, match="is damaged"):
        read(tmp_path / "a.docx")


def test_a_file_of_a_hundred_megabytes_is_not_even_opened(tmp_path: Path) -> None:
    path = tmp_path / "huge.pdf"
    with path.open("wb") as file:
        file.write(b"%PDF-1.7")
        file.truncate(100 << 20)
    with pytest.raises(BadInput, match=r"too large to be read: 100 MB\. 64 MB"):
        read(path)


def test_of_an_endless_text_the_beginning_is_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pages, "MOST_LETTERS", 1000)
    (tmp_path / "a.txt").write_text("word " * 1000)
    found = read(tmp_path / "a.txt")
    assert found.cut and len(found.pages[0]) == 1000


def test_parts_are_short_stay_on_their_page_and_leave_nothing_out() -> None:
    pages = ["One sentence here. " * 80 + "\n\nA paragraph.", "第二页的一句话。" * 200, "x" * 5000, " \n\n "]
    parts = passages.split(pages, numbered=True)
    assert all(passages.weight(part.text) <= passages.MOST + 20 for part in parts)
    for number, page in enumerate(pages, 1):
        told = "".join(part.text for part in parts if part.first == number)
        assert "".join(told.split()) == "".join(page.split())
    assert {(part.first, part.last) for part in parts} == {(1, 1), (2, 2), (3, 3)}


def test_the_part_that_fits_a_question_is_found_in_both_languages() -> None:
    pages = [f"Page about item {n}. " + "Filler text of no matter. " * 30 for n in range(1, 30)]
    pages[11] += " The guarantee lasts thirty months."
    pages[19] += " 保修期为三十个月。"
    parts = [passages.with_terms(part) for part in passages.split(pages, numbered=True)]
    fit, share = passages.scores(parts, "How long does the guarantee last?")
    assert share > 0.5
    assert parts[passages.best(parts, fit, 200)[0]].first == 12
    fit, _ = passages.scores(parts, "保修期多长？")
    assert parts[passages.best(parts, fit, 200)[0]].first == 20
    fit, share = passages.scores(parts, "zebra crossings")
    assert share == 0 and passages.best(parts, fit, 200) == []
    shown = [parts[at].first for at in passages.spread(parts, 800)]
    assert shown[0] == 1 and shown[-1] > 15
