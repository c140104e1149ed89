"""The supervisor keeps the worker going and ends both when told to."""

import signal
import socket
import subprocess
import sys
import time

import pytest

from lms import supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]
DIE = [sys.executable, "-c", "raise SystemExit(3)"]


@pytest.fixture
def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(condition, seconds=10):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.02)
    return condition()


def test_a_dead_worker_is_started_again_after_a_pause(monkeypatch, capsys):
    monkeypatch.setattr(supervisor.Worker, "command", DIE)
    worker = supervisor.Worker()
    first = worker.process
    first.wait()

    worker.look_after()

    assert "The worker stopped (3); starting it again in 1 s." in capsys.readouterr().out
    assert worker.process is first
    worker.start_again_at = 0
    worker.look_after()
    assert worker.process is not first
    worker.process.wait()


def test_a_worker_that_keeps_dying_is_started_ever_more_slowly(monkeypatch):
    monkeypatch.setattr(supervisor.Worker, "command", DIE)
    worker = supervisor.Worker()
    pauses = []

    for _death in range(8):
        worker.process.wait()
        pauses.append(worker.back_off)
        worker.look_after()
        worker.start_again_at = 0
        worker.look_after()

    assert pauses == [1, 2, 4, 8, 16, 32, 60, 60]
    worker.process.wait()


def test_stopping_ends_every_process():
    processes = [supervisor.start(SLEEP), supervisor.start(SLEEP)]

    supervisor.stop(processes)

    assert all(process.returncode == -signal.SIGTERM for process in processes)


def test_a_taken_port_is_told_before_anything_starts(free_port):
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", free_port))
        listener.listen()
        command = [sys.executable, "-m", "lms.supervisor", "--host", "127.0.0.1", "--port", str(free_port)]

        outcome = subprocess.run(command, capture_output=True, text=True, timeout=30)

    assert outcome.returncode == 1
    assert f"Port {free_port} is taken. Choose another: make run PORT={free_port + 1}" in outcome.stderr
