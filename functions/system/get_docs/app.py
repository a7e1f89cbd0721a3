"""GET /docs: this API to read and to try. `make panel` builds the page; its parts come from `/panel/{asset}`."""

from pathlib import Path
from secrets import token_urlsafe
from typing import Annotated

from lastro.aws.entrypoints.http import Page, endpoint
from lastro.aws.panel import build_reference, read_files

files = read_files(Path(__file__).with_name("built"))


@endpoint(public=True)
def handler() -> Annotated[Page, "text/html"]:
    return build_reference(files, token_urlsafe(16))
