"""One stimulus with several questions about it."""

from decimal import Decimal

from django.utils.translation import gettext_lazy

from assessments.kinds.base import Kind


class Case(Kind):
    """Read, not answered: its questions are questions of their own and stay together behind it."""

    name = "case"
    label = gettext_lazy("Case with several questions")
    description = gettext_lazy("A text with exhibits, and several questions about it.")
    is_answerable = False
    empty = dict

    def clean(self, content, response):
        """Nothing."""
        return {}

    def from_post(self, content, posted):
        """Nothing."""
        return {}

    def score(self, content, response):
        """Nothing by itself."""
        return Decimal(0)

    def right_response(self, content, language):
        """There is none."""
        return {}

    def response_text(self, content, words, response):
        """Nothing."""
        return ""
