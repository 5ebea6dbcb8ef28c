"""An operation of the API: its function, with all that the description of the API and the addresses need.

The first line of the function's docstring is what the operation is for, the rest explains it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import msgspec
from fastapi import APIRouter, Request
from starlette.concurrency import run_in_threadpool
from starlette.responses import Response

from musterbook.desk.views import View
from musterbook.desk.web.answering import kept, shelf_of
from musterbook.desk.web.asked import Asked
from musterbook.desk.web.rest.bodies import body_of
from musterbook.desk.web.rest.call import Call, Source
from musterbook.desk.web.rest.keys import READ, admit
from musterbook.desk.web.rest.once import Answer, Once
from musterbook.desk.web.rest.paging import Listing, part_of
from musterbook.desk.web.rest.parameters import FORMAT, PAGING, Parameter, read_all
from musterbook.desk.web.rest.rows import as_csv

ROOT = "/api/v1"
GET, POST = "GET", "POST"
JSON, CSV = "application/json", "text/csv; charset=utf-8"
Lists = Callable[[Call, Source], Listing[Any]]
Tells = Callable[[Call], View]
Writes = Callable[[Call, Any], tuple[int, View]]


@dataclass(frozen=True, slots=True)
class Operation:
    """One address and method of the API."""

    name: str
    method: str
    path: str  # below the root
    summary: str
    words: str
    answer: type  # what is told, or each item of it
    is_list: bool = False
    rows: str = ""  # the part of the answer that is told as comma-separated values; empty: it cannot be
    parameters: tuple[Parameter, ...] = ()
    scope: str = READ
    body: type | None = None
    statuses: tuple[int, ...] = ()  # errors beside those that every operation may end in
    news: bool = False  # answers 201 where something is new

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the comma-separated values."""
        return tuple(self.answer.__annotations__) if self.is_list else ()


@dataclass(frozen=True, slots=True)
class Part:
    """The operations on one subject, and the router that serves them."""

    title: str
    operations: list[Operation] = field(default_factory=list)
    router: APIRouter = field(default_factory=APIRouter)

    def lists(self, path: str, answer: type, *parameters: Parameter) -> Callable[[Lists], Lists]:
        """A function that finds a list of such items, told in parts, as JSON or as comma-separated values."""

        def take(function: Lists) -> Lists:
            taken = (*parameters, *PAGING)
            made = self._add(function, GET, path, answer, is_list=True, rows="items", parameters=taken)

            def tell(call: Call) -> View:
                return call.through(lambda source: _listed(call, function(call, source)))

            self._serve_reading(made, tell)
            return function

        return take

    def tells(
        self, path: str, answer: type, *parameters: Parameter, rows: str = "", statuses: tuple[int, ...] = ()
    ) -> Callable[[Tells], Tells]:
        """A function that tells one thing; ``rows``: the part of it that can be had as comma-separated values."""

        def take(function: Tells) -> Tells:
            taken = (*parameters, FORMAT) if rows else parameters
            made = self._add(function, GET, path, answer, rows=rows, parameters=taken, statuses=statuses)
            self._serve_reading(made, function)
            return function

        return take

    def writes(
        self, path: str, body: type, answer: type, scope: str, *statuses: int, news: bool = False
    ) -> Callable[[Writes], Writes]:
        """A function that writes what a body of that type says, and tells the status and what came of it."""

        def take(function: Writes) -> Writes:
            made = self._add(
                function, POST, path, answer, scope=scope, body=body, statuses=statuses, news=news
            )

            async def endpoint(request: Request) -> Response:
                person = await run_in_threadpool(admit, request, scope)
                told: object = await body_of(request, body)
                call = Call(request, shelf_of(request), Asked(), {}, request.path_params, person)
                status, raw = await run_in_threadpool(_once, call, function, told)
                return Response(raw, status, {"Cache-Control": "no-store"}, JSON)

            self.router.add_api_route(ROOT + made.path, endpoint, methods=[POST], name=made.name)
            return function

        return take

    def _add(
        self,
        function: Callable[..., Any],
        method: str,
        path: str,
        answer: type,
        **more: Any,  # noqa: ANN401 -- further fields of Operation
    ) -> Operation:
        summary, _, words = (function.__doc__ or "").partition("\n")
        told = " ".join(words.split())
        made = Operation(function.__name__, method, path, summary.rstrip("."), told, answer, **more)
        self.operations.append(made)
        return made

    def _serve_reading(self, made: Operation, tell: Tells) -> None:
        """Its address, and the same with ``.csv`` at the end."""

        def endpoint(request: Request) -> Response:
            person = admit(request, made.scope)
            given = read_all(request.query_params, made.parameters)
            clocks = Asked(**{n: v for n, v in given.items() if n in ("on", "known", "public", "held")})
            call = Call(request, shelf_of(request), clocks, given, request.path_params, person)
            return kept(request, lambda: written(call, made, tell(call)))

        paths = [made.path, f"{made.path}.csv"] if made.rows else [made.path]
        for path in paths:
            self.router.add_api_route(ROOT + path, endpoint, methods=[GET], name=made.name)


def _once(call: Call, function: Writes, told: object) -> Answer:
    """Do it, unless just that was done under the same key."""
    once: Once = call.request.app.state.once
    asked = call.request.url.path.encode() + msgspec.json.encode(told)

    def act() -> Answer:
        status, view = function(call, told)
        return status, msgspec.json.encode(view)

    return once.answer(call.person, call.request.headers.get("idempotency-key"), asked, act)


def _listed(call: Call, found: Listing[Any]) -> View:
    """The part of a list that was asked for, with the address of the next one."""
    part = part_of(found, call["limit"], call["after"])
    following = _address(call.request, after=part.after) if part.after else None
    return {"items": part.rows, "next": following, "behind": call.shelf.behind()} | found.more


def _address(request: Request, **others: str) -> str:
    return f"{request.url.path}?{urlencode(dict(request.query_params) | others)}"


def written(call: Call, made: Operation, view: View) -> Response:
    """The answer as it is wanted: JSON, or comma-separated values."""
    following = view.get("next")
    headers = {"Link": f'<{following}>; rel="next"'} if following else {}
    if not _wants_csv(call):
        return Response(msgspec.json.encode(view), 200, headers, JSON)
    rows = view[made.rows]
    columns = made.columns or tuple(rows[0] if rows else ())
    headers["Content-Disposition"] = f'attachment; filename="{made.name}.csv"'
    return Response(as_csv(columns, rows), 200, headers, CSV)


def _wants_csv(call: Call) -> bool:
    """Asked for by the address, or by a header that does not take JSON as gladly."""
    if "format" not in call.given:
        return False
    if call.request.url.path.endswith(".csv") or call["format"] == "csv":
        return True
    accept: Mapping[str, float] = _wishes(call.request.headers.get("accept", ""))
    explicit = "format" in call.request.query_params
    return not explicit and accept.get("text/csv", 0.0) > accept.get(JSON, 0.0)


def _wishes(accept: str) -> dict[str, float]:
    """How gladly each kind is taken."""
    found = {}
    for one in accept.split(","):
        kind, _, rest = one.partition(";")
        _, _, weight = rest.partition("q=")
        try:
            found[kind.strip().lower()] = float(weight.partition(";")[0]) if weight else 1.0
        except ValueError:
            found[kind.strip().lower()] = 0.0
    return found
