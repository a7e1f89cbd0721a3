"""Every lease outlives what it is taken for, and every limit of time lies within the one around it."""

from __future__ import annotations

import pytest

from lastro.bureaus.inquiries.working import asking
from lastro.bureaus.inquiries.working import due as inquiries
from lastro.bureaus.model import ASKING_LEASE
from lastro.bureaus.setup.integrations.keeping import CLOSING, SECRETS_GRACE
from lastro.bureaus.tokens import obtaining
from lastro.customers.classes import model as classes
from lastro.financing.attempts.model import SENDING_LASTS
from lastro.financing.bank_work import worker as proposals
from lastro.kernel.queues.sweeping import RESENT, SWEEP_TIME
from lastro.negativations.collection.runs import sweep as runs
from lastro.negativations.imports import keeping as importing
from lastro.negativations.listings import model as listing
from lastro.negativations.listings.working import claiming, sweep
from lastro.negativations.listings.working import sending as listings
from lastro.origination.disbursements.model import SETTLING
from lastro.origination.processes import steps
from lastro.retention import model as retention
from lastro.simulations import records as simulations
from lastro.simulations.conditions import breaker, pre_approvals, worker
from lastro.vendors.payer.client import TIMEOUT as PAYER
from lastro.webhooks.callbacks import signing
from lastro.webhooks.deliveries import model as deliveries
from lastro.webhooks.deliveries.sender import TRY_SECONDS
from lastro.webhooks.receivers import model as receivers
from tests.template.source import events_of, list_calls, resources_of, setting_of

FUNCTIONS = resources_of("AWS::Serverless::Function")


def lives(function: str) -> float:
    """Seconds until a function is ended."""
    return float(setting_of(FUNCTIONS[function], "Timeout"))


LONGEST_CALL = max(lives(name) for name, _, _ in list_calls())
"""Seconds that a call of the API may take."""
LONGEST_TURN = 15
"""Seconds that the last thing of a run may take: at most a simulation of 1,500 conditions that ends."""

WITHIN = {
    "pre-analysis in its lease": (pre_approvals.ASK_SECONDS, pre_approvals.LEASE_MS / 1000),
    "pre-analysis in its condition": (pre_approvals.ASK_SECONDS, worker.ASK_SECONDS),
    "condition in its function": (worker.ASK_SECONDS, lives("ProcessCondition")),
    "condition that probes a bank in its lease": (worker.ASK_SECONDS, breaker.PROBE_MS / 1000),
    "login at a bureau in its lease": (obtaining.LOGIN_SECONDS, obtaining.LEASE_MS / 1000),
    "login at a bureau in its inquiry": (obtaining.LOGIN_SECONDS, asking.ASK_SECONDS),
    "inquiry in its request": (asking.ASK_SECONDS, lives("CreateBureauInquiry")),
    "inquiry in its consumer": (asking.ASK_SECONDS, lives("ProcessInquiry")),
    "request of an inquiry in its lease": (lives("CreateBureauInquiry"), ASKING_LEASE.total_seconds()),
    "consumer of inquiries in its lease": (lives("ProcessInquiry"), ASKING_LEASE.total_seconds()),
    "analysis that inquires in its lease": (lives("Analyze"), ASKING_LEASE.total_seconds()),
    "try of a notice in its function": (TRY_SECONDS, lives("DeliverNotice")),
    "consumer of notices in its lease": (lives("DeliverNotice"), deliveries.LEASE.total_seconds()),
    "consumer of notices in its place at a receiver": (lives("DeliverNotice"), receivers.LEASE.total_seconds()),
    "exchange of a signing secret in its lease": (lives("RotateSigningSecret"), signing.LEASE.total_seconds()),
    "integration with its secrets in the grace of what is left over": (
        lives("CreateBureauIntegration"),
        SECRETS_GRACE.total_seconds(),
    ),
    "removal of an integration in what holds inclusions back": (
        lives("DeleteBureauIntegration"),
        CLOSING.total_seconds(),
    ),
    "bureau's answer on a listing in its consumer": (listings.ASK_SECONDS, lives("ProcessNegativation")),
    "consumer of listings in its lease": (lives("ProcessNegativation"), claiming.LEASE.total_seconds()),
    "proposal at its bank in its function": (proposals.ASK_SECONDS, lives("WorkProposal")),
    "consumer of proposals in its claim": (lives("WorkProposal"), SENDING_LASTS.total_seconds()),
    "payout in what the payer may take to list it": (lives("Disburse"), SETTLING.total_seconds()),
    "call that leaves a step in the grace of its sweep": (LONGEST_CALL, steps.GRACE.total_seconds()),
    "call that leaves a listing in the grace of its sweep": (LONGEST_CALL, listing.GRACE.total_seconds()),
    "call that changes a boleto in the grace of its sweep": (LONGEST_CALL, sweep.GRACE.total_seconds()),
    "call that leaves an inquiry in the grace of its sweep": (LONGEST_CALL, inquiries.GRACE.total_seconds()),
    "call that leaves a notice in the grace of its sweep": (LONGEST_CALL, deliveries.QUEUE_GRACE.total_seconds()),
    "call that read classes of before in what its customers are evaluated again after": (
        LONGEST_CALL,
        classes.SETTLING.total_seconds(),
    ),
    "request of a simulation in the grace of its sweep": (lives("CreateSimulation"), simulations.GRACE.total_seconds()),
    "step of an import in what leaves it alone": (lives("WorkImport"), importing.LEFT_ALONE.total_seconds()),
    "part of a collection in what leaves it alone": (lives("WorkCollection"), runs.LEFT_ALONE.total_seconds()),
    "slice of a data subject's request in its grace": (
        lives("WorkDataSubjectRequest"),
        retention.GRACE.total_seconds(),
    ),
    **{
        f"message sent again that {name} works": (lives(name), RESENT.total_seconds())
        for name in sorted({name for name, _, _ in events_of("SQS")})
    },
    **{
        f"run of {name} in its function": (SWEEP_TIME.total_seconds() + LONGEST_TURN, lives(name))
        for name in sorted({name for name, _, _ in events_of("Schedule")})
    },
    "answer of the payer in its function": (float(PAYER.read or 0), lives("Disburse")),
}


@pytest.mark.parametrize("what", WITHIN)
def test_what_is_within_ends_first(what: str) -> None:
    inner, outer = WITHIN[what]
    assert 0 < inner < outer
