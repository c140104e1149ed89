"""The staff screens of certificates, inside the Wagtail admin."""

from certificates.viewsets.group import CertificatesGroup
from certificates.viewsets.policies import AwardPolicy, DefinitionPolicy

__all__ = ["AwardPolicy", "CertificatesGroup", "DefinitionPolicy"]
