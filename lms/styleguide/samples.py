"""Texts of the sample pages. They show how words sit on the page, and are not part of the interface."""

from lms.styleguide.samples_ar import ARABIC
from lms.styleguide.samples_en import ENGLISH

SAMPLES = {"en": ENGLISH, "ar": ARABIC}
