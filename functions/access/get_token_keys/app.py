"""GET /.well-known/jwks.json: the public keys that tokens are verified with (RFC 7517)."""

from lastro.access.views import JsonWebKeySet
from lastro.access.wiring import read_key_set
from lastro.aws.entrypoints.http import endpoint


@endpoint(public=True)
def handler() -> JsonWebKeySet:
    return read_key_set()
