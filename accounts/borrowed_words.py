"""Words of Django's that learners read and that Django has no Arabic for; named here, our catalogues hold them."""

from django.utils.translation import ngettext_lazy

WORDS = (
    ngettext_lazy(
        "This password is too short. It must contain at least %d character.",
        "This password is too short. It must contain at least %d characters.",
        "number",
    ),
)
