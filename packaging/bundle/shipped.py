"""Which libraries a finished program holds, found from the files that PyInstaller collected."""

from __future__ import annotations

import importlib.metadata
import json
import re
import shutil
import subprocess
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Library:
    """One library: ``kind`` is ``python`` for one of pip, ``deb`` for one of the system, ``other`` for the rest.

    ``texts`` are files with its licence, on the machine that builds.
    """

    kind: str
    name: str
    version: str
    licence: str
    page: str
    texts: tuple[str, ...] = ()


def of_files(sources: Iterable[str], modules: Iterable[str]) -> list[Library]:
    """The libraries that the files ``sources`` and the Python ``modules`` come from, by name."""
    owners = importlib.metadata.packages_distributions()
    names = {name for module in modules for name in owners.get(module.partition(".")[0], ())}
    own = {"desktop-agent", "desktop_agent"}
    found = [_of_pip(name) for name in names if name not in own]
    return sorted([*found, *_of_debian(sources)], key=lambda library: (library.kind, library.name.lower()))


def keep(libraries: Iterable[Library], path: Path) -> None:
    """Write them to ``path``, for the steps that come after PyInstaller."""
    path.write_text(json.dumps([asdict(library) for library in libraries], indent=1), "utf-8")


def read(path: Path) -> list[Library]:
    """What ``keep`` wrote."""
    return [Library(**{**record, "texts": tuple(record["texts"])}) for record in json.loads(path.read_text("utf-8"))]


def _of_pip(name: str) -> Library:
    distribution = importlib.metadata.distribution(name)
    about = distribution.metadata
    texts = [
        str(file.locate())
        for file in distribution.files or ()
        if re.match(r"(licen[cs]e|copying|notice|authors)", file.name, re.IGNORECASE)
        and any(part.endswith(".dist-info") for part in file.parts)
    ]
    return Library("python", about["Name"], distribution.version, _licence(about), _page(about), tuple(sorted(texts)))


def _licence(about: importlib.metadata.PackageMetadata) -> str:
    if said := about.get("License-Expression"):
        return str(said)
    classified = [
        line.rpartition(" :: ")[2] for line in about.get_all("Classifier", ()) if line.startswith("License ::")
    ]
    said = str(about.get("License") or "")
    return said if said and "\n" not in said and len(said) < 60 else " or ".join(classified)


def _page(about: importlib.metadata.PackageMetadata) -> str:
    links = [line.partition(", ") for line in about.get_all("Project-URL", ())]
    named = {title.strip().lower(): address.strip() for title, _, address in links}
    for title in ("homepage", "home", "source", "source code", "repository", "github"):
        if title in named:
            return named[title]
    return str(about.get("Home-page") or "")


def _of_debian(sources: Iterable[str]) -> list[Library]:
    """Libraries of the system that Linux programs carry along; none where there is no dpkg."""
    system = sorted({str(Path(source).resolve()) for source in sources if source.startswith(("/usr/", "/lib"))})
    if not system or not shutil.which("dpkg-query"):
        return []
    # Libraries were moved from /lib to /usr/lib; dpkg knows each by one of both names.
    asked = [*system, *(path.removeprefix("/usr") for path in system)]
    answer = subprocess.run(["dpkg-query", "--search", *asked], capture_output=True, text=True)
    packages = sorted({line.partition(":")[0] for line in answer.stdout.splitlines() if ": /" in line})
    found = []
    for package in packages:
        form = "${Version}\\t${Homepage}\\n"
        told = subprocess.run(["dpkg-query", "--show", f"--showformat={form}", package], capture_output=True, text=True)
        version, _, page = told.stdout.splitlines()[0].partition("\t")
        text = Path("/usr/share/doc") / package / "copyright"
        found.append(Library("deb", package, version, "", page, (str(text),) if text.exists() else ()))
    return found
