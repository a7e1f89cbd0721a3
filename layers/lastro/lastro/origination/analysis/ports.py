"""A question of the analysis about a person, answered by a bureau."""

from __future__ import annotations

from lastro.kernel.dataclass import dataclass
from lastro.kernel.documents import Cpf


@dataclass(frozen=True)
class DataRequest:
    """A question about a borrower. The same ``key`` is the same question, which is paid once.

    ``requested_by`` proposed the credit; ``branch_id`` names the branch whose integration asks, ``None`` the only one;
    ``report`` what is asked for, ``None`` the integration's first.
    """

    key: str
    partner_id: str
    cpf: Cpf
    process_id: str
    requested_by: str
    branch_id: int | None
    report: str | None
