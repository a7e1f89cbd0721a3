"""What a partner reads of the report "Negativações de crédito"."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.negativations.fields import Moment, View
from lastro.negativations.listings.views import ListingView


class StatusCount(View):
    """Listings in one status."""

    status: Annotated[str, Field(description="As on a listing", examples=["ativa"])]
    listings: Annotated[int, Field(description="How many", examples=[12])]


class ReasonCount(View):
    """Removals for one reason."""

    reason: Annotated[str, Field(description="Of the bureau's table", examples=["01"])]
    listings: Annotated[int, Field(description="How many", examples=[7])]


class MonthCount(View):
    """What came up and what went down in one month."""

    month: Annotated[str, Field(description="Year and month", examples=["2026-11"])]
    inclusions: Annotated[int, Field(description="Records that the bureau took", examples=[31])]
    removals: Annotated[int, Field(description="Records that were taken down", examples=[18])]


class ListingTotals(View):
    """Figures of what the filters let through: of all of it, or of what is newest, to be added to those that follow."""

    listings: Annotated[int, Field(description="Listings of the period", examples=[49])]
    amount_cents: Annotated[int, Field(description="Their debts, in cents", examples=[930510])]
    critical: Annotated[int, Field(description="Those that somebody has to see to", examples=[2])]
    statuses: Annotated[list[StatusCount], Field(description="By status, where there are any")]
    reasons: Annotated[list[ReasonCount], Field(description="Reasons of removal")]
    months: Annotated[
        list[MonthCount],
        Field(description="The twelve months up to the last day's, whenever the listing was asked for"),
    ]
    next_cursor: Annotated[
        str | None,
        Field(description="totals_cursor of the figures that are to be added; null: these are whole", examples=[None]),
    ]


class ListingReport(View):
    """A page of listings, newest first, with the totals of all pages on the first one. With a filter a page may hold
    fewer and still be followed by another.
    """

    data: Annotated[list[ListingView], Field(description="Listings of this page")]
    totals: Annotated[ListingTotals | None, Field(description="Null on later pages")]
    next_cursor: Annotated[str | None, Field(description="cursor of the next page; null on the last", examples=[None])]


class ListingFile(View):
    """A private address of a file, good for a minute. With a filter a file may hold few rows, or none, and still be
    followed by another.
    """

    url: Annotated[str, Field(description="GET it without a key", examples=["https://files.example.com/a.xlsx"])]
    file_name: Annotated[
        str, Field(description="Name to save it under", examples=["negativacoes-20261101-20261130.xlsx"])
    ]
    expires_at: Moment
    next_cursor: Annotated[str | None, Field(description="cursor of the next file; null on the last", examples=[None])]


class ListingFileAnswer(View):
    """Envelope of a file's address."""

    data: ListingFile
