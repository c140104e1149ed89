"""Rubrics: criteria by levels, with points and words, used by as many assignments and essays as one likes.

A rubric may be edited at any time. What marks are given by is a version, which never changes: an activity pins one.
"""

import uuid
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _


class Rubric(models.Model):
    """A grid in all its languages, as last saved. `levels` and `criteria` are its structure; words are rows."""

    course = models.ForeignKey(
        "courses.CoursePage",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rubrics",
        verbose_name=_("course"),
        help_text=_("Empty: every course may use it."),
    )
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    name = models.CharField(_("name"), max_length=150, help_text=_("For staff."))
    # The language it was written in; others are translations of it.
    language = models.CharField(_("language"), max_length=12)
    # [{"key": "<stable id>"}, …]: the columns, in the author's order.
    levels = models.JSONField(_("levels"), default=list, blank=True)
    # [{"key": "<stable id>", "points": {level key: "4"}}, …]: the rows.
    criteria = models.JSONField(_("criteria"), default=list, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # No longer offered; what uses it keeps its version.
    retired_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("rubric")
        verbose_name_plural = _("rubrics")
        ordering = ["name", "pk"]

    def __str__(self):
        return self.name

    @property
    def content(self):
        """The whole grid as one value: what a version freezes and what screens draw."""
        return {
            "name": self.name,
            "source": self.language,
            "levels": self.levels,
            "criteria": self.criteria,
            "texts": {
                text.language: {"levels": text.levels, "criteria": text.criteria} for text in self.texts.all()
            },
        }


class RubricText(models.Model):
    """The words of a rubric in one language."""

    rubric = models.ForeignKey(Rubric, on_delete=models.CASCADE, related_name="texts")
    language = models.CharField(_("language"), max_length=12)
    # {level key: title}
    levels = models.JSONField(_("titles of the levels"), default=dict, blank=True)
    # {criterion key: {"title", "description", "cells": {level key: text}}}
    criteria = models.JSONField(_("words of the criteria"), default=dict, blank=True)

    class Meta:
        verbose_name = _("words of a rubric")
        verbose_name_plural = _("words of rubrics")
        constraints = [
            models.UniqueConstraint(fields=["rubric", "language"], name="one_rubric_wording_per_language")
        ]

    def __str__(self):
        return f"{self.rubric} ({self.language})"


class RubricVersion(models.Model):
    """A rubric as it stood when something began to use it. Never changed."""

    rubric = models.ForeignKey(Rubric, on_delete=models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("number"))
    # As `Rubric.content`.
    content = models.JSONField(_("content"))
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("rubric version")
        verbose_name_plural = _("rubric versions")
        ordering = ["rubric", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["rubric", "number"], name="rubric_versions_are_numbered")
        ]

    def __str__(self):
        return f"{self.rubric} · {self.number}"


def is_whole(content, language):
    """Whether a language has a title for every level and every criterion."""
    words = content["texts"].get(language)
    return bool(words) and all(
        [
            *(words["levels"].get(level["key"]) for level in content["levels"]),
            *(words["criteria"].get(row["key"], {}).get("title") for row in content["criteria"]),
        ]
    )


def rubric_problems(content):
    """Sentences that say what a rubric lacks before anything may be marked with it."""
    name = {"rubric": content["name"]}
    if len(content["levels"]) < 2 or not content["criteria"]:
        return [gettext("The rubric “%(rubric)s” needs at least one criterion and two levels.") % name]
    problems = []
    if not is_whole(content, content["source"]):
        problems.append(gettext("The rubric “%(rubric)s” has a criterion or a level without a title.") % name)
    if any(not any(map(Decimal, row["points"].values())) for row in content["criteria"]):
        problems.append(
            gettext("The rubric “%(rubric)s” has a criterion on which no level earns a point.") % name
        )
    return problems
