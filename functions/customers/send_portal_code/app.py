"""Queue of codes: draw the code of a login and send it to who is at the address, if anybody is."""

from __future__ import annotations

from lastro.aws.entrypoints.consumer import consumer
from lastro.customers.portal.logins.messages import CodeAsked
from lastro.customers.portal.logins.sending import RETRIES
from lastro.customers.portal.logins.wiring import open_sending
from lastro.kernel.queues.delivery import Delivery, Done

sending = open_sending()


@consumer(CodeAsked, RETRIES)
def handler(delivery: Delivery[CodeAsked]) -> Done:
    return sending.process(delivery)
