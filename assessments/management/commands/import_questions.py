"""Brings the questions of a GIFT or Moodle XML file into a bank, or says what it would bring."""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from assessments.exchange.files import format_of, read_questions
from assessments.exchange.preview import CATEGORY, NEW, SKIPPED, THERE, previewed
from assessments.exchange.values import Unreadable
from assessments.models import ExchangeFormat, QuestionBank
from assessments.services.exchange import import_file


class Command(BaseCommand):
    """Prints as JSON what came in and what did not, with line and reason; exits 1 when nothing could be read."""

    help = (
        "Bring questions of a GIFT or Moodle XML file into a bank, as drafts, and print what came in and what did not. "
        "A question that is there already is not doubled. A bank that does not exist is made."
    )

    def add_arguments(self, parser):
        """Take the file, the bank, and how to read it."""
        parser.add_argument("file", type=Path)
        parser.add_argument("--bank", required=True, help="name of the question bank")
        parser.add_argument(
            "--format", choices=ExchangeFormat.values, help="else by what the file begins with"
        )
        parser.add_argument(
            "--language",
            choices=dict(settings.LANGUAGES),
            help="of the texts; else that of the bank",
        )
        parser.add_argument("--dry-run", action="store_true", help="save nothing")

    def handle(self, *, file, bank, dry_run, **options):
        """Read, save unless asked not to, print."""
        new = QuestionBank(name=bank, language=options["language"] or settings.LANGUAGE_CODE)
        bank = QuestionBank.objects.filter(name=bank).first() or new
        language = options["language"] or bank.source_language
        try:
            opened = file.open("rb")
        except OSError as problem:
            raise CommandError(f"{file}: {problem.strerror}") from problem
        with opened:
            form = options["format"] or format_of(opened, file.name)
            try:
                if dry_run:
                    lines = list(previewed(bank, read_questions(opened, form, language=language)))
                else:
                    lines, _outcome = import_file(bank, opened, form=form, language=language, name=file.name)
            except Unreadable as problem:
                lines = [{"state": SKIPPED, "line": problem.line, "name": "", "reason": problem.reason}]
        report = {
            "file": file.name,
            "format": str(form),
            "bank": bank.name,
            "language": language,
            "dry_run": dry_run,
        }
        self.stdout.write(json.dumps(report | by_state(lines), ensure_ascii=False, indent=2))
        if not any(line["state"] != SKIPPED for line in lines):
            sys.exit(1)


def by_state(lines):
    """The lines by what becomes of them."""
    names = {NEW: "imported", SKIPPED: "skipped", THERE: "already_there", CATEGORY: "categories"}
    sorted_out = {name: [] for name in names.values()}
    for line in lines:
        sorted_out[names[line["state"]]].append({key: said for key, said in line.items() if key != "state"})
    return sorted_out
