"""The description of the API (OpenAPI 3.1), made of the operations themselves, their shapes, and true examples."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from http import HTTPStatus
from importlib.resources import files
from typing import Any

import msgspec

from musterbook import __version__
from musterbook.desk.web.rest import shapes
from musterbook.desk.web.rest.keys import READ
from musterbook.desk.web.rest.operations import GET, POST, ROOT, Operation
from musterbook.desk.web.rest.parameters import Parameter
from musterbook.desk.web.rest.parts import PARTS, operations

Doc = dict[str, Any]
REF = "#/components/schemas/{name}"
NAME = re.compile(r"\{(\w+)\}")
ABOUT = """The book of who has how many troops where, who says so, since when it was known, and whether announced \
changes happened.

All numbers are persons; `null` is unknown, and never zero. Every address that tells figures takes `on` (the day of \
the world), `known` (as the book knew it by then), `public` (published by then) and `held` (with what waits for \
review). Lists are told in parts: ask for the address in `next`, or in the header `Link`, until there is none. \
`behind` says how many lines of the book are still being reckoned. Answers carry an `ETag`; send it back as \
`If-None-Match`, and an answer that is still the same is not sent again (304). Lists are also told as comma-separated \
values, in which no cell can be taken for a formula. Writing needs a key."""
IDS = {
    "statements": "The id of a statement, or its first six signs or more.",
    "pledges": "The id of an announcement, or its first six signs or more.",
    "reports": "The id of a report.",
}
PATHS = {
    "force": ("Whose troops, by code or name: `USA`, `us`.", "us"),
    "place": ("Where, by code or name: `IRQ`, `iraq`.", "iraq"),
    "mission": ("The mission, by its code.", "UN:MINUSMA"),
}
WRONG = {
    400: "A parameter, or the body, says nothing that is understood; the message names it and says how it is written.",
    401: "A key is needed, or the key is not valid.",
    403: "The key, or its owner, may not do that.",
    404: "Nothing is known under that name.",
    408: "The body came too slowly.",
    409: "Somebody decided on it since, or the same Idempotency-Key came with another request.",
    413: "The body is too large.",
    414: "The address is too long.",
    415: "The body is not JSON.",
    422: "The report cannot be read; the message says why.",
    503: "The book is being reckoned, or too many ask at once; `Retry-After` says when to come again.",
}
READING = (400, 401, 403, 414, 503)
WRITING = (400, 401, 403, 408, 413, 414, 415, 503)
KEY: Mapping[str, list[str]] = {"key": []}


@cache
def examples() -> Mapping[str, Doc]:
    """Questions with their answers on a small book, by operation; written by tests/web/api_examples.py."""
    found: Mapping[str, Doc] = msgspec.json.decode(files(__package__).joinpath("examples.json").read_bytes())
    return found


@cache
def described() -> Doc:
    """The whole description."""
    paths: Doc = {}
    for part in PARTS:
        for one in part.operations:
            paths.setdefault(ROOT + one.path, {})[one.method.lower()] = _operation(one, part.title)
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Musterbook",
            "version": __version__,
            "summary": "Who has how many troops where, who says so, and since when it was known.",
            "description": ABOUT,
            "license": {"name": "MIT", "identifier": "MIT"},
        },
        "servers": [{"url": "/"}],
        "tags": [{"name": part.title} for part in PARTS],
        "paths": paths,
        "components": {
            "schemas": _schemas(operations()),
            "responses": {str(status): _wrong(status) for status in WRONG},
            "securitySchemes": {
                "key": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "A key of this desk, `mb_…`, with the scopes read, add, decide or admin.",
                }
            },
        },
    }


def _schemas(known: Iterable[Operation]) -> Doc:
    """The shapes of all answers and bodies, by name."""
    kinds = [shapes.Error, *(one.answer for one in known), *(one.body for one in operations() if one.body)]
    _, found = msgspec.json.schema_components(list(dict.fromkeys(kinds)), ref_template=REF)
    return dict(sorted(found.items()))


def _operation(one: Operation, title: str) -> Doc:
    wrong = dict.fromkeys(sorted({*(READING if one.method == GET else WRITING), *one.statuses}))
    told = examples().get(one.name, {})
    answers: Doc = {"200": _answer(one, told, _summary_of_answer(one))}
    if one.news:
        answers["201"] = _answer(one, told, "It is new, and was written.")
    if one.method == GET:
        answers["304"] = {"description": "It is the same as under the ETag that was sent."}
    answers |= {str(status): {"$ref": f"#/components/responses/{status}"} for status in wrong}
    found: Doc = {
        "operationId": one.name,
        "tags": [title],
        "summary": one.summary,
        "description": one.words or f"{one.summary}.",
        "parameters": [*_path_parameters(one), *map(_query_parameter, one.parameters), *_headers(one)],
        "responses": answers,
        "security": [{}, KEY] if one.scope == READ else [KEY],
    }
    if one.scope != READ:
        found["description"] += f" Needs a key with the scope “{one.scope}”."
    if one.body is not None:
        found["requestBody"] = _body(one.body, told)
    return found


def _summary_of_answer(one: Operation) -> str:
    if one.method == POST:
        return "It was there already, and nothing was written." if one.news else "What was decided."
    return f"{one.summary}."


def _answer(one: Operation, told: Doc, words: str) -> Doc:
    shape: Doc = {"$ref": REF.format(name=one.answer.__name__)}
    content: Doc = {"application/json": {"schema": _listing(shape) if one.is_list else shape}}
    if "answer" in told:
        content["application/json"]["example"] = told["answer"]
    if one.rows:
        content["text/csv"] = {"schema": {"type": "string"}}
    return {"description": words, "content": content} | (
        {"headers": _marks(one)} if one.method == GET else {}
    )


def _listing(shape: Doc) -> Doc:
    """A part of a list."""
    return {
        "type": "object",
        "required": ["items", "next", "behind"],
        "properties": {
            "items": {"type": "array", "items": shape},
            "next": {
                "type": ["string", "null"],
                "description": "The address of the next part; null at the end.",
            },
            "behind": {"type": "integer", "description": "Lines of the book that this does not tell of yet."},
        },
    }


def _marks(one: Operation) -> Doc:
    found: Doc = {"ETag": {"schema": {"type": "string"}, "description": "The mark of this answer."}}
    if one.is_list:
        found["Link"] = {"schema": {"type": "string"}, "description": "The next part of the list."}
    return found


def _path_parameters(one: Operation) -> list[Doc]:
    found = []
    for name in NAME.findall(one.path):
        subject = one.path.split("/")[1]
        words, example = PATHS.get(name) or (IDS[subject], _path_example(one))
        schema: Doc = {"type": "string", "minLength": 1, "maxLength": 80}
        if name == "id":
            schema = {"type": "string", "pattern": "^[0-9a-f]{6,64}$"}
        told = {"name": name, "in": "path", "required": True, "description": words, "schema": schema}
        found.append(told | {"example": example})
    return found


def _path_example(one: Operation) -> str:
    """The id in the address of the example."""
    address: str = examples().get(one.name, {}).get("address", "")
    return address.removeprefix(ROOT).partition("?")[0].split("/")[2] if address else "5f0c3a"


def _query_parameter(one: Parameter) -> Doc:
    return {
        "name": one.name,
        "in": "query",
        "required": one.is_needed,
        "description": one.words,
        "schema": dict(one.schema),
        "example": _typed(one),
    }


def _typed(one: Parameter) -> str | int:
    return int(one.example) if one.schema.get("type") == "integer" else one.example


def _headers(one: Operation) -> list[Doc]:
    if one.method == GET:
        return []
    words = "Any words of yours: the same request with the same key again gets the first answer, and writes nothing."
    schema = {"type": "string", "minLength": 1, "maxLength": 200, "pattern": "^[!-~]+$"}
    return [
        {"name": "Idempotency-Key", "in": "header", "required": False, "description": words, "schema": schema}
    ]


def _body(kind: type, told: Doc) -> Doc:
    content: Doc = {"schema": {"$ref": REF.format(name=kind.__name__)}}
    if "body" in told:
        content["example"] = told["body"]
    return {"required": True, "content": {"application/json": content}}


def _wrong(status: int) -> Doc:
    example = {"error": HTTPStatus(status).phrase, "message": WRONG[status], "status": status}
    shape = {"schema": {"$ref": REF.format(name="Error")}, "example": example}
    return {"description": WRONG[status], "content": {"application/json": shape}}
