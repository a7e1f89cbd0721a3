"""What every answer of the CaaS calls has in common."""

from __future__ import annotations

from tests.functions.invocation import Answer

NAMING_FIELDS = {"ambiguous_request", "invalid_input", "out_of_bounds"}
"""Codes of errors that name the fields they are about."""


def check_caas(answer: Answer) -> None:
    """Below 500, and a refusal has CaaS's own members beside the others: ``code``, ``message``, ``errors``."""
    assert answer.status < 500, answer.text
    assert answer.headers["x-request-id"]
    if answer.status < 300:
        assert isinstance(answer.json, dict)
        return
    problem = answer.json
    assert problem["code"]
    assert problem["message"] == problem["detail"] == problem["error"]["message"]
    assert problem["status"] == problem["error"]["status"] == answer.status
    assert bool(problem["errors"]) == (problem["code"] in NAMING_FIELDS)
    assert (problem["code"] == "invalid_input") <= (answer.status == 400)
    for error in problem["errors"]:
        assert set(error) == {"field", "rule", "message"}
        assert error["rule"]
        assert error["message"]
