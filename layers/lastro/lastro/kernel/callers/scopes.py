"""The scopes of ``/client/auth`` (docs/sources.md, CaaS API). Each endpoint declares which of them open it.

| scope        | opens |
|--------------|-------|
| api-external | the external API, but for the CaaS simulation and products |
| api-caas     | the CaaS simulation and products |
| api-bu-caas  | products and the Workstation |

Each of them opens the secrets of the token's own client. An endpoint that declares none is open to API
keys alone; API keys open everything.
"""

from __future__ import annotations

from enum import StrEnum


class Scope(StrEnum):
    """What a client may ask a token for."""

    API_EXTERNAL = "api-external"
    API_CAAS = "api-caas"
    API_BU_CAAS = "api-bu-caas"
