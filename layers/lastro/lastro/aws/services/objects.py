"""Files of S3 (API reference: ``GetObject``, ``PutObject``, ``HeadObject``; user guide, "Working with presigned URLs").

What else S3 does is asked by a client of botocore's, imported with the first of it.
"""

from __future__ import annotations

import os
import zlib
from base64 import b64encode
from functools import cached_property, partial
from io import BytesIO
from typing import TYPE_CHECKING, Any

from botocore import xform_name
from botocore.auth import S3SigV4Auth, S3SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.exceptions import ResponseStreamingError
from botocore.utils import check_dns_name, percent_encode, percent_encode_sequence

from lastro.aws.services.keys import find_keys
from lastro.aws.services.service import USER_AGENT, Parameters, Service, read_error

if TYPE_CHECKING:
    from botocore.awsrequest import AWSPreparedRequest, AWSResponse

METHODS = {"GetObject": "GET", "HeadObject": "HEAD", "PutObject": "PUT"}
_HEADERS = {"ContentType": "Content-Type", "IfMatch": "If-Match", "IfNoneMatch": "If-None-Match", "Range": "Range"}
_QUERY = {
    "VersionId": "versionId",
    "ResponseContentDisposition": "response-content-disposition",
    "ResponseContentType": "response-content-type",
}
"""Where parameters go, by what they are called."""
_SUM = "x-amz-checksum-crc32"


class ObjectService(Service):
    """Buckets are called by the addresses of their region: that of all regions sends a browser on for a bucket's first
    hours, and what a page uploads is not sent twice. The local AWS has no names for buckets.
    """

    def ask(self, operation: str, /, **parameters: Any) -> Any:
        """What S3 answers: ``Body``, to be read, ``ContentLength``, ``ContentType``, ``ETag``; ``VersionId`` if any."""
        if operation not in METHODS:
            return getattr(self._whole, xform_name(operation))(**parameters)
        body = parameters.pop("Body", b"")
        read = partial(_read, told_alone=operation == "HeadObject")
        return self._try(operation, lambda: self._prepare(operation, parameters, body), read, _read_error)

    @cached_property
    def _whole(self) -> Any:
        from lastro.aws.sessions import make_client

        return make_client(self.service)

    def generate_presigned_url(self, operation: str, *, Params: Parameters, ExpiresIn: int) -> str:  # noqa: N803 - botocore's names
        """An address that does ``get_object`` or ``put_object`` for whoever has it, for so many seconds."""
        method = {xform_name(name): method for name, method in METHODS.items()}[operation]
        request = AWSRequest(method, self._address(Params))
        signer: Any = S3SigV4QueryAuth
        signer(find_keys(), self.service, self.region, expires=ExpiresIn).add_auth(request)
        return str(request.url)

    def _prepare(self, operation: str, parameters: Parameters, body: bytes) -> AWSPreparedRequest:
        headers = {name: parameters[key] for key, name in _HEADERS.items() if key in parameters}
        headers["User-Agent"] = USER_AGENT
        if operation == "PutObject":
            headers[_SUM] = _sum(body)
        if operation == "GetObject":
            headers["x-amz-checksum-mode"] = "ENABLED"
        place = {key: value for key, value in parameters.items() if key not in _HEADERS}
        request = AWSRequest(METHODS[operation], self._address(place), headers=headers, data=body)
        signer: Any = S3SigV4Auth
        signer(find_keys(), self.service, self.region).add_auth(request)
        return request.prepare()

    def _address(self, parameters: Parameters) -> str:
        if unknown := parameters.keys() - {"Bucket", "Key", *_QUERY}:
            # Left out in silence, a lock or a key would be missing where it was wanted.
            raise TypeError(f"S3 is not told {', '.join(sorted(unknown))}")
        bucket, name = parameters["Bucket"], percent_encode(parameters["Key"], safe="/~")
        asked = self._asked_at.rstrip("/")
        if os.environ.get("AWS_ENDPOINT_URL") or "." in bucket or not check_dns_name(bucket):
            place = f"{asked}/{bucket}/{name}"
        else:
            place = f"{asked.replace('//', f'//{bucket}.', 1)}/{name}"
        query = {name: parameters[key] for key, name in _QUERY.items() if key in parameters}
        return f"{place}?{percent_encode_sequence(query)}" if query else place


def _read(came: AWSResponse, *, told_alone: bool) -> Parameters:
    """What a good answer tells. Raises ``ResponseStreamingError`` for a file that is not whole."""
    found: Parameters = {
        "ContentLength": int(came.headers.get("content-length", 0)),
        "ContentType": came.headers.get("content-type", ""),
        "ETag": came.headers.get("etag", ""),
    }
    if version := came.headers.get("x-amz-version-id"):
        found["VersionId"] = version
    if told_alone:
        return found
    content, told = came.content, came.headers.get(_SUM, "")
    if len(content) != found["ContentLength"] and "transfer-encoding" not in came.headers:
        raise ResponseStreamingError(error=f"{len(content)} bytes, not {found['ContentLength']}")
    # That of a file that was sent in parts is no sum of its bytes.
    if came.status_code == 200 and told and "-" not in told and told != _sum(content):
        raise ResponseStreamingError(error=f"its sum is {_sum(content)}, not {told}")
    return found | {"Body": BytesIO(content)}


def _read_error(came: AWSResponse) -> Parameters:
    return read_error(came, came.content.decode(errors="replace").encode(), "rest-xml")


def _sum(content: bytes) -> str:
    return b64encode(zlib.crc32(content).to_bytes(4, "big")).decode()
