"""Restore the table into a new one and compare them: ``python -m lastro.operator.restore --to lastro-drill``.

``LASTRO_TABLE`` names the table, which is only read; ``AWS_ENDPOINT_URL`` points at the local cloud, without it the
usual AWS credentials apply. Prints one JSON object: what is the same in both, counted by kind of item, and what is not.
Items written after the moment differ or are missing, and nothing else should. Exits with 1 when there are any.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from datetime import datetime

from lastro.aws.clients import AWS_FAULTS
from lastro.aws.dynamodb.restoring import compare, restore
from lastro.aws.settings import MissingSetting, read_setting


def main(arguments: Sequence[str] | None = None) -> int:
    """0 when both tables hold the same, 1 when they do not or AWS refuses, 2 for a moment without an offset."""
    parser = argparse.ArgumentParser(description="Restore the table into a new one and compare them.")
    parser.add_argument("--to", required=True, help="name of the new table")
    parser.add_argument(
        "--at", type=datetime.fromisoformat, help="ISO 8601 with offset; the latest possible if left out"
    )
    given = parser.parse_args(arguments)
    if given.at and given.at.tzinfo is None:
        parser.error("the moment needs its offset from UTC")
    try:
        source = read_setting("LASTRO_TABLE")
        restore(source, given.to, given.at)
        found = compare(source, given.to)
    except MissingSetting as error:
        sys.stderr.write(f"{error.name} is not set: it names the table to restore\n")
        return 1
    except AWS_FAULTS as error:
        sys.stderr.write(f"aws: {error}\n")
        return 1
    answer = {
        "restored": given.to,
        "same": dict(found.same),
        "different": dict(found.different),
        "missing": dict(found.missing),
        "extra": found.extra,
    }
    sys.stdout.write(json.dumps(answer, ensure_ascii=False) + "\n")
    return 1 if found.different or found.missing or found.extra else 0


if __name__ == "__main__":
    raise SystemExit(main())
