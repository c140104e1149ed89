"""Screens of interviews in the CMS."""
