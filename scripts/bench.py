"""Measures the pages that must be fast: requests per second and queries, on SQLite and, where installed, PostgreSQL.

    python scripts/bench.py [--scale small] [--seconds 5] [--threads 4] [--databases sqlite]

Builds databases of its own below VAR_DIR/bench, serves them by the same web server as `make run`, and removes them.
"""

import argparse
import contextlib
import http.client
import json
import os
import secrets
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from itertools import cycle
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from lms.supervisor import stop, wait_until_ready, web_command  # noqa: E402
from scripts.postgres import MISSING, free_port, programs, throwaway_server  # noqa: E402

WARM_UP = 8
# Brought in at once, by size of the benchmark.
QUESTIONS = {"small": 500, "full": 5_000}
PAPERS = {"small": 40, "full": 400}
PACKAGE_MB = 50


class Measured:
    """What one kind of request came to."""

    def __init__(self, times, seconds, size):
        self.per_second = len(times) / seconds
        self.middle = statistics.median(times) * 1000
        self.slow = sorted(times)[int(len(times) * 0.95) - 1 if len(times) > 1 else 0] * 1000
        self.size = size


def send(connection, request):
    """Send one request; its status and how many bytes of body came back, compressed as to a browser."""
    headers = {"Host": "localhost", "Accept-Encoding": "gzip", "Accept": "text/html", **request["headers"]}
    connection.request(request["method"], request["path"], request["body"] or None, headers)
    answer = connection.getresponse()
    return answer.status, len(answer.read())


def warm_up(port, request):
    """Let every process of the web server answer once, so that all remember what they remember."""
    for _number in range(WARM_UP):
        connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        send(connection, request)
        connection.close()


class Loop:
    """Sends requests in turn from several threads until time is up or none is left."""

    def __init__(self, port, requests, seconds):
        self.port, self.requests = port, iter(requests)
        self.lock, self.answers = threading.Lock(), []
        self.began = time.perf_counter()
        self.deadline = self.began + seconds

    def take(self):
        """The next request, or None."""
        with self.lock:
            return next(self.requests, None) if time.perf_counter() < self.deadline else None

    def work(self):
        """What each thread does; a connection is kept open as a browser would."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        while request := self.take():
            start = time.perf_counter()
            status, size = send(connection, request)
            self.answers.append((status, size, time.perf_counter() - start))
        connection.close()

    def run(self, threads):
        """Work until done; how long it took."""
        workers = [threading.Thread(target=self.work) for _number in range(threads)]
        for worker in workers:
            worker.start()
        for worker in workers:
            worker.join()
        return time.perf_counter() - self.began


def measure(port, visit, seconds, threads):
    """Send the visit's requests from some threads for some seconds, or each once."""
    requests = visit["requests"]
    if not visit["once"]:
        warm_up(port, requests[0])
    loop = Loop(port, requests if visit["once"] else cycle(requests), seconds)
    elapsed = loop.run(threads)
    statuses, sizes, times = zip(*loop.answers, strict=True)
    if problems := set(statuses) - set(visit["answers"]):
        sys.exit(f"“{visit['name']}” was answered with {sorted(problems)}.")
    return Measured(times, elapsed, max(sizes))


def run(name, database, folder, options):
    """Build one database, serve it, measure every visit."""
    port = free_port()
    environment = os.environ | {
        "DATABASE_URL": database,
        "VAR_DIR": str(folder),
        "SECRET_KEY": secrets.token_urlsafe(),
        "ENV_FILE": "",
        "DEBUG": "0",
        "REDIS_URL": "",
        "SITE_URL": f"http://localhost:{port}",
        "PORT": str(port),
        "LOG_LEVEL": "ERROR",
    }
    plan = folder / "plan.json"
    manage = [sys.executable, str(ROOT / "manage.py")]
    print(f"{name}: building …", flush=True)
    began = time.monotonic()
    subprocess.run([*manage, "prepare"], env=environment, cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    data = ["bench_data", "--scale", options.scale, "--plan", str(plan)]
    subprocess.run([*manage, *data], env=environment, cwd=ROOT, check=True)
    print(f"{name}: built in {time.monotonic() - began:.0f} s; measuring …", flush=True)
    web = subprocess.Popen(web_command("127.0.0.1", port), cwd=ROOT, env=environment, start_new_session=True)
    try:
        if not wait_until_ready("127.0.0.1", port, [web]):
            sys.exit("The web server did not start.")
        visits = json.loads(plan.read_text())
        results = [(visit, measure(port, visit, options.seconds, options.threads)) for visit in visits]
    finally:
        stop([web])
    questions = measure_import(manage, environment, "bench_import", "--questions", QUESTIONS[options.scale])
    package = measure_import(manage, environment, "bench_package", "--megabytes", PACKAGE_MB)
    papers = measure_import(manage, environment, "bench_papers", "--papers", PAPERS[options.scale])
    return results, questions, package, papers


def measure_import(manage, environment, *command):
    """What bringing in a large file, or making papers, came to, in a process of its own."""
    command = [*manage, *map(str, command)]
    done = subprocess.run(command, env=environment, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return json.loads(done.stdout)


def table(name, results, questions, package, papers):
    """What was measured, in columns; each import and the certificates in a line."""
    yield f"\n{name}"
    yield f"  {'':28}{'queries':>9}{'allowed':>9}{'req/s':>9}{'median':>11}{'95 %':>11}{'HTML':>10}"
    for visit, measured in results:
        budget = visit["budget"]
        mark = "  ← over" if budget and visit["queries"] > budget else ""
        size = f"{measured.size / 1000:.1f} kB"
        yield (
            f"  {visit['name']:28}{visit['queries']:>9}{budget or '–':>9}{measured.per_second:>9.0f}"
            f"{measured.middle:>8.0f} ms{measured.slow:>8.0f} ms{size:>10}{mark}"
        )
    yield f"  import of {questions['questions']} questions {came_to(questions)}"
    yield f"  import of a package of {package['files']} files {came_to(package)}"
    yield (
        f"  certificates drawn, signed and validated: {papers['a_minute']} a minute on one core "
        f"({papers['papers']} of {papers['bytes'] / 1000:.0f} kB in {papers['seconds']:.1f} s)"
    )


def came_to(imported):
    """Size, time and memory of an import."""
    return (
        f"({imported['bytes'] / 1e6:.1f} MB): {imported['seconds']:.1f} s, "
        f"{imported['most']} MB of memory at most ({imported['before']} MB before)"
    )


def arguments():
    """What was asked for; SCALE in the environment, as `make bench SCALE=small` sets it, is the default size."""
    parser = argparse.ArgumentParser(description="Measure the pages that must be fast.")
    parser.add_argument("--scale", choices=["small", "full"], default=os.environ.get("SCALE") or "full")
    parser.add_argument("--seconds", type=float, default=None, help="how long to measure each visit")
    parser.add_argument("--threads", type=int, default=4)
    parser.add_argument(
        "--databases", nargs="+", choices=["sqlite", "postgresql"], default=["sqlite", "postgresql"]
    )
    options = parser.parse_args()
    if options.seconds is None:
        options.seconds = 1 if options.scale == "small" else 6
    return options


@contextlib.contextmanager
def scratch():
    """A folder of the benchmark's own, removed afterwards; the site's database is never touched."""
    above = Path(os.environ.get("VAR_DIR", ROOT / "var")) / "bench"
    above.mkdir(parents=True, exist_ok=True)
    folder = Path(tempfile.mkdtemp(dir=above))
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def main():
    """Measure each database in turn and print all tables at the end."""
    options = arguments()
    tables = []
    if "sqlite" in options.databases:
        with scratch() as folder:
            tables += table("SQLite", *run("SQLite", f"sqlite:///{folder}/db.sqlite3", folder, options))
    if "postgresql" in options.databases:
        if programs() is None:
            tables.append(f"\nPostgreSQL: skipped. {MISSING}")
        else:
            with scratch() as folder, throwaway_server() as address:
                tables += table("PostgreSQL", *run("PostgreSQL", address, folder, options))
    print("\n".join(tables))


if __name__ == "__main__":
    main()
