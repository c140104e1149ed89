"""Programmes in the CMS: what coordinators and registrars work with."""

from programmes.admin_views.editions import ProgrammeEditionPolicy, ProgrammeEditionViewSet

__all__ = ["ProgrammeEditionPolicy", "ProgrammeEditionViewSet"]
