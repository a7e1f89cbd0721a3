"""The yardstick of cold starts: an ordinary handler with the libraries most Python functions on Lambda use.

A Powertools REST resolver with validation, twenty pydantic models, an httpx client and a boto3 DynamoDB client. It is
only ever imported, never deployed.
"""

from typing import Annotated, Any

import boto3
import httpx
from aws_lambda_powertools import Logger
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.event_handler.openapi.params import Path
from pydantic import BaseModel, Field

logger = Logger(service="reference")
app = APIGatewayRestResolver(enable_validation=True)
table = boto3.client("dynamodb")
http = httpx.Client(timeout=5)


class Money(BaseModel):
    cents: Annotated[int, Field(ge=0)]
    currency: str = "BRL"


class Address(BaseModel):
    street: str
    number: str
    city: str
    state: Annotated[str, Field(min_length=2, max_length=2)]
    zip_code: str


class Phone(BaseModel):
    area: str
    number: str


class Person(BaseModel):
    name: Annotated[str, Field(min_length=1, max_length=120)]
    document: str
    birthdate: str | None = None
    phone: Phone | None = None
    address: Address | None = None


class Employment(BaseModel):
    occupation: str
    income: Money


class Lead(BaseModel):
    person: Person
    employment: Employment | None = None
    has_licence: bool = False


class Vehicle(BaseModel):
    code: str
    year: Annotated[int, Field(ge=1950, le=2100)]
    zero_km: bool
    value: Money


class Store(BaseModel):
    id: int
    name: str
    address: Address


class Bank(BaseModel):
    code: str
    name: str


class Expense(BaseModel):
    kind: str
    value: Money


class Insurance(BaseModel):
    kind: str
    premium: Money


class Instalment(BaseModel):
    number: int
    value: Money
    due_date: str


class Terms(BaseModel):
    instalments: Annotated[int, Field(ge=1, le=120)]
    down_payment: Money


class Offer(BaseModel):
    bank: Bank
    terms: Terms
    schedule: list[Instalment]
    expenses: list[Expense]
    insurance: list[Insurance]


class Refusal(BaseModel):
    bank: Bank
    reason: str


class Outcome(BaseModel):
    offers: list[Offer]
    refusals: list[Refusal]


class Audit(BaseModel):
    created_at: str
    created_by: str


class Quote(BaseModel):
    id: str
    lead: Lead
    vehicle: Vehicle
    store: Store
    outcome: Outcome
    audit: Audit


class QuoteRequest(BaseModel):
    lead: Lead
    vehicle: Vehicle
    terms: list[Terms]


class QuoteList(BaseModel):
    quotes: list[Quote]
    page: int = 1


@app.post("/quotes")
def create_quote(quote: QuoteRequest) -> QuoteList:
    logger.info("quote", terms=len(quote.terms))
    return QuoteList(quotes=[])


@app.get("/quotes/<quote_id>")
def get_quote(quote_id: Annotated[str, Path()]) -> QuoteList:
    logger.info("quote", quote_id=quote_id)
    return QuoteList(quotes=[])


def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
