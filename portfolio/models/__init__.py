"""The vocabulary in which teaching is planned and reported. Knows nothing of courses or people."""

from portfolio.models.frameworks import ExpectedResult, Framework, Priority, SustainableGoal
from portfolio.models.funding import Donor, Office, OfficeKind, Partner, Project
from portfolio.models.named import Named, NamedQuerySet
from portfolio.models.places import Country, CountryStatus, Region
from portfolio.models.topics import Profession, Theme

__all__ = [
    "Country",
    "CountryStatus",
    "Donor",
    "ExpectedResult",
    "Framework",
    "Named",
    "NamedQuerySet",
    "Office",
    "OfficeKind",
    "Partner",
    "Priority",
    "Profession",
    "Project",
    "Region",
    "SustainableGoal",
    "Theme",
]
