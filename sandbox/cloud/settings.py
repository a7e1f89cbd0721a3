"""Where the local cloud lives: its ports, its folders and the environments it runs on."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
HOST = "127.0.0.1"
REGION = "us-east-1"
STACK = "lastro"
STAGE = "live"

# What a child process may inherit. Anything else (a real AWS profile, a proxy, a PYTHONPATH) stays out of the cloud.
_INHERITED = ("HOME", "LANG", "LC_ALL", "PATH", "TZ", "SSL_CERT_FILE")


@dataclass(frozen=True)
class Settings:
    """Ports are TCP on loopback; `local` is the folder of everything a run leaves behind (logs, credentials)."""

    api_port: int
    sandbox_port: int
    aws_port: int
    local: Path
    project: Path = PROJECT
    request_log: bool = True
    panel: bool = True

    @classmethod
    def from_environment(cls, environment: Mapping[str, str]) -> "Settings":
        """Read LASTRO_PORT, LASTRO_SANDBOX_PORT, LASTRO_AWS_PORT, LASTRO_LOCAL_DIR. ValueError on what is no port.

        LASTRO_REQUEST_LOG=off: partners' request logs stay empty. LASTRO_PANEL=off: no panel is built.
        """
        return cls(
            api_port=_port(environment, "LASTRO_PORT", 3000),
            sandbox_port=_port(environment, "LASTRO_SANDBOX_PORT", 3001),
            aws_port=_port(environment, "LASTRO_AWS_PORT", 4566),
            local=Path(environment.get("LASTRO_LOCAL_DIR") or PROJECT / ".local").resolve(),
            request_log=environment.get("LASTRO_REQUEST_LOG") != "off",
            panel=environment.get("LASTRO_PANEL") != "off",
        )

    @property
    def base_url(self) -> str:
        return f"http://{HOST}:{self.api_port}"

    @property
    def sandbox_url(self) -> str:
        return f"http://{HOST}:{self.sandbox_port}"

    @property
    def aws_endpoint_url(self) -> str:
        return f"http://{HOST}:{self.aws_port}"

    @property
    def ports(self) -> dict[str, int]:
        """Port by the variable that moves it."""
        return {
            "LASTRO_PORT": self.api_port,
            "LASTRO_SANDBOX_PORT": self.sandbox_port,
            "LASTRO_AWS_PORT": self.aws_port,
        }

    @property
    def logs(self) -> Path:
        return self.local / "logs"

    @property
    def scratch(self) -> Path:
        """Temporary files of the local AWS: unpacked layers and function code. Emptied at start and at stop."""
        return self.local / "tmp"

    @property
    def state(self) -> Path:
        """Where the local AWS reads its state when it starts, and saves it when it stops."""
        return self.scratch / "state"

    @property
    def clock(self) -> Path:
        """By how many milliseconds the functions' clocks are off (``workers/nursery.py``)."""
        return self.scratch / "clock"

    @property
    def snapshots(self) -> Path:
        """States to start from; those of one tree are shared by all its clouds."""
        return self.project / ".local/snapshots"

    @property
    def layers(self) -> Path:
        """Unpacked layers by their content, shared by all clouds of a tree and kept between their starts."""
        return self.project / ".local/layers"

    @property
    def panels(self) -> Path:
        """The built panel by its content, shared by all clouds of a tree."""
        return self.project / ".local/panels"

    @property
    def credentials(self) -> Path:
        return self.local / "credentials.json"

    @property
    def processes(self) -> Path:
        """Process ids and the table of a running cloud, for the operator command and for tests that kill a process."""
        return self.local / "processes.json"

    @property
    def cloud_bin(self) -> Path:
        return self.project / ".local/venvs/cloud/bin"

    @property
    def sam(self) -> tuple[Path | str, ...]:
        """SAM CLI as a command. -P: the file's folder stays off the path."""
        return self.project / ".local/venvs/sam/bin/python", "-P", self.project / "sandbox/cloud/aws/sam_cli.py"

    @property
    def built_template(self) -> Path:
        return self.project / ".aws-sam/build/template.yaml"

    @property
    def runtime(self) -> str:
        """The Lambda runtime the functions are built for: that of the interpreter that will run them."""
        for line in (self.cloud_bin.parent / "pyvenv.cfg").read_text().splitlines():
            name, _, value = line.partition("=")
            # venv writes the one, uv the other.
            if name.strip() in ("version", "version_info"):
                major, minor = value.strip().split(".")[:2]
                return f"python{major}.{minor}"
        raise ValueError("the cloud environment does not tell its Python version")

    def base_environment(self) -> dict[str, str]:
        """Variables of every child: dummy keys, a fixed region, and no way to reach a real account."""
        inherited = {name: os.environ[name] for name in _INHERITED if name in os.environ}
        return {
            **inherited,
            "PYTHONUNBUFFERED": "1",
            "AWS_ACCESS_KEY_ID": "test",
            "AWS_SECRET_ACCESS_KEY": "test",
            "AWS_DEFAULT_REGION": REGION,
            "AWS_CONFIG_FILE": os.devnull,
            "AWS_SHARED_CREDENTIALS_FILE": os.devnull,
            "AWS_EC2_METADATA_DISABLED": "true",
        }

    def client_environment(self) -> dict[str, str]:
        """Variables of a child that talks to the local AWS."""
        return {**self.base_environment(), "AWS_ENDPOINT_URL": self.aws_endpoint_url}


def _port(environment: Mapping[str, str], name: str, default: int) -> int:
    text = environment.get(name) or str(default)
    if not text.isdecimal() or not 0 < int(text) < 65536:
        raise ValueError(f"{name} must be a port number, not {text!r}")
    return int(text)
