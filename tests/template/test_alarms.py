"""Who is told of what: an alarm that nobody can receive, read or act on is none."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from tests.template.source import (
    ALARMS,
    ALL,
    ANALYSIS,
    OPERATOR,
    QUEUE,
    ROOT,
    SCHEDULE,
    STATE,
    Resource,
    events_of,
    list_schedules,
    load_template,
    output_of,
    walk,
)

RUNBOOK = ROOT / "docs/operations.md"
PAGE = re.compile(r"What to do: docs/operations\.md#([a-z-]+)$")


def alarms_of(path: Path) -> dict[str, Resource]:
    resources = load_template(path)["Resources"]
    return {
        name: resource["Properties"]
        for name, resource in resources.items()
        if resource["Type"] == "AWS::CloudWatch::Alarm"
    }


ALARMING = {f"{path.stem}:{name}": alarm for path in ALL for name, alarm in alarms_of(path).items()}
every_alarm = pytest.mark.parametrize("alarm", ALARMING.values(), ids=list(ALARMING))


def text_of(value: Any) -> str:
    return str(value["Fn::Sub"]) if isinstance(value, dict) else str(value)


# the way to the operator --------------------------------------------------------------------------------------------


def test_cloudwatch_may_use_the_topics_key() -> None:
    resources = load_template(OPERATOR)["Resources"]
    assert resources["Alarms"]["Properties"]["KmsMasterKeyId"] == {"Fn::GetAtt": ["AlarmsKey", "Arn"]}
    key = resources["AlarmsKey"]["Properties"]
    assert key["EnableKeyRotation"] is True
    statements = {s["Sid"]: s for s in key["KeyPolicy"]["Statement"]}
    for name, service in (("Alarms", "cloudwatch.amazonaws.com"), ("Events", "events.amazonaws.com")):
        assert statements[name]["Principal"] == {"Service": service}
        assert statements[name]["Effect"] == "Allow"
        assert set(statements[name]["Action"]) == {"kms:Decrypt", "kms:GenerateDataKey*"}
    assert statements["Alarms"]["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}
    assert "Condition" not in statements["Events"]
    assert statements["Account"]["Principal"] == {
        "AWS": {"Fn::Sub": "arn:${AWS::Partition}:iam::${AWS::AccountId}:root"}
    }


def test_alarms_of_this_account_and_nobody_else_may_publish() -> None:
    policy = load_template(OPERATOR)["Resources"]["AlarmsPolicy"]["Properties"]
    assert policy["Topics"] == [{"Ref": "Alarms"}]
    allowed = [s for s in policy["PolicyDocument"]["Statement"] if s["Effect"] == "Allow"]
    assert [(s["Principal"], s["Action"]) for s in allowed] == [
        ({"Service": "cloudwatch.amazonaws.com"}, ["sns:Publish"])
    ]
    assert allowed[0]["Condition"] == {"StringEquals": {"aws:SourceAccount": {"Ref": "AWS::AccountId"}}}


def test_no_topic_is_under_a_key_of_aws() -> None:
    assert not [node for path in ALL for node in walk(load_template(path)) if node == "alias/aws/sns"]


def test_the_operator_is_subscribed_where_there_is_an_address_and_the_deployment_says_who_is_reached() -> None:
    template = load_template(OPERATOR)
    subscription = template["Resources"]["Subscription"]
    assert subscription["Condition"] == "HasAddress"
    assert subscription["Properties"] == {
        "TopicArn": {"Ref": "Alarms"},
        "Protocol": "email",
        "Endpoint": {"Ref": "OperatorAddress"},
    }
    condition, reached, nobody = template["Outputs"]["Reached"]["Value"]["Fn::If"]
    assert condition == "HasAddress"
    assert "OperatorAddress" in reached
    assert nobody.startswith("NOBODY")
    root = load_template()
    assert root["Resources"]["Operator"]["Properties"]["Parameters"] == {"OperatorAddress": {"Ref": "OperatorAddress"}}
    assert output_of("Operator", root["Outputs"]["AlarmsReach"]["Value"]) == "Reached"


def test_an_address_is_an_e_mail_or_nothing() -> None:
    parameter = load_template()["Parameters"]["OperatorAddress"]
    assert parameter["Default"] == ""
    for good in ("", "plantao@lastro.example.com"):
        assert re.fullmatch(parameter["AllowedPattern"], good)
    for bad in ("plantao", "plantao@example", "a b@example.com", "a@example.com,b@example.com,", "https://example.com"):
        assert not re.fullmatch(parameter["AllowedPattern"], bad)


def test_every_stack_of_alarms_gets_the_topic() -> None:
    root = load_template()["Resources"]
    for stack in ("Queues", "Alarms", "State"):
        given = root[stack]["Properties"]["Parameters"]["OperatorAlarms"]
        assert output_of("Operator", given) == "Alarms"
    assert load_template(OPERATOR)["Outputs"]["Alarms"]["Value"] == {"Ref": "Alarms"}
    assert all(given["OperatorAlarms"] == {"Ref": "OperatorAlarms"} for given in list_schedules().values())


@every_alarm
def test_the_operator_hears_when_it_begins_and_when_it_is_over(alarm: Resource) -> None:
    assert alarm["AlarmActions"] == alarm["OKActions"] == [{"Ref": "OperatorAlarms"}]
    assert alarm.get("ActionsEnabled", True) is True


# alarms and the runbook ---------------------------------------------------------------------------------------------


@every_alarm
def test_an_alarm_says_what_is_wrong_and_names_its_page(alarm: Resource) -> None:
    description = text_of(alarm["AlarmDescription"])
    found = PAGE.search(description)
    assert found, description
    assert text_of(alarm["AlarmName"]).endswith(f"-{found[1]}"), "the name and the page are the condition"
    assert re.match(r"\$\{(Deployment|AWS::StackName)\}-", text_of(alarm["AlarmName"]))
    # The parameters of a stack are written out in it.
    assert len(description) < 600


def test_each_alarm_has_its_section_and_each_section_its_alarm() -> None:
    pages = [PAGE.search(text_of(alarm["AlarmDescription"])) for alarm in ALARMING.values()]
    named = sorted(page[1] for page in pages if page)
    text = RUNBOOK.read_text(encoding="utf-8")
    alarms = text.partition("\n# Alarms\n")[2].partition("\n# ")[0]
    sections = re.findall(r"^## ([a-z-]+)$", alarms, re.MULTILINE)
    assert sorted(sections) == named
    for section in sections:
        body = alarms.partition(f"\n## {section}\n")[2].partition("\n## ")[0]
        for heading in ("**It means**", "**Look at**", "**Do**"):
            assert body.count(heading) == 1, (section, heading)


# what is watched ----------------------------------------------------------------------------------------------------


def test_every_schedule_is_watched() -> None:
    scheduled = {name: function["FunctionName"] for name, function, _ in events_of("Schedule")}
    watched = {name: given["FunctionName"] for name, given in list_schedules().items()}
    assert watched == {
        name: {"Fn::Sub": of["Fn::Sub"].replace("AWS::StackName", "Deployment")} for name, of in scheduled.items()
    }
    assert load_template()["Resources"]["Alarms"]["Properties"]["Parameters"]["Deployment"] == {"Ref": "AWS::StackName"}


def test_a_schedule_that_does_not_run_is_missed_no_sooner_than_it_should_have() -> None:
    alarm = alarms_of(SCHEDULE)["NotRunning"]
    assert (alarm["Namespace"], alarm["MetricName"], alarm["TreatMissingData"]) == (
        "AWS/Lambda",
        "Invocations",
        "breaching",
    )
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("LessThanThreshold", 1)
    assert alarm["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": "FunctionName"}}]
    assert (alarm["Period"], alarm["EvaluationPeriods"]) == (60, {"Ref": "Minutes"})
    default = load_template(SCHEDULE)["Parameters"]["Minutes"]["Default"]
    for name, _, event in events_of("Schedule"):
        every = re.fullmatch(r"rate\((\d+) minutes?\)", event["Schedule"])
        assert every, "say in schedule.yaml how long a schedule of another kind may not run"
        assert list_schedules()[name].get("Minutes", default) >= 3 * int(every[1])


def test_a_schedule_that_fails_is_told_however_seldom_it_runs() -> None:
    """Three runs fall into the time that it watches (the test above)."""
    alarm = alarms_of(SCHEDULE)["Failing"]
    assert (alarm["Namespace"], alarm["MetricName"], alarm["Statistic"]) == ("AWS/Lambda", "Errors", "Sum")
    assert alarm["Dimensions"] == [{"Name": "FunctionName", "Value": {"Ref": "FunctionName"}}]
    assert (alarm["ComparisonOperator"], alarm["Threshold"]) == ("GreaterThanThreshold", 0)
    assert (alarm["Period"], alarm["EvaluationPeriods"], alarm["DatapointsToAlarm"]) == (60, {"Ref": "Minutes"}, 3)


@every_alarm
def test_only_what_should_always_be_there_alarms_by_its_absence(alarm: Resource) -> None:
    missing = alarm["TreatMissingData"]
    assert missing == ("breaching" if alarm is alarms_of(SCHEDULE)["NotRunning"] else "notBreaching")


def test_only_metric_math_is_left_out_and_only_locally() -> None:
    """The local cloud knows alarms on one metric alone."""
    template = load_template(ALARMS)
    conditional = {name for name, resource in template["Resources"].items() if "Condition" in resource}
    assert conditional == {name for name, alarm in alarms_of(ALARMS).items() if "Metrics" in alarm}
    assert template["Conditions"] == {"HasMetricMath": {"Fn::Equals": [{"Ref": "OnAws"}, "true"]}}
    assert template["Parameters"]["OnAws"]["Default"] == "true"
    given = load_template()["Resources"]["Alarms"]["Properties"]["Parameters"]["OnAws"]
    assert given == {"Fn::If": ["HasEndpoint", "false", "true"]}
    assert not [
        name for path in ALL if path != ALARMS for name in alarms_of(path) if "Metrics" in alarms_of(path)[name]
    ]


@every_alarm
def test_an_alarm_is_one_that_cloudwatch_takes(alarm: Resource) -> None:
    """Ten metrics at most and no search; a period of a minute or more, and at most a day of it."""
    metrics = alarm.get("Metrics", [])
    assert len([metric for metric in metrics if "MetricStat" in metric]) <= 10
    assert not [metric for metric in metrics if "SEARCH" in metric.get("Expression", "")]
    if metrics:
        assert len([metric for metric in metrics if metric.get("ReturnData", True)]) == 1
        assert "Period" not in alarm
    for period in (
        [alarm["Period"]] if not metrics else [m["MetricStat"]["Period"] for m in metrics if "MetricStat" in m]
    ):
        assert period % 60 == 0
    assert ("Statistic" in alarm) + ("ExtendedStatistic" in alarm) + bool(metrics) == 1


METRICS = {
    "FunctionThrottles": ("AWS/Lambda", "Throttles"),
    "ApiLatency": ("AWS/ApiGateway", "Latency"),
}


@pytest.mark.parametrize("name", METRICS)
def test_functions_and_the_api_are_watched(name: str) -> None:
    alarm = alarms_of(ALARMS)[name]
    assert (alarm["Namespace"], alarm["MetricName"]) == METRICS[name]


def test_a_wrong_key_is_no_failing_function() -> None:
    """The authorizer says 401 by raising, which Lambda counts as an error."""
    failed, everything, refused = alarms_of(ALARMS)["FunctionErrors"]["Metrics"]
    assert failed["Expression"] == "all - FILL(refused, 0)"
    assert (everything["Id"], refused["Id"]) == ("all", "refused")
    assert everything["MetricStat"]["Metric"] == {"Namespace": "AWS/Lambda", "MetricName": "Errors"}
    [dimension] = refused["MetricStat"]["Metric"]["Dimensions"]
    name = load_template()["Resources"]["Authorize"]["Properties"]["FunctionName"]["Fn::Sub"]
    assert dimension["Value"]["Fn::Sub"] == name.replace("AWS::StackName", "Deployment")


def test_the_alarms_of_the_api_are_of_this_api() -> None:
    given = load_template()["Resources"]["Alarms"]["Properties"]["Parameters"]
    api = load_template()["Resources"]["Api"]["Properties"]
    assert (given["ApiName"], given["ApiStage"]) == (api["Name"], api["StageName"])
    of_api = [{"Name": "ApiName", "Value": {"Ref": "ApiName"}}, {"Name": "Stage", "Value": {"Ref": "ApiStage"}}]
    alarms = alarms_of(ALARMS)
    assert alarms["ApiLatency"]["Dimensions"] == of_api
    stats = [
        metric["MetricStat"]["Metric"] for metric in alarms["ApiServerErrors"]["Metrics"] if "MetricStat" in metric
    ]
    assert [stat["MetricName"] for stat in stats] == ["5XXError", "Count"]
    assert all(stat["Dimensions"] == of_api for stat in stats)


def test_figures_read_from_the_log_are_those_that_alarms_watch() -> None:
    resources = load_template(ALARMS)["Resources"]
    filters = [r["Properties"] for r in resources.values() if r["Type"] == "AWS::Logs::MetricFilter"]
    made = {(t["MetricNamespace"]["Fn::Sub"], t["MetricName"]) for f in filters for t in f["MetricTransformations"]}
    own = [alarm for alarm in alarms_of(ALARMS).values() if isinstance(alarm.get("Namespace"), dict)]
    assert {(alarm["Namespace"]["Fn::Sub"], alarm["MetricName"]) for alarm in own} == made
    assert all(f["LogGroupName"] == {"Ref": "LogGroup"} for f in filters)
    given = load_template()["Resources"]["Alarms"]["Properties"]["Parameters"]["LogGroup"]
    assert output_of("State", given) == "LogGroup"


def test_queues_have_an_alarm_for_what_failed_and_one_for_what_waits() -> None:
    assert set(alarms_of(QUEUE)) == {"DeadLettersAlarm", "OldestMessageAlarm"}


def test_what_has_no_consumer_of_ours_is_watched_where_it_fails() -> None:
    """Every queue in which failures lie rings: those of consumers, and that of the pipe to the files for analysis."""
    [lost] = alarms_of(ANALYSIS).values()
    assert lost["Dimensions"] == [{"Name": "QueueName", "Value": {"Fn::GetAtt": ["Lost", "QueueName"]}}]
    given = load_template(STATE)["Resources"]["Outcomes"]["Properties"]["Parameters"]["OperatorAlarms"]
    assert given == {"Ref": "OperatorAlarms"}
    others = {(path, name) for path in ALL for name, each in load_template(path)["Resources"].items() if is_queue(each)}
    assert others == {(QUEUE, "Queue"), (QUEUE, "DeadLetters"), (ANALYSIS, "Lost")}


def is_queue(resource: Resource) -> bool:
    return bool(resource["Type"] == "AWS::SQS::Queue")


@pytest.mark.parametrize("name", ["LateRemovals", "LateSubjectRequests"])
def test_legal_deadlines_are_watched_by_the_figures_of_schedules(name: str) -> None:
    alarm = alarms_of(ALARMS)[name]
    assert (alarm["Namespace"], alarm["MetricName"]) == ("Lastro", name)
    [dimension] = alarm["Dimensions"]
    scheduled = {of["FunctionName"]["Fn::Sub"]: event["Schedule"] for _, of, event in events_of("Schedule")}
    every = re.search(r"\d+", scheduled[dimension["Value"]["Fn::Sub"].replace("Deployment", "AWS::StackName")])
    assert every
    # A figure for each period, or an alarm would be over by silence.
    assert alarm["Period"] >= 60 * int(every[0])
