"""What is seen of the deployment from outside it: the access log, the dashboard, traces, a firewall, a name."""

from __future__ import annotations

import ast
import json
import re
from typing import Any

from tests.template.source import (
    ACCESS_LOG,
    ALARMS,
    DASHBOARD,
    EDGE,
    QUEUE,
    ROOT,
    load_template,
    output_of,
    walk,
)

NAMESPACE = "Lastro"
API = load_template()["Resources"]["Api"]["Properties"]
PARAMETERS = load_template()["Parameters"]

# the access log -----------------------------------------------------------------------------------------------------

PERSONAL = ("identity", "path", "querystring", "requestOverride", "error.messageString", "authorizer.claims")
"""Variables of API Gateway that hold addresses of people, or their documents in a path or a query."""


def test_the_access_log_is_json_without_queries_and_personal_data() -> None:
    line = json.loads(API["AccessLogSetting"]["Format"])
    variables = {str(value).removeprefix("$context.") for value in line.values()}
    assert all(str(value).startswith("$context.") for value in line.values())
    assert not [name for name in variables if name.startswith(PERSONAL)]
    assert {"requestId", "httpMethod", "resourcePath", "status", "responseLatency"} <= variables
    assert output_of("AccessLog", API["AccessLogSetting"]["DestinationArn"]) == "Destination"
    # API Gateway refuses the address that ends in `:*`.
    assert load_template(ACCESS_LOG)["Outputs"]["Destination"]["Value"]["Fn::Sub"].endswith(":log-group:${LogGroup}")


def test_what_all_apis_of_an_account_share_is_set_only_where_it_may_be_and_kept() -> None:
    resources = load_template(ACCESS_LOG)["Resources"]
    for name in ("WritesLogs", "Account"):
        assert resources[name]["Condition"] == "HasOwnRole"
        assert resources[name]["DeletionPolicy"] == resources[name]["UpdateReplacePolicy"] == "Retain"
    assert resources["Account"]["Properties"] == {"CloudWatchRoleArn": {"Fn::GetAtt": ["WritesLogs", "Arn"]}}
    [trust] = resources["WritesLogs"]["Properties"]["AssumeRolePolicyDocument"]["Statement"]
    assert trust["Principal"] == {"Service": "apigateway.amazonaws.com"}
    assert PARAMETERS["ApiLogRole"]["AllowedValues"] == ["own", "account"]


# traces -------------------------------------------------------------------------------------------------------------


def test_traces_are_off_unless_they_are_wanted() -> None:
    assert PARAMETERS["Tracing"]["Default"] == "off"
    assert load_template()["Globals"]["Function"]["Tracing"] == {"Fn::If": ["HasTracing", "Active", "PassThrough"]}
    assert API["TracingEnabled"] == {"Fn::If": ["HasTracing", True, False]}


# a firewall and a name ----------------------------------------------------------------------------------------------


def test_nothing_stands_before_the_api_unless_it_is_wanted() -> None:
    root = load_template()
    assert (PARAMETERS["Firewall"]["Default"], PARAMETERS["DomainName"]["Default"]) == ("off", "")
    assert root["Resources"]["Edge"]["Condition"] == "HasEdge"
    assert root["Conditions"]["HasEdge"] == {
        "Fn::Or": [{"Fn::Equals": [{"Ref": "Firewall"}, "on"]}, {"Condition": "HasDomain"}]
    }
    edge = load_template(EDGE)
    assert set(root["Resources"]["Edge"]["Properties"]["Parameters"]) == set(edge["Parameters"])
    conditions = {name: resource["Condition"] for name, resource in edge["Resources"].items()}
    assert conditions == {
        "WebAcl": "HasFirewall",
        "WebAclOfApi": "HasFirewall",
        "Domain": "HasDomain",
        "PathOfDomain": "HasDomain",
        "Record": "HasZone",
    }
    [rule] = root["Rules"].values()
    assert rule["RuleCondition"] == root["Conditions"]["HasDomain"]
    assert rule["Assertions"][0]["Assert"] == {"Fn::Not": [{"Fn::Equals": [{"Ref": "CertificateArn"}, ""]}]}


def test_the_firewall_has_the_managed_rules_and_a_rate_and_keeps_no_request() -> None:
    acl = load_template(EDGE)["Resources"]["WebAcl"]["Properties"]
    rules = {rule["Name"]: rule for rule in acl["Rules"]}
    assert sorted(rule["Priority"] for rule in rules.values()) == list(range(len(rules)))
    rate = rules["too-many"]["Statement"]["RateBasedStatement"]
    assert (rate["AggregateKeyType"], rate["Limit"]) == ("IP", {"Ref": "FirewallRequests"})
    assert rules["too-many"]["Action"]["Block"]["CustomResponse"]["ResponseCode"] == 429
    # What the stage lets through in five minutes could never all come from one address.
    throttle = API["MethodSettings"][0]["ThrottlingRateLimit"]
    assert PARAMETERS["FirewallRequests"]["Default"] < 300 * throttle
    managed = {
        rule["Statement"]["ManagedRuleGroupStatement"]["Name"]
        for rule in rules.values()
        if "ManagedRuleGroupStatement" in rule["Statement"]
    }
    assert managed >= {"AWSManagedRulesCommonRuleSet", "AWSManagedRulesKnownBadInputsRuleSet"}
    samples = [
        node["SampledRequestsEnabled"]
        for node in walk(acl)
        if isinstance(node, dict) and len(node) == 3 and "SampledRequestsEnabled" in node
    ]
    assert samples == [False] * (len(rules) + 1)


def test_a_document_passes_the_firewall() -> None:
    """The common rules refuse a body over 8 KB, and what looks like markup."""
    rules = load_template(EDGE)["Resources"]["WebAcl"]["Properties"]["Rules"]
    [common] = [rule for rule in rules if rule["Name"] == "common"]
    overrides = common["Statement"]["ManagedRuleGroupStatement"]["RuleActionOverrides"]
    counted = {override["Name"] for override in overrides if override["ActionToUse"] == {"Count": {}}}
    assert counted >= {"SizeRestrictions_BODY", "CrossSiteScripting_BODY"}


# the dashboard ------------------------------------------------------------------------------------------------------


def dashboard() -> list[dict[str, Any]]:
    properties = load_template(DASHBOARD)["Resources"]["Dashboard"]["Properties"]
    text = properties["DashboardBody"]["Fn::Sub"]
    known = set(load_template(DASHBOARD)["Parameters"]) | {"AWS::Region", "AWS::Partition", "AWS::AccountId"}
    assert set(re.findall(r"\$\{([^}]+)\}", text)) <= known
    widgets: list[dict[str, Any]] = json.loads(text)["widgets"]
    return widgets


def test_the_dashboard_shows_functions_queues_the_api_the_table_and_our_own_figures() -> None:
    text = json.dumps([widget["properties"] for widget in dashboard()])
    for namespace in ("AWS/ApiGateway", "AWS/Lambda", "AWS/SQS", "AWS/DynamoDB", "Lastro"):
        assert namespace in text
    for widget in dashboard():
        assert widget["type"] in {"metric", "log", "alarm"}
        assert 0 < widget["width"] <= 24
        assert widget["type"] == "alarm" or widget["properties"]["region"] == "${AWS::Region}"
        assert len(widget["properties"]["title"]) < 80
    given = load_template()["Resources"]["Dashboard"]["Properties"]["Parameters"]
    assert set(given) == set(load_template(DASHBOARD)["Parameters"])
    assert (given["ApiName"], given["ApiStage"]) == (API["Name"], API["StageName"])
    assert (output_of("State", given["LogGroup"]), output_of("State", given["Table"])) == ("LogGroup", "Table")


def noted() -> dict[str, frozenset[str]]:
    """Every figure that the code notes, with its dimensions."""
    found: dict[str, frozenset[str]] = {}
    for path in (ROOT / "layers/lastro/lastro").rglob("*.py"):
        for call in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(call, ast.Call) or not call.args or not isinstance(call.args[0], ast.Constant):
                continue
            if isinstance(call.args[0].value, str) and ast.unparse(call.func) in ("note", "figures.note"):
                name, split = call.args[0].value, frozenset(str(each.arg) for each in call.keywords)
                assert found.setdefault(name, split) == split, f"{name} is noted by other dimensions elsewhere"
    return found


def test_every_figure_is_shown_by_its_own_dimensions() -> None:
    shown = {
        name: frozenset(dimensions.split(",")) - {"function"}
        for dimensions, name in re.findall(
            r'\{Lastro,([a-z,]+)\} function=\$\{Deployment\} MetricName="(\w+)"', json_of_dashboard()
        )
    }
    missing = {name: split for name, split in noted().items() if shown.get(name) != split}
    assert not missing
    assert set(shown) <= {*noted(), "MessagesDone", "MessagesAgain", "MessagesFailed"}


def json_of_dashboard() -> str:
    return "\n".join(
        each["expression"]
        for widget in dashboard()
        for row in widget["properties"].get("metrics", ())
        for each in row
        if isinstance(each, dict) and "expression" in each
    )


def test_the_dashboard_shows_alarms_that_exist() -> None:
    [shown] = [widget["properties"]["alarms"] for widget in dashboard() if widget["type"] == "alarm"]
    resources = load_template(ALARMS)["Resources"].values()
    names = {r["Properties"]["AlarmName"]["Fn::Sub"] for r in resources if r["Type"] == "AWS::CloudWatch::Alarm"}
    assert {arn.rpartition(":alarm:")[2] for arn in shown} == names


def test_the_dashboard_shows_figures_that_are_noted() -> None:
    searches = [text for text in walk(dashboard()) if isinstance(text, str) and "{Lastro," in text]
    shown = {name for text in searches for name in re.findall(r'MetricName="(\w+)"', text)}
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "layers/lastro/lastro").rglob("*.py"))
    assert shown
    assert [name for name in shown if f'"{name}"' not in code] == []
    assert f'NAMESPACE = "{NAMESPACE}"' in code
    assert all(
        re.match(rf"SEARCH\('{{{NAMESPACE},function(,\w+)*}} function=\${{Deployment}} ", text)
        for text in map(bare, searches)
    )


def bare(expression: str) -> str:
    """A search without what is made of it."""
    return expression.removeprefix("SUM(")


def test_the_dashboard_tells_dead_letters_from_queues_by_their_name() -> None:
    """CloudFormation names a queue by its stack and its logical name."""
    assert "DeadLetters" in load_template(QUEUE)["Resources"]
    searches = [text for text in walk(dashboard()) if isinstance(text, str) and "{AWS/SQS" in text]
    assert len([text for text in searches if "NOT QueueName=DeadLetters" in text]) == 2
    assert len(searches) == 3
