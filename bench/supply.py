"""What shenbao is made of: `python -m bench.supply sbom` (CycloneDX) and `python -m bench.supply licences`.

Names, versions and hashes come from a lock, licences from what is installed here.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageMetadata, PackageNotFoundError, metadata
from pathlib import Path
from typing import Any
from uuid import NAMESPACE_URL, uuid5

import click

ROOT = Path(__file__).resolve().parent.parent
RUN_LOCK, WHOLE_LOCK = ROOT / "requirements-run.lock", ROOT / "requirements.lock"
PAGE = ROOT / "docs" / "licences.md"
_PINNED = re.compile(r"^(?P<name>[\w.-]+)==(?P<version>[\w.+!-]+)", re.M)
_HASH = re.compile(r"--hash=sha256:([0-9a-f]{64})")
_UNKNOWN = "not installed here"


@dataclass(frozen=True, slots=True)
class Component:
    """A pinned package: the SHA-256 of every file that may be installed for it, and its licence in words."""

    name: str
    version: str
    hashes: tuple[str, ...]
    licence: str

    @property
    def purl(self) -> str:
        """Its address as package URLs have it (purl-spec, type pypi)."""
        return f"pkg:pypi/{self.name}@{self.version}"


def lock_to_components(lock: str) -> Iterator[Component]:
    """The packages of a lock in its order; where two versions are pinned for two Pythons, both."""
    found = list(_PINNED.finditer(lock))
    for pin, following in zip(found, [*found[1:], None], strict=True):
        text = lock[pin.start() : following.start() if following else len(lock)]
        yield Component(
            pin["name"], pin["version"], tuple(_HASH.findall(text)), installed_licence(pin["name"])
        )


def installed_licence(name: str) -> str:
    """What an installed package says of its licence, its expression first."""
    try:
        about = metadata(name)
    except PackageNotFoundError:
        return _UNKNOWN
    return _value(about, "License-Expression") or _classified(about) or _first_line(about) or "not said"


def _value(about: PackageMetadata, key: str) -> str:
    return str(about[key] or "") if key in about else ""


def _classified(about: PackageMetadata) -> str:
    """From `License :: OSI Approved :: MIT License`, its last step."""
    steps = [item.split(" :: ") for item in about.get_all("Classifier") or []]
    return "; ".join(found[-1] for found in steps if found[0] == "License" and found[-1] != "OSI Approved")


def _first_line(about: PackageMetadata) -> str:
    return next(iter(_value(about, "License").splitlines()), "")[:60]


def components_to_sbom(components: list[Component], name: str, version: str) -> dict[str, Any]:
    """A CycloneDX 1.6 document (ECMA-424) with a serial number that is the same for the same packages."""
    listed = [
        {
            "type": "library",
            "bom-ref": one.purl,
            "name": one.name,
            "version": one.version,
            "purl": one.purl,
            "licenses": [{"license": {"name": one.licence}}],
            "externalReferences": [
                {
                    "type": "distribution",
                    "url": one.purl,
                    "hashes": [{"alg": "SHA-256", "content": digest} for digest in one.hashes],
                }
            ],
        }
        for one in components
    ]
    root = f"pkg:pypi/{name}@{version}"
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid5(NAMESPACE_URL, json.dumps(listed))}",
        "version": 1,
        "metadata": {"component": {"type": "application", "bom-ref": root, "name": name, "version": version}},
        "components": listed,
        "dependencies": [{"ref": root, "dependsOn": sorted({one.purl for one in components})}],
    }


def licences_to_markdown(running: list[Component], whole: list[Component]) -> str:
    """The page of all packages and their licences: what runs, then what tests, checks and extras need."""
    names = {one.name for one in running}
    lines = [
        "# Licences of what is installed",
        "",
        "Made by `make licences` from the locks and from what the packages say themselves. None of them is under the GPL or",
        "the AGPL; their texts are in the packages. The recogniser's weights (PP-OCRv6) travel in `rapidocr` and are under Apache-2.0.",
    ]
    for title, listed in (
        ("For running", running),
        ("For extras, tests and checks", [one for one in whole if one.name not in names]),
    ):
        lines += ["", f"## {title}", "", "| package | licence |", "|---|---|"]
        lines += [f"| {name} | {licence} |" for name, licence in {o.name: o.licence for o in listed}.items()]
    return "\n".join(lines) + "\n"


@click.group()
def main() -> None:
    """Write what shenbao is made of."""


@main.command()
def sbom() -> None:
    """A CycloneDX document of what running needs, to standard output."""
    from shenbao.version import program_version  # noqa: PLC0415 - only this command asks

    components = list(lock_to_components(RUN_LOCK.read_text("utf-8")))
    click.echo(json.dumps(components_to_sbom(components, "shenbao", program_version()), indent=2))


@main.command()
def licences() -> None:
    """`docs/licences.md`, to standard output."""
    running, whole = (list(lock_to_components(lock.read_text("utf-8"))) for lock in (RUN_LOCK, WHOLE_LOCK))
    click.echo(licences_to_markdown(running, whole), nl=False)


if __name__ == "__main__":
    main(prog_name="python -m bench.supply")
