"""What is installed with the package may be used with it: no dependency is under the GPL or the AGPL."""

import re
import tomllib
from importlib.metadata import Distribution, PackageNotFoundError, distribution
from pathlib import Path

from packaging.requirements import Requirement

PROJECT = Path(__file__).parents[1]
ALLOWED = tomllib.loads((PROJECT / "tests" / "licences.toml").read_text(encoding="utf-8"))["allowed"]
COPYLEFT = re.compile(r"\b(?:A?GPL|(?<!Lesser )General Public License|Affero)", re.IGNORECASE)


def installed() -> dict[str, Distribution]:
    """The core dependencies and theirs, by name."""
    project = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    found: dict[str, Distribution] = {}
    waiting = [Requirement(line) for line in project["dependencies"]]
    while waiting:
        one = waiting.pop()
        name = re.sub(r"[-_.]+", "-", one.name).lower()
        if name in found or (one.marker and not one.marker.evaluate({"extra": ""})):
            continue
        try:
            found[name] = distribution(name)
        except PackageNotFoundError:
            continue
        waiting += [Requirement(line) for line in found[name].requires or []]
    return found


def licence(one: Distribution) -> str:
    """What the metadata says, by the field that says it best; the first line where it is the whole text."""
    told = one.metadata
    classes = [line.rpartition(" :: ")[2] for line in told.get_all("Classifier") or [] if line.startswith("License")]
    return told.get("License-Expression") or " / ".join(classes) or (told.get("License") or "").strip().split("\n")[0]


def test_every_dependency_has_a_licence_that_is_allowed() -> None:
    found = {name: licence(one) for name, one in installed().items()}
    assert len(found) > 40
    assert {name: said for name, said in found.items() if not any(word in said for word in ALLOWED)} == {}
    assert {name: said for name, said in found.items() if COPYLEFT.search(said.replace("LGPL", ""))} == {}


def test_the_gpl_would_be_seen() -> None:
    assert all(map(COPYLEFT.search, ("GPL-3.0-or-later", "AGPL-3.0", "GNU General Public License v3 (GPLv3)")))
    assert not COPYLEFT.search("GNU Library or Lesser General Public License (LGPL)".replace("LGPL", ""))


def test_the_files_that_the_promises_name_are_there() -> None:
    named = re.findall(r"`((?:tests|\.ci)/[^`]+)`", (PROJECT / "SECURITY.md").read_text(encoding="utf-8"))
    assert len(named) > 15
    assert [name for name in named if not (PROJECT / name).exists()] == []
