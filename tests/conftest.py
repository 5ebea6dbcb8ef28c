"""What tests of any folder may ask for; it stands here also so that all can import the helpers beside it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing

import pytest

from lacking import NOT_TESTED, go_without
from servers import NoServerError, OwnServer, Server, open_server


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Iterator[Server]:
    """A PostgreSQL server, one for all tests."""
    try:
        server = open_server()
    except NoServerError as error:
        go_without(pytestconfig, str(error))
    with closing(server):
        yield server


@pytest.fixture
def postgres_url(postgres: Server) -> Iterator[str]:
    """A new and empty database."""
    with postgres.fresh_database() as url:
        yield url


@pytest.fixture
def own_postgres(pytestconfig: pytest.Config, postgres: Server) -> OwnServer:
    """The server, for tests that stop and crash it."""
    if not isinstance(postgres, OwnServer):
        go_without(
            pytestconfig, "the server lent in MUSTERBOOK_TEST_PG is not ours to crash; unset the variable"
        )
    return postgres


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter, config: pytest.Config) -> None:
    """Say loudly what was not tested for want of a server or a browser."""
    if lacking := config.stash.get(NOT_TESTED, {}):
        terminalreporter.section("tests were skipped for want of what they need", yellow=True)
        for why in lacking:
            terminalreporter.write_line(why)
