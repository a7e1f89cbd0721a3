"""GET /docs: this API as a page to read. Its style sheet and icon come from `/docs/{asset}`."""

from pathlib import Path
from typing import Annotated

from lastro.aws.entrypoints.http import Page, endpoint

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
page = Page(
    Path(__file__).with_name("docs.html").read_text(),
    "text/html; charset=utf-8",
    {
        "Cache-Control": "public, max-age=300",
        "Content-Security-Policy": POLICY,
        "Referrer-Policy": "no-referrer",
        "X-Content-Type-Options": "nosniff",
    },
)


@endpoint(public=True)
def handler() -> Annotated[Page, "text/html"]:
    return page
