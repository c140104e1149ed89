"""Alphabetical order in the languages of the site."""

import pytest

from portfolio.alphabet import sort_key


def in_order(names, *how):
    backwards = list(reversed(names))
    return sorted(backwards, key=lambda name: sort_key(name, *how))


@pytest.mark.parametrize(
    ("language", "names"),
    [
        ("en", ["Costa Rica", "Côte d'Ivoire", "Croatia"]),
        ("en", ["Tunisia", "Türkiye", "Turkmenistan"]),
        ("en", ["Guinea", "Guinea-Bissau", "Guyana"]),
        ("fr", ["Danemark", "Égypte", "El Salvador", "États-Unis d'Amérique", "Éthiopie", "Fidji"]),
        ("ar", ["الاتحاد الروسي", "إثيوبيا", "الأردن", "ألبانيا", "الإمارات العربية المتحدة", "البحرين"]),
        ("ar", ["الجزائر", "جزر القمر", "الجمهورية العربية السورية", "جمهورية كوريا"]),
        ("es", ["Emiratos Árabes Unidos", "España", "Estados Unidos de América"]),
        ("ru", ["Исландия", "Испания", "Италия", "Йемен", "Кабо-Верде"]),
        ("zh-hans", ["阿尔巴尼亚", "埃及", "芬兰", "佛得角", "中国"]),
    ],
)
def test_names_sort_as_their_language_sorts_them(language, names):
    assert in_order(names, language) == names


def test_a_character_outside_the_pinyin_table_sorts_like_the_one_that_sounds_like_it():
    names = ["菲律宾", "斐济", "芬兰"]

    assert in_order(names, "zh-hans", {"斐": "匪"}) == names
