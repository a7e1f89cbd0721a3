"""Authorizer of every endpoint but the public ones: an API key or a token names a partner, its stores and its calls."""

from lastro.access.wiring import identity
from lastro.aws.authorizer import authorizer
from lastro.kernel.caller import Admission


@authorizer
def handler(credential: str) -> Admission:
    return identity().identify(credential)
