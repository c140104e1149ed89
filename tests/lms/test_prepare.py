"""Preparing an installation is safe to repeat and looks before it works."""

import pytest
from django.core.management import call_command
from wagtail.models import Site

from certificates.models import SigningCertificate

pytestmark = pytest.mark.django_db


@pytest.fixture
def _own_static_files(settings, tmp_path):
    source = tmp_path / "source"
    source.mkdir()
    (source / "one.css").write_text("a { color: red }")
    settings.STATICFILES_DIRS = [source]
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATIC_ROOT = tmp_path / "static"
    return source


@pytest.mark.usefixtures("_own_static_files")
def test_static_files_are_collected_once(capsys):
    call_command("prepare")
    first = capsys.readouterr().out
    call_command("prepare")
    second = capsys.readouterr().out

    assert "Collecting static files" in first
    assert "Collecting static files" not in second


def test_static_files_are_collected_again_when_one_changed(_own_static_files, settings):
    call_command("prepare")
    (_own_static_files / "one.css").write_text("a { color: darkgreen }")

    call_command("prepare")

    assert "darkgreen" in (settings.STATIC_ROOT / "one.css").read_text()


@pytest.fixture
def _no_key(settings, tmp_path):
    settings.SIGNING_KEY, settings.SIGNING_KEY_IS_OURS = "", True
    settings.SIGNING_KEY_FILE = tmp_path / "keys" / "signing.pem"


@pytest.mark.usefixtures("_own_static_files", "_no_key")
def test_a_key_to_sign_awards_is_made_and_its_certificate_published(settings):
    call_command("prepare")
    call_command("prepare")

    assert settings.SIGNING_KEY_FILE.exists()
    assert SigningCertificate.objects.count() == 1


@pytest.mark.usefixtures("_own_static_files", "_no_key")
def test_a_key_named_by_the_operator_that_is_missing_is_never_replaced_by_ours(settings, capsys):
    settings.SIGNING_KEY_IS_OURS = False

    call_command("prepare")

    assert not settings.SIGNING_KEY_FILE.exists()
    assert "There is no key to sign awards with" in capsys.readouterr().out


@pytest.mark.usefixtures("_own_static_files")
def test_the_cms_knows_the_address_of_the_site(settings):
    settings.SITE_URL = "https://learn.example.org"
    settings.HTTPS = True

    call_command("prepare")

    site = Site.objects.get(is_default_site=True)
    assert (site.hostname, site.port) == ("learn.example.org", 443)
