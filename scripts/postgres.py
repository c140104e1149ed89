"""Runs a command on a throw-away PostgreSQL server of its own and removes it afterwards.

    python scripts/postgres.py -- pytest --ignore=tests/e2e

The command finds the server in DATABASE_URL and TEST_DATABASE_URL. Also imported by the tests that need row locks.
"""

import contextlib
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from pathlib import Path

MISSING = "PostgreSQL's server programs (initdb, postgres) are not on this machine."


def programs():
    """The folder with the newest server programs, or None."""
    found = sorted(
        Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True
    )
    on_path = shutil.which("initdb")
    if on_path:
        found.append(Path(on_path))
    return found[0].resolve().parent if found else None


def server_user():
    """Who runs the server: PostgreSQL refuses root, so root lends it to postgres or nobody."""
    if os.geteuid() != 0:
        return None
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise RuntimeError("Run this as an ordinary user: PostgreSQL refuses to run as root.")


def free_port():
    """A port that nothing listens on."""
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextlib.contextmanager
def throwaway_server():
    """Start a server in a temporary folder, yield its DATABASE_URL, stop and remove it. Durability is off."""
    binaries = programs()
    if binaries is None:
        raise FileNotFoundError(MISSING)
    user = server_user()
    become = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []} if user else {}
    folder = Path(tempfile.mkdtemp(prefix="unicri-lms-postgres-"))
    try:
        if user:
            os.chown(folder, user.pw_uid, user.pw_gid)
        data, port = folder / "data", free_port()
        initdb = [binaries / "initdb", "-D", data, "-U", "lms", "-E", "UTF8", "--auth=trust", "--no-sync"]
        subprocess.run(
            [*initdb, "--locale=C.UTF-8"], check=True, stdout=subprocess.DEVNULL, cwd=folder, **become
        )
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": port,
            "unix_socket_directories": folder,
            "fsync": "off",
            "synchronous_commit": "off",
            "full_page_writes": "off",
            "max_connections": 60,
        }
        options = [part for name, value in settings.items() for part in ("-c", f"{name}={value}")]
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [binaries / "postgres", "-D", data, *options], stdout=log, stderr=log, cwd=folder, **become
            )
        try:
            wait_for(server, port, folder / "log")
            subprocess.run(
                [binaries / "createdb", "-h", "127.0.0.1", "-p", str(port), "-U", "lms", "lms"], check=True
            )
            yield f"postgres://lms@127.0.0.1:{port}/lms"
        finally:
            server.terminate()
            try:
                server.wait(timeout=20)
            except subprocess.TimeoutExpired:
                server.kill()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def wait_for(server, port, log, seconds=30):
    """Wait until the server takes connections, or show why it does not."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and server.poll() is None:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        time.sleep(0.1)
    raise RuntimeError(f"PostgreSQL did not start:\n{log.read_text(errors='replace')}")


def main():
    """Run the command that was given, with the server's address in its environment."""
    command = [argument for argument in sys.argv[1:] if argument != "--"]
    if programs() is None:
        print(f"Skipped: {MISSING}")
        return 0
    with throwaway_server() as address:
        return subprocess.run(
            command, env=os.environ | {"DATABASE_URL": address, "TEST_DATABASE_URL": address}
        ).returncode


if __name__ == "__main__":
    sys.exit(main())
