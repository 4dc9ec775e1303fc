"""What Windows shows of a program under Properties, Details: written from the version of the source."""

from __future__ import annotations

import facts

_ENGLISH_UNICODE = "040904B0"


def version_resource(program: str, version: str) -> str:
    """The text that PyInstaller reads as the version resource of ``program``, a file name."""
    words = {
        "CompanyName": facts.PUBLISHER,
        "FileDescription": facts.TITLE,  # what the task manager and "open with" show
        "FileVersion": version,
        "InternalName": program.removesuffix(".exe"),
        "LegalCopyright": facts.COPYRIGHT,
        "OriginalFilename": program,
        "ProductName": facts.TITLE,
        "ProductVersion": version,
    }
    strings = ", ".join(f"StringStruct({name!r}, {value!r})" for name, value in words.items())
    numbers = facts.four_numbers(version)
    return (
        f"VSVersionInfo(ffi=FixedFileInfo(filevers={numbers}, prodvers={numbers}, mask=0x3F, flags=0, OS=0x40004, "
        f"fileType=1, subtype=0, date=(0, 0)), kids=[StringFileInfo([StringTable({_ENGLISH_UNICODE!r}, [{strings}])]), "
        "VarFileInfo([VarStruct('Translation', [1033, 1200])])])\n"
    )
