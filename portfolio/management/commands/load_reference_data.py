"""Loads the reference data again, for instance after an upgrade brought new names of countries."""

from django.core.management.base import BaseCommand

from portfolio.models import Country
from portfolio.services import load_reference_data


class Command(BaseCommand):
    """`manage.py load_reference_data`: safe to repeat; `migrate` does it as well."""

    help = "Load countries, goals, frameworks, themes, professions and offices. Safe to repeat."

    def handle(self, *args, **options):
        """Load, and say how much there is."""
        load_reference_data()
        self.stdout.write(f"{Country.objects.count()} countries and areas, with all other reference data.")
