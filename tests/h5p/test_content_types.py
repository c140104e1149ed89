"""The content types that come with the site: ordinary packages, complete in their languages, installed with care."""

import hashlib
import io
import json

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils.translation import override
from wagtail.users.models import UserProfile

from h5p import shipped
from h5p.core.package import open_package
from h5p.core.sanitize import Sanitizer
from h5p.core.semantics import parse_semantics
from h5p.models import Library, Status
from h5p.services import shipping
from h5p.services.importing import import_package
from h5p.services.libraries import approve_library, retire_library, roll_back_to
from tests.h5p.packages import library_files, pack

LANGUAGES = ["ar", "es", "fr", "ru", "zh"]
WORDS = ("label", "description", "placeholder", "entity", "default")
TYPES = [name for name, one in shipped.shipped_libraries().items() if one.info.runnable]
KIT = next(name for name in shipped.shipped_libraries() if name.machine_name == "JusticeKit")
CHOICE = next(name for name in TYPES if name.machine_name == "JusticeKit.MultipleChoice")


def packed(name):
    out = io.BytesIO()
    shipped.write_type(name, out)
    out.seek(0)
    return out


def semantics_of(name):
    return json.loads((shipped.shipped_libraries()[name].folder / "semantics.json").read_text())


def missing_words(fields, said, where=""):
    """Where a language file has no words for what people read."""
    assert isinstance(said, list) and len(said) == len(fields), f"{where}: another number of fields"
    for number, (one, words) in enumerate(zip(fields, said, strict=True)):
        yield from missing_in(one, words, f"{where}[{number}]")


def missing_in(one, words, where):
    for key in WORDS:
        is_words = isinstance(one.get(key), str) and one[key] and (key != "default" or one["type"] == "text")
        if is_words and not words.get(key):
            yield f"{where}.{key}"
    for number, option in enumerate(one.get("options", []) if one["type"] == "select" else []):
        if option.get("label") and not words["options"][number].get("label"):
            yield f"{where}.options[{number}]"
    if "fields" in one:
        yield from missing_words(one["fields"], words.get("fields"), where)
    if "field" in one:
        yield from missing_in(one["field"], words.get("field") or {}, f"{where}.field")


@pytest.mark.parametrize("name", TYPES, ids=str)
def test_a_type_passes_every_check_of_a_package_and_its_example_is_clean(name):
    with open_package(packed(name), "type.h5p") as package:
        assert package.manifest.main == name
        assert package.notes == []
        assert package.libraries.keys() >= {name, KIT}
        fields = {one: parse_semantics(library.semantics or []) for one, library in package.libraries.items()}
        clean = Sanitizer(fields.get).content(name, package.params)
        kept = {key for key, value in package.params.items() if value not in ("", [])}
        assert clean.params.keys() == kept
        for library in package.libraries.values():
            assert library.info.raw["license"] == "MIT"
            assert library.sha256 == shipped.shipped_libraries()[library.info.name].sha256


@pytest.mark.parametrize("name", TYPES, ids=str)
def test_a_type_is_packed_into_the_same_bytes_every_time(name):
    assert hashlib.sha256(packed(name).read()).digest() == hashlib.sha256(packed(name).read()).digest()


@pytest.mark.parametrize("name", TYPES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_form_of_a_type_is_complete_in_every_language(name, language):
    folder = shipped.shipped_libraries()[name].folder
    said = json.loads((folder / "language" / f"{language}.json").read_text())
    assert list(missing_words(semantics_of(name), said["semantics"])) == []


@pytest.mark.parametrize("name", TYPES, ids=str)
def test_a_type_says_in_every_language_what_it_is(name):
    said = shipped.shipped_libraries()[name].info.raw["translations"]
    assert sorted(said) == LANGUAGES
    assert all(words["title"] and words["description"] for words in said.values())


@pytest.mark.parametrize("name", TYPES, ids=str)
@pytest.mark.parametrize("language", LANGUAGES)
def test_translated_words_keep_what_is_replaced_by_numbers(name, language):
    folder = shipped.shipped_libraries()[name].folder
    said = json.loads((folder / "language" / f"{language}.json").read_text())

    def compare(fields, words):
        for one, word in zip(fields, words, strict=True):
            if one["type"] == "text" and ":" in str(one.get("default", "")):
                wanted = {part for part in one["default"].split() if part.startswith(":")}
                assert all(part.rstrip(".,;") in word["default"] for part in wanted), word["default"]
            if "fields" in one:
                compare(one["fields"], word["fields"])

    compare(semantics_of(name), said["semantics"])


def test_packing_writes_a_file_for_every_type(tmp_path, capsys):
    call_command("pack_content_types", to=str(tmp_path))
    assert len(list(tmp_path.glob("*.h5p"))) == len(TYPES)
    assert capsys.readouterr().out.count(".h5p") == len(TYPES)


# --- installing ---


@pytest.fixture
def _store(settings, tmp_path, db):
    settings.MEDIA_ROOT = tmp_path / "media"


def rows(name=CHOICE):
    return Library.objects.named(name)


def other_code(*, patch):
    """A library of the same name with other code, as somebody might upload it."""
    files = library_files(CHOICE.machine_name, patch=patch, script="/* by others */", semantics=[])
    return pack(files)


def with_new_patch(monkeypatch, tmp_path):
    """The next release of the site, with a new patch of multiple choice."""
    here = shipped.shipped_libraries()
    folder = tmp_path / CHOICE.folder
    folder.mkdir()
    for path in here[CHOICE].files:
        target = folder / path.relative_to(here[CHOICE].folder)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(path.read_bytes())
    described = json.loads((folder / "library.json").read_text()) | {"patchVersion": 77}
    (folder / "library.json").write_text(json.dumps(described))
    info, _problems = shipped.read_library(described, "library.json")
    libraries = here | {CHOICE: shipped.ShippedLibrary(info, folder)}
    monkeypatch.setattr(shipped, "shipped_libraries", lambda: libraries)
    monkeypatch.setattr(shipping, "shipped_libraries", lambda: libraries)


@pytest.mark.usefixtures("_store")
def test_installing_approves_our_own_types_and_a_second_run_changes_nothing(
    django_assert_max_num_queries, capsys
):
    call_command("install_content_types")
    assert "JusticeKit.MultipleChoice 1.0" in capsys.readouterr().out
    library = rows().get()
    assert library.status == Status.APPROVED
    assert library.current_since
    assert library.origin == "shipped with the site"
    assert library.sha256 == shipped.shipped_libraries()[CHOICE].sha256
    before = Library.objects.count()
    assert before == len(shipped.shipped_libraries())
    with django_assert_max_num_queries(before + 2):
        call_command("install_content_types")
    assert Library.objects.count() == before
    assert capsys.readouterr().out == ""


@pytest.mark.usefixtures("_store")
def test_authors_find_the_types_by_their_names_in_their_own_language(client, author):
    shipping.install_content_types()
    client.force_login(author)
    assert "Put in order" in client.get(reverse("h5p_staff:new")).text
    profile = UserProfile.get_for_user(author)
    profile.preferred_language = "ar"
    profile.save()
    page = client.get(reverse("h5p_staff:new")).text
    assert "عناصر تُرتَّب ترتيبًا صحيحًا" in page
    assert "Put in order" not in page
    assert "نص به فراغات" in client.get(reverse("h5p_staff:write", args=["JusticeKit.FillBlanks"])).text


def test_words_of_a_library_by_others_are_taken_only_where_they_are_words():
    for strange in (None, [], {"fr": "Titre"}, {"fr": {"title": 7}}):
        library = Library(title="Title", info={"translations": strange, "description": 3})
        with override("fr"):
            assert (library.local_title, library.local_description) == ("Title", "")


@pytest.mark.usefixtures("_store")
def test_a_retired_type_stays_retired_also_after_an_update(manager, monkeypatch, tmp_path):
    shipping.install_content_types()
    retire_library(rows().get(), by=manager, reason="We use another one")
    shipping.install_content_types()
    with_new_patch(monkeypatch, tmp_path)
    assert shipping.install_content_types() == shipping.Installed()
    assert rows().get().status == Status.RETIRED


@pytest.mark.usefixtures("_store")
def test_an_update_runs_at_once_where_nobody_decided_otherwise(monkeypatch, tmp_path):
    shipping.install_content_types()
    with_new_patch(monkeypatch, tmp_path)
    assert shipping.install_content_types().approved == [CHOICE]
    assert rows().current().get().patch == 77


@pytest.mark.usefixtures("_store")
def test_what_a_manager_went_back_to_keeps_running_until_the_next_patch(manager, monkeypatch, tmp_path):
    shipping.install_content_types()
    older = rows().get()
    with_new_patch(monkeypatch, tmp_path)
    shipping.install_content_types()
    roll_back_to(older, by=manager, reason="The new one reads badly")
    assert shipping.install_content_types() == shipping.Installed()
    assert rows().current().get() == older


@pytest.mark.usefixtures("_store")
def test_a_library_from_elsewhere_is_never_replaced_ours_waits_in_quarantine(manager, monkeypatch, tmp_path):
    shipping.install_content_types()
    theirs = import_package(other_code(patch=5), "changed.h5p", by=manager, needs_content=False)
    theirs = approve_library(theirs.libraries[0].library, by=manager)
    with_new_patch(monkeypatch, tmp_path)
    assert shipping.install_content_types() == shipping.Installed(offered=[CHOICE])
    assert shipping.install_content_types() == shipping.Installed()
    assert rows().current().get() == theirs
    assert rows().get(patch=77).status == Status.QUARANTINE


@pytest.mark.usefixtures("_store")
def test_our_files_that_an_upload_brought_first_are_approved_by_installing(author):
    import_package(packed(CHOICE), "from-a-colleague.h5p", by=author)
    assert rows().get().status == Status.QUARANTINE
    shipping.install_content_types()
    assert rows().get().status == Status.APPROVED
