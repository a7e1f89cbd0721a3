"""POST /banks/{bank}/proposal_events/{secret}: a bank tells what became of a proposal.

The secret of the path is the credential: it was given to the bank alone, with the proposal. The same message again, or
one that comes late, changes nothing.
"""

from lastro.aws.entrypoints.http import endpoint
from lastro.financing.proposals.requests import ReceiveBankWord
from lastro.financing.records.views import BankWordView
from lastro.financing.wiring import open_bank_words

bank_words = open_bank_words()


@endpoint(public=True)
def handler(request: ReceiveBankWord) -> BankWordView:
    return bank_words.receive(request)
