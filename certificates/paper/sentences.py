"""Sentences the engine refuses with: in English, and ready to be said in another language by whoever shows them."""

from __future__ import annotations


def gettext_noop(template: str) -> str:
    """Mark words for translators, who look for this name; the engine itself translates nothing."""
    return template


class Sentence(str):
    """A finished English sentence that still knows its words and its values apart."""

    template: str
    values: dict[str, object]

    def __new__(cls, template: str, **values: object) -> Sentence:
        """The sentence with its values."""
        sentence = super().__new__(cls, template % values if values else template)
        sentence.template, sentence.values = template, values
        return sentence

    @property
    def parts(self) -> dict[str, object]:
        """Words and values apart, to be stored: the values as the text they are shown as."""
        return {"words": self.template, "values": {name: str(value) for name, value in self.values.items()}}
