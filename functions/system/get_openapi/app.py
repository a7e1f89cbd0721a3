"""GET /openapi.json: this API in OpenAPI 3.1."""

from hashlib import sha256
from pathlib import Path
from typing import Annotated

from lastro.aws.http import Page, endpoint

document = Path(__file__).with_name("openapi.json").read_text()
page = Page(
    document,
    "application/json",
    {"Cache-Control": "public, max-age=300", "ETag": f'"{sha256(document.encode()).hexdigest()[:16]}"'},
)


@endpoint()
def handler() -> Annotated[Page, "application/json"]:
    return page
