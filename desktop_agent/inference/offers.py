"""Models that can be downloaded: a short list that comes with the program, in ``resources/models/catalogue.toml``.

An offer is pinned by its size and SHA-256, so a source is only a place to look: whichever answers is good
enough, and the host names stand in that file alone.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from desktop_agent import words
from desktop_agent.data_files import resources
from desktop_agent.errors import NotFound
from desktop_agent.inference.fit import Fits, fit
from desktop_agent.inference.header import Header
from desktop_agent.inference.pace import Pace
from desktop_agent.inference.plan import Wish

AUTOMATIC = "automatic"
"""As a first source: the order of the list."""
COMFORTABLE_WORDS = 4.0
"""A second: as quick as people read, about."""


@dataclass(frozen=True, slots=True)
class Source:
    """A site that has model files; ``address`` is a template for ``repository`` and ``file``."""

    name: str
    title: str
    address: str


@dataclass(frozen=True, slots=True)
class Offer:
    """One model of the list. ``header`` says what its own header would, so that its need of memory is known before."""

    name: str
    """What it is called on the command line."""
    title: str
    file: str
    bytes: int
    sha256: str
    licence: str
    quantisation: str
    header: Header
    repository: str
    repository_at: Mapping[str, str]
    """Where a source has it under another name."""
    good_for: Mapping[str, str]
    """By language."""
    languages: Mapping[str, str]
    """What it speaks, in a few words, by language."""
    suits_free_bytes: int | None = None
    """It is recommended from so much free RAM on; None is never."""

    @property
    def about(self) -> str:
        """What it is good for, in the user's language."""
        return self.good_for.get(words.language(), self.good_for["en"])

    @property
    def speaks(self) -> str:
        """Its languages, in the user's language."""
        return self.languages.get(words.language(), self.languages["en"])

    def address(self, source: Source) -> str:
        """Where ``source`` should have it."""
        repository = self.repository_at.get(source.name, self.repository)
        return source.address.format(repository=repository, file=self.file)


@dataclass(frozen=True, slots=True)
class Offers:
    """The list and the sources, in their order."""

    models: tuple[Offer, ...]
    sources: tuple[Source, ...]

    @classmethod
    def read(cls, path: Path) -> Offers:
        """The list in ``path``; a mistake in it is a mistake of the program and raised as it is."""
        table = tomllib.loads(path.read_text("utf-8"))
        return cls(
            tuple(_offer(one) for one in table["model"]),
            tuple(Source(one["name"], one["title"], one["address"]) for one in table["source"]),
        )

    def named(self, name: str) -> Offer:
        """The offer that ``name`` means: its name, its title or its file, whatever the case.

        Raises:
            NotFound: there is none; the hint lists all names.
        """
        wanted = name.strip().casefold()
        for offer in self.models:
            if wanted in (offer.name.casefold(), offer.title.casefold(), offer.file.casefold()):
                return offer
        raise NotFound(
            "There is no model named {name} to download.",
            hint="These can be downloaded: {names}. Any other .gguf file is taken by: desktop-agent model import FILE",
            name=name,
            names=", ".join(offer.name for offer in self.models),
        )

    def of_file(self, path: Path, file_bytes: int) -> Offer | None:
        """The offer that a file here came from, by name and size; its hash was checked when it came."""
        for offer in self.models:
            if offer.bytes == file_bytes and (path.name == offer.file or path.stem.startswith(Path(offer.file).stem)):
                return offer
        return None

    def suitable(self, free_bytes: int | None, total_bytes: int | None, pace: Pace) -> Offer:
        """The model to recommend: the best that fits with room to spare and is quick enough to be read along.

        The smallest of those that are ever recommended when none does.
        """
        meant = [offer for offer in self.models if offer.suits_free_bytes is not None] or [*self.models[:1]]
        best = meant[0]
        for offer in meant:
            enough = free_bytes is None or free_bytes >= (offer.suits_free_bytes or 0)
            fits = fit(offer.header, Wish(), free_bytes, total_bytes).fits is Fits.YES
            if enough and fits and pace.words_per_second(offer.header) >= COMFORTABLE_WORDS:
                best = offer
        return best

    def order(self, first: str = AUTOMATIC) -> tuple[Source, ...]:
        """The sources as they are tried; ``first`` names the one that goes before the others."""
        return tuple(sorted(self.sources, key=lambda source: source.name != first))


def catalogue_path() -> Path:
    """The list that comes with the program."""
    return resources() / "models" / "catalogue.toml"


def _offer(row: Mapping[str, Any]) -> Offer:
    shape = row["shape"]
    suits = row.get("suits_free")
    header = Header(
        path=Path(row["file"]),
        architecture=shape["architecture"],
        name=row["title"],
        size_label="",
        quantisation=row["quantisation"],
        context_length=shape["context"],
        layers=shape["layers"],
        embedding=shape["embedding"],
        heads=shape["heads"],
        kv_heads=(shape["kv_heads"],) * shape["layers"],
        key_length=shape["head"],
        value_length=shape["head"],
        vocabulary=shape["vocabulary"],
        template=None,
        parameters=0,
        digest=row["sha256"],
        file_bytes=row["bytes"],
        # The vocabulary in the header, 6 MB, is counted as weights.
        weights_bytes=row["bytes"],
        repacked_bytes=0,
    )
    return Offer(
        name=row["name"],
        title=row["title"],
        file=row["file"],
        bytes=row["bytes"],
        sha256=row["sha256"],
        licence=row["licence"],
        quantisation=row["quantisation"],
        header=header,
        repository=row["repository"],
        repository_at=row.get("repository_at", {}),
        good_for=row["good_for"],
        languages=row["languages"],
        suits_free_bytes=None if suits is None else suits * 1_000_000,
    )
