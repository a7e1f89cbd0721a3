"""What the build takes out of the layers, nobody asks for."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from importlib.metadata import distribution
from pathlib import Path

from sandbox.cloud.build import ZONES, keep_zones
from sandbox.cloud.settings import PROJECT


def test_every_zone_that_the_code_names_is_kept() -> None:
    named: set[str] = set()
    for folder in ("functions", "layers/lastro"):
        for path in (PROJECT / folder).rglob("*.py"):
            named |= set(re.findall(r"ZoneInfo\(([^)]*)\)", path.read_text(encoding="utf-8")))
    assert named
    assert named <= {f'"{zone}"' for zone in ZONES}


def test_kept_zones_are_found_and_others_are_gone(tmp_path: Path) -> None:
    source = Path(str(distribution("tzdata").locate_file("tzdata")))
    shutil.copytree(source, tmp_path / "tzdata")
    keep_zones(tmp_path / "tzdata/zoneinfo")
    assert len(list((tmp_path / "tzdata/zoneinfo").rglob("*"))) <= 6
    ask = (
        "import sys, zoneinfo; zoneinfo.reset_tzpath(()); sys.path.insert(0, sys.argv[1]);"
        "print(zoneinfo.ZoneInfo('America/Sao_Paulo'), zoneinfo.ZoneInfo('UTC'), len(zoneinfo.available_timezones()))"
    )
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", ask, str(tmp_path)], capture_output=True, text=True, check=True
    )
    assert done.stdout.split()[:2] == ["America/Sao_Paulo", "UTC"]
