"""Reading GIFT, the text format Moodle and others know questions by."""

from assessments.exchange.gift.reading import read_gift

__all__ = ["read_gift"]
