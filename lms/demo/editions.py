"""Editions past, running and future."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.utils import timezone

from accounts.models import Role, User
from accounts.services import grant_role
from courses.models import CoursePage
from enrolments.models import ActivitySchedule, Edition, EditionRole, Format, WayIn
from portfolio.models import Country, Donor, Project

ZONE = "Europe/Rome"


def make_editions(courses: list[CoursePage], people: dict[str, User]) -> dict[str, Edition]:
    """One self-study edition a course, and taught ones around today. Dates are counted from the day this first runs."""
    today = timezone.localdate()
    courts, prisons_project = _projects(today)
    editions = {course.slug: _edition(course, course.slug, starts_on=date(2025, 1, 15)) for course in courses}
    trafficking, assets, evidence, prisons, environment = courses
    taught = [
        (trafficking, "trafficking-nairobi", "Nairobi, autumn", -200, -150, {"country": "KE", "capacity": 25, "project": courts}),
        (evidence, "evidence-spring", "Spring, online", -160, -110, {"capacity": 30}),
        (assets, "assets-running", "Autumn, online with tutor", -20, 25, {"capacity": 30, "enrolment_closes": 10}),
        (trafficking, "trafficking-francophone", "Afrique francophone, avec tutorat", -12, 40,
         {"capacity": 24, "way_in": WayIn.KEY, "enrolment_key": "dakar-2026", "enrolment_closes": 14, "country": "SN", "project": courts}),
        (prisons, "prisons-next", "Winter, online with tutor", 21, 70, {"capacity": 20, "enrolment_closes": 14, "project": prisons_project}),
        (environment, "environment-manila", "Manila, hybrid", 60, 90,
         {"format": Format.BLENDED, "capacity": 16, "country": "PH", "enrolment_opens": 30}),
    ]  # fmt: skip
    for course, code, name, starts, ends, more in taught:
        editions[code] = _taught(course, code, name, today, starts, ends, people["tutor"], **more)
    return editions


def _projects(today):
    """Two projects and their donors, plainly fictional, so that reports by donor have something to count."""
    projects = []
    for code, name, donor_name in (
        ("courts-2026", "Courts against trafficking (demo)", "Northern Justice Fund (fictional)"),
        ("prisons-2027", "Safer prisons (demo)", "Lakeside Foundation (fictional)"),
    ):
        donor, _created = Donor.objects.get_or_create(name=donor_name)
        project, created = Project.objects.get_or_create(
            code=code,
            defaults={
                "name": name,
                "starts_on": date(today.year, 1, 1),
                "ends_on": date(today.year + 2, 12, 31),
            },
        )
        if created:
            project.donors.add(donor)
        projects.append(project)
    return projects


def _edition(course, code, **fields) -> Edition:
    edition, _created = Edition.objects.get_or_create(
        code=code, defaults={"course": course, "time_zone": ZONE, **fields}
    )
    return edition


def _taught(
    course,
    code,
    name,
    today,
    starts,
    ends,
    tutor,
    *,
    country=None,
    enrolment_opens=None,
    enrolment_closes=None,
    **fields,
):
    existing = Edition.objects.filter(code=code).first()
    if existing:
        return existing
    starts_on = today + timedelta(days=starts)
    edition = _edition(
        course,
        code,
        name=name,
        starts_on=starts_on,
        ends_on=today + timedelta(days=ends),
        enrolment_opens_on=today + timedelta(days=enrolment_opens) if enrolment_opens else None,
        enrolment_closes_on=today + timedelta(days=enrolment_closes) if enrolment_closes else None,
        country=Country.objects.get(code=country) if country else None,
        **{"format": Format.TUTORED, **fields},
    )
    grant_role(
        EditionRole(
            person=tutor, role=Role.TUTOR, edition=edition, starts_on=min(starts_on, today), reason="Tutor"
        ),
        by=None,
    )
    _schedule(edition)
    return edition


def _schedule(edition):
    """Quizzes are due in turn, a week apart, at the end of the day where the edition is."""
    activities = edition.course.activities.filter(kind="quiz").order_by("pk")
    for number, activity in enumerate(activities, start=1):
        day = edition.starts_on + timedelta(days=10 * number)
        due = datetime.combine(day, time(23, 59), tzinfo=ZoneInfo(edition.time_zone))
        ActivitySchedule.objects.get_or_create(edition=edition, activity=activity, defaults={"due_at": due})
