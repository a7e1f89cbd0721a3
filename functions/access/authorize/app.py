"""Authorizer of every endpoint but the public ones: an API key or a token names a partner, its stores and its calls."""

from lastro.access.wiring import open_identity
from lastro.aws.entrypoints.authorizer import authorizer
from lastro.kernel.callers.caller import Admission

identity = open_identity()


@authorizer
def handler(credential: str) -> Admission:
    return identity.identify(credential)
