"""SAM CLI as it is, but libyaml reads the templates.

`sam deploy` reads each nested template several times, two hundred readings in all: in Python a third of its time.

Run as a file by the interpreter of SAM's environment, which holds nothing of ours.
"""

from __future__ import annotations

import yaml


def main() -> None:
    if yaml.__with_libyaml__:
        # Before anything of SAM's is imported: it puts its short forms into the loader of this name.
        yaml.SafeLoader = yaml.CSafeLoader  # type: ignore[assignment, misc]
    from samcli.cli.main import cli

    cli(prog_name="sam")


if __name__ == "__main__":
    main()
