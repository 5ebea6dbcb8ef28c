"""``/api``: the API for people to read, and ``/api/v1/openapi.json``: the same for programs."""

from __future__ import annotations

import json
import shlex

import msgspec
from fastapi import APIRouter, Request
from starlette.responses import Response

from musterbook.desk.views import View
from musterbook.desk.web.answering import kept
from musterbook.desk.web.render import render
from musterbook.desk.web.rest.describing import ABOUT, described, examples
from musterbook.desk.web.rest.operations import GET, JSON, ROOT, Operation
from musterbook.desk.web.rest.parts import PARTS

router = APIRouter()


@router.get(f"{ROOT}/openapi.json")
def description(request: Request) -> Response:
    """The description of the API."""
    return kept(request, lambda: Response(msgspec.json.encode(described()), 200, media_type=JSON))


@router.get("/api")
def manual(request: Request) -> Response:
    """The API as a page."""
    subjects = [
        {"title": part.title, "operations": [_shown(one, str(request.base_url)) for one in part.operations]}
        for part in PARTS
    ]
    paragraphs = ABOUT.split("\n\n")
    return kept(request, lambda: render(request, "api.html", subjects=subjects, paragraphs=paragraphs))


def _shown(one: Operation, base: str) -> View:
    told = examples().get(one.name, {})
    return {
        "name": one.name,
        "method": one.method,
        "path": ROOT + one.path,
        "summary": one.summary,
        "words": one.words,
        "scope": one.scope,
        "parameters": one.parameters,
        "call": curl(one, told, base.rstrip("/")),
        "answer": json.dumps(told.get("answer", {}), indent=2, ensure_ascii=False),
    }


def curl(one: Operation, told: View, base: str) -> str:
    """The command that asks for the example."""
    address = shlex.quote(base + told.get("address", ROOT + one.path))
    if one.method == GET:
        return f"curl {address}"
    body = shlex.quote(json.dumps(told.get("body", {}), ensure_ascii=False))
    return f'curl {address} -H "Authorization: Bearer $KEY" --json {body}'
