"""Programmes in the CMS."""

from programmes.records import wagtail_hooks as of_records  # noqa: F401
from programmes.selection import wagtail_hooks as of_selection  # noqa: F401
