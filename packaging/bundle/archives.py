"""Archives that are the same bytes for the same files: sorted, one time for all, nobody's name and number."""

from __future__ import annotations

import gzip
import hashlib
import tarfile
import time
import zipfile
from collections.abc import Iterable
from pathlib import Path

import contents


def write_zip(target: Path, program: Path, top: str, moment: int, extra: Iterable[tuple[str, bytes]] = ()) -> None:
    """Pack the folder ``program`` as ``top``/, and ``extra`` files (path below ``top``, bytes).

    ``moment`` is Unix time.
    """
    date = time.gmtime(max(moment, 315532800))[:6]  # zip begins in 1980
    entries = [(path.as_posix(), (program / path).read_bytes()) for path in contents.files(program)]
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:
        for name, data in sorted([*entries, *extra]):
            info = zipfile.ZipInfo(f"{top}/{name}", date)
            info.compress_type = zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data)


def write_tar(target: Path, program: Path, top: str, moment: int) -> None:
    """Pack the folder ``program`` as ``top``/, with links and the right to be run."""

    def plain(info: tarfile.TarInfo) -> tarfile.TarInfo:
        info.uid = info.gid = 0
        info.uname = info.gname = ""
        info.mtime = moment
        info.mode = 0o755 if info.mode & 0o100 else 0o644
        return info

    with (
        target.open("wb") as file,
        gzip.GzipFile("", "wb", 9, file, mtime=moment) as packed,
        tarfile.open(fileobj=packed, mode="w", format=tarfile.GNU_FORMAT) as archive,
    ):
        for path in contents.files(program):
            archive.add(program / path, f"{top}/{path.as_posix()}", recursive=False, filter=plain)


def sums(files: Iterable[Path]) -> str:
    """Lines as ``sha256sum --check`` reads them."""
    return "".join(f"{digest(file)}  {file.name}\n" for file in sorted(files, key=lambda file: file.name))


def digest(file: Path) -> str:
    """SHA-256 in hexadecimal digits."""
    with file.open("rb") as data:
        return hashlib.file_digest(data, "sha256").hexdigest()
