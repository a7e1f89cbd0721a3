"""GET /portal: the customers' portal. What its page names comes from `/panel/{asset}`; `make panel` builds it."""

from pathlib import Path
from secrets import token_urlsafe
from typing import Annotated

from lastro.aws.entrypoints.http import Page, endpoint
from lastro.aws.panel import build_page, read_files

files = read_files(Path(__file__).with_name("built"))


@endpoint(public=True)
def handler() -> Annotated[Page, "text/html"]:
    return build_page(files, token_urlsafe(16), "portal.html")
