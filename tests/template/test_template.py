"""What must hold for everything the template creates, whatever is added to it later."""

from __future__ import annotations

import json
import re

from lastro.aws.entrypoints.errors import NO_SUCH_OPERATION, describe, title_of
from lastro.kernel.errors import NotFound
from tests.template.source import (
    ACCESS_LOG,
    ALL,
    ANALYSIS,
    OPERATOR,
    POOLS,
    PUBLIC,
    STATE,
    TEMPLATE,
    events_of,
    list_calls,
    load_template,
    output_of,
    resources_of,
    setting_of,
    walk,
)

FUNCTIONS = resources_of("AWS::Serverless::Function")
HTTP = list_calls()
OPEN = {
    **dict.fromkeys(("/health", "/openapi.json", "/asyncapi.json"), "get"),
    **dict.fromkeys(("/docs", "/.well-known/jwks.json"), "get"),
    **dict.fromkeys(("/panel", "/panel/{asset}", "/portal"), "get"),
    **dict.fromkeys(("/panel/sessions/challenge", "/panel/sessions/renewal"), "post"),
    **dict.fromkeys(("/portal/sessions", "/portal/sessions/renewal"), "post"),
    **dict.fromkeys(
        ("/api/v1/portal/logins", "/api/v1/portal/logins/{login_id}/code", "/api/v1/portal/tokens"), "post"
    ),
    **dict.fromkeys(("/client/auth", "/api/external/client/auth", "/bureaus/{provider}/events/{secret}"), "post"),
    "/bureaus/{provider}/events/{secret}/token": "post",
    "/banks/{bank}/proposal_events/{secret}": "post",
}
"""Paths that ask for no key, with their methods."""
HEADED = ("/health", "/openapi.json", "/asyncapi.json", "/docs", "/panel", "/portal")
"""Public paths without a variable that answer HEAD as well."""
PREFLIGHT = ("options", "/{proxy+}")
"""What browsers ask on any path."""


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
        if event["Public"]:
            open_paths.add((event["Method"], event["Path"]))
    heads = {("head", path) for path in (*HEADED, "/panel/{asset}")}
    logins = {("post", "/panel/sessions"), ("delete", "/panel/sessions")}
    assert open_paths == {(method, path) for path, method in OPEN.items()} | heads | logins | {PREFLIGHT}


def test_a_call_is_handed_to_its_function_by_the_one_role_that_calls_functions() -> None:
    [api] = resources_of("AWS::Serverless::Api").values()
    for path, methods in api["DefinitionBody"]["paths"].items():
        for method, call in methods.items():
            assert set(call) - {"security"} == {"responses", "x-amazon-apigateway-integration"}, (method, path)
            assert call.get("security", PUBLIC) == PUBLIC
            integration = call["x-amazon-apigateway-integration"]
            assert (integration["type"], integration["httpMethod"]) == ("aws_proxy", "POST")
            assert output_of("Roles", integration["credentials"]) == "ApiCaller"
    # Beside paths of the API's own, SAM would grant an event its permission and give it no path.
    assert not events_of("Api"), "docs/adding.md, An endpoint: a call is one of the API's paths"


def test_head_is_answered_by_the_function_that_answers_get() -> None:
    owners = {(event["Method"], event["Path"]): name for name, _, event in HTTP}
    heads = {path: name for (method, path), name in owners.items() if method == "head"}
    assert all(owners["get", path] == name for path, name in heads.items())
    downloads = {path for path in heads if path not in OPEN}
    assert {path.removeprefix(EXTERNAL) for path in downloads} == {
        "/v2.1/contract/{customerServiceNumber}/signed",
        "/api/v1/bureau_inquiries/{inquiry_id}/download",
    }


AS_EVERY_4XX = {"RESOURCE_NOT_FOUND"}
AS_EVERY_5XX = {
    *("API_CONFIGURATION_ERROR", "AUTHORIZER_CONFIGURATION_ERROR", "AUTHORIZER_FAILURE"),
    *("INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT"),
}


def test_every_type_of_answer_that_api_gateway_knows_is_told() -> None:
    """The types as AWS lists them (docs/sources.md), each its own or as every other of its hundred."""
    [api] = resources_of("AWS::Serverless::Api").values()
    told = set(api["GatewayResponses"])
    assert not told & (AS_EVERY_4XX | AS_EVERY_5XX)
    assert told | AS_EVERY_4XX | AS_EVERY_5XX == {
        *("ACCESS_DENIED", "API_CONFIGURATION_ERROR", "AUTHORIZER_CONFIGURATION_ERROR", "AUTHORIZER_FAILURE"),
        *("BAD_REQUEST_BODY", "BAD_REQUEST_PARAMETERS", "DEFAULT_4XX", "DEFAULT_5XX", "EXPIRED_TOKEN"),
        *("INTEGRATION_FAILURE", "INTEGRATION_TIMEOUT", "INVALID_API_KEY", "INVALID_SIGNATURE"),
        *("MISSING_AUTHENTICATION_TOKEN", "QUOTA_EXCEEDED", "REQUEST_TOO_LARGE", "RESOURCE_NOT_FOUND"),
        *("THROTTLED", "UNAUTHORIZED", "UNSUPPORTED_MEDIA_TYPE", "WAF_FILTERED"),
    }
    for kind, answer in api["GatewayResponses"].items():
        # One type whatever Accept says: nothing public tells that API Gateway chooses among templates by it.
        assert list(answer["ResponseTemplates"]) == ["application/json"], kind
        late = "Retry-After" in answer.get("ResponseParameters", {}).get("Headers", {})
        assert late == (answer["StatusCode"] == "429"), kind


def test_what_api_gateway_answers_itself_has_the_shape_of_every_error() -> None:
    [api] = resources_of("AWS::Serverless::Api").values()
    texts = load_template()["Mappings"]["GatewayAnswers"]
    for kind, answer in api["GatewayResponses"].items():
        [template] = answer["ResponseTemplates"].values()
        _, name, _ = template["Fn::FindInMap"]
        body = json.loads(texts[name]["Body"])
        assert set(body) == set(describe(NotFound("m"), "1"))
        assert body["status"] == body["error"]["status"] == int(answer["StatusCode"]), kind
        assert body["title"] == title_of(body["status"])
        assert body["type"] == f"urn:lastro:error:{body['code']}"
        assert body["message"] == body["error"]["message"]
        assert body["detail"]
        assert (body["instance"], body["errors"]) == ("urn:lastro:request:$context.requestId", [])


def test_an_unknown_path_is_not_found_with_or_without_a_key() -> None:
    [api] = resources_of("AWS::Serverless::Api").values()
    answers = api["GatewayResponses"]
    assert answers["MISSING_AUTHENTICATION_TOKEN"] == answers["DEFAULT_4XX"]
    assert answers["DEFAULT_4XX"]["StatusCode"] == "404"
    text = load_template()["Mappings"]["GatewayAnswers"]["NoSuchOperation"]["Body"]
    assert json.loads(text) == describe(NO_SUCH_OPERATION(), "$context.requestId")
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
    calls = [(event["Method"], event["Path"]) for _, _, event in HTTP]
    assert len(calls) == len(set(calls))
    asked = {
        # The panel is one function: its page and what it is made of.
        (name, event["Method"], event["Path"].removeprefix(EXTERNAL).replace("/panel/{asset}", "/panel"))
        for name, _, event in HTTP
        if event["Method"] != "head"
    }
    assert len(asked) == len({name for name, _, _ in HTTP})
    reading = [path for path, method in OPEN.items() if method == "get"]
    own = (*reading, PREFLIGHT[1], "/api/v1/", "/api/external/")
    told = ("/bureaus/", "/banks/")
    short = [(method, path) for method, path in calls if not path.startswith((*own, *told))]
    # What answers under /api/external answers the same without it, and only that has another path.
    external = [(method, path) for method, path in calls if path.startswith(EXTERNAL)]
    assert sorted(short) == sorted((method, path.removeprefix(EXTERNAL)) for method, path in external)


def test_both_paths_of_an_external_call_lead_to_one_function() -> None:
    owners = {(event["Method"], event["Path"]): name for name, _, event in HTTP}
    for (method, path), name in owners.items():
        if path.startswith(EXTERNAL):
            assert owners[method, path.removeprefix(EXTERNAL)] == name


def test_every_function_is_called_by_something() -> None:
    called = {name for kind in ("SQS", "Schedule", "CloudWatchLogs") for name, _, _ in events_of(kind)}
    assert called | {name for name, _, _ in HTTP} == set(FUNCTIONS) - {"Authorize", "WorkLoginChallenge"}


def test_the_portals_pool_calls_its_function_and_may() -> None:
    pool = resources_of("AWS::Cognito::UserPool")["Portal"]
    account = "arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}"
    of_function = f"{account}:function:${{Deployment}}-work_login_challenge"
    triggers = ("DefineAuthChallenge", "CreateAuthChallenge", "VerifyAuthChallengeResponse")
    assert pool["LambdaConfig"] == {trigger: {"Fn::Sub": of_function} for trigger in triggers}
    assert setting_of(FUNCTIONS["WorkLoginChallenge"], "Timeout") <= 5
    [permission] = resources_of("AWS::Lambda::Permission").values()
    assert permission == {
        "Action": "lambda:InvokeFunction",
        "FunctionName": {"Ref": "WorkLoginChallenge"},
        "Principal": "cognito-idp.amazonaws.com",
        "SourceArn": {"Fn::GetAtt": ["Pools", "Outputs.PortalPoolArn"]},
    }


def test_who_is_in_the_pool_outlives_the_stack() -> None:
    for name in ("Portal", "PortalClient"):
        resource = load_template(POOLS)["Resources"][name]
        assert (resource["DeletionPolicy"], resource["UpdateReplacePolicy"]) == ("Retain", "Retain")
    assert resources_of("AWS::Cognito::UserPool")["Portal"]["DeletionProtection"] == "ACTIVE"
    client = resources_of("AWS::Cognito::UserPoolClient")["PortalClient"]
    assert client["ExplicitAuthFlows"] == ["ALLOW_CUSTOM_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"]


def test_an_answer_comes_before_api_gateway_gives_up() -> None:
    for name, function, _ in HTTP:
        assert setting_of(function, "Timeout") <= 29, name


# the whole ----------------------------------------------------------------------------------------------------------


def test_one_log_group_of_functions_and_one_of_the_api_that_forget() -> None:
    assert [path for path in ALL if "AWS::Logs::LogGroup" in path.read_text(encoding="utf-8")] == [STATE, ACCESS_LOG]
    for path, stack in ((STATE, "State"), (ACCESS_LOG, "AccessLog")):
        assert load_template(path)["Resources"]["LogGroup"]["Properties"] == {
            "RetentionInDays": {"Ref": "LogRetentionDays"}
        }
        given = load_template()["Resources"][stack]["Properties"]["Parameters"]
        assert given["LogRetentionDays"] == {"Ref": "LogRetentionDays"}
    days = load_template()["Parameters"]["LogRetentionDays"]
    assert days["Default"] in days["AllowedValues"]
    name = "LogGroup"
    assert load_template()["Globals"]["Function"]["LoggingConfig"]["LogGroup"] == {
        "Fn::GetAtt": ["State", f"Outputs.{name}"]
    }
    assert not [function for function in FUNCTIONS.values() if "LoggingConfig" in function]


LIVING = {"Table", "TokenKey", "SecondTokenKey", "Documents", "ContractFiles", "InquiryFiles"}
"""What no deployment may ever lose; an existing stack is moved by these names."""


def test_what_lives_is_kept() -> None:
    kinds = {"AWS::DynamoDB::Table", "AWS::S3::Bucket", "AWS::KMS::Key"}
    resources = load_template(STATE)["Resources"]
    assert {name for name, resource in resources.items() if resource["Type"] in kinds} == LIVING
    for owner in (*(resources[name] for name in LIVING), load_template()["Resources"]["State"]):
        assert owner["DeletionPolicy"] == owner["UpdateReplacePolicy"] == "Retain"
    others = {path: load_template(path)["Resources"].values() for path in ALL if path != STATE}
    # The key of the alarms encrypts what is on its way for seconds.
    kept = {path for path, made in others.items() for resource in made if resource["Type"] in kinds}
    assert kept == {OPERATOR, ANALYSIS}
    outcomes = load_template(ANALYSIS)["Resources"]["Outcomes"]
    assert outcomes["DeletionPolicy"] == outcomes["UpdateReplacePolicy"] == "Retain"
    assert [r["Type"] for r in others[OPERATOR] if r["Type"] in kinds] == ["AWS::KMS::Key"]


def test_the_table_is_kept_and_its_indexes_are_keys_only() -> None:
    [(name, table)] = resources_of("AWS::DynamoDB::Table").items()
    assert load_template(STATE)["Resources"][name]["DeletionPolicy"] == "Retain"
    assert table["PointInTimeRecoverySpecification"] == {"PointInTimeRecoveryEnabled": True}
    assert table["TimeToLiveSpecification"] == {"AttributeName": "expires", "Enabled": True}
    assert table["BillingMode"] == "PAY_PER_REQUEST"
    assert table["DeletionProtectionEnabled"] is True
    for index in table["GlobalSecondaryIndexes"]:
        assert index["Projection"] == {"ProjectionType": "KEYS_ONLY"}


def test_nothing_the_tools_stumble_over() -> None:
    for path in ALL:
        text = path.read_text(encoding="utf-8")
        assert "ForEach" not in text
        assert not re.search(r"^[^#\n]*[:\-]\s+[&*]\w", text, re.MULTILINE), "a YAML anchor or alias"
        assert "<<:" not in text
        # The local cloud transforms the root only.
        assert ("Transform" in load_template(path)) == (path == TEMPLATE)
        assert ("AWS::Serverless::" in text) == (path == TEMPLATE)
    assert load_template()["Transform"] == "AWS::Serverless-2016-10-31"


def test_no_secret_and_no_account_is_written_down() -> None:
    for node in walk([load_template(path) for path in ALL]):
        if isinstance(node, str):
            assert not re.search(r"\b\d{12}\b|AKIA|lk_[A-Za-z0-9]", node)
    names = load_template()["Globals"]["Function"]["Environment"]["Variables"]
    assert not [name for name in names if re.search("SECRET(?!S_PREFIX)|PASSWORD|TOKEN|KEY", name)]
