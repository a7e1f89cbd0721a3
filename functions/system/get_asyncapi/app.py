"""GET /asyncapi.json: what partners are told without asking, in AsyncAPI 3."""

from pathlib import Path
from typing import Annotated

from lastro.aws.entrypoints.http import Page, endpoint

page = Page(
    Path(__file__).with_name("asyncapi.json").read_text(),
    "application/json",
    {"Cache-Control": "public, max-age=300"},
)


@endpoint(public=True)
def handler() -> Annotated[Page, "application/json"]:
    return page
