"""What does not suit a public site, told by `manage.py check --deploy`."""

from django.conf import settings
from django.core import checks


@checks.register(checks.Tags.security, deploy=True)
def check_public_site(app_configs, **kwargs):
    """Warn of conveniences of the demo that are still on."""
    findings = []
    if not settings.HTTPS:
        findings.append(
            checks.Warning("SITE_URL is not https: cookies and passwords travel in the clear.", id="lms.W001")
        )
    if settings.DEMO_MAILBOX:
        findings.append(checks.Warning("DEMO_MAILBOX shows every e-mail to everybody.", id="lms.W002"))
    if not settings.STAFF_MFA_REQUIRED:
        findings.append(
            checks.Warning(
                "Staff can sign in without a second factor: STAFF_MFA_REQUIRED is off.", id="lms.W003"
            )
        )
    return findings
