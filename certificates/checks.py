"""What keeps awards from being signed, told by `manage.py check --deploy`."""

from django.conf import settings
from django.core import checks

from certificates.signing.keys import key_problem


@checks.register(checks.Tags.security, deploy=True)
def check_signing_key(app_configs, **kwargs):
    """Warn when there is no key, when it is ours alone, and when it runs out soon."""
    problem = key_problem()
    if problem:
        return [checks.Warning(problem, id="certificates.W001")]
    if settings.SIGNING_KEY_IS_OURS:
        return [
            checks.Info(
                "Awards are signed with a key that this site made for itself. Readers of PDF call its signatures valid "
                "but unknown; a key certified by an authority they know needs no explanation.",
                id="certificates.I001",
            )
        ]
    return []
