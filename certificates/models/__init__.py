"""What did they earn? Award types staff define, the designs they are printed with, and awards that never change."""

from certificates.models.awards import Award, AwardQuerySet, BadgeKey, NumberSeries
from certificates.models.bulk import BulkIssue, BulkIssueLine
from certificates.models.designs import Design, DesignVersion, Picture
from certificates.models.occasions import Occasion, OccasionKind
from certificates.models.papers import PaperTemplate, PaperTemplateQuerySet, PaperWording, Purpose
from certificates.models.past import PastEntry, PastImport
from certificates.models.signing import SigningCertificate
from certificates.models.types import (
    BY_ATTENDANCE,
    AwardMark,
    AwardType,
    AwardTypeQuerySet,
    AwardWording,
    Cosignatory,
    CourseAward,
    Mark,
    PaperKind,
    Rule,
    Signatory,
)

__all__ = [
    "BY_ATTENDANCE",
    "Award",
    "AwardMark",
    "AwardQuerySet",
    "AwardType",
    "AwardTypeQuerySet",
    "AwardWording",
    "BadgeKey",
    "BulkIssue",
    "BulkIssueLine",
    "Cosignatory",
    "CourseAward",
    "Design",
    "DesignVersion",
    "Mark",
    "NumberSeries",
    "Occasion",
    "OccasionKind",
    "PaperKind",
    "PaperTemplate",
    "PaperTemplateQuerySet",
    "PaperWording",
    "PastEntry",
    "PastImport",
    "Picture",
    "Purpose",
    "Rule",
    "Signatory",
    "SigningCertificate",
]
