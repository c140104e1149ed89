"""Alphabetical order in the languages of the site."""

import pytest

from portfolio.alphabet import sort_key


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
    assert sorted(names[::-1], key=lambda name: sort_key(name, language)) == names


def test_a_character_outside_the_pinyin_table_sorts_like_the_one_that_sounds_like_it():
    names = ["菲律宾", "斐济", "芬兰"]

    assert sorted(names[::-1], key=lambda name: sort_key(name, "zh-hans", {"斐": "匪"})) == names
