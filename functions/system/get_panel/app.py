"""GET /panel: the web panel. The files that it is made of come from `/panel/{asset}`; `make panel` builds them."""

from pathlib import Path
from secrets import token_urlsafe
from typing import Annotated

from pydantic import Field, StringConstraints

from lastro.aws.entrypoints.http import Page, endpoint
from lastro.aws.panel import build_page, read_files
from lastro.kernel.errors import NO_SUCH_FILE
from lastro.wire.requests import Request

files = read_files(Path(__file__).with_name("built"))
PAGE = "index.html"


class GetPanel(Request):
    """Path of ``GET /panel/{asset}``; ``GET /panel`` has none."""

    asset: Annotated[
        str, StringConstraints(max_length=64), Field(description="Name of the file", examples=["index-B7a1.js"])
    ] = PAGE


@endpoint(public=True)
def handler(request: GetPanel) -> Annotated[Page, "text/html", "text/javascript", "text/css", "image/svg+xml"]:
    if request.asset == PAGE:
        return build_page(files, token_urlsafe(16))
    if request.asset not in files:
        raise NO_SUCH_FILE()
    return files[request.asset]
