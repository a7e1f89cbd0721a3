"""GET /health: the API answers. Asks nothing of the outside, so it tells of this service alone."""

from typing import Annotated, Literal

from pydantic import BaseModel, Field

from lastro.aws.entrypoints.http import endpoint
from lastro.kernel.observing.version import VERSION


class Health(BaseModel):
    """The service is up."""

    status: Annotated[Literal["ok"], Field(description="Always ok when answered")] = "ok"
    version: Annotated[str, Field(description="Version of Lastro", examples=["0.1.0"])] = VERSION


@endpoint(public=True)
def handler() -> Health:
    return Health()
