"""The site's worker, killed by SIGKILL in the middle of a step: `python doomed_worker.py STEP COUNT`.

number  after the COUNT-th number was reserved, before its transaction ends
file    after the COUNT-th file was written, before its row says so
never   not at all
"""

import os
import signal
import sys

import django


def dies_after(function, count):
    """The function, whose caller does not live to see its COUNT-th result."""
    calls = []

    def doomed(*args, **kwargs):
        result = function(*args, **kwargs)
        calls.append(result)
        if len(calls) == count:
            os.kill(os.getpid(), signal.SIGKILL)
        return result

    return doomed


def main(step, count):
    """Work until killed."""
    django.setup()
    from django.core.management import call_command

    from certificates import storing
    from certificates.bulk.services import issuing

    if step == "number":
        issuing.issue_by_decision = dies_after(issuing.issue_by_decision, count)
    elif step == "file":
        storing._write = dies_after(storing._write, count)
    call_command("worker", interval=0.1)


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
