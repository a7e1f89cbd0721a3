"""The local front door: the documented paths, with no stage or API id in them.

Passes every request on to the REST API of the local AWS over kept-alive connections, unchanged but for what API Gateway
does itself: compressed bodies are undone, large answers compressed, forwarding headers added, paths matched as written.
"""

import asyncio
import contextlib
import gzip
import re
import socket
import sys
import uuid
import zlib
from collections.abc import AsyncIterator

import aiohttp
import uvloop
from aiohttp import web
from multidict import CIMultiDict, CIMultiDictProxy
from yarl import URL

from lastro.aws.entrypoints.errors import NO_SUCH_OPERATION, render, status_of
from lastro.kernel.errors import LastroError, MalformedRequest, PayloadTooLarge, Retryable
from sandbox.cloud.settings import HOST, STAGE

# API Gateway refuses above 10 MB; a little more is let through so that the refusal is the API's own.
_BODY_LIMIT = 11 * 1024 * 1024
_COMPRESSED_FROM = 1024
"""Bytes of the smallest answer that is compressed: ``MinimumCompressionSize`` of the template."""
_COMPRESSION = 4
"""A fifth larger than at the usual six, in less than half the time: here both ends are one machine."""
_HOP_BY_HOP = frozenset(
    {
        *("connection", "keep-alive", "te", "trailer", "transfer-encoding", "upgrade"),
        *("proxy-authenticate", "proxy-authorization"),
        "content-length",
    }
)
_WINDOWS = {"gzip": 16 + zlib.MAX_WBITS, "deflate": zlib.MAX_WBITS}
"""Content codings that API Gateway undoes."""
_KEPT_ESCAPES = re.compile(r"%(?=2[5DEFdef]|[01][0-9A-Fa-f]|3[0-9]|4[1-9A-Fa-f]|5[0-9AFaf]|6[1-9A-Fa-f]|7[0-9AEFaef])")
"""Of a slash, a percent sign, control characters, and of what needs no escape: letters, digits, ``-._~``."""
_LONGEST = 60.0
"""Seconds that the local AWS may take: more than any function of the API has."""
_SESSION = web.AppKey("session", aiohttp.ClientSession)
_TARGET = web.AppKey("target", str)
_PATIENCE = web.AppKey("patience", float)


def create_gateway(aws_endpoint_url: str, api_id: str, *, patience: float = _LONGEST) -> web.Application:
    """The proxy in front of one REST API of the local AWS, which has ``patience`` seconds for an answer."""
    app = web.Application(client_max_size=_BODY_LIMIT)
    app[_PATIENCE] = patience
    app[_TARGET] = f"{aws_endpoint_url}/restapis/{api_id}/{STAGE}/_user_request_"
    app.cleanup_ctx.append(_upstream)
    # A path may hold anything, newlines too.
    app.router.add_route("*", r"/{path:[\s\S]*}", forward)
    return app


async def _upstream(app: web.Application) -> AsyncIterator[None]:
    connector = aiohttp.TCPConnector(limit=0, keepalive_timeout=60)
    timeout = aiohttp.ClientTimeout(total=app[_PATIENCE])
    async with aiohttp.ClientSession(
        connector=connector,
        timeout=timeout,
        auto_decompress=False,
        skip_auto_headers=("Accept", "Accept-Encoding", "Content-Type", "User-Agent"),
    ) as session:
        app[_SESSION] = session
        yield


async def forward(request: web.Request) -> web.Response:
    """Send one request on and answer with what came back: status, headers and body."""
    path = request.raw_path.partition("?")[0]
    if "//" in path or (path != "/" and path.endswith("/")):
        # The local AWS passes over slashes that API Gateway tells apart.
        return _refusal(NO_SUCH_OPERATION())
    try:
        body = _decoded(request, await request.read()) if request.can_read_body else None
    except zlib.error:
        return _refusal(MalformedRequest("A requisição não pôde ser lida."))
    except web.HTTPRequestEntityTooLarge:
        return _refusal(PayloadTooLarge("O corpo passa de 10 MB."))
    target = URL(request.app[_TARGET] + _as_written(request.raw_path), encoded=True)
    try:
        async with request.app[_SESSION].request(
            request.method, target, headers=_request_headers(request), data=body, allow_redirects=False
        ) as upstream:
            return _answer(request, upstream, await upstream.read())
    except (aiohttp.ClientError, TimeoutError) as error:
        return _refusal(Retryable(f"the local API does not answer: {type(error).__name__}"))


def _as_written(raw_path: str) -> str:
    """The path and query that the local AWS reads as API Gateway reads ``raw_path``.

    API Gateway matches routes and policies with the path as it was written and hands escapes on. The local AWS decodes
    the path first, so an escaped slash would part one variable in two, a newline fit no policy, and an escaped letter
    spell a path twice: those stay escaped.
    """
    path, mark, query = raw_path.partition("?")
    return _KEPT_ESCAPES.sub("%25", path) + mark + query


def _refusal(error: LastroError) -> web.Response:
    """An error of the gateway's own, in the shape of all others."""
    text = render(error, str(uuid.uuid4()))
    return web.Response(status=status_of(error).value, text=text, content_type="application/json")


def _answer(request: web.Request, upstream: aiohttp.ClientResponse, body: bytes) -> web.Response:
    """What came back, compressed for who takes it so."""
    headers = _end_to_end(upstream.headers)
    if len(body) >= _COMPRESSED_FROM and "Content-Encoding" not in headers and _takes_gzip(request):
        body = gzip.compress(body, compresslevel=_COMPRESSION)
        headers["Content-Encoding"] = "gzip"
    return web.Response(status=upstream.status, headers=headers, body=body)


def _takes_gzip(request: web.Request) -> bool:
    codings = [coding.replace(" ", "").lower() for coding in request.headers.get("Accept-Encoding", "").split(",")]
    return any(coding.partition(";")[0] == "gzip" and not coding.endswith(";q=0") for coding in codings)


def _decoded(request: web.Request, body: bytes) -> bytes:
    """The body as API Gateway hands it on where compression is on. Raises ``zlib.error`` for one that is none."""
    window = _WINDOWS.get(request.headers.get("Content-Encoding", "").lower())
    if window is None:
        return body
    decoder = zlib.decompressobj(window)
    decoded = decoder.decompress(body, _BODY_LIMIT)
    if not decoder.eof:
        raise zlib.error("the body is cut short or too large")
    return decoded


def _end_to_end(headers: CIMultiDictProxy[str]) -> CIMultiDict[str]:
    return CIMultiDict((name, value) for name, value in headers.items() if name.lower() not in _HOP_BY_HOP)


def _as_text(value: str) -> str:
    """A header with U+FFFD in place of bytes that are no UTF-8, as in a body; the local AWS would leave them out."""
    return value.encode(errors="surrogateescape").decode(errors="replace")


def _request_headers(request: web.Request) -> CIMultiDict[str]:
    headers = CIMultiDict((name, _as_text(value)) for name, value in _end_to_end(request.headers).items())
    before = request.headers.get("X-Forwarded-For")
    caller = request.remote or HOST
    if headers.get("Content-Encoding", "").lower() in _WINDOWS:
        del headers["Content-Encoding"]
    headers["X-Forwarded-For"] = f"{before}, {caller}" if before else caller
    headers["X-Forwarded-Proto"] = request.scheme
    headers["X-Forwarded-Port"] = str(request.url.port)
    return headers


@contextlib.asynccontextmanager
async def serving(app: web.Application, port: int) -> AsyncIterator[None]:
    """Serve an application on loopback while the block runs. Requests are not logged: paths carry documents."""
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, auto_decompress=False)
    await runner.setup()
    try:
        await web.TCPSite(runner, HOST, port).start()
        yield
    finally:
        await runner.cleanup()


async def serve_alone(listening: socket.socket, aws_endpoint_url: str, api_id: str) -> None:
    """One more front door of a cloud that runs, at a port that its parent holds: it may be killed without either.

    It ends with its standard input, which the parent holds too: Linux would tell it of the end of the thread that
    started it, and that thread may end first.
    """
    runner = web.AppRunner(create_gateway(aws_endpoint_url, api_id), access_log=None, auto_decompress=False)
    await runner.setup()
    await web.SockSite(runner, listening).start()
    parent = asyncio.StreamReader()
    await asyncio.get_running_loop().connect_read_pipe(lambda: asyncio.StreamReaderProtocol(parent), sys.stdin)
    await parent.read()


if __name__ == "__main__":
    uvloop.run(serve_alone(socket.socket(fileno=int(sys.argv[1])), *sys.argv[2:]))
