"""Write the descriptions of calls (OpenAPI) and notices (AsyncAPI) next to what serves them.

python -m openapi.generate            write what changed
python -m openapi.generate --check    write nothing; exit 1 when a file is not what the code says
"""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from openapi.document import build_document
from openapi.events import build_events
from openapi.handlers import Undocumented
from openapi.routes import ROOT

SYSTEM = ROOT / "functions" / "system"
DOCUMENT = SYSTEM / "get_openapi" / "openapi.json"
EVENTS = SYSTEM / "get_asyncapi" / "asyncapi.json"


def generate() -> dict[Path, str]:
    """Every generated file with the text it must have. Raises ``Undocumented``."""
    document = build_document()
    text = json.dumps(document, ensure_ascii=False, indent=1) + "\n"
    told = json.dumps(build_events(document), ensure_ascii=False, indent=1) + "\n"
    return {DOCUMENT: text, EVENTS: told}


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m openapi.generate")
    parser.add_argument("--check", action="store_true", help="only tell whether the files are current")
    only_check = parser.parse_args().check
    missing = [path for path in (DOCUMENT, EVENTS) if not path.is_file()]
    if missing and only_check:
        sys.stderr.write("".join(f"{path.relative_to(ROOT)} is missing; run make openapi\n" for path in missing))
        return 1
    # The functions that serve the files read them when imported, and every function is imported.
    for path in missing:
        path.touch()
    try:
        files = generate()
    except Undocumented as error:
        sys.stderr.write(f"{error}\n")
        return 1
    stale = [path for path, text in files.items() if path.read_text(encoding="utf-8") != text]
    for path in stale:
        sys.stdout.write(f"{path.relative_to(ROOT)} {'is stale; run make openapi' if only_check else 'written'}\n")
        if not only_check:
            path.write_text(files[path], encoding="utf-8")
    return 1 if only_check and stale else 0


if __name__ == "__main__":
    sys.exit(main())
