"""Interviews: slots that staff offer and applicants book, each in their own time zone."""
