"""What the local AWS's start relies on inside ministack: if its lock moves to another version, this tells."""

import json
import subprocess
from pathlib import Path

from sandbox.cloud.settings import PROJECT, Settings

PROBE = Path(__file__).with_name("shared_layers_probe.py")
CLOUD_PYTHON = Settings.from_environment({}).cloud_bin / "python"


def run(command: list[str], scratch: Path, **variables: str) -> subprocess.CompletedProcess[str]:
    environment = {
        **Settings.from_environment({}).base_environment(),
        "PYTHONPATH": str(PROJECT),
        "TMPDIR": str(scratch),
        "LAMBDA_EXECUTOR": "local",
        "LASTRO_LAYERS_DIR": str(scratch / "layers"),
        **variables,
    }
    return subprocess.run(
        [str(CLOUD_PYTHON), *command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
        # As the launcher starts it: its group is its own.
        start_new_session=True,
    )


def test_workers_share_each_layer_and_have_code_of_their_own(tmp_path: Path) -> None:
    done = run([str(PROBE)], tmp_path)
    assert done.returncode == 0, done.stderr
    found = json.loads(done.stdout.splitlines()[-1])
    assert [answer["status"] for answer in found["answers"]] == ["ok"] * 4, found
    one, other, *forked = (answer["result"] for answer in found["answers"])
    assert (one["event"], other["event"]) == ({"number": 0}, {"number": 1})
    assert one["process"] != other["process"]
    assert one["code"] != other["code"]
    assert one["layers"] == other["layers"]
    assert all(Path(path).is_relative_to(tmp_path) for path in one["layers"])
    assert one["own"] == other["own"] == "kept"
    assert found["unchanged"]
    # A worker that ends takes its own folder with it, not what the others import from.
    assert found["kept"] == [True, True]
    assert sum(1 for _ in tmp_path.rglob("first.py")) == 1
    assert "has no content" in found["refusal"]
    # Where layers hold what all share, workers start with them, and else as if each had started alone.
    assert (one["shared"], [each["shared"] for each in forked]) == (False, [True, True])
    assert one["parent"] == other["parent"]
    assert len({each["parent"] for each in forked} - {one["parent"]}) == 1
    assert len({each["process"] for each in (one, other, *forked)}) == 4
    for each in forked:
        assert each["variables"] == one["variables"]
        assert each["own"] == "kept"
        assert len(each["path"]) == len(one["path"]) + 4
    assert found["ended"] == [True, True]
    # What a call prints is its own, whoever waits for it and however it ends.
    ours = "\0these were the lines of the call"
    assert found["told"] == [["a\nb", "c", "d"]] * 2 + [["e\nno end", f"f\n{ours}", "g", "h\nnone either"]]
    # Whose a worker is can be told from outside, whatever it was started from.
    assert found["named"] == [sorted(each["process"] for each in both) for both in ((one, other), forked)]


def test_the_next_start_finds_the_layers_unpacked(tmp_path: Path) -> None:
    run([str(PROBE)], tmp_path)
    trees = {path: path.stat().st_ino for path in (tmp_path / "layers").rglob("*.py")}
    assert len(trees) == 4
    # As a process leaves it that was killed while it unpacked.
    half = tmp_path / "layers/tmphalf/python"
    half.mkdir(parents=True)
    done = run([str(PROBE)], tmp_path)
    assert [answer["status"] for answer in json.loads(done.stdout.splitlines()[-1])["answers"]] == ["ok"] * 4
    assert {path: path.stat().st_ino for path in (tmp_path / "layers").rglob("*.py")} == trees


def test_another_version_of_ministack_is_refused(tmp_path: Path) -> None:
    told = "shared_layers.WRITTEN_FOR = '0.0.1'; shared_layers.share_layers()"
    text = f"from sandbox.cloud.workers import shared_layers; {told}"
    done = run(["-c", text], tmp_path)
    assert done.returncode == 1
    assert "was written for 0.0.1" in done.stderr


def test_the_lock_holds_the_version_it_was_written_for(tmp_path: Path) -> None:
    done = run(["-c", "from sandbox.cloud.workers import shared_layers; print(shared_layers.WRITTEN_FOR)"], tmp_path)
    lock = (PROJECT / "requirements/cloud.txt").read_text()
    assert f"ministack=={done.stdout.strip()} " in lock, done.stderr
