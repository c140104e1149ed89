"""Screens of assessors and of the committee in the CMS."""
