"""What did they earn? Award types staff define, and awards that never change."""

from certificates.models.awards import Award, AwardQuerySet, BadgeKey, NumberSeries
from certificates.models.signing import SigningCertificate
from certificates.models.types import AwardType, AwardWording, CourseAward, Signatory

__all__ = [
    "Award",
    "AwardQuerySet",
    "AwardType",
    "AwardWording",
    "BadgeKey",
    "CourseAward",
    "NumberSeries",
    "Signatory",
    "SigningCertificate",
]
