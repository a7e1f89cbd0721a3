"""What a built panel is known by, and what its function is given."""

from __future__ import annotations

import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from sandbox.cloud.panel import SERVES, fingerprint, pack_function
from sandbox.cloud.settings import Settings

SOURCES = ("functions/system/get_openapi/openapi.json", "requirements/node.txt", "panel/package.json", "panel/src/a.ts")


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in SOURCES:
        _write(tmp_path / name, name)
    return tmp_path


def _write(file: Path, text: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text)


@pytest.mark.parametrize("name", [*SOURCES, "panel/src/new.ts"])
def test_whatever_the_panel_follows_from_makes_it_another(project: Path, name: str) -> None:
    before = fingerprint(project)
    _write(project / name, "changed")
    assert fingerprint(project) != before


@pytest.mark.parametrize("name", ["panel/node_modules/x/index.js", "panel/dist/index.html", "panel/src/api/schema.ts"])
def test_what_is_made_here_does_not(project: Path, name: str) -> None:
    before = fingerprint(project)
    _write(project / name, "changed")
    assert fingerprint(project) == before


@pytest.mark.parametrize("function", ["get_panel", "get_portal"])
def test_a_function_gets_its_code_and_its_part_of_the_latest_panel_alone(tmp_path: Path, function: str) -> None:
    built = ("panel/index.html", "panel/portal.html", "panel/panel/index-b2.js")
    for name in ("function/app.py", "function/built/index.html", *built):
        _write(tmp_path / name, name)
    packed = pack_function(tmp_path / "function", tmp_path / "panel", SERVES[function])
    with zipfile.ZipFile(io.BytesIO(packed)) as archive:
        held = {name: archive.read(name).decode() for name in archive.namelist()}
    page = {"built/index.html": "panel/index.html", "built/panel/index-b2.js": "panel/panel/index-b2.js"}
    own = page if function == "get_panel" else {"built/portal.html": "panel/portal.html"}
    assert held == {"app.py": "function/app.py", **own}


def test_no_panel_is_built_for_who_wants_none(tmp_path: Path) -> None:
    assert Settings.from_environment({}).panel
    assert not Settings.from_environment({"LASTRO_PANEL": "off"}).panel
    assert replace(Settings.from_environment({}), project=tmp_path).panels == tmp_path / ".local/panels"
