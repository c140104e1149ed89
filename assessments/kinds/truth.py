"""What true and false are called."""

TRUE_FALSE_WORDS = {
    "en": ("True", "False"),
    "fr": ("Vrai", "Faux"),
    "ar": ("صحيح", "خطأ"),
    "es": ("Verdadero", "Falso"),
    "ru": ("Верно", "Неверно"),
    "zh-hans": ("正确", "错误"),
}


def true_false_words(language: str) -> dict[str, str]:
    """What the two options of a true-or-false question are called in a language."""
    return dict(zip(("true", "false"), TRUE_FALSE_WORDS.get(language, TRUE_FALSE_WORDS["en"]), strict=True))
