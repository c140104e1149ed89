"""Collects the strings to translate, and guesses nothing: a wrong guess would keep the catalogues from compiling."""

from django.core.management.commands import makemessages


class Command(makemessages.Command):
    """Django's own, without fuzzy matches: what is new comes out empty."""

    msgmerge_options = [*makemessages.Command.msgmerge_options, "--no-fuzzy-matching"]
