"""Programmes in the CMS."""

from programmes.records import wagtail_hooks as of_records  # noqa: F401
