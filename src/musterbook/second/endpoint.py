"""Asks a language model for proposals; whatever goes wrong on the way has a name and ends as a doubt.

The request follows the chat completions interface that OpenAI published and most servers offer: no tools, one
message, an answer in JSON. Needs the extra ``llm`` (httpx).
"""

from __future__ import annotations

import json
import time
from dataclasses import dataclass
from typing import Any

from musterbook.lexicon.pack import load_pack
from musterbook.model import Doubt, Reading, Report
from musterbook.reading.proposals import Weighed, weigh

LARGEST = 256 * 1024  # bytes of an answer that are read
LONGEST = 60_000  # characters of a report that are sent
UNFIT = (400, 404, 415, 422, 501)  # answers of servers that do not know response_format
NUMBER, WORDS = {"type": ["number", "null"]}, {"type": ["string", "null"]}
FIELDS: dict[str, dict[str, Any]] = {
    "force": {"type": "string"},
    "place": {"type": "string"},
    **dict.fromkeys(("level", "before", "after", "delta", "ratio", "low", "high"), NUMBER),
    "status": {"type": "string"},
    "date": WORDS,
    "speaker": WORDS,
    "evidence": {"type": "string"},
}
SCHEMA = {
    "type": "object",
    "additionalProperties": False,
    "required": ["statements"],
    "properties": {
        "statements": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": list(FIELDS),
                "properties": FIELDS,
            },
        }
    },
}
TROUBLES = {
    "unreachable": "the second reader cannot be reached; check MUSTERBOOK_LLM_URL",
    "too-slow": "the second reader took too long; raise MUSTERBOOK_LLM_TIMEOUT or use a quicker model",
    "refused": "the second reader refused; check MUSTERBOOK_LLM_KEY and MUSTERBOOK_LLM_MODEL",
    "too-long": f"the second reader's answer is longer than {LARGEST // 1024} KiB",
    "no-json": "the second reader's answer is not the JSON asked for",
    "report-too-long": f"the report is longer than {LONGEST:,} characters and was not sent",
}


class Trouble(Exception):  # noqa: N818 -- an outcome, turned into a doubt before it leaves this module
    """An answer could not be had; ``code`` is one of TROUBLES."""

    def __init__(self, code: str, detail: str = "") -> None:
        super().__init__(detail)
        self.code, self.detail = code, detail


@dataclass(frozen=True)
class SecondReader:
    """A model to ask: its base address ("http://127.0.0.1:8080/v1"), its name, a key, seconds to wait."""

    url: str
    model: str
    key: str = ""
    seconds: float = 60.0

    def read(self, reading: Reading) -> Weighed:
        """What the model proposes beyond the reading, as far as the report bears it out. Never raises."""
        try:
            answer = self.ask(reading.report)
        except Trouble as trouble:
            return Weighed(refused=(failure(reading.report, trouble),))
        return weigh(reading, answer)

    def ask(self, report: Report) -> list[Any]:
        """The proposals as the model gave them; Trouble where it gave none."""
        if len(report.text) > LONGEST:
            raise Trouble("report-too-long")
        body = self.request(report)
        status, raw = self.send(body)
        if status in UNFIT:  # an older server: ask again for plain JSON
            status, raw = self.send({k: v for k, v in body.items() if k != "response_format"})
        if status != 200:
            raise Trouble("refused", f"status {status}")
        return proposals_in(raw)

    def request(self, report: Report) -> dict[str, Any]:
        """The body of the request; the report stands between two lines that it does not hold itself."""
        fence = f"=== report {report.id[:16]} ==="
        day = report.published.isoformat() if report.published else "unknown"
        text = f"Published: {day}\nTitle: {report.title}\n{fence}\n{report.text}\n{fence}"
        return {
            "model": self.model,
            "temperature": 0,
            "messages": [
                {"role": "system", "content": load_pack(report.language).table("second", "task").strip()},
                {"role": "user", "content": text.encode("utf-8", "replace").decode("utf-8")},
            ],
            "response_format": {
                "type": "json_schema",
                "json_schema": {"name": "statements", "strict": True, "schema": SCHEMA},
            },
        }

    def send(self, body: dict[str, Any]) -> tuple[int, bytes]:
        """Status and body of the answer, within the time and the size allowed."""
        import httpx

        headers = {"Authorization": f"Bearer {self.key}"} if self.key else {}
        address = f"{self.url.rstrip('/')}/chat/completions"
        end = time.monotonic() + self.seconds
        raw = bytearray()
        try:
            with httpx.stream(
                "POST", address, json=body, headers=headers, timeout=self.seconds, trust_env=False
            ) as answer:
                for part in answer.iter_bytes():
                    raw += part
                    if len(raw) > LARGEST:
                        raise Trouble("too-long")
                    if time.monotonic() > end:
                        raise Trouble("too-slow")
                return answer.status_code, bytes(raw)
        except httpx.TimeoutException as error:
            raise Trouble("too-slow", str(error)) from error
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise Trouble("unreachable", str(error)) from error


def proposals_in(raw: bytes) -> list[Any]:
    """The list of proposals in an answer; a fence around the JSON is taken off."""
    try:
        content = json.loads(raw)["choices"][0]["message"]["content"]
        inner = json.loads(content[content.index("{") : content.rindex("}") + 1])
        found = inner["statements"]
    except (ValueError, KeyError, IndexError, TypeError, AttributeError, RecursionError) as error:
        raise Trouble("no-json", str(error)) from error
    if not isinstance(found, list):
        raise Trouble("no-json", "statements is no list")
    return found


def failure(report: Report, trouble: Trouble) -> Doubt:
    """Trouble with the second reader as a doubt of its report."""
    detail = f" ({trouble.detail})" if trouble.detail else ""
    return Doubt(
        "reading",
        f"second-reader-{trouble.code}",
        TROUBLES[trouble.code] + detail,
        report.name,
        report.id,
    )
