"""The description of the API holds for whatever is asked: nothing breaks, and every answer is as it says."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    ignored_auth,
    negative_data_rejection,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
    unsupported_method,
)

from api_desk import ApiDesk, api_desk
from musterbook.desk.web.rest.operations import ROOT, Operation
from musterbook.desk.web.rest.parts import operations

CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    negative_data_rejection,
    unsupported_method,
    ignored_auth,
]
HEADERS = {"Authorization": "Bearer mb_all", "Host": "testserver"}
QUESTIONS = 12  # invented for each operation; always the same ones, beside those that a schema's edges give


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ApiDesk]:
    with api_desk(tmp_path_factory.mktemp("fuzzed")) as found:
        yield found


@pytest.fixture(scope="module")
def described(desk: ApiDesk) -> schemathesis.BaseSchema:
    host = {"host": "testserver"}
    found = schemathesis.openapi.from_asgi(f"{ROOT}/openapi.json", desk.client.app, headers=host)
    found.config.checks.negative_data_rejection.expected_statuses += ["414"]  # an endless address
    return found


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize("operation", [*operations()], ids=lambda one: one.name)
def test_every_answer_is_as_described(
    described: schemathesis.BaseSchema, operation: Operation, mode: GenerationMode
) -> None:
    asked = described[ROOT + operation.path][operation.method]

    @settings(
        max_examples=QUESTIONS,
        derandomize=True,
        database=None,
        deadline=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(asked.as_strategy(generation_mode=mode))
    def ask(case: schemathesis.Case) -> None:
        case.call_and_validate(checks=CHECKS, headers=HEADERS)

    ask()
