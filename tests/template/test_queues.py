"""What must hold for every queue: who works it off, and who hears of what failed."""

from __future__ import annotations

import json

import pytest

from lastro.aws.entrypoints.consumer import REPORTING_SECONDS
from lastro.kernel.banks import BANKS
from lastro.kernel.queues.delivery import Retries
from lastro.origination.analysis import worker as analyses
from lastro.origination.disbursements import worker as disbursements
from lastro.origination.processes.model import StepName
from lastro.origination.wiring import QUEUE_VARIABLES
from lastro.simulations.conditions import worker as conditions
from lastro.simulations.conditions.worker import ASK_SECONDS
from tests.template.source import (
    BANK_QUEUES,
    QUEUE,
    QUEUES,
    TEMPLATE,
    BankQueues,
    Resource,
    bank_queues_of,
    events_of,
    list_queues,
    load_template,
    output_of,
    policies_of,
    queue_stacks,
    queue_variable,
    queues_sent_to,
    reached_by,
    resources_of,
    role_of,
    setting_of,
    statements_of,
    variables_of,
)

FUNCTIONS = resources_of("AWS::Serverless::Function")
CONSUMERS = events_of("SQS")


def queue_of(event: Resource) -> str:
    output = output_of("Queues", event["Queue"])
    assert output is not None
    assert output.endswith("Arn")
    return output.removesuffix("Arn")


def test_every_queue_is_fed_to_one_function() -> None:
    fed = [queue_of(event) for _, _, event in CONSUMERS]
    assert sorted(fed) == sorted(list_queues())


def test_a_consumers_queue_survives_it(subtests: pytest.Subtests) -> None:
    for name, function, event in CONSUMERS:
        with subtests.test(name=name):
            assert list_queues()[queue_of(event)]["VisibilityTimeout"] >= 6 * setting_of(function, "Timeout")
            assert event["FunctionResponseTypes"] == ["ReportBatchItemFailures"]
            assert 2 <= event["ScalingConfig"]["MaximumConcurrency"] <= 1000
            assert 1 <= event["BatchSize"] <= 10
            assert event.get("Enabled", True) is True


def test_a_consumer_may_work_its_own_queue_and_no_other(subtests: pytest.Subtests) -> None:
    """With a role of its own, Lambda's poller gets nothing but what the role names."""
    for name, function, _ in CONSUMERS:
        with subtests.test(name=name):
            working = [s for s in statements_of(role_of(function)) if "sqs:ReceiveMessage" in s["Action"]]
            worked = [queue_of(each) for _, other, each in CONSUMERS if other is function]
            of_banks = {queue: bank_queues_of(queue) for queue in worked}
            own = {found.arns if found else f"{queue}Arn" for queue, found in of_banks.items()}
            assert sorted(each["Ref"] for s in working for each in reached_by(s)) == sorted(own)
            for statement in working:
                assert set(statement["Action"]) == {
                    "sqs:ReceiveMessage",
                    "sqs:DeleteMessage",
                    "sqs:GetQueueAttributes",
                    "sqs:ChangeMessageVisibility",
                }


def test_nobody_else_takes_messages() -> None:
    consumers = {name for name, _, _ in CONSUMERS}
    for name, function in FUNCTIONS.items():
        actions = {action for s in statements_of(role_of(function)) for action in s["Action"]}
        harmless = {"sqs:SendMessage", "sqs:GetQueueAttributes"}
        taking = {action for action in actions if action.startswith("sqs:")} - harmless
        assert bool(taking) == (name in consumers), name


def test_a_condition_gives_up_before_its_queue_does() -> None:
    assert setting_of(FUNCTIONS["ProcessCondition"], "Timeout") > ASK_SECONDS + REPORTING_SECONDS
    assert sum(map(conditions.RETRIES.wait, range(1, conditions.RETRIES.attempts))) <= 15


@pytest.mark.parametrize(
    ("queue", "retries"),
    [
        ("Analysis", analyses.RETRIES),
        ("Conditions341", conditions.RETRIES),
        ("Disbursements", disbursements.RETRIES),
    ],
)
def test_who_ends_with_a_last_delivery_gets_it(queue: str, retries: Retries) -> None:
    assert retries.attempts < list_queues()[queue]["MaxReceiveCount"]


def test_a_queue_is_written_once() -> None:
    assert [path.name for path in (TEMPLATE, QUEUES, QUEUE) if "AWS::SQS::Queue" in path.read_text()] == ["queue.yaml"]


def test_somebody_hears_of_every_dead_letter(subtests: pytest.Subtests) -> None:
    for queue in list_queues():
        with subtests.test(queue=queue):
            stack = queue_stacks()[queue]
            assert stack["TemplateURL"] == "queue.yaml"
            assert stack["Parameters"]["OperatorAlarms"] == {"Ref": "OperatorAlarms"}
            assert stack["Parameters"]["DeadLettersMean"]
            alarm = load_template(QUEUE)["Resources"]["DeadLettersAlarm"]["Properties"]
            assert alarm["Dimensions"] == [{"Name": "QueueName", "Value": {"Fn::GetAtt": ["DeadLetters", "QueueName"]}}]
            assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/SQS", "ApproximateNumberOfMessagesVisible")
            assert (alarm["Threshold"], alarm["ComparisonOperator"]) == (0, "GreaterThanThreshold")
            assert alarm["Statistic"] in {"Maximum", "Sum"}


def test_somebody_hears_of_a_queue_that_stands_still(subtests: pytest.Subtests) -> None:
    for queue in list_queues():
        with subtests.test(queue=queue):
            alarm = load_template(QUEUE)["Resources"]["OldestMessageAlarm"]["Properties"]
            assert alarm["Dimensions"] == [{"Name": "QueueName", "Value": {"Fn::GetAtt": ["Queue", "QueueName"]}}]
            assert (alarm["Namespace"], alarm["MetricName"]) == ("AWS/SQS", "ApproximateAgeOfOldestMessage")
            assert (alarm["Threshold"], alarm["Statistic"]) == ({"Ref": "OldestMessage"}, "Maximum")
            of_queue = list_queues()[queue]
            # A message that is tried again after a lost worker is nothing to wake anybody for; one that is dropped is.
            assert (
                2 * of_queue["VisibilityTimeout"] < of_queue["OldestMessage"] < of_queue["MessageRetentionPeriod"] / 2
            )


def test_what_fails_goes_to_the_dead_letters() -> None:
    redrive = resources_of("AWS::SQS::Queue")["Queue"]["RedrivePolicy"]
    assert redrive["deadLetterTargetArn"] == {"Fn::GetAtt": ["DeadLetters", "Arn"]}
    for queue in resources_of("AWS::SQS::Queue").values():
        assert queue["SqsManagedSseEnabled"] is True


def test_dead_letters_outlive_what_they_came_from(subtests: pytest.Subtests) -> None:
    for queue in list_queues():
        with subtests.test(queue=queue):
            kept = resources_of("AWS::SQS::Queue")["DeadLetters"]["MessageRetentionPeriod"]
            assert kept > list_queues()[queue]["MessageRetentionPeriod"]


def test_a_queue_has_one_variable_for_those_that_may_send_to_it(subtests: pytest.Subtests) -> None:
    for queue in list_queues():
        with subtests.test(queue=queue):
            outputs = load_template(QUEUES)["Outputs"]
            of_banks = bank_queues_of(queue)
            stack, prefix = (
                (of_banks.stack, queue.replace(of_banks.path.stem.title(), "Bank")) if of_banks else (queue, "")
            )
            assert outputs[stack]["Value"] == {"Fn::GetAtt": [stack, "Outputs.Urls" if prefix else "Outputs.Url"]}
            assert outputs[f"{queue}Arn"]["Value"] == {"Fn::GetAtt": [stack, f"Outputs.{prefix}Arn"]}
            address = {"Fn::GetAtt": ["Queues", f"Outputs.{stack}"]}
            for name, function in FUNCTIONS.items():
                own = {variable for variable, value in variables_of(function).items() if value == address}
                assert own == ({queue_variable(queue)} if queue in queues_sent_to(function) else set()), name


# the queues of banks ------------------------------------------------------------------------------------------------

of_banks_each = pytest.mark.parametrize("of_banks", BANK_QUEUES, ids=lambda each: each.stack)


@of_banks_each
def test_every_bank_has_a_queue_of_its_own_and_a_concurrency_of_its_own(of_banks: BankQueues) -> None:
    assert of_banks.names == {of_banks.name(code) for code in BANKS}
    fed = {queue_of(event): event for name, _, event in CONSUMERS if name == of_banks.consumer}
    assert of_banks.names <= set(fed)
    assert all(event["ScalingConfig"]["MaximumConcurrency"] >= 2 for event in fed.values())


@of_banks_each
def test_senders_are_told_the_queue_of_every_bank(of_banks: BankQueues) -> None:
    outputs = load_template(of_banks.path)["Outputs"]
    addresses = json.loads(outputs["Urls"]["Value"]["Fn::Sub"])
    assert addresses == {code: f"${{Bank{code}.Outputs.Url}}" for code in BANKS}
    separator, arns = outputs["Arns"]["Value"]["Fn::Join"]
    assert separator == ","
    assert arns == [{"Fn::GetAtt": [f"Bank{code}", "Outputs.Arn"]} for code in BANKS]
    for code in BANKS:
        assert outputs[f"Bank{code}Arn"]["Value"] == {"Fn::GetAtt": [f"Bank{code}", "Outputs.Arn"]}
    named = load_template(QUEUES)["Outputs"][of_banks.arns]["Value"]
    assert named == {"Fn::GetAtt": [of_banks.stack, "Outputs.Arns"]}


def test_the_one_queue_that_proposals_had_is_worked_and_nobody_sends_to_it() -> None:
    """What a deployment before this one queued is neither lost nor left."""
    assert "Proposals" in {queue_of(event) for name, _, event in CONSUMERS if name == "WorkProposal"}
    assert not [name for name, function in FUNCTIONS.items() if "Proposals" in queues_sent_to(function)]


# the steps of a credit ----------------------------------------------------------------------------------------------

STEP_QUEUES = {
    "analyze": "Analysis",
    "generate_contract": "Contracts",
    "seal_contract": "Seals",
    "disburse": "Disbursements",
    "notify": "Notices",
}
STEPS_SENT: dict[str, set[str]] = {
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
    "SyncSteps": set(STEP_QUEUES) - {"disburse"},
    "SyncPayouts": {"disburse"},
    "LapseProposals": {"notify"},
}
"""Which steps each function that changes processes or credits sends after its commit."""


def test_every_step_has_its_queue() -> None:
    assert set(STEP_QUEUES) == {step.value for step in StepName}
    assert {step: queue_variable(queue) for step, queue in STEP_QUEUES.items()} == {
        step.value: variable for step, variable in QUEUE_VARIABLES.items()
    }


def test_who_changes_a_credit_may_send_the_steps_of_it_and_no_others() -> None:
    writers = {n for n, function in FUNCTIONS.items() if "WritesOrigination" in policies_of(role_of(function))}
    assert writers == set(STEPS_SENT)
    for name, steps in STEPS_SENT.items():
        sent = queues_sent_to(FUNCTIONS[name]) & set(STEP_QUEUES.values())
        assert sent == {STEP_QUEUES[step] for step in steps}, name
