"""People and what they may do. Knows nothing of courses: rights on a course are rows in the app that owns it."""

import uuid

from django.contrib.auth.models import AbstractUser, UserManager
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Gender(models.TextChoices):
    """How a person describes their gender; reported to the Board only as totals."""

    WOMAN = "woman", _("Woman")
    MAN = "man", _("Man")
    OTHER = "other", _("Another description")
    UNDISCLOSED = "undisclosed", _("Prefer not to say")


class Seniority(models.TextChoices):
    """How far along a career a person is."""

    TRAINEE = "trainee", _("In training")
    JUNIOR = "junior", _("Fewer than 5 years in the profession")
    EXPERIENCED = "experienced", _("5 to 15 years")
    SENIOR = "senior", _("More than 15 years")
    HEAD = "head", _("Head of an office, court or unit")


class Role(models.TextChoices):
    """What staff may be. The scope is the row's: the site, a course or an edition."""

    AUTHOR = "author", _("Author")
    REVIEWER = "reviewer", _("Reviewer")
    TRANSLATOR = "translator", _("Translator")
    TUTOR = "tutor", _("Tutor")
    MARKER = "marker", _("Marker")
    COORDINATOR = "coordinator", _("Coordinator")
    REGISTRAR = "registrar", _("Registrar")
    EVALUATOR = "evaluator", _("Evaluator")
    ASSESSOR = "assessor", _("Assessor")
    BENCH_JUDGE = "bench_judge", _("Judge of a moot court")
    H5P_MANAGER = "h5p_manager", _("H5P library manager")
    ADMINISTRATOR = "administrator", _("Administrator")


class EmailUserManager(UserManager):
    """Creates people by e-mail address; there are no user names."""

    def create_user(self, email, password=None, **fields):
        """Create a person who can sign in with this address."""
        person = self.model(email=self.normalize_email(email), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def create_superuser(self, email, password=None, **fields):
        """Create a person with every right (for `manage.py createsuperuser`)."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, email):
        """Find a person whatever the case of the address."""
        return self.get(email__iexact=email)


class User(AbstractUser):
    """One person, whatever they are here: learner, author, tutor, registrar."""

    username = None
    email = models.EmailField(_("e-mail address"), unique=True)
    first_name = models.CharField(_("given names"), max_length=150)
    last_name = models.CharField(_("family name"), max_length=150, blank=True)
    # Names a person in URLs and exports without giving the row number away.
    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)

    name_for_certificate = models.CharField(_("name for certificates"), max_length=150, blank=True)
    name_confirmed_at = models.DateTimeField(null=True, blank=True, editable=False)

    country = models.ForeignKey(
        "portfolio.Country",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        verbose_name=_("country or area"),
    )
    gender = models.CharField(_("gender"), max_length=12, choices=Gender, blank=True)
    profession = models.ForeignKey(
        "portfolio.Profession", on_delete=models.PROTECT, null=True, blank=True, verbose_name=_("profession")
    )
    institution = models.CharField(_("institution"), max_length=200, blank=True)
    seniority = models.CharField(_("experience"), max_length=12, choices=Seniority, blank=True)
    language = models.CharField(_("language"), max_length=12, default="en")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    profile_completed_at = models.DateTimeField(null=True, blank=True, editable=False)

    erased_at = models.DateTimeField(null=True, blank=True, editable=False)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_accounts",
        editable=False,
    )

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["first_name"]

    objects = EmailUserManager()

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        constraints = [models.UniqueConstraint(Lower("email"), name="one_person_per_email")]

    def __str__(self):
        return self.full_name or self.email

    @property
    def full_name(self):
        """Given names and family name, in that order."""
        return f"{self.first_name} {self.last_name}".strip()

    def get_full_name(self):
        """The name Wagtail shows."""
        return self.full_name


class RoleAssignmentQuerySet(models.QuerySet):
    """Selects who holds which role now."""

    def current(self, on=None):
        """Assignments in force on a day (today by default); an end date counts whole."""
        day = on or timezone.localdate()
        return self.filter(starts_on__lte=day).filter(models.Q(ends_on=None) | models.Q(ends_on__gte=day))

    def held_by(self, person):
        """Assignments of one person."""
        return self.filter(person=person)


class RoleAssignment(models.Model):
    """A right with a beginning, an end and a reason. Subclasses add the scope."""

    person = models.ForeignKey("accounts.User", on_delete=models.PROTECT, related_name="%(class)ss")
    role = models.CharField(_("role"), max_length=14, choices=Role)
    starts_on = models.DateField(_("from"), default=timezone.localdate)
    ends_on = models.DateField(_("until (that day included)"), null=True, blank=True)
    granted_by = models.ForeignKey(
        "accounts.User", on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.CharField(_("reason"), max_length=250, blank=True)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = RoleAssignmentQuerySet.as_manager()

    class Meta:
        abstract = True

    def __str__(self):
        return f"{self.person}: {self.get_role_display()}"

    @property
    def is_current(self):
        """Whether it is in force today."""
        today = timezone.localdate()
        return self.starts_on <= today and (self.ends_on is None or self.ends_on >= today)

    def clean(self):
        """An assignment cannot end before it begins."""
        if self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("The last day is before the first. Choose a later day.")})


class SiteRole(RoleAssignment):
    """A role for the whole site."""

    class Meta:
        verbose_name = _("site role")
        verbose_name_plural = _("site roles")
