"""Certificates of keys that signed awards, kept for ever: awards of any year stay verifiable."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class SigningCertificate(models.Model):
    """The public half of a key that signs or signed awards, with the certificates that vouch for it."""

    fingerprint = models.CharField(_("SHA-256 fingerprint"), max_length=64, unique=True)
    subject = models.CharField(_("issued to"), max_length=500)
    valid_from = models.DateTimeField(_("valid from"))
    valid_until = models.DateTimeField(_("valid until"))
    # The certificate itself and its chain, as PEM.
    pem = models.TextField(_("certificates"))
    used_since = models.DateTimeField(_("used since"), auto_now_add=True)

    class Meta:
        verbose_name = _("certificate of a signing key")
        verbose_name_plural = _("certificates of signing keys")
        ordering = ["-used_since", "-pk"]
        default_permissions = ["view"]

    def __str__(self):
        return self.subject
