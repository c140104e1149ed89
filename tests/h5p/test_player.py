"""What frames load: an author's preview, files in parts and in one piece, and the host of its own."""

import re

import pytest
from django.test import override_settings
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as some

from h5p.bundles import script_bundle, style_bundle
from h5p.models import ContentVersion, LibraryFile
from h5p.player import preview_url
from h5p.playing import Asset
from h5p.ranges import wanted_range
from h5p.services.importing import import_package
from h5p.tokens import ASSETS, PREVIEW
from tests.h5p.packages import PNG, QUESTION, TOOLS
from tests.h5p.players import playable_package


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def version(db):
    return import_package(playable_package(), "custody.h5p", by=None, approve=True).version


def picture_url(version, holder):
    token = ASSETS.make(holder, version.content_id)
    return reverse("h5p:content_file", args=[token, version.pk, "images/seal.png"])


# --- an author's preview ---


def test_an_author_sees_a_version_and_nothing_is_kept(client, author, version):
    page = client.get(preview_url(version, author))

    assert "Who sealed it?" in page.text
    assert '"reports": {}' in page.text
    assert '"postUserStatistics": false' in page.text
    assert page.headers["Content-Security-Policy"].startswith("sandbox ")
    files = re.findall(r'(?:src|href)="(/h5p/assets/[^"]+)"', page.text)
    assert {client.get(file).status_code for file in files} == {200}


def test_a_preview_is_for_authors_alone(client, author, learner, version):
    address = preview_url(version, author)
    assert client.get(preview_url(version, learner)).status_code == 404
    assert client.get(address.replace("~", "~x")).status_code == 404

    author.is_active = False
    author.save()

    assert client.get(address).status_code == 404
    assert client.get(picture_url(version, f"u{author.pk}")).status_code == 404


@pytest.mark.parametrize("path", ["images/other.png", "../content.json", "%00", "images/%00.png"])
def test_what_is_not_in_the_content_is_not_there(client, author, version, path):
    address = picture_url(version, f"u{author.pk}").replace("images/seal.png", path)

    assert client.get(address).status_code == 404


@pytest.mark.parametrize("holder", ["", "x1", "e", "e0", "u0", "eu1"])
def test_files_are_for_holders_who_may_play(client, version, holder):
    assert client.get(picture_url(version, holder)).status_code == 404


def test_a_token_of_another_purpose_opens_no_preview(client, author, version):
    token = ASSETS.make(version.pk, author.pk)

    assert client.get(reverse("h5p:preview", args=[token])).status_code == 404
    assert client.get(reverse("h5p:preview", args=[PREVIEW.make(0, author.pk)])).status_code == 404


# --- a host of its own ---


@override_settings(H5P_ORIGIN="https://play.example.org", SITE_URL="https://learn.example.org")
def test_a_host_of_its_own_plays_and_does_nothing_else(client, author, version):
    address = preview_url(version, author)
    path = address.removeprefix("https://play.example.org")
    there = {"headers": {"host": "play.example.org"}, "secure": True}

    assert address.startswith("https://play.example.org/h5p/preview/")
    page = client.get(path, **there)
    assert "frame-ancestors https://learn.example.org" in page.headers["Content-Security-Policy"]
    assert "connect-src https://play.example.org/h5p/" in page.headers["Content-Security-Policy"]
    assert "X-Frame-Options" not in page.headers
    assert client.get("/en/", **there).status_code == 404
    assert client.get("/cms/", **there).status_code == 404
    assert client.get(path, headers={"host": "learn.example.org"}).status_code == 404


# --- files in parts ---


def test_a_film_is_sent_in_the_parts_that_are_asked_for(client, author, version):
    address = picture_url(version, f"u{author.pk}")

    answer = client.get(address, headers={"range": "bytes=1-3"})

    assert answer.status_code == 206
    assert answer.getvalue() == PNG[1:4]
    assert answer.headers["Content-Range"] == f"bytes 1-3/{len(PNG)}"
    assert client.get(address, headers={"range": "bytes=9999-"}).status_code == 416
    assert client.get(address).getvalue() == PNG


@given(first=some.integers(0, 50), last=some.integers(0, 50), size=some.integers(1, 40))
def test_a_part_lies_within_the_file_or_is_refused(first, last, size):
    try:
        part = wanted_range(f"bytes={first}-{last}", size)
    except ValueError:
        assert first >= size or last < first
    else:
        assert 0 <= part[0] <= part[1] < size
        assert part == (first, min(last, size - 1))


@pytest.mark.parametrize(
    ("header", "part"),
    [("bytes=-3", (7, 9)), ("bytes=-30", (0, 9)), ("bytes=4-", (4, 9)), ("", None), ("bytes=1-2,4-5", None)],
)
def test_parts_may_be_asked_for_from_the_end(header, part):
    assert wanted_range(header, 10) == part


# --- all code in one piece ---


def test_styles_in_one_piece_find_what_they_name():
    parts = [
        (Asset("A-1.0", "css/a.css"), '@charset "utf-8"; a { background: url(../img/a.png) }'),
        (Asset("B-1.2", "b.css"), "@import 'c.css'; b { src: url('f.woff?v=1#x') } i { mask: url(#m) }"),
        (Asset("B-1.2", "d.css"), 'd { background: url("data:image/png;base64,AA==") }'),
    ]

    text = style_bundle(parts, "../libraries/0")

    assert 'url("../libraries/0/A-1.0/img/a.png")' in text
    assert 'url("../libraries/0/B-1.2/f.woff?v=1#x")' in text
    assert text.startswith('@import url("../libraries/0/B-1.2/c.css");')
    assert 'url("data:image/png;base64,AA==")' in text
    assert "url(#m)" in text
    assert "@charset" not in text


def test_strictness_of_one_script_does_not_bind_the_next():
    text = script_bundle([(Asset("A-1.0", "a.js"), '"use strict"; a()'), (Asset("B-1.0", "b.js"), "b()")])

    assert text.startswith(";")
    assert text.index("a()") < text.index("b()")


# --- addresses of code name the version ---


def code_urls(client, version, author):
    return re.findall(r'(?:src|href)="(/h5p/assets/[^"]+)"', client.get(preview_url(version, author)).text)


def test_a_version_that_is_played_keeps_its_code_however_many_drafts_follow(client, author, version):
    addresses = code_urls(client, version, author)
    for number in range(2, 9):
        ContentVersion.objects.create(
            content=version.content, number=number, title="A draft", library="Test.Other 1.0", params={}
        )

    for address in addresses:
        answer = client.get(address)
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]


def test_styles_load_their_files_from_the_same_version(client, author, version):
    styles, _scripts = code_urls(client, version, author)
    folder = re.sub(r"/code/(.+)\.css$", r"/libraries/\1", styles)

    answer = client.get(f"{folder}/{QUESTION}-1.0/styles/main.css")

    assert answer.status_code == 200
    assert "immutable" in answer.headers["Cache-Control"]
    assert f"/libraries/{version.pk}-" in folder


def test_code_that_is_not_what_the_address_says_is_not_kept(client, author, version):
    for address in code_urls(client, version, author):
        other = re.sub(r"[0-9a-f]{64}", "0" * 64, address)

        assert client.get(other).headers["Cache-Control"] == "no-store"


def test_code_of_which_a_file_is_left_out_is_not_kept(client, author, version):
    _styles, scripts = code_urls(client, version, author)
    assert "immutable" in client.get(scripts).headers["Cache-Control"]
    LibraryFile.objects.filter(library__machine_name=TOOLS, path__endswith=".js").delete()

    answer = client.get(scripts)

    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"


def test_a_version_of_other_content_has_no_code_here(client, author, version):
    other = import_package(playable_package(title="Other"), "o.h5p", by=None).version

    for address in code_urls(client, version, author):
        assert client.get(address.replace(f"/{version.pk}-", f"/{other.pk}-")).status_code == 404


@pytest.mark.parametrize("number", [2**63, 10**17, "-1", "x", "9" * 5000])
def test_a_version_that_no_database_counts_to_is_not_there(client, author, version, number):
    picture = picture_url(version, f"u{author.pk}")
    files = [picture.replace(f"/{version.pk}/", f"/{number}/")]
    files += [one.replace(f"/{version.pk}-", f"/{number}-") for one in code_urls(client, version, author)]

    assert {client.get(file).status_code for file in files} == {404}
