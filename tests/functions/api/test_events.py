"""The AsyncAPI document: every notice that proposals and simulations send, with examples that agree with it."""

from __future__ import annotations

import json
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator

from lastro.financing.records.activities import Occasion
from lastro.simulations.completion.announcing import EVENT
from openapi.generate import EVENTS

DOCUMENT: dict[str, Any] = json.loads(EVENTS.read_text(encoding="utf-8"))
MESSAGES = DOCUMENT["components"]["messages"]


def test_every_occasion_is_described() -> None:
    occasions = {each.value for each in Occasion}
    told = {
        name: {MESSAGES[each["$ref"].rpartition("/")[2]]["name"] for each in channel["messages"].values()}
        for name, channel in DOCUMENT["channels"].items()
    }
    # The configured callback is told of CaaS processes beside proposals, and that it was given up.
    assert told == {
        "webhook_url": {EVENT, *occasions},
        "callback": {*occasions, "process_changed", "callback_disabled"},
    }
    assert {message["name"] for message in MESSAGES.values()} == set().union(*told.values())


@pytest.mark.parametrize("name", MESSAGES)
def test_examples_agree_with_their_schema(name: str) -> None:
    schema = {**MESSAGES[name]["payload"], "components": {"schemas": DOCUMENT["components"]["schemas"]}}
    [example] = MESSAGES[name]["examples"]
    assert [error.message for error in OAS31Validator(schema).iter_errors(example["payload"])] == []
    # A process is told as the pages of CaaS have it: as it stands, and not as an event.
    spoilt = {"event": "outro"} if "event" in example["payload"] else {"id": None}
    assert list(OAS31Validator(schema).iter_errors({**example["payload"], **spoilt}))
