"""The documentation page: the OpenAPI document as plain HTML, readable without a script and printable.

Its own words are Portuguese, what the document says stays as it is. Addresses are relative and hang on no stage.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping
from html import escape
from pathlib import Path
from typing import Any

from openapi.markup import render_inline, render_text
from openapi.schema_rows import anchor_of, explain_field, render_fields, render_table_head, render_type

Document = Mapping[str, Any]

_PLACES = {"path": "caminho", "query": "consulta", "header": "cabeçalho"}
_CONTEXTS = {
    "simulations": "Simulações",
    "access": "Acesso",
    "bureaus": "Birôs de crédito",
    "vehicles": "Veículos",
    "financing": "Propostas",
    "approvals": "Alçadas",
    "customers": "Clientes",
    "surveys": "Pesquisas",
    "negativations": "Negativações",
    "retention": "Titulares de dados",
    "webhooks": "Avisos",
    "origination": "Originação",
    "system": "Sistema",
}


def render_page(document: Document, assets: Path) -> str:
    """The whole page. ``assets`` holds the files it links to, each named with a hash of its content."""
    info = document["info"]
    body = [
        '<header class="top">',
        f'<img src="{_address("icon.svg", assets)}" alt="" width="40" height="40">',
        f"<div><h1>{escape(info['title'])}</h1>",
        f'<p>Versão {escape(info["version"])} · <a href="openapi.json">OpenAPI 3.1 (openapi.json)</a> · '
        '<a href="asyncapi.json">Avisos em AsyncAPI 3 (asyncapi.json)</a></p></div>',
        "</header>",
        '<div class="columns">',
        *_navigation(document),
        '<main id="conteudo">',
        f'<section id="inicio">{render_text(info["description"])}</section>',
        *_contexts(document),
        *_schemas(document),
        "</main></div>",
    ]
    head = (
        '<!doctype html>\n<html lang="pt-BR">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(info['title'])}</title>\n"
        f'<link rel="icon" href="{_address("icon.svg", assets)}" type="image/svg+xml">\n'
        f'<link rel="stylesheet" href="{_address("docs.css", assets)}">\n</head>\n<body>\n'
        '<a class="skip" href="#conteudo">Ir para o conteúdo</a>\n'
    )
    return head + "\n".join(body) + "\n</body>\n</html>\n"


def _address(name: str, assets: Path) -> str:
    return f"docs/{name}?v={hashlib.sha256((assets / name).read_bytes()).hexdigest()[:12]}"


def _operations(document: Document, context: str) -> Iterator[tuple[str, str, Mapping[str, Any]]]:
    for path, item in document["paths"].items():
        for method, operation in item.items():
            if context in operation["tags"]:
                yield method, path, operation


def _navigation(document: Document) -> Iterator[str]:
    yield '<nav aria-label="Operações"><ul><li><a href="#inicio">Início</a></li></ul>'
    for tag in document["tags"]:
        yield f"<h2>{_CONTEXTS[tag['name']]}</h2><ul>"
        for method, _, operation in _operations(document, tag["name"]):
            summary = render_inline(operation["summary"])
            label = f'<b class="m {method}">{method.upper()}</b> <span>{summary}</span>'
            yield f'<li><a href="#{operation["operationId"]}">{label}</a></li>'
        yield "</ul>"
    yield '<h2><a href="#esquemas">Esquemas</a></h2></nav>'


def _contexts(document: Document) -> Iterator[str]:
    for tag in document["tags"]:
        yield f'<h2 class="context">{_CONTEXTS[tag["name"]]} <small>{escape(tag["description"])}</small></h2>'
        for method, path, operation in _operations(document, tag["name"]):
            yield from _operation(document, method, path, operation)


def _operation(document: Document, method: str, path: str, operation: Mapping[str, Any]) -> Iterator[str]:
    yield f'<article id="{operation["operationId"]}">'
    yield f'<h3><b class="m {method}">{method.upper()}</b> <code>{escape(path)}</code></h3>'
    yield f'<p class="summary">{render_inline(operation["summary"])}.</p>'
    if "description" in operation:
        yield f"<div>{render_text(operation['description'])}</div>"
    if not operation["security"]:
        yield '<p class="note">Não pede chave de acesso.</p>'
    parameters = [_resolve(document, parameter) for parameter in operation.get("parameters", [])]
    if parameters:
        yield "<h4>Parâmetros</h4>"
        yield from _parameters(parameters)
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body:
        yield f"<h4>Corpo do pedido: {render_type(body['schema'])}</h4>"
        yield _details("Exemplo do corpo", body["examples"]["example"]["value"], is_open=True)
    command = _curl(method, path, operation, parameters)
    yield f"<details><summary>Com curl</summary><pre>{escape(command)}</pre></details>"
    yield "<h4>Respostas</h4>"
    for status, response in operation["responses"].items():
        yield from _response(status, _resolve(document, response))
    yield "</article>"


def _parameters(parameters: list[Mapping[str, Any]]) -> Iterator[str]:
    yield render_table_head("Nome", "Onde", "Tipo", "Descrição")
    for parameter in parameters:
        required = ' <em title="obrigatório">*</em>' if parameter["required"] else ""
        text = explain_field({**parameter["schema"], "description": parameter.get("description")})
        yield (
            f"<tr><td><code>{escape(parameter['name'])}</code>{required}</td><td>{_PLACES[parameter['in']]}</td>"
            f"<td>{render_type(parameter['schema'])}</td><td>{text}</td></tr>"
        )
    yield "</tbody></table></div>"


def _response(status: str, response: Mapping[str, Any]) -> Iterator[str]:
    family = {"2": "ok", "4": "refused"}.get(status[0], "fault")
    label = f'<b class="s {family}">{status}</b> <span>{render_inline(response["description"])}</span>'
    contents = list(response.get("content", {}).items())
    if not contents:
        yield f'<p class="response">{label} <small>sem corpo</small></p>'
        return
    media, content = contents[0]
    yield f"<details><summary>{label}</summary><p>{render_type(content['schema'])} <small>{escape(media)}</small></p>"
    for name, example in content.get("examples", {}).items():
        title = "" if name == "example" else f"<p><code>{escape(name)}</code></p>"
        yield f"{title}<pre>{_pretty(example['value'])}</pre>"
    yield "</details>"


def _curl(method: str, path: str, operation: Mapping[str, Any], parameters: list[Mapping[str, Any]]) -> str:
    for parameter in parameters:
        if parameter["in"] == "path":
            example = parameter["schema"]["examples"][0]
            path = path.replace(f"{{{parameter['name']}}}", str(example))
    lines = [f'curl -X {method.upper()} "$LASTRO_URL{path}"']
    if operation["security"]:
        lines.append('-H "Authorization: Bearer $LASTRO_KEY"')
    lines += [
        f'-H "{parameter["name"]}: {parameter["example"]}"'
        for parameter in parameters
        if parameter["in"] == "header" and "example" in parameter
    ]
    body = operation.get("requestBody", {}).get("content", {}).get("application/json")
    if body:
        text = json.dumps(body["examples"]["example"]["value"], ensure_ascii=False)
        lines += ['-H "Content-Type: application/json"', f"-d '{text}'"]
    return " \\\n  ".join(lines)


def _schemas(document: Document) -> Iterator[str]:
    yield '<h2 class="context" id="esquemas">Esquemas</h2>'
    for name, schema in sorted(document["components"]["schemas"].items()):
        yield f'<article class="schema" id="{anchor_of(name)}"><h3><code>{escape(name)}</code></h3>'
        yield f"<div>{render_text(schema.get('description', ''))}</div>"
        yield from render_fields(schema)
        yield "</article>"


def _details(title: str, value: Any, *, is_open: bool = False) -> str:
    return f"<details{' open' if is_open else ''}><summary>{title}</summary><pre>{_pretty(value)}</pre></details>"


def _pretty(value: Any) -> str:
    return escape(json.dumps(value, ensure_ascii=False, indent=2))


def _resolve(document: Document, node: Mapping[str, Any]) -> Mapping[str, Any]:
    reference = node.get("$ref")
    if reference is None:
        return node
    found: Any = document
    for part in reference.removeprefix("#/").split("/"):
        found = found[part]
    resolved: Mapping[str, Any] = found
    return resolved
