"""Where sessions are held: campuses and their rooms."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Campus(models.Model):
    """A place with rooms, and the clock on its walls."""

    name = models.CharField(_("name"), max_length=120, unique=True)
    address = models.TextField(_("address"), blank=True, help_text=_("As people need it to find the door."))
    time_zone = models.CharField(_("time zone"), max_length=64, default="Europe/Rome")
    country = models.ForeignKey(
        "portfolio.Country",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("country or area"),
    )

    class Meta:
        verbose_name = _("campus")
        verbose_name_plural = _("campuses")
        ordering = ["name"]

    def __str__(self):
        return self.name


class RoomQuerySet(models.QuerySet):
    """Selects rooms."""

    def open(self):
        """Rooms that can still be booked."""
        return self.filter(closed_at=None)


class Room(models.Model):
    """A room that one session at a time can have."""

    campus = models.ForeignKey(
        Campus, on_delete=models.PROTECT, related_name="rooms", verbose_name=_("campus")
    )
    name = models.CharField(_("name"), max_length=80)
    seats = models.PositiveSmallIntegerField(
        _("seats"), null=True, blank=True, help_text=_("Empty where nobody has counted them.")
    )
    directions = models.CharField(
        _("how to get there"),
        max_length=250,
        blank=True,
        help_text=_("Floor, entrance, the way without steps. Learners read it in their timetable."),
    )
    closed_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = RoomQuerySet.as_manager()

    class Meta:
        verbose_name = _("room")
        verbose_name_plural = _("rooms")
        ordering = ["campus__name", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["campus", "name"],
                name="one_room_per_campus_and_name",
                violation_error_message=_("Another room of this campus has this name."),
            )
        ]

    def __str__(self):
        return f"{self.name}, {self.campus}"
