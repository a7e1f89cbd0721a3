"""The second yardstick of cold starts: a handler as public cookbooks write them for Powertools and DynamoDB.

Logger, metrics, a REST resolver with validation, a few models and a table of boto3's resource. Cookbooks add a tracer:
the functions have none, so that X-Ray's library is not installed and its price not in the comparison. It is only
ever imported, never deployed.
"""

from decimal import Decimal
from typing import Annotated, Any
from uuid import uuid4

import boto3
from aws_lambda_powertools import Logger, Metrics
from aws_lambda_powertools.event_handler import APIGatewayRestResolver
from aws_lambda_powertools.event_handler.exceptions import NotFoundError
from aws_lambda_powertools.event_handler.openapi.params import Path, Query
from aws_lambda_powertools.logging import correlation_paths
from aws_lambda_powertools.metrics import MetricUnit
from pydantic import BaseModel, Field

logger = Logger(service="orders")
metrics = Metrics(namespace="Orders", service="orders")
app = APIGatewayRestResolver(enable_validation=True)
table = boto3.resource("dynamodb").Table("orders")


class Item(BaseModel):
    sku: Annotated[str, Field(min_length=1, max_length=40)]
    quantity: Annotated[int, Field(ge=1)]
    price_cents: Annotated[int, Field(ge=0)]


class OrderRequest(BaseModel):
    customer_id: str
    items: Annotated[list[Item], Field(min_length=1)]


class Order(OrderRequest):
    order_id: str
    total_cents: int


class OrderList(BaseModel):
    orders: list[Order]


@app.post("/orders")
def create_order(order: OrderRequest) -> Order:
    total = sum(each.quantity * each.price_cents for each in order.items)
    made = Order(**order.model_dump(), order_id=str(uuid4()), total_cents=total)
    table.put_item(Item={**made.model_dump(), "total_cents": Decimal(total)})
    metrics.add_metric(name="OrderCreated", unit=MetricUnit.Count, value=1)
    return made


@app.get("/orders/<order_id>")
def get_order(order_id: Annotated[str, Path()]) -> Order:
    found = table.get_item(Key={"order_id": order_id}).get("Item")
    if not found:
        raise NotFoundError(order_id)
    return Order.model_validate(found)


@app.get("/orders")
def list_orders(limit: Annotated[int, Query(ge=1, le=100)] = 20) -> OrderList:
    return OrderList(orders=[Order.model_validate(each) for each in table.scan(Limit=limit)["Items"]])


@logger.inject_lambda_context(correlation_id_path=correlation_paths.API_GATEWAY_REST)
@metrics.log_metrics(capture_cold_start_metric=True)
def handler(event: dict[str, Any], context: Any) -> dict[str, Any]:
    return app.resolve(event, context)
