"""The house's own work by the clock: publishing what was scheduled, and sweeping up."""

from django.core.management import call_command

from foundation import jobs
from foundation.audit.verification import verify_chain
from foundation.jobs import services


@jobs.every(minutes=1)
def publish_scheduled():
    """Publish and withdraw pages whose time has come."""
    call_command("publish_scheduled")


@jobs.every(days=1, retries=3)
def clear_sessions():
    """Forget sessions that have ended."""
    call_command("clearsessions")


@jobs.every(days=1, retries=3)
def prune_tasks():
    """Forget what was done long ago."""
    return services.prune()


@jobs.every(days=1)
def verify_audit():
    """Fail, so that staff see it, when the audit log is not what was written."""
    found = verify_chain()
    if not found.intact:
        raise ValueError(f"Audit entry {found.broken_at}: {found.fault}")
