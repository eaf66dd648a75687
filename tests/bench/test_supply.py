"""What shenbao is made of: every pinned package with its hashes and its licence, none of which binds its users."""

from __future__ import annotations

import re

import pytest

from bench.supply import PAGE, RUN_LOCK, Component, components_to_sbom, installed_licence, lock_to_components

LOCK = """\
click==8.5.1 \\
    --hash=sha256:{0} \\
    --hash=sha256:{1}
numpy==2.4.6 ; python_version < '3.12' \\
    --hash=sha256:{1}
no-such-package==1.0
""".format("a" * 64, "b" * 64)


def test_a_lock_gives_names_versions_hashes_and_licences() -> None:
    click, numpy, unknown = lock_to_components(LOCK)
    assert click == Component("click", "8.5.1", ("a" * 64, "b" * 64), "BSD-3-Clause")
    assert (numpy.purl, numpy.hashes) == ("pkg:pypi/numpy@2.4.6", ("b" * 64,))
    assert (unknown.hashes, unknown.licence) == ((), "not installed here")


def test_the_bill_of_materials_names_every_component_and_is_the_same_every_time() -> None:
    components = list(lock_to_components(LOCK))
    made = components_to_sbom(components, "shenbao", "0.2.0")
    assert (made["bomFormat"], made["specVersion"]) == ("CycloneDX", "1.6")
    refs = [component["bom-ref"] for component in made["components"]]
    assert len(set(refs)) == 3 and made["dependencies"][0]["dependsOn"] == sorted(refs)
    assert made["components"][0]["externalReferences"][0]["hashes"][0] == {
        "alg": "SHA-256",
        "content": "a" * 64,
    }
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", made["serialNumber"])
    assert made == components_to_sbom(components, "shenbao", "0.2.0")


def test_every_package_that_runs_is_on_the_page_of_licences() -> None:
    page = PAGE.read_text("utf-8")
    missing = [
        one.name for one in lock_to_components(RUN_LOCK.read_text("utf-8")) if f"| {one.name} |" not in page
    ]
    assert missing == [], "run `make licences`"


def test_no_package_that_runs_is_under_a_licence_that_binds_its_users() -> None:
    found = {one.name: one.licence for one in lock_to_components(RUN_LOCK.read_text("utf-8"))}
    assert {
        name: licence
        for name, licence in found.items()
        if re.search(r"\bA?GPL|GNU (Affero )?General", licence)
    } == {}


@pytest.mark.parametrize(
    ("name", "licence"), [("certifi", "Mozilla Public License 2.0 (MPL 2.0)"), ("rapidocr", "Apache-2.0")]
)
def test_a_licence_is_what_the_package_says_in_whichever_field(name: str, licence: str) -> None:
    assert installed_licence(name) == licence
