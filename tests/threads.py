"""Does several things at the same moment, each on its own connection. For tests marked `postgres`."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections


def at_once(*actions):
    """Start all actions together; their results, or the exceptions they ended with, in order."""
    barrier = Barrier(len(actions), timeout=20)

    def run(action):
        barrier.wait()
        try:
            return action()
        except Exception as problem:  # noqa: BLE001 - the test says what it expects
            return problem
        finally:
            connections.close_all()

    with ThreadPoolExecutor(len(actions)) as pool:
        return list(pool.map(run, actions))
