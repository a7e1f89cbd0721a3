"""botocore's clients, for services that few calls need: files, e-mail, texts, pools of users.

botocore instead of boto3, and a loader that reads only what a client needs: every cold start pays for the rest
(figures in ``docs/performance.md``).
"""

from __future__ import annotations

import os
from functools import cache
from pathlib import Path
from typing import Any

import botocore.session
from botocore.config import Config
from botocore.loaders import Loader

from lastro.aws.services.json_service import ATTEMPTS, CONNECT_SECONDS, CONNECTIONS, READ_SECONDS, USER_AGENT

_CONFIG = Config(
    connect_timeout=CONNECT_SECONDS,
    read_timeout=READ_SECONDS,
    retries={"mode": "standard", "total_max_attempts": ATTEMPTS},
    max_pool_connections=CONNECTIONS,
    tcp_keepalive=True,
    # Told whole: botocore builds its own twice for each request, a sixth of what a request costs.
    user_agent=USER_AGENT,
    # It takes a fifth of a POST's own processor time or more. What is asked is built from types, AWS checks it again,
    # and tests check it here.
    parameter_validation=False,
)

_PRESIGNING = _CONFIG.merge(Config(signature_version="s3v4"))
"""S3 signs requests by SigV4 anyway, but addresses given away by SigV2 unless told: that ends with old regions."""

_OF_REGION = _PRESIGNING.merge(Config(s3={"addressing_style": "virtual"}))
"""Else an address given away leads to the host of all regions, which sends a browser on for a bucket's first hours:
what a page uploads is not sent twice. The local AWS has no names for buckets.
"""

_ONCE = _CONFIG.merge(Config(retries={"mode": "standard", "total_max_attempts": 1}))
"""Who carries a message to a person knows no request twice: a second try might be a second message."""

_CONFIGS = {"s3": "_OF_REGION", "sesv2": "_ONCE", "sns": "_ONCE"}

DESCRIPTIONS = Path(__file__).with_name("descriptions")
"""What is called of services with large descriptions (``sandbox/cloud/aws/descriptions.py``), in botocore's format."""

_RULED = frozenset({"s3"})
"""Services whose endpoints the endpoint rules tell in every region, as a test proves."""

_DEFAULTS = {"hostname": "{service}.{region}.{dnsSuffix}", "protocols": ["https"], "signatureVersions": ["v4"]}
_S3 = {"defaults": {"signatureVersions": ["s3v4"]}, "endpoints": {}}
_GLOBAL_S3 = {
    **_S3,
    "endpoints": {"aws-global": {"credentialScope": {"region": "us-east-1"}, "hostname": "s3.amazonaws.com"}},
    "partitionEndpoint": "aws-global",
}
"""Without a word to the contrary botocore calls S3 of us-east-1 by the address that had no region yet."""


class _QuickLoader(Loader):
    """botocore's data without a detour: to learn whether a service exists, the original looks into the folder of each
    of four hundred; here a folder of that name is enough.
    """

    def list_available_services(self, type_name: str) -> list[str]:  # noqa: ARG002 - the original's signature
        return [name for folder in self.search_paths if os.path.isdir(folder) for name in os.listdir(folder)]


class _RuledLoader(_QuickLoader):
    """Leaves out 1.2 MB of endpoints as well, which the services' own endpoint rules have replaced.

    All that is still taken from there is the partition and the signature: the rules' small list of partitions knows.
    """

    def load_data_with_path(self, name: str) -> tuple[Any, str]:
        if name != "endpoints":
            return super().load_data_with_path(name)
        data, path = super().load_data_with_path("partitions")
        return {"partitions": [_legacy_partition(partition) for partition in data["partitions"]]}, path


def _legacy_partition(partition: dict[str, Any]) -> dict[str, Any]:
    """A partition of the endpoint rules as the older endpoint data spell it, S3 its only exceptional service."""
    return {
        "partition": partition["id"],
        "dnsSuffix": partition["outputs"]["dnsSuffix"],
        "regionRegex": partition["regionRegex"],
        "regions": partition["regions"],
        "services": {"s3": _GLOBAL_S3 if partition["id"] == "aws" else _S3},
        "defaults": _DEFAULTS,
    }


@cache
def _session(loader: type[Loader]) -> Any:
    session = botocore.session.get_session()
    session.register_component("data_loader", loader(extra_search_paths=[str(DESCRIPTIONS)]))
    return session


def open_session() -> Any:
    """The process's session: credentials and region that are not in the environment."""
    return _session(_QuickLoader)


def make_client(service: str) -> Any:
    """A client of botocore's. A session makes one at a time (boto3's guide, "Multithreading or multiprocessing")."""
    session = _session(_RuledLoader if service in _RULED else _QuickLoader)
    endpoint = os.environ.get("AWS_ENDPOINT_URL") or None
    config = _PRESIGNING if service == "s3" and endpoint else globals()[_CONFIGS.get(service, "_CONFIG")]
    return session.create_client(service, config=config, endpoint_url=endpoint)
