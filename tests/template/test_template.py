"""What must hold for everything the template creates, whatever is added to it later."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

import pytest

from lastro.aws.errors import describe, title_of
from lastro.errors import NotFound
from lastro.origination.model import StepName
from lastro.origination.wiring import QUEUE_VARIABLES
from lastro.simulations.processing import ASK_SECONDS
from lastro.simulations.retries import MAX_ATTEMPTS, retry_delay
from tests.template.source import TEMPLATE, Resource, load_template, resources_of, setting_of

FUNCTIONS = resources_of("AWS::Serverless::Function")
QUEUES = resources_of("AWS::SQS::Queue")
POLICIES = resources_of("AWS::IAM::ManagedPolicy")
PUBLIC = {
    **dict.fromkeys(("/health", "/openapi.json", "/docs", "/docs/{asset}", "/.well-known/jwks.json"), "get"),
    **dict.fromkeys(("/client/auth", "/api/external/client/auth"), "post"),
}
"""Paths that ask for no key, with their methods."""
PREFLIGHT = ("options", "/{proxy+}")
"""What browsers ask on any path."""


def events_of(kind: str) -> list[tuple[str, Resource, Resource]]:
    """Function name, function and event properties of every event of a kind."""
    return [
        (name, function, event["Properties"])
        for name, function in FUNCTIONS.items()
        for event in function.get("Events", {}).values()
        if event["Type"] == kind
    ]


HTTP = events_of("Api")
CONSUMERS = events_of("SQS")
GRAVES = {
    queue["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]
    for queue in QUEUES.values()
    if queue.get("RedrivePolicy")
}
FED = {event["Queue"]["Fn::GetAtt"][0] for _, _, event in CONSUMERS}

every_consumer = pytest.mark.parametrize(("name", "function", "event"), CONSUMERS, ids=[c[0] for c in CONSUMERS])


def walk(node: Any) -> Iterator[Any]:
    yield node
    inner = node.values() if isinstance(node, dict) else node if isinstance(node, list) else ()
    for part in inner:
        yield from walk(part)


# queues -------------------------------------------------------------------------------------------------------------


def test_every_queue_is_fed_to_a_function_or_holds_what_failed() -> None:
    assert set(QUEUES) == FED | GRAVES
    assert FED
    assert not FED & GRAVES


@every_consumer
def test_a_consumers_queue_survives_it(name: str, function: Resource, event: Resource) -> None:
    queue = QUEUES[event["Queue"]["Fn::GetAtt"][0]]
    timeout = setting_of(function, "Timeout")
    assert queue["VisibilityTimeout"] >= 6 * timeout
    assert queue["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][1] == "Arn"
    assert event["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
    assert 2 <= event["ScalingConfig"]["MaximumConcurrency"] <= 1000
    assert 1 <= event["BatchSize"] <= 10
    assert event.get("Enabled", True) is True


def test_a_condition_gives_up_before_its_queue_does() -> None:
    conditions = QUEUES["Conditions"]
    assert conditions["RedrivePolicy"]["maxReceiveCount"] > MAX_ATTEMPTS
    assert setting_of(FUNCTIONS["ProcessCondition"], "Timeout") > ASK_SECONDS
    waits = [retry_delay(attempt) for attempt in range(1, MAX_ATTEMPTS)]
    assert sum(wait or 0 for wait in waits) <= 15
    assert retry_delay(MAX_ATTEMPTS) is None


@pytest.mark.parametrize("grave", sorted(GRAVES))
def test_somebody_hears_of_every_dead_letter(grave: str) -> None:
    alarms = resources_of("AWS::CloudWatch::Alarm").values()
    [alarm] = [
        alarm
        for alarm in alarms
        if alarm["Dimensions"] == [{"Name": "QueueName", "Value": {"Fn::GetAtt": [grave, "QueueName"]}}]
    ]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/SQS", "ApproximateNumberOfMessagesVisible")
    assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (0, "GreaterThanThreshold")
    assert alarm["Statistic"] in {"Maximum", "Sum"}
    for action in alarm["AlarmActions"]:
        assert action["Ref"] in resources_of("AWS::SNS::Topic")


def test_dead_letters_outlive_what_they_came_from() -> None:
    for queue in QUEUES.values():
        assert queue["SqsManagedSseEnabled"] is True
        if "RedrivePolicy" in queue:
            grave = QUEUES[queue["RedrivePolicy"]["deadLetterTargetArn"]["Fn::GetAtt"][0]]
            assert grave["MessageRetentionPeriod"] > queue["MessageRetentionPeriod"]


# rights -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", POLICIES)
def test_a_policy_names_its_actions_and_resources(name: str) -> None:
    assert set(POLICIES[name]) == {"PolicyDocument"}
    for statement in POLICIES[name]["PolicyDocument"]["Statement"]:
        assert set(statement) - {"Condition"} == {"Effect", "Action", "Resource"}
        assert statement["Effect"] == "Allow"
        assert isinstance(statement["Action"], list)
        for action in statement["Action"]:
            assert re.fullmatch(r"[a-z0-9-]+:[A-Za-z]+", action)
            assert action not in {"dynamodb:Scan", "dynamodb:PartiQLSelect"}
        for resource in statement["Resource"]:
            # Each names a resource of this stack; a star may only stand for what lies below it.
            text = resource.get("Fn::Sub", "")
            assert "Fn::GetAtt" in resource or "${AWS::StackName}/" in text or re.match(r"\$\{\w+\.Arn\}/", text), (
                resource
            )


def test_functions_hold_named_policies_and_nothing_else() -> None:
    used = set()
    for function in FUNCTIONS.values():
        assert "Role" not in function
        for policy in function.get("Policies", []):
            assert list(policy) == ["Ref"]
            used.add(policy["Ref"])
    assert used == set(POLICIES)
    assert not resources_of("AWS::IAM::Role")
    assert not resources_of("AWS::IAM::Policy")


COUNTERS = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["COUNT#*"]}}
"""Reads that have a limit of calls count them, and may write nothing but these counters."""


def test_what_only_reads_may_not_write() -> None:
    writing = re.compile(r":(Put|Update|Delete|Create|BatchWrite|Send)")
    for name, function, event in HTTP:
        if event["Method"] != "get":
            continue
        for policy in function.get("Policies", []):
            statements = POLICIES[policy["Ref"]]["PolicyDocument"]["Statement"]
            free = [statement for statement in statements if statement.get("Condition") != COUNTERS]
            actions = [action for statement in free for action in statement["Action"]]
            assert not [action for action in actions if writing.search(action)], name


STEP_QUEUES = {
    "analyze": ("LASTRO_ANALYSIS_QUEUE_URL", "Analysis"),
    "generate_contract": ("LASTRO_CONTRACTS_QUEUE_URL", "Contracts"),
    "seal_contract": ("LASTRO_SEALS_QUEUE_URL", "Seals"),
    "disburse": ("LASTRO_DISBURSEMENTS_QUEUE_URL", "Disbursements"),
    "notify": ("LASTRO_NOTICES_QUEUE_URL", "Notices"),
}
STEPS_SENT = {
    "CreateSimpleSignup": {"analyze"},
    "CreateProposal": {"analyze", "notify"},
    "PutDocument": {"analyze", "notify"},
    "ExpireProposals": {"notify"},
    "Analyze": {"generate_contract", "notify"},
    "DecideProposal": {"generate_contract", "notify"},
    "NotifyPartner": set(),
    "GenerateContract": {"notify"},
    "SignContract": {"disburse", "seal_contract", "notify"},
    "SealContract": set(),
    "Disburse": {"notify"},
    "RetryDisbursement": {"disburse", "notify"},
    "CreateEndorsement": {"seal_contract", "notify"},
    "SyncStatus": set(STEP_QUEUES),
}
"""Which steps each function that changes processes or credits sends after its commit."""


def queues_sent_to(function: Resource) -> set[str]:
    statements = [
        statement
        for policy in function.get("Policies", [])
        for statement in POLICIES[policy["Ref"]]["PolicyDocument"]["Statement"]
        if "sqs:SendMessage" in statement["Action"]
    ]
    return {resource["Fn::GetAtt"][0] for statement in statements for resource in statement["Resource"]}


def test_every_step_has_its_queue() -> None:
    assert set(STEP_QUEUES) == {step.value for step in StepName}
    assert {variable for variable, _ in STEP_QUEUES.values()} == set(QUEUE_VARIABLES.values())
    variables = load_template()["Globals"]["Function"]["Environment"]["Variables"]
    for step, (variable, queue) in STEP_QUEUES.items():
        assert QUEUE_VARIABLES[StepName(step)] == variable
        assert variables[variable] == {"Ref": queue}


def test_who_changes_a_credit_may_send_the_steps_of_it_and_no_others() -> None:
    writers = {
        name for name, function in FUNCTIONS.items() if {"Ref": "WritesOrigination"} in function.get("Policies", [])
    }
    assert writers == set(STEPS_SENT)
    steps_alone = {queue for _, queue in STEP_QUEUES.values()}
    for name, steps in STEPS_SENT.items():
        assert queues_sent_to(FUNCTIONS[name]) & steps_alone == {STEP_QUEUES[step][1] for step in steps}, name


def test_no_role_holds_more_policies_than_aws_takes() -> None:
    """Ten managed policies a role, one of which SAM adds for the logs."""
    for name, function in FUNCTIONS.items():
        assert len(function.get("Policies", [])) <= 9, name


def test_who_may_read_a_bank_credential() -> None:
    holders = {name for name, function in FUNCTIONS.items() if {"Ref": "CallsBanks"} in function.get("Policies", [])}
    assert holders == {"ProcessCondition"}


# the API ------------------------------------------------------------------------------------------------------------


def test_every_call_needs_a_key_but_health_and_documentation() -> None:
    [api] = resources_of("AWS::Serverless::Api").values()
    auth = api["Auth"]
    authorizer = auth["Authorizers"][auth["DefaultAuthorizer"]]
    assert authorizer["FunctionArn"] == {"Fn::GetAtt": ["Authorize", "Arn"]}
    assert authorizer["FunctionPayloadType"] == "REQUEST"
    assert authorizer["Identity"]["Headers"] == ["Authorization"]
    assert 30 <= authorizer["Identity"]["ReauthorizeEvery"] <= 300
    assert auth.get("AddDefaultAuthorizerToCorsPreflight", True) is True
    open_paths = set()
    for _, _, event in HTTP:
        own = event.get("Auth")
        assert own in (None, {"Authorizer": "NONE"})
        if own:
            open_paths.add((event["Method"], event["Path"]))
    heads = {("head", path) for path in ("/health", "/openapi.json", "/docs", "/docs/{asset}")}
    assert open_paths == {(method, path) for path, method in PUBLIC.items()} | heads | {PREFLIGHT}


def test_head_is_answered_by_the_function_that_answers_get() -> None:
    owners = {(event["Method"], event["Path"]): name for name, _, event in HTTP}
    heads = {path: name for (method, path), name in owners.items() if method == "head"}
    assert all(owners["get", path] == name for path, name in heads.items())
    downloads = {path for path in heads if path not in PUBLIC}
    assert {path.removeprefix(EXTERNAL) for path in downloads} == {
        "/v2.1/contract/{customerServiceNumber}/signed",
        "/api/v1/bureau_inquiries/{inquiry_id}/download",
    }


def test_what_api_gateway_answers_itself_has_the_shape_of_every_error() -> None:
    [api] = resources_of("AWS::Serverless::Api").values()
    texts = load_template()["Mappings"]["GatewayAnswers"]
    for kind, answer in api["GatewayResponses"].items():
        [template] = answer["ResponseTemplates"].values()
        _, name, _ = template["Fn::FindInMap"]
        body = json.loads(texts[name]["Body"])
        assert set(body) == set(describe(NotFound("m"), "1"))
        assert body["status"] == body["error"]["status"] == int(answer.get("StatusCode", 500)), kind
        assert body["title"] == title_of(body["status"])
        assert body["type"] == f"urn:lastro:error:{body['code']}"
        assert body["message"] == body["error"]["message"]


def test_an_unknown_path_is_not_found_with_or_without_a_key() -> None:
    [api] = resources_of("AWS::Serverless::Api").values()
    answers = api["GatewayResponses"]
    assert answers["MISSING_AUTHENTICATION_TOKEN"] == answers["DEFAULT_4XX"]
    assert answers["DEFAULT_4XX"]["StatusCode"] == "404"
    text = load_template()["Mappings"]["GatewayAnswers"]["NoSuchOperation"]["Body"]
    assert json.loads(text)["error"] == {"message": "Endpoint requested not found", "status": 404}


def test_the_local_cloud_answers_as_api_gateway_does() -> None:
    [api] = resources_of("AWS::Serverless::Api").values()
    local = resources_of("AWS::ApiGateway::GatewayResponse").values()
    assert {answer["ResponseType"] for answer in local} == {
        "UNAUTHORIZED",
        "ACCESS_DENIED",
        "MISSING_AUTHENTICATION_TOKEN",
    }
    for answer in local:
        same = api["GatewayResponses"][answer["ResponseType"]]
        headers = same.get("ResponseParameters", {}).get("Headers", {})
        told = {f"gatewayresponse.header.{name}": value for name, value in headers.items()}
        assert (answer["StatusCode"], answer["ResponseTemplates"]) == (same["StatusCode"], same["ResponseTemplates"])
        assert answer.get("ResponseParameters", {}) == told
    assert api["GatewayResponses"]["UNAUTHORIZED"]["ResponseParameters"]["Headers"] == {"WWW-Authenticate": "'Bearer'"}


def test_no_origin_is_allowed_unless_it_is_named() -> None:
    parameter = load_template()["Parameters"]["CorsOrigins"]
    assert parameter["Default"] == ""
    pattern = re.compile(parameter["AllowedPattern"])
    for good in ("", "https://a.example.com", "https://a.example.com,http://127.0.0.1:5173"):
        assert pattern.fullmatch(good)
    for bad in (
        "*",
        "https://*",
        "https://a.example.com/",
        "a.example.com",
        "https://a.example.com, https://b.example",
    ):
        assert not pattern.fullmatch(bad)


def test_a_place_in_a_path_has_one_name() -> None:
    """API Gateway refuses two variables with different names as siblings."""
    names: dict[str, set[str]] = {}
    for _, _, event in HTTP:
        parts = event["Path"].split("/")
        for place, part in enumerate(parts):
            if part.startswith("{"):
                names.setdefault("/".join(parts[:place]), set()).add(part)
    assert {parent: sorted(found) for parent, found in names.items() if len(found) > 1} == {}


EXTERNAL = "/api/external"


def test_every_path_and_method_has_one_function() -> None:
    [api] = resources_of("AWS::Serverless::Api")
    assert all(event["RestApiId"] == {"Ref": api} for _, _, event in HTTP)
    calls = [(event["Method"], event["Path"]) for _, _, event in HTTP]
    assert len(calls) == len(set(calls))
    asked = {
        (name, event["Method"], event["Path"].removeprefix(EXTERNAL))
        for name, _, event in HTTP
        if event["Method"] != "head"
    }
    assert len(asked) == len({name for name, _, _ in HTTP})
    reading = [path for path, method in PUBLIC.items() if method == "get"]
    own = (*reading, PREFLIGHT[1], "/api/v1/", "/api/external/")
    short = [(method, path) for method, path in calls if not path.startswith(own)]
    # What answers under /api/external answers the same without it, and only that has another path.
    external = [(method, path) for method, path in calls if path.startswith(EXTERNAL)]
    assert sorted(short) == sorted((method, path.removeprefix(EXTERNAL)) for method, path in external)


def test_both_paths_of_an_external_call_lead_to_one_function() -> None:
    owners = {(event["Method"], event["Path"]): name for name, _, event in HTTP}
    for (method, path), name in owners.items():
        if path.startswith(EXTERNAL):
            assert owners[method, path.removeprefix(EXTERNAL)] == name


def test_every_function_is_called_by_something() -> None:
    called = {name for kind in ("Api", "SQS", "Schedule") for name, _, _ in events_of(kind)}
    assert called == set(FUNCTIONS) - {"Authorize"}


def test_an_answer_comes_before_api_gateway_gives_up() -> None:
    for name, function, _ in HTTP:
        assert setting_of(function, "Timeout") <= 29, name


# the whole ----------------------------------------------------------------------------------------------------------


def test_one_log_group_that_forgets() -> None:
    [(name, group)] = resources_of("AWS::Logs::LogGroup").items()
    assert group["RetentionInDays"]
    assert load_template()["Globals"]["Function"]["LoggingConfig"]["LogGroup"] == {"Ref": name}
    assert not [function for function in FUNCTIONS.values() if "LoggingConfig" in function]


def test_the_table_is_kept_and_its_indexes_are_keys_only() -> None:
    [(name, table)] = resources_of("AWS::DynamoDB::Table").items()
    resource = load_template()["Resources"][name]
    assert resource["DeletionPolicy"] == resource["UpdateReplacePolicy"] == "Retain"
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    for index in table["GlobalSecondaryIndexes"]:
        assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}


def test_nothing_the_tools_stumble_over() -> None:
    text = TEMPLATE.read_text(encoding="utf-8")
    assert "ForEach" not in text
    assert load_template()["Transform"] == "AWS::Serverless-2016-10-31"
    assert not re.search(r"^[^#\n]*[:\-]\s+[&*]\w", text, re.MULTILINE), "a YAML anchor or alias"
    assert "<<:" not in text


def test_no_secret_and_no_account_is_written_down() -> None:
    for node in walk(load_template()):
        if isinstance(node, str):
            assert not re.search(r"\b\d{12}\b|AKIA|lk_[A-Za-z0-9]", node)
    names = load_template()["Globals"]["Function"]["Environment"]["Variables"]
    assert not [name for name in names if re.search("SECRET(?!S_PREFIX)|PASSWORD|TOKEN|KEY", name)]


def test_the_stack_stays_below_the_resource_limit() -> None:
    """What the transform makes of it: a role a function, a permission an HTTP event and authorizer, two for others."""
    made = len(load_template()["Resources"])
    made += len(FUNCTIONS)  # roles
    made += len(HTTP) + 1  # permissions of the API, the authorizer's
    made += len(CONSUMERS) + 2 * len(events_of("Schedule"))
    made += 2  # deployment and stage
    assert made < 500
