"""What can stop the local cloud. Each text is shown to the developer as it is."""

from pathlib import Path


class CloudFailure(Exception):
    """A step that failed or a process that died. `log` holds the tool's own words, when it wrote any."""

    def __init__(self, message: str, log: Path | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.log = log

    def report(self, lines: int = 40) -> str:
        """The message, the last lines of the log and where it lies."""
        if self.log is None or not self.log.is_file():
            return self.message
        tail = self.log.read_text(errors="replace").rstrip().splitlines()[-lines:]
        return "\n".join([self.message, *(f"    {line}" for line in tail), f"whole log: {self.log}"])
