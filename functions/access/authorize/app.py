"""Authorizer of every endpoint but health and documentation: an API key names a partner and its stores."""

from lastro.access.wiring import identity
from lastro.aws.authorizer import authorizer
from lastro.caller import Caller


@authorizer
def handler(api_key: str) -> Caller:
    return identity().identify(api_key)
