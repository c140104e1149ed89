"""Signed addresses: what they open, for how long, and that nothing else opens it."""

import datetime

import pytest
from django.utils import timezone

from h5p.tokens import ASSETS, PREVIEW, BadToken, Tokens

NOON = datetime.datetime(2026, 3, 2, 12, tzinfo=datetime.UTC)


def at(monkeypatch, moment):
    monkeypatch.setattr(timezone, "now", lambda: moment)


def test_a_token_says_what_was_put_into_it():
    assert ASSETS.read(ASSETS.make("e12", 7)) == ("e12", "7")


def test_a_token_is_safe_in_an_address():
    token = ASSETS.make("e12", 7, "zh-hans")

    assert set(token) <= set("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_~")


@pytest.mark.parametrize("change", ["e13.7", "e12.8", ""])
def test_a_changed_token_is_refused(change):
    token = ASSETS.make("e12", 7)
    facts, signature = token.split("~")

    with pytest.raises(BadToken):
        ASSETS.read(f"{change}{facts.removeprefix('e12.7')}~{signature}")


def test_a_token_is_good_for_its_own_purpose_only():
    with pytest.raises(BadToken):
        PREVIEW.read(ASSETS.make("e12", 7))


def test_the_address_stays_the_same_for_days_and_is_never_about_to_expire(monkeypatch):
    tokens = Tokens("test", days=7)
    made = {}
    for day in range(14):
        at(monkeypatch, NOON + datetime.timedelta(days=day))
        made.setdefault(tokens.make("e1"), day)

    assert len(made) <= 3
    for token, day in made.items():
        at(monkeypatch, NOON + datetime.timedelta(days=day + 7))
        assert tokens.read(token) == ("e1",)


def test_an_expired_token_is_refused(monkeypatch):
    tokens = Tokens("test", days=7)
    at(monkeypatch, NOON)
    token = tokens.make("e1")

    at(monkeypatch, NOON + datetime.timedelta(days=15))

    with pytest.raises(BadToken):
        tokens.read(token)
