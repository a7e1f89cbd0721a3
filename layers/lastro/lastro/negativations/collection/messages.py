"""What the queue of collections carries: a shard to be walked, or some boletos of one debtor to be worked."""

from __future__ import annotations

from datetime import date

from lastro.wire.messages import QueueMessage


class CollectionMessage(QueueMessage):
    """With ``debtor_id`` the boletos of that debtor, else the shard."""

    branch_id: int
    business_date: date
    shard: int = 0
    debtor_id: str = ""
    boleto_ids: tuple[str, ...] = ()

    @property
    def subject(self) -> str:
        about = f"{self.debtor_id}#{','.join(self.boleto_ids)}" if self.debtor_id else str(self.shard)
        return f"{self.partner_id}#{self.branch_id}#{self.business_date}#{about}"
