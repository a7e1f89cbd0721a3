"""Examples of answers: the real one where a function needs nothing of the outside, else the models' own examples."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, get_type_hints

from openapi_schema_validator import OAS31Validator
from pydantic import BaseModel

from lastro.aws.entrypoints.requests import read_caller, read_request
from lastro.kernel.callers.caller import Caller
from openapi.components import Components, Schema
from openapi.examples.purchase import finished_simulation, posted_simulation, simulation_page
from openapi.examples.samples import sample_event
from openapi.handlers import Operation, Undocumented

_MADE: Mapping[str, Callable[[], BaseModel]] = {
    "create_simulation": posted_simulation,
    "get_simulation": finished_simulation,
    "list_simulations": simulation_page,
}


def sample_answer(operation: Operation, components: Components) -> Any:
    """An example of what the operation answers when all goes well, checked against its model."""
    name = operation.route.operation
    if operation.answer is None:
        raise Undocumented(f"{name} answers no model")
    if name in _MADE:
        return _MADE[name]().model_dump(mode="json", by_alias=True)
    if not operation.route.stateful:
        return _ask(operation)
    example = example_of(components.schema_of(operation.answer, "serialization"), components)
    # By its schema, not by its model: what is written (R$) may differ from what the model holds (cents).
    schema = {**components.schema_of(operation.answer, "serialization"), "components": {"schemas": components.schemas}}
    faults = [error.message for error in OAS31Validator(schema).iter_errors(example)]
    if faults:
        raise Undocumented(f"{name}: the examples of {operation.answer.__name__} do not agree: {'; '.join(faults)}")
    return example


def _ask(operation: Operation) -> Any:
    event = sample_event(operation)
    handler = operation.entrypoint.handler
    kinds = [kind for name, kind in get_type_hints(handler).items() if name != "return"]
    given = [read_caller(event) if kind is Caller else read_request(kind, event) for kind in kinds]
    answer: BaseModel = handler(*given)
    return answer.model_dump(mode="json", by_alias=True)


def example_of(schema: Mapping[str, Any], components: Components) -> Any:
    """An example put together from the examples, constants and choices of a schema and its parts."""
    for key in ("examples", "enum"):
        if schema.get(key):
            return schema[key][0]
    for key in ("const", "default"):
        if schema.get(key) is not None:
            return schema[key]
    found = components.resolve(schema)
    if found.get("anyOf"):
        return example_of(found["anyOf"][0], components)
    return _by_type(found, components)


def _by_type(schema: Schema, components: Components) -> Any:
    match schema.get("type"):
        case "object":
            return {name: example_of(part, components) for name, part in schema.get("properties", {}).items()}
        case "array":
            return [example_of(schema["items"], components)]
        case "null":
            return None
        case _ if schema.get("enum"):
            return schema["enum"][0]
    raise Undocumented(f"no example can be made of {schema}")
