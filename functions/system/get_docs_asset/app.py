"""GET /docs/{asset}: a file the documentation page is made of."""

from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints

from lastro.aws.entrypoints.http import Page, endpoint
from lastro.kernel.errors import NO_SUCH_FILE
from lastro.wire.requests import Request

TYPES = {"docs.css": "text/css; charset=utf-8", "icon.svg": "image/svg+xml"}
HEADERS = {
    # The page names each file with a hash of its content, so a cached copy is never stale.
    "Cache-Control": "public, max-age=31536000, immutable",
    "Content-Security-Policy": "default-src 'none'",
    "X-Content-Type-Options": "nosniff",
}
pages = {name: Page(Path(__file__).with_name(name).read_text(), kind, HEADERS) for name, kind in TYPES.items()}


class GetDocsAsset(Request):
    """Path of ``GET /docs/{asset}``."""

    asset: Annotated[
        str, StringConstraints(max_length=64), Field(description="Name of the file", examples=["docs.css"])
    ]


@endpoint(public=True)
def handler(request: GetDocsAsset) -> Annotated[Page, "text/css", "image/svg+xml"]:
    if request.asset not in pages:
        raise NO_SUCH_FILE()
    return pages[request.asset]
