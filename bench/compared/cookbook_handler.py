"""The second yardstick of cold starts: a handler with what a public cookbook puts into its lightest ones.

The makeup is that of the reading handlers of `aws-lambda-handler-cookbook` (github.com/ran-isenberg, MIT-0), a template
that AWS recommends: Powertools' logger, metrics and tracer, a REST resolver that validates, the environment read into a
model and a table of boto3's resource. Its writing handlers add idempotency and feature flags, which take half as long
again. Written anew here; only ever imported, never deployed.
"""

import os
from typing import Annotated, Any

import boto3
from aws_lambda_env_modeler import get_environment_variables, init_environment_variables
from aws_lambda_powertools import Logger, Metrics, Tracer
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.params import Query
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from aws_lambda_powertools.utilities.typing import LambdaContext
from cachetools import TTLCache, cached
from pydantic import BaseModel, Field

os.environ |= {"ORDERS_TABLE": "orders"}


class Settings(BaseModel):
    ORDERS_TABLE: Annotated[str, Field(min_length=1)]


class Order(BaseModel):
    order_id: str
    customer_name: Annotated[str, Field(min_length=1, max_length=20)]
    item_count: Annotated[int, Field(gt=0)]


class OrderPage(BaseModel):
    orders: list[Order]


class Failure(BaseModel):
    error: str


logger, tracer = Logger(service="orders"), Tracer(service="orders")
metrics = Metrics(namespace="orders", service="orders")
app = APIGatewayRestResolver(enable_validation=True)
ANSWERS: Any = {404: {"description": "No order", "content": {"application/json": {"model": Failure}}}}


@cached(cache=TTLCache(maxsize=1, ttl=300))
def open_table() -> Any:
    return boto3.resource("dynamodb").Table(get_environment_variables(model=Settings).ORDERS_TABLE)


@tracer.capture_method(capture_response=False)
def read_order(order_id: str) -> Order:
    if item := open_table().get_item(Key={"order_id": order_id}).get("Item"):
        return Order.model_validate(item)
    raise NotFoundError(order_id)


@app.get("/api/orders/<order_id>", summary="An order", responses=ANSWERS, tags=["CRUD"])
def get_order(order_id: str) -> Order:
    metrics.add_metric(name="OrderRead", unit=MetricUnit.Count, value=1)
    return read_order(order_id)


@app.get("/api/orders/", summary="A page of orders", tags=["CRUD"])
def list_orders(limit: Annotated[int, Query(ge=1, le=100)] = 10) -> OrderPage:
    return OrderPage(orders=[Order.model_validate(each) for each in open_table().scan(Limit=limit)["Items"]])


@init_environment_variables(model=Settings)
@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_REST)
@metrics.log_metrics
@tracer.capture_lambda_handler(capture_response=False)
def handler(event: dict[str, Any], context: LambdaContext) -> dict[str, Any]:
    return app.resolve(event, context)


# A first call would open it, and of every function that is measured the clients are opened.
open_table()
