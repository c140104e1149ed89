"""Reads the reference data of portfolio/data and completes names from Unicode CLDR. Touches no database."""

from functools import cache
from pathlib import Path

import yaml
from babel import Locale

from portfolio.alphabet import sort_key

DATA = Path(__file__).parent / "data"
# The official languages of the United Nations, each under Django's code and CLDR's.
CLDR_LOCALES = {"en": "en", "fr": "fr", "ar": "ar", "es": "es", "ru": "ru", "zh-hans": "zh_Hans"}


@cache
def entries(name: str):
    """What portfolio/data/<name>.yaml says."""
    return yaml.safe_load((DATA / f"{name}.yaml").read_text(encoding="utf-8"))


def names_of(entry: dict) -> dict:
    """The model fields `name` and `names` of an entry that gives its name under language codes."""
    names = {code: entry[code] for code in CLDR_LOCALES if code != "en" and entry.get(code)}
    return {"name": entry["en"], "names": names}


@cache
def cldr_names(code: str) -> dict:
    """What CLDR calls a country or region, in every language."""
    return {language: Locale.parse(cldr).territories[code] for language, cldr in CLDR_LOCALES.items()}


@cache
def regions() -> list[dict]:
    """Fields of every region, each parent before its parts; `parent` is a code."""
    rows = []
    for region in entries("regions"):
        rows.append({"code": region["code"], "parent": None} | names_of(cldr_names(region["code"]) | region))
        for part in region["subregions"]:
            names = names_of(cldr_names(part["code"]) | part)
            rows.append({"code": part["code"], "parent": region["code"]} | names)
    return rows


@cache
def countries() -> list[dict]:
    """Fields of every country and area; `region` is a code."""
    data = entries("countries")
    status = dict.fromkeys(data["observers"].split(), "observer") | dict.fromkeys(
        data["areas"].split(), "area"
    )
    named = {}
    regions_of = {}
    for region in entries("regions"):
        for part in region["subregions"]:
            for code in part["countries"].split():
                named[code] = cldr_names(code) | data["names"].get(code, {})
                regions_of[code] = part["code"]
    places = alphabetical_places(named, data["sounds_like"])
    return [
        {
            "code": code,
            "status": status.get(code, "member"),
            "region": regions_of[code],
            "un_order": places[code],
            **names_of(names),
        }
        for code, names in named.items()
    ]


def alphabetical_places(named: dict[str, dict], sounds_like: dict[str, str]) -> dict[str, dict[str, int]]:
    """For every code its place in the alphabetical order of each language, from 1."""
    places: dict[str, dict[str, int]] = {code: {} for code in named}
    for language in CLDR_LOCALES:
        in_order = sorted(named, key=lambda code: sort_key(named[code][language], language, sounds_like))
        for place, code in enumerate(in_order, start=1):
            places[code][language] = place
    return places
