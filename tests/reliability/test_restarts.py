"""A PostgreSQL server that falls over under its writers: they wait, go on, and are told the truth."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Callable
from itertools import chain
from multiprocessing.connection import Connection
from multiprocessing.synchronize import Event
from random import Random
from typing import Any

import psycopg
import pytest
from sqlalchemy import make_url

from books import START
from deeds import FORK, heard, telling, wrongs
from musterbook.errors import BookError
from musterbook.ledger.entries import confirm
from musterbook.ledger.open import open_book
from musterbook.ledger.stores import making
from musterbook.ledger.stores.sql import SqlStore
from servers import OwnServer, text_of
from sizes import SIZES, chance

WRITERS = 4
QUIET = 0.5  # seconds in which the server is left in peace after a crash
REPORTS = 100_000  # that the writers choose from, and so often choose the same


def write_until(stop: Event, url: str, writer: int, seed: str, told: Connection) -> None:
    """Tell of every call that returned: the ids, whether they were new, and how long it took."""
    luck, number = Random(seed), 0
    with open_book(url) as book, told:
        first = telling(REPORTS + writer)
        book.add_report(*first)
        target = first[0].statements[0].id
        while not stop.is_set():
            number += 1
            began = time.monotonic()
            if luck.random() < 0.3:
                deed = confirm(target, START, f"writer {writer}", f"look {number}, 1 of 1")
                new, ids = [book.append(deed)], [deed.id]
            else:
                start = luck.randrange(number, number + 20)
                receipts = book.add_reports([telling(start + n) for n in range(luck.randint(1, 3))])
                new, ids = [one.new for one in receipts], [one.report for one in receipts]
            told.send((ids, new, time.monotonic() - began))


def disturb(server: OwnServer, url: str, luck: Random) -> None:
    """Cut the connections of the writers a few times, then crash the server."""
    plain = text_of(make_url(url).set(drivername="postgresql"))
    for _ in range(luck.randrange(4)):
        time.sleep(luck.uniform(0, 0.3))
        with psycopg.connect(plain, autocommit=True) as db:
            db.execute(
                "SELECT pg_terminate_backend(pid) FROM pg_stat_activity "
                "WHERE datname = current_database() AND pid <> pg_backend_pid()"
            )
    time.sleep(luck.uniform(0, 0.5))
    server.restart("immediate")


def test_a_server_that_crashes_under_its_writers_loses_nothing_and_they_notice_nothing(
    own_postgres: OwnServer, postgres_url: str, record_property: Callable[[str, object], None]
) -> None:
    luck, stop = chance("restarts"), FORK.Event()
    pipes = [FORK.Pipe(duplex=False) for _ in range(WRITERS)]
    open_book(postgres_url).close()
    writers = [
        FORK.Process(target=write_until, args=(stop, postgres_url, n, str(luck.random()), mouth))
        for n, (_, mouth) in enumerate(pipes)
    ]
    for writer in writers:
        writer.start()
    for _, mouth in pipes:
        mouth.close()
    ears, told = [ear for ear, _ in pipes], list[Any]()
    for _ in range(SIZES.restarts):
        disturb(own_postgres, postgres_url, luck)
        told += chain.from_iterable(heard(ears, QUIET))
    stop.set()
    told += chain.from_iterable(heard(ears))
    for writer in writers:
        writer.join()
    assert [writer.exitcode for writer in writers] == [0] * WRITERS, "a writer was told of an error"
    new = Counter(one for ids, fresh, _ in told for one, is_new in zip(ids, fresh, strict=True) if is_new)
    submitted = {one for ids, _, _ in told for one in ids}
    assert {one: new[one] for one in submitted if new[one] != 1} == {}
    assert wrongs(postgres_url, submitted) == []
    record_property("restarts", SIZES.restarts)
    record_property("acknowledged", len(told))
    record_property("longest stall, s", round(max(seconds for _, _, seconds in told), 2))


def test_a_server_that_stays_away_is_told_of_and_work_goes_on_when_it_is_back(
    own_postgres: OwnServer, postgres_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(making, "PATIENCE", 0.3)
    with open_book(postgres_url) as book:
        assert isinstance(book.store, SqlStore)
        book.store.database.patience = 0.3
        book.add_report(*telling(1))
        own_postgres.stop("immediate")
        for work in (lambda: book.add_report(*telling(2)), book.head, lambda: open_book(postgres_url)):
            with pytest.raises(BookError, match="cannot be reached; check that the server runs"):
                work()
        own_postgres.start()
        assert book.add_report(*telling(2)).new
        assert len(book.reports()) == 2


@pytest.mark.parametrize(
    ("password", "database", "cure"),
    [("wrong", "", "refuses the password"), ("", "nowhere", "does not exist; make it with: createdb")],
)
def test_a_refusal_is_told_at_once_with_its_cure(
    own_postgres: OwnServer, postgres_url: str, password: str, database: str, cure: str
) -> None:
    began, right = time.monotonic(), make_url(postgres_url)
    wrong = right.set(password=password or right.password, database=database or right.database)
    with pytest.raises(BookError, match=cure):
        open_book(text_of(wrong))
    assert time.monotonic() - began < making.PATIENCE
