"""What a partner reads of a customer's journey: main data, the class below it, and what there is, with its lists."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from lastro.customers.classes.views import ClassificationView
from lastro.customers.people.part_views import Moment, View


class JourneyCustomerView(View):
    """Main data of the customer."""

    id: Annotated[int, Field(description="Number of the customer", examples=[1])]
    name: Annotated[str, Field(description="Full name or company name", examples=["Ana Exemplo"])]
    cpf: Annotated[str | None, Field(description="CPF, with punctuation", examples=["529.982.247-25"])]
    cnpj: Annotated[str | None, Field(description="CNPJ, with punctuation", examples=["11.222.333/0001-81"])]
    born_at: Annotated[str | None, Field(description="Birth, YYYY-MM-DD", examples=["1990-05-17"])]
    emails: Annotated[list[str], Field(description="E-mail addresses", examples=[["ana@example.com"]])]
    phones: Annotated[list[str], Field(description="Phones, with area code", examples=[["84900000000"]])]
    politically_exposed: Annotated[
        bool, Field(description="Exposed today, by declaration or by an office within its term", examples=[False])
    ]
    associates_politically_exposed: Annotated[
        int, Field(description="How many of the associates are exposed today", examples=[0])
    ]
    created_at: Moment
    updated_at: Moment


class JourneyListView(View):
    """How many there are, and the list of them."""

    count: Annotated[int, Field(description="Exact at the moment of the answer", examples=[2])]
    link: Annotated[
        str, Field(description="The list, of this customer alone", examples=["/api/v1/assignments?customer_id=1"])
    ]


class JourneyView(View):
    """A customer at a glance."""

    customer: JourneyCustomerView
    classification: ClassificationView
    assignments: JourneyListView
    reservations: JourneyListView
    sales: JourneyListView


class JourneyAnswer(View):
    """Envelope of a customer's journey."""

    journey: JourneyView
