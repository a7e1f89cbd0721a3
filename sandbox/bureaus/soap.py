"""The envelope of SOAP, as the sandbox's SPC reads it."""

from __future__ import annotations

from lxml import etree

from sandbox.bureaus.desk import Refused
from sandbox.bureaus.outcomes import Outcome

ENVELOPE = "http://schemas.xmlsoap.org/soap/envelope/"


def asked_in(body: bytes) -> etree._Element:
    """The one element inside an envelope. Raises ``Refused`` for anything else."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    try:
        found = etree.fromstring(body, parser).find(f"{{{ENVELOPE}}}Body")
    except etree.XMLSyntaxError as error:
        raise Refused(Outcome.BAD_REQUEST) from error
    if found is None or len(found) != 1:
        raise Refused(Outcome.BAD_REQUEST)
    return found[0]
