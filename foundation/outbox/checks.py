"""What an operator should hear about before e-mail goes wrong."""

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def mailbox_is_public(app_configs, **kwargs):
    """Warn that the mailbox shows everybody every e-mail."""
    if not settings.DEMO_MAILBOX:
        return []
    return [
        checks.Warning("DEMO_MAILBOX is on: everybody can read every e-mail at /mailbox/.", id="outbox.W001")
    ]
