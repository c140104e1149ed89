"""Hooks into the CMS: refusals on every road, the editor's buttons, menus and addresses."""

from courses.wagtail_hooks import editor, menus, refusals

__all__ = ["editor", "menus", "refusals"]
