"""Reference data that migrations have loaded, fetched by its code, and rows that staff would add."""

from itertools import count

from portfolio.models import Country, Partner, Profession, Project, Theme

_numbers = count(1)


def country(code="KE"):
    """A country or area by its ISO code."""
    return Country.objects.get(code=code)


def profession(slug="judiciary"):
    """A profession group by its slug."""
    return Profession.objects.get(slug=slug)


def theme(slug=None):
    """A theme by its slug; the first by default."""
    return Theme.objects.get(slug=slug) if slug else Theme.objects.order_by("pk").first()


def make_project(**fields):
    """A project."""
    number = next(_numbers)
    return Project.objects.create(**{"code": f"project-{number}", "name": f"Project {number}"} | fields)


def make_partner(**fields):
    """A partner."""
    return Partner.objects.create(**{"name": f"Partner {next(_numbers)}"} | fields)
