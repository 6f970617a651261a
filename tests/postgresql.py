"""A PostgreSQL server of the tests' own: started in a temporary folder, on a port of this machine alone."""

from __future__ import annotations

import os
import pwd
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

_INSTALLED = Path("/usr/lib/postgresql")
USER, PASSWORD = "kehoach", "mật khẩu:@/?"  # one that must be quoted in an address
QUOTED = "m%E1%BA%ADt%20kh%E1%BA%A9u%3A%40%2F%3F"
_OPTIONS = "-c listen_addresses=127.0.0.1 -c unix_socket_directories= -c fsync=off -c log_min_messages=fatal"


class NoServer(Exception):
    """PostgreSQL cannot be started here; the message says why."""


@dataclass(frozen=True)
class Server:
    """A running server."""

    port: int

    def url(self, database: str = "postgres", password: str = QUOTED, user: str = USER) -> str:
        return f"postgresql://{user}:{password}@127.0.0.1:{self.port}/{database}"


@contextmanager
def running() -> Iterator[Server]:
    """A server with a user that must give a password. Raises NoServer."""
    programs, account = _programs(), _account()
    folder = Path(tempfile.mkdtemp(prefix="kehoach-pg-"))
    try:
        (folder / "password").write_text(PASSWORD, encoding="utf-8")
        if account is not None:
            for path in (folder, folder / "password"):
                shutil.chown(path, account, account)
        data, port = folder / "data", _free_port()
        _run(
            account, programs / "initdb", "-D", data, "-U", USER, "-A", "scram-sha-256",
            f"--pwfile={folder / 'password'}", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync",
        )  # fmt: skip
        control = (programs / "pg_ctl", "-D", data)
        _run(account, *control, "-w", "-o", f"{_OPTIONS} -p {port}", "-l", folder / "log", "start")
        try:
            yield Server(port)
        finally:
            _run(account, *control, "-m", "immediate", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    found = sorted(_INSTALLED.glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if not found:
        raise NoServer(f"PostgreSQL is not installed: no initdb below {_INSTALLED}.")
    return found[-1].parent


def _account() -> str | None:
    """Who runs the server: it refuses to be run by root."""
    if os.getuid() != 0:
        return None
    try:
        return pwd.getpwnam("postgres").pw_name
    except KeyError:
        raise NoServer("Tests run as root, and there is no user postgres to run the server as.") from None


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        port: int = taken.getsockname()[1]
        return port


def _run(account: str | None, *command: str | Path) -> None:
    done = subprocess.run(
        [str(part) for part in command],
        user=account, group=account, extra_groups=[] if account else None, cwd="/",
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True, check=False,
    )  # fmt: skip
    if done.returncode != 0:
        raise NoServer(f"{' '.join(map(str, command))}: {done.stderr.strip()}")
