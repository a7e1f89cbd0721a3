"""The whole API over real HTTP, in process: for clients that nobody of ours wrote and that know only an address."""

from __future__ import annotations

import asyncio
from types import SimpleNamespace
from typing import Any

from aiohttp import web

from openapi.routes import Route, list_routes, load_template
from tests.functions.invocation import Shop, load_function


def answer_as(shop: Shop) -> web.Application:
    """Every path of the template, asked by whoever sends the key of ``shop``; any other path is not there."""
    app = web.Application(client_max_size=8 * 1024 * 1024)
    # A path without variables comes before one that would read its last part as one.
    for route in sorted(list_routes(load_template()), key=lambda each: each.path.count("{")):
        app.router.add_route(route.method.upper(), route.path, _ask(route, shop))
    return app


def _ask(route: Route, shop: Shop) -> Any:
    async def answer(request: web.Request) -> web.Response:
        if request.headers.get("Authorization") != f"Bearer {shop.api_key}":
            return web.json_response({"error": {"message": "Unauthorized", "status": 401}}, status=401)
        many = {name: request.query.getall(name) for name in request.query}
        event = {
            "resource": route.path,
            "path": request.path,
            "httpMethod": request.method,
            "headers": dict(request.headers),
            "pathParameters": dict(request.match_info) or None,
            "queryStringParameters": {name: values[-1] for name, values in many.items()} or None,
            "multiValueQueryStringParameters": many or None,
            "requestContext": {"requestId": "r-1", "resourcePath": route.path, "authorizer": shop.authorizer},
            "body": (await request.read()).decode() or None,
        }
        context = SimpleNamespace(function_name=route.operation)
        given = await asyncio.to_thread(load_function(route.context, route.operation).handler, event, context)
        return web.Response(status=given["statusCode"], headers=given["headers"], text=given["body"] or "")

    return answer
