"""Serves the site: the web server and the worker under one supervisor that ends both and restarts a dead worker.

Knows only processes and signals; Django runs in the processes it starts.
"""

import argparse
import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
STOP_AFTER_SECONDS = 25
HEALTHY_AFTER_SECONDS = 60
LONGEST_BACK_OFF = 60


def web_command(host, port):
    """Two processes with a few threads each suit a small server; WEB_WORKERS and WEB_THREADS change it."""
    memory = "/dev/shm" if Path("/dev/shm").is_dir() else tempfile.gettempdir()
    return [
        *(sys.executable, "-m", "gunicorn", "lms.wsgi:application"),
        *("--bind", f"{host}:{port}"),
        *("--worker-class", "gthread"),
        *("--workers", os.environ.get("WEB_WORKERS", "2"), "--threads", os.environ.get("WEB_THREADS", "4")),
        *("--timeout", "60", "--graceful-timeout", str(STOP_AFTER_SECONDS - 5), "--keep-alive", "5"),
        *("--max-requests", "5000", "--max-requests-jitter", "500"),
        *("--worker-tmp-dir", memory, "--log-level", "error", "--no-control-socket"),
    ]


def start(command):
    """Start a process that a Ctrl-C in the terminal does not reach: the supervisor passes it on in order."""
    return subprocess.Popen(command, cwd=ROOT, start_new_session=True)


class Worker:
    """The process that does background work; started again, ever more slowly, while it keeps dying."""

    command = [sys.executable, "manage.py", "worker"]

    def __init__(self):
        """Start at once."""
        self.back_off = 1
        self.start_again_at = None
        self._start()

    def _start(self):
        self.started_at = time.monotonic()
        self.start_again_at = None
        self.process = start(self.command)

    def look_after(self):
        """Notice a death, wait, start again."""
        now = time.monotonic()
        if self.start_again_at is not None:
            if now >= self.start_again_at:
                self._start()
            return
        if self.process.poll() is None:
            return
        if now - self.started_at > HEALTHY_AFTER_SECONDS:
            self.back_off = 1
        print(
            f"The worker stopped ({self.process.returncode}); starting it again in {self.back_off} s.",
            flush=True,
        )
        self.start_again_at = now + self.back_off
        self.back_off = min(self.back_off * 2, LONGEST_BACK_OFF)


def port_is_taken(host, port):
    """Whether something listens there already."""
    with contextlib.closing(socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET)) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


def wait_until_ready(host, port, processes, seconds=90):
    """Ask the site until it answers; False when a process died or time ran out."""
    reach = "127.0.0.1" if host in ("0.0.0.0", "127.0.0.1") else host
    address = f"http://{reach}:{port}/healthz"
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline and all(process.poll() is None for process in processes):
        try:
            with urllib.request.urlopen(address, timeout=2):
                return True
        except urllib.error.HTTPError:
            return True  # it answers, though not to this host name
        except OSError:
            time.sleep(0.2)
    return False


def announce(host, port, web, with_personas):
    """Say where the site is and who may be tried, once it answers."""
    personas = None
    if with_personas:
        command = [sys.executable, "manage.py", "demo", "--personas"]
        personas = subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        )
    ready = wait_until_ready(host, port, [web])
    if personas:
        table, _nothing = personas.communicate()
        if ready and table:
            print(f"\n{table.rstrip()}")
    if ready:
        line = "─" * min(72, shutil.get_terminal_size().columns)
        print(f"\n{line}\nThe site is at http://localhost:{port} (Ctrl-C stops it).\n{line}\n", flush=True)


def stop(processes):
    """Ask every process to end, wait, and insist on those that do not."""
    for process in processes:
        if process.poll() is None:
            process.terminate()
    deadline = time.monotonic() + STOP_AFTER_SECONDS
    for process in processes:
        try:
            process.wait(timeout=max(0.1, deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def supervise(web, worker, asked_to_stop):
    """Look after both until asked to stop (returns 0) or until the web server dies (returns its code)."""
    while not asked_to_stop.wait(0.5):
        if web.poll() is not None:
            print(f"The web server stopped ({web.returncode}).", flush=True)
            return web.returncode or 1
        worker.look_after()
    return 0


def main():
    """Serve until told to stop."""
    parser = argparse.ArgumentParser(description="Serve the site and run its background work.")
    parser.add_argument("--host", required=True)
    parser.add_argument("--port", required=True, type=int)
    parser.add_argument(
        "--personas", action="store_true", help="print the demo's people once the site answers"
    )
    options = parser.parse_args()
    host, port = options.host, options.port
    if port_is_taken(host, port):
        sys.exit(f"Port {port} is taken. Choose another: make run PORT={port + 1}")

    asked_to_stop = threading.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda *_: asked_to_stop.set())
    web, worker = start(web_command(host, port)), Worker()
    threading.Thread(target=announce, args=(host, port, web, options.personas), daemon=True).start()
    try:
        code = supervise(web, worker, asked_to_stop)
    finally:
        stop([web, worker.process])
    sys.exit(code)


if __name__ == "__main__":
    main()
