"""Keys of surveys and of the occurrences that they are sent on.

| entity              | PK                      | SK            | by_owner (PK / SK)             | open (PK / SK)  | read by |
|---------------------|-------------------------|---------------|--------------------------------|-----------------|---------|
| occurrence          | OCCURRENCE#<partner>#<digest> | OCCURRENCE |                             | OCCURRED#<shard> / <time>#<partner>#<digest> | the sweep, oldest first; gone once it is worked |
| survey              | SURVEYS#<partner>       | SURVEY#<id>   |                                |                 | one get; list; all of a partner for each of its occurrences |
| sent survey         | SENT_SURVEY#<partner>#<uuid> | SENT     | SENT_SURVEYS#<partner>#<survey> / <time>#<uuid> | | one get per answer; list of a survey; put if absent |
| survey of somebody  | SURVEYS_OF#<partner>#<recipient> | <time>#<uuid> |                       |                 | one query: a person's surveys, newest first |
| count of a survey   | SURVEY_COUNTS#<partner>#<survey> | <trigger>#<shard> |                   |                 | one query: the result of a survey |
| filling of protocols | SURVEYS#<partner>      | FILLING       |                                |                 | one get per run |
"""

from __future__ import annotations

import hashlib
from zlib import crc32

from lastro.aws.dynamodb.keys import Key, open_place

OCCURRED = "OCCURRED"
COUNT_SHARDS = 8
"""A survey's counts are spread over so many rows a trigger: everybody who is sent it or answers writes one of them."""


def occurrence(partner_id: str, name: str) -> Key:
    return Key(f"OCCURRENCE#{partner_id}#{_digest(name)}", "OCCURRENCE")


def occurrence_index(partner_id: str, name: str, moment: str) -> dict[str, str]:
    """Attributes that keep an occurrence among those that are to be worked."""
    place = f"{partner_id}#{_digest(name)}"
    return open_place(OCCURRED, place, f"{moment}#{place}")


def survey(partner_id: str, survey_id: int) -> Key:
    return Key(f"SURVEYS#{partner_id}", f"SURVEY#{survey_id:012d}")


def filling(partner_id: str) -> Key:
    """Sorts before every survey."""
    return Key(f"SURVEYS#{partner_id}", "FILLING")


def sent_survey(partner_id: str, sent_id: str) -> Key:
    return Key(f"SENT_SURVEY#{partner_id}#{sent_id}", "SENT")


def sent_surveys_index(partner_id: str, survey_id: int, place: str = "") -> dict[str, str]:
    """Attributes that place a sent survey in the list of its survey, newest last."""
    return {"by_owner_pk": f"SENT_SURVEYS#{partner_id}#{survey_id}", "by_owner_sk": place}


def survey_of(partner_id: str, recipient: str, place: str = "") -> Key:
    return Key(f"SURVEYS_OF#{partner_id}#{recipient}", place)


def survey_count(partner_id: str, survey_id: int, trigger: str, sent_id: str) -> Key:
    return Key(f"SURVEY_COUNTS#{partner_id}#{survey_id}", f"{trigger}#{crc32(sent_id.encode()) % COUNT_SHARDS:02d}")


def _digest(name: str) -> str:
    return hashlib.sha256(name.encode()).hexdigest()[:32]
