"""Who may do what: one role for each set of permissions, and none that nobody needs."""

from __future__ import annotations

import re
from typing import Any

import pytest

from tests.template.source import (
    ROLES,
    TEMPLATE,
    list_calls,
    load_template,
    output_of,
    policies_of,
    queue_variable,
    queues_sent_to,
    reached_by,
    resources_of,
    role_of,
    statements_of,
    variables_of,
)

FUNCTIONS = resources_of("AWS::Serverless::Function")
POLICIES = resources_of("AWS::IAM::ManagedPolicy")
API_CALLER = "ApiCaller"
ROLE_NAMES = [
    name
    for name, resource in load_template(ROLES)["Resources"].items()
    if resource["Type"] == "AWS::IAM::Role" and name != API_CALLER
]
PARAMETERS = load_template(ROLES)["Parameters"]
COUNTERS = {"ForAllValues:StringLike": {"dynamodb:LeadingKeys": ["COUNT#*"]}}
"""Reads that have a limit of calls count them, and may write nothing but these counters."""

PHONES = {
    "Effect": "Allow",
    "Action": ["sns:Publish"],
    "NotResource": [{"Fn::Sub": "arn:${AWS::Partition}:sns:*:*:*"}],
}
"""A phone is no resource; what is one, every topic, is left out."""

TRACES = {"Effect": "Allow", "Action": ["xray:PutTraceSegments", "xray:PutTelemetryRecords"], "Resource": ["*"]}
"""X-Ray knows no resources; only a deployment with traces grants it."""


def test_a_policy_names_its_actions_and_resources(subtests: pytest.Subtests) -> None:
    for name in POLICIES:
        with subtests.test(name=name):
            assert set(POLICIES[name]) == {"PolicyDocument"}
            for statement in POLICIES[name]["PolicyDocument"]["Statement"]:
                if "Fn::If" in statement:
                    assert statement["Fn::If"] == ["HasTracing", TRACES, {"Ref": "AWS::NoValue"}]
                    continue
                if name == "SendsTexts":
                    assert statement == PHONES
                    continue
                assert set(statement) - {"Condition"} == {"Effect", "Action", "Resource"}
                assert statement["Effect"] == "Allow"
                assert isinstance(statement["Action"], list)
                for action in statement["Action"]:
                    assert re.fullmatch(r"[a-z0-9-]+:[A-Za-z]+", action)
                    assert action not in {"dynamodb:Scan", "dynamodb:PartiQLSelect"}
                for resource in reached_by(statement):
                    assert_is_ours(resource)


def assert_is_ours(resource: Any) -> None:
    """Each names a resource of this deployment; a star may only stand for what lies below it."""
    if "Ref" in resource:
        assert resource["Ref"] in PARAMETERS
        return
    text = resource["Fn::Sub"]
    below = re.fullmatch(r"\$\{(\w+Arn)\}/[a-z*/]+", text)
    secret = re.fullmatch(r"arn:\$\{AWS::Partition\}:secretsmanager:\S+:secret:\$\{SecretsPrefix\}/[a-z/]+[-/]\*", text)
    function = text == "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:${Deployment}-*"
    # Who sends an e-mail names its sender, of this account.
    sender = text == "arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/*"
    assert secret or function or sender or (below and below[1] in PARAMETERS), text


def test_the_stack_gets_what_the_policies_name() -> None:
    given = load_template()["Resources"]["Roles"]["Properties"]["Parameters"]
    assert set(given) == set(PARAMETERS)
    for name, value in given.items():
        if name in {"SecretsPrefix", "Deployment", "Tracing"}:
            assert value == {"Ref": "Tracing" if name == "Tracing" else "AWS::StackName"}
        else:
            assert name in (output_of("State", value), output_of("Queues", value), output_of("Pools", value))


def test_a_function_has_one_role_and_nothing_else() -> None:
    used = {role_of(function) for function in FUNCTIONS.values()}
    assert used == set(ROLE_NAMES) == set(load_template(ROLES)["Outputs"]) - {API_CALLER}
    assert not [name for name, function in FUNCTIONS.items() if "Policies" in function]
    held = {policy for role in (*ROLE_NAMES, API_CALLER) for policy in policies_of(role)}
    assert held == set(POLICIES)
    assert not resources_of("AWS::IAM::Policy")
    assert "AWS::IAM::" not in TEMPLATE.read_text(encoding="utf-8")


def test_the_api_calls_functions_of_this_deployment_and_may_do_nothing_else() -> None:
    [trust] = load_template(ROLES)["Resources"][API_CALLER]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "apigateway.amazonaws.com"}
    [statement] = statements_of(API_CALLER)
    assert statement["Action"] == ["lambda:InvokeFunction"]
    for function in FUNCTIONS.values():
        assert function["FunctionName"]["Fn::Sub"].startswith("${AWS::StackName}-")


def test_no_two_roles_may_do_the_same() -> None:
    rights = [permissions_of(role) for role in ROLE_NAMES]
    assert len(set(rights)) == len(rights)


def permissions_of(role: str) -> frozenset[tuple[str, str, str]]:
    """Action, resource and condition of everything a role may do."""
    return frozenset(
        (action, str(resource), str(statement.get("Condition")))
        for statement in statements_of(role)
        for action in statement["Action"]
        for resource in reached_by(statement) or statement["NotResource"]
    )


def test_a_role_is_lambdas_alone_and_writes_the_log(subtests: pytest.Subtests) -> None:
    for role in ROLE_NAMES:
        with subtests.test(role=role):
            properties = load_template(ROLES)["Resources"][role]["Properties"]
            assert set(properties) == {"AssumeRolePolicyDocument", "ManagedPolicyArns"}
            [trust] = properties["AssumeRolePolicyDocument"]["Statement"]
            assert trust == {
                "Effect": "Allow",
                "Principal": {"Service": "lambda.amazonaws.com"},
                "Action": ["sts:AssumeRole"],
            }
            names = policies_of(role)
            assert names[0] == "WritesLog"
            assert len(names) == len(set(names)) <= 10, "AWS takes ten managed policies a role"


READ_WITH_EFFECT = {
    *("TakeProposalOwnership", "LeaveProposalOwnership"),
    *("ActivatePlusReturnRule", "DeactivatePlusReturnRule"),
    *("ActivateStore", "DeactivateStore", "LinkStoreBanks"),
}
"""Calls that are GETs with an effect where the public client has them so (docs/sources.md)."""


def test_what_only_reads_may_not_write() -> None:
    writing = re.compile(r":(Put|Update|Delete|Create|BatchWrite|Send)")
    for name, function, event in list_calls():
        if event["Method"] != "get" or name in READ_WITH_EFFECT:
            continue
        free = [s for s in statements_of(role_of(function)) if s.get("Condition") != COUNTERS]
        actions = [action for s in free for action in s["Action"] if not action.startswith("logs:")]
        assert not [action for action in actions if writing.search(action)], name


CODES = {"CreatePortalLogin", "ConfirmPortalLogin", "CreatePortalSession"}
"""Who logs in by a code leaves a login, and counts its tries."""


def test_whoever_is_not_known_yet_reaches_named_rows_and_writes_counters_alone() -> None:
    open_to_all = {name for name, _, call in list_calls() if call["Public"]}
    assert "CreateToken" in open_to_all
    for name in open_to_all:
        for statement in statements_of(role_of(FUNCTIONS[name])):
            rows = [action for action in statement["Action"] if action.startswith("dynamodb:")]
            assert not rows or "dynamodb:LeadingKeys" in str(statement.get("Condition")), name
            if re.search(r":(Put|Update|Delete|BatchWrite)", " ".join(rows)):
                if name in CODES:
                    [keys] = statement["Condition"]["ForAllValues:StringLike"].values()
                    assert set(keys) <= {"PORTAL_CODE#*", "COUNT#*"}
                    continue
                if rows == ["dynamodb:PutItem"]:
                    # A bureau whose secret address was checked leaves its message, and reaches nothing else.
                    assert name == "ReceiveBureauEvent"
                    [keys] = statement["Condition"]["ForAllValues:StringLike"].values()
                    assert keys == ["BUREAU_EVENT#*"]
                    continue
                assert rows == ["dynamodb:UpdateItem"], name
                assert statement["Condition"] == COUNTERS, name


def test_every_function_of_the_api_may_count_calls() -> None:
    for name, function, _ in list_calls():
        counting = [s for s in statements_of(role_of(function)) if "dynamodb:UpdateItem" in s["Action"]]
        assert any("Condition" not in s or "COUNT#*" in str(s["Condition"]) for s in counting), name


def test_only_the_large_contexts_may_write_any_row() -> None:
    writing = re.compile(r"dynamodb:(Put|Update|Delete|BatchWrite)")
    free = {
        name
        for name, policy in POLICIES.items()
        for statement in policy["PolicyDocument"]["Statement"]
        if not {"Condition", "Fn::If"} & set(statement) and writing.search(" ".join(statement["Action"]))
    }
    assert free == {"WritesTable", "WritesSimulations", "WritesOrigination", "WritesInquiries", "EndsRecords"}


def test_who_may_read_a_bank_credential() -> None:
    holders = {name for name, function in FUNCTIONS.items() if "CallsBanks" in policies_of(role_of(function))}
    assert holders == {"ProcessCondition", "WorkProposal"}


# variables ----------------------------------------------------------------------------------------------------------

BUCKETS = {
    "Documents": "LASTRO_DOCUMENTS_BUCKET",
    "ContractFiles": "LASTRO_CONTRACTS_BUCKET",
    "InquiryFiles": "LASTRO_INQUIRIES_BUCKET",
}
POOL = {"LASTRO_PORTAL_POOL", "LASTRO_PORTAL_CLIENT"}
ADDRESSES = {
    "EndsRecords": "LASTRO_RETENTION",
    "CallsBanks": "LASTRO_BANKS_URL",
    "CallsBureaus": "LASTRO_BUREAUS_URL",
    "CallsPayer": "LASTRO_PAYOUTS_URL",
    "SendsMail": "LASTRO_PORTAL_SENDER",
    "WorksProposals": "LASTRO_CALLBACK_BASE",
    # Who signs with the creditor's key asks for the timestamp of its signature.
    "ReadsSigningIdentity": "LASTRO_TIMESTAMP_URL",
}


def test_a_function_gets_the_variables_of_what_it_may_reach_and_no_others(subtests: pytest.Subtests) -> None:
    for name, function in FUNCTIONS.items():
        with subtests.test(name=name):
            role = role_of(function)
            wanted = {queue_variable(queue) for queue in queues_sent_to(function)}
            wanted |= {ADDRESSES[policy] for policy in policies_of(role) if policy in ADDRESSES}
            for statement in statements_of(role):
                service = statement["Action"][0].partition(":")[0]
                texts = [resource.get("Fn::Sub", "") for resource in reached_by(statement)]
                if service == "secretsmanager":
                    wanted.add("LASTRO_SECRETS_PREFIX")
                elif service == "cognito-idp":
                    wanted |= POOL
                elif service == "kms":
                    wanted.add("LASTRO_TOKEN_KEYS")
                elif service == "s3":
                    wanted |= {BUCKETS[bucket] for text in texts for bucket in re.findall(r"\{(\w+)Arn\}", text)}
            if name == "Authorize":
                # A pool's keys are published: whoever reads them needs no permission.
                wanted |= POOL
            if name in {"Authorize", "CreateSession", "AnswerChallenge", "RenewSession", "EndSession"}:
                # Logging in and out is open to whoever has a password or a token: no permission stands before it.
                wanted |= {"LASTRO_STAFF_POOL", "LASTRO_STAFF_CLIENT"}
            if name in {"GetPanel", "GetPortal"}:
                wanted.add("LASTRO_DEMO_PEOPLE")
            if name == "GetPanel":
                # The page's policy names where the files of imports are sent.
                wanted.add("LASTRO_UPLOAD_ORIGINS")
            assert set(variables_of(function)) == wanted


def test_every_function_knows_the_table() -> None:
    common = load_template()["Globals"]["Function"]["Environment"]["Variables"]
    own = {name for name in common if name.startswith("LASTRO_")}
    counted = {"LASTRO_REQUESTS_A_SECOND", "LASTRO_SOURCE_REQUESTS_A_SECOND", "LASTRO_SIMULATIONS_IN_FLIGHT"}
    assert own == {"LASTRO_TABLE", "LASTRO_CORS_ORIGINS", "LASTRO_LOOPBACK_CALLBACKS", *counted}
