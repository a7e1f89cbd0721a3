"""The filling of protocols in the table: how far it is, and the protocol of one row."""

from __future__ import annotations

from dataclasses import asdict

from lastro.aws.dynamodb.keys import surveys as survey_keys
from lastro.aws.dynamodb.table import ABSENT, Put, Table, Update
from lastro.surveys.model import SentSurvey
from lastro.surveys.protocols.filling import Filling
from lastro.surveys.store import SurveyStore


class FillingStore:
    """Progress by partner."""

    def __init__(self, table: Table) -> None:
        self._table = table
        self.surveys = SurveyStore(table)

    def find(self, partner_id: str) -> Filling:
        """As far as it is; nothing was walked of a partner whose filling never ran."""
        item = self._table.get(survey_keys.filling(partner_id))
        return Filling(**{name: item[name] for name in asdict(Filling())}) if item else Filling()

    def keep(self, partner_id: str, filling: Filling) -> None:
        """Two rounds at once may keep one another's place: the rows that both walk are filled once all the same."""
        item = {"entity": "protocol_filling", "schema": 1, "version": 1, **asdict(filling)}
        self._table.write(Put(survey_keys.filling(partner_id), item))

    def fill(self, sent: SentSurvey) -> bool:
        """Keep the protocol of a row that has none; false when it has one by now, or is gone."""
        key = survey_keys.sent_survey(sent.partner_id, sent.id)
        where = {"id": sent.id, "protocol": ABSENT}
        return self._table.commit([Update(key, {"protocol": sent.protocol}, where=where)])
