"""What goes wrong on a page: a plain message with its cure, as a page or as JSON, and never how our code stands."""

from __future__ import annotations

import logging
import secrets

from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse

from musterbook.desk.web.asked import WrongParameterError
from musterbook.desk.web.patience import NotReadyError
from musterbook.desk.web.render import render
from musterbook.errors import BookError, ForbiddenError, MusterbookError, OvertakenError, UsageError

logger = logging.getLogger("musterbook.web")
API = "/api/"
TITLES = {
    303: "Please sign in",
    400: "That was not understood",
    401: "Please sign in",
    403: "That is not allowed",
    404: "There is nothing here",
    405: "That cannot be done here",
    408: "That took too long",
    409: "Somebody was faster",
    413: "That is too much",
    414: "That address is too long",
    415: "That is of a kind we do not take",
    421: "Wrong address",
    422: "That was not understood",
    429: "Too many tries",
    500: "That was our mistake",
    503: "Not now",
}


class WrongError(Exception):
    """A request that cannot be answered: its status, one sentence, and headers where they help."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status, self.message = status, message
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


def missing(what: str) -> WrongError:
    """Nothing is known under that name."""
    return WrongError(404, what)


STATUSES = ((OvertakenError, 409), (ForbiddenError, 403), (UsageError, 400), (BookError, 503))


def handle_errors(app: FastAPI) -> None:
    """Every error of a request becomes a page or a line of JSON."""

    @app.exception_handler(WrongError)
    def _wrong(request: Request, wrong: WrongError) -> Response:
        return told(request, wrong.status, wrong.message, wrong.headers)

    @app.exception_handler(WrongParameterError)
    def _parameter(request: Request, wrong: WrongParameterError) -> Response:
        return told(request, 400, str(wrong))

    @app.exception_handler(RequestValidationError)
    def _invalid(request: Request, wrong: RequestValidationError) -> Response:
        return told(request, 400, "; ".join(_in_words(one) for one in wrong.errors()[:5]))

    @app.exception_handler(NotReadyError)
    def _busy(request: Request, busy: NotReadyError) -> Response:
        return told(request, 503, f"{busy}.", {"Retry-After": str(busy.seconds)})

    @app.exception_handler(MusterbookError)
    def _ours(request: Request, wrong: MusterbookError) -> Response:
        status = next((status for kind, status in STATUSES if isinstance(wrong, kind)), 500)
        return told(request, status, str(wrong))

    @app.exception_handler(HTTPException)
    def _plain(request: Request, wrong: HTTPException) -> Response:
        return told(request, wrong.status_code, _sentence(wrong), dict(wrong.headers or {}))

    @app.exception_handler(Exception)
    def _unforeseen(request: Request, wrong: Exception) -> Response:
        number = secrets.token_hex(4)
        logger.error("request %s failed: %s %s", number, request.method, request.url.path, exc_info=wrong)
        return told(
            request, 500, f"It stands in the log of this desk under {number}; please tell its keeper."
        )


def told(request: Request, status: int, message: str, headers: dict[str, str] | None = None) -> Response:
    """The error as the caller wants it: JSON under ``/api/`` and where it is asked for, else a page."""
    wants_json = request.url.path.startswith(API) or "json" in request.headers.get("accept", "")
    title = TITLES.get(status, "That did not work")
    if wants_json:
        return JSONResponse({"error": title, "message": message, "status": status}, status, headers)
    page = render(
        request, "error.html", status, title=title, message=message, status=status, headers=headers or {}
    )
    page.headers.update(headers or {})
    return page


def _in_words(error: dict[str, object]) -> str:
    where = error.get("loc")
    names = (
        [str(one) for one in where if one not in ("query", "path", "body")]
        if isinstance(where, tuple)
        else []
    )
    return f"{'.'.join(names) or 'the request'}: {error.get('msg')}"


def _sentence(wrong: HTTPException) -> str:
    if wrong.status_code == 404:
        return "No page has this address. The contingents are listed on the first page."
    return str(wrong.detail)
