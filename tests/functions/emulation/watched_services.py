"""Clients of ``lastro/aws`` that ask moto, let tests watch what is asked, and refuse what AWS would refuse.

They tell what happens by the names of botocore's events: ``provide-client-params``, ``before-call``, ``after-call``.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import SimpleNamespace
from typing import Any

import botocore.session
from botocore import xform_name
from botocore.awsrequest import AWSPreparedRequest, AWSResponse
from botocore.exceptions import ClientError, ParamValidationError
from botocore.hooks import HierarchicalEmitter
from botocore.model import OperationModel, ServiceModel
from botocore.validate import ParamValidator
from moto.core.models import botocore_stubber

from lastro.aws.services.json_service import JsonService
from lastro.aws.services.objects import ObjectService
from lastro.aws.services.service import Service
from tests.functions.emulation.attributes import are_alike_in_json
from tests.functions.emulation.rights import find_denied
from tests.functions.invocation import find_running


class _Watched(Service):
    """What is asked is checked by its whole description here and by the role of the function that asks, as AWS does
    and moto does not.
    """

    def __init__(self, service: str) -> None:
        super().__init__(service)
        described = _describe(service)
        names = {xform_name(name): name for name in described.operation_names}
        self.meta = SimpleNamespace(events=HierarchicalEmitter(), service_model=described, method_to_api_mapping=names)
        self._connections: Any = _Moto()

    def ask(self, operation: str, /, **parameters: Any) -> Any:
        model = _describe(self.service).operation_model(operation)
        name, told = f"{self.service}.{operation}", {"model": model, "context": {}}
        self.meta.events.emit(f"provide-client-params.{name}", params=parameters, **told)
        self.meta.events.emit(f"before-parameter-build.{name}", params=parameters, **told)
        _check(parameters, model)
        _check_rights(self.service, operation, parameters)
        _, given = self.meta.events.emit_until_response(f"before-call.{name}", params=parameters, **told)
        if given is not None:
            http, answer = given
            if http.status_code >= 300:
                raise ClientError(answer, operation)
            return dict(answer)
        try:
            answer = super().ask(operation, **parameters)
        except ClientError as error:
            self.meta.events.emit(f"after-call.{name}", parsed=error.response, **told)
            raise
        self.meta.events.emit(f"after-call.{name}", parsed=answer, **told)
        return answer


class WatchedService(_Watched, JsonService):
    """Of a service that is asked in JSON."""


class WatchedObjects(_Watched, ObjectService):
    """Of files."""

    def generate_presigned_url(self, operation: str, *, Params: dict[str, Any], ExpiresIn: int) -> str:  # noqa: N803
        """An address opens what its maker may."""
        _check_rights(self.service, self.meta.method_to_api_mapping[operation], Params)
        return super().generate_presigned_url(operation, Params=Params, ExpiresIn=ExpiresIn)


class _Moto:
    """moto in place of AWS; nothing is ever sent."""

    def send(self, request: AWSPreparedRequest) -> AWSResponse:
        answer: AWSResponse | None = botocore_stubber("before-send", request=request)
        assert answer is not None, "nobody stands in for AWS"
        return answer


@cache
def _describe(service: str) -> ServiceModel:
    return botocore.session.get_session().get_service_model(service)


class _Validator(ParamValidator):
    """botocore's, but attributes of the table that are right are seen to be at one glance."""

    def _validate_map(self, param: Any, shape: Any, errors: Any, name: str) -> None:
        if not are_alike_in_json(param, shape):
            ParamValidator.__dict__["_validate_map"](self, param, shape, errors, name)


def _check_rights(service: str, operation: str, parameters: Mapping[str, Any]) -> None:
    if function := find_running():
        denied = find_denied(function, service, operation, parameters)
        assert denied is None, f"the role of {function} does not allow {denied}"


def _check(parameters: Mapping[str, Any], model: OperationModel) -> None:
    assert model.input_shape is not None
    report = _Validator().validate(parameters, model.input_shape)
    if report.has_errors():
        raise ParamValidationError(report=report.generate_report())
