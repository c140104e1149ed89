"""Importing: content against approved libraries, new code into quarantine, and nothing half-installed."""

import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.management import call_command

from foundation.audit.models import Entry
from h5p.core.package import open_package
from h5p.core.problems import PackageRefused, Rule
from h5p.exporting import export_version
from h5p.models import Content, ContentLibrary, Library, LibraryFile, Status, StoredFile
from h5p.playing import content_file, library_file, playable
from h5p.services import libraries as deciding
from h5p.services.contents import ContentRefused, copy_content, make_current, remove_content, save_version
from h5p.services.importing import import_package
from h5p.store import claimed, keep, removed
from h5p.translations import language_words, languages
from tests.h5p.packages import PNG, QUESTION, TOOLS, good_files, good_package, pack, with_files

pytestmark = pytest.mark.django_db
REAL = Path(__file__).resolve().parents[3] / "shared" / "testdata" / "h5p" / "true-false-1.6.h5p"
ALONE = {
    name: data for name, data in good_files().items() if name == "h5p.json" or name.startswith("content")
}


def do_import(file=None, *, by=None, name="custody.h5p", **options):
    return import_package(file or good_package(), name, by=by, **options)


def library(machine_name=QUESTION, **fields):
    return Library.objects.get(machine_name=machine_name, **fields)


def stored_names():
    if not default_storage.exists("h5p"):
        return set()
    return {
        name
        for folder in default_storage.listdir("h5p")[0]
        for name in default_storage.listdir(f"h5p/{folder}")[1]
    }


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def test_new_libraries_go_to_quarantine_and_the_content_waits_for_them(author):
    imported = do_import(by=author)

    assert imported.content.title == "Chain of custody"
    assert {item.status for item in imported.libraries} == {Status.QUARANTINE}
    assert {str(row) for row in imported.waits_for} == {f"{QUESTION} 1.0.0", f"{TOOLS} 1.0.0"}
    assert not Content.objects.playable().exists()
    assert playable(imported.version).waits_for
    assert library().uploaded_by == author
    assert library().origin == "custody.h5p"


def test_content_plays_once_its_libraries_are_approved(author, manager):
    imported = do_import(by=author)

    deciding.approve_libraries(
        list(Library.objects.all()), by=manager, reason="From the institute's own Moodle"
    )

    ready = playable(imported.version)
    assert ready.waits_for == ()
    assert [str(asset) for asset in ready.scripts] == [
        f"{TOOLS}-1.0/scripts/main.js",
        f"{QUESTION}-1.0/scripts/main.js",
    ]
    assert ready.main == library()
    assert Content.objects.playable().get() == imported.content


def test_content_alone_is_imported_against_what_is_approved(author):
    do_import(approve=True)

    imported = do_import(pack(ALONE), by=author)

    assert imported.libraries == ()
    assert imported.waits_for == []


def test_a_patch_inside_an_upload_never_replaces_running_code(author):
    first = do_import(approve=True)

    second = do_import(good_package(question={"patch": 5, "script": "/* newer */"}), by=author)

    assert library(patch=5).status == Status.QUARANTINE
    assert library(patch=5).current_since is None
    assert playable(first.version).main.patch == 0
    assert playable(second.version).main.patch == 0
    assert second.waits_for == []


def test_an_approved_patch_runs_everywhere_and_can_be_rolled_back(manager):
    first = do_import(approve=True)
    do_import(good_package(question={"patch": 5, "script": "/* newer */"}))
    before = playable(first.version).libraries_sha256

    deciding.approve_library(library(patch=5), by=manager)
    assert playable(first.version).main.patch == 5
    assert playable(first.version).libraries_sha256 != before

    deciding.roll_back_to(library(patch=0), by=manager, reason="Scores were wrong")
    assert playable(first.version).main.patch == 0
    assert playable(first.version).libraries_sha256 == before
    entry = Entry.objects.get(action="h5p.roll_back_library")
    assert (entry.before["version"], entry.after["version"]) == ("1.0.5", "1.0.0")


def test_an_older_patch_is_ignored(author):
    do_import(good_package(question={"patch": 5}), approve=True)

    imported = do_import(good_package(question={"patch": 4, "script": "/* old */"}), by=author)

    assert not Library.objects.filter(patch=4).exists()
    assert [item.status for item in imported.libraries if item.packaged.info.patch == 4] == ["older"]
    assert imported.waits_for == []


def test_other_bytes_under_a_known_version_go_to_quarantine(author):
    do_import(approve=True)

    do_import(good_package(question={"script": "steal()"}), by=author)

    assert Library.objects.named(library(status=Status.APPROVED, machine_name=QUESTION).name).count() == 2
    assert library(status=Status.QUARANTINE).current_since is None


def test_versions_live_side_by_side():
    do_import(approve=True)
    newer = good_files(question={"minor": 3})
    newer["h5p.json"] = newer["h5p.json"].replace(
        f'"machineName": "{QUESTION}", "majorVersion": 1, "minorVersion": 0',
        f'"machineName": "{QUESTION}", "majorVersion": 1, "minorVersion": 3',
    )

    imported = do_import(pack(newer), approve=True)

    assert imported.version.library == f"{QUESTION} 1.3"
    assert Library.objects.current().filter(machine_name=QUESTION).count() == 2


def test_what_was_rejected_is_not_taken_again(author, manager):
    do_import(by=author)
    deciding.reject_library(library(), by=manager, reason="Calls another site")

    with pytest.raises(PackageRefused) as refusal:
        do_import(by=author)

    assert refusal.value.problems[0].rule == Rule.REJECTED_LIBRARY
    assert "Calls another site" in str(refusal.value.problems[0])
    assert Content.objects.count() == 1


def test_new_content_is_not_made_with_a_retired_type(author, manager):
    first = do_import(approve=True)
    deciding.retire_library(library(), by=manager, reason="Superseded")

    with pytest.raises(PackageRefused) as refusal:
        do_import(pack(ALONE), by=author)
    do_import(pack(ALONE), by=author, content=first.content)

    assert refusal.value.problems[0].rule == Rule.RETIRED_LIBRARY
    assert playable(first.version).waits_for == ()
    assert first.content.versions.count() == 2


@pytest.mark.parametrize(
    "spoiled",
    [
        {"content/evil.html": "<script>"},
        {f"{QUESTION}-1.0/scripts/main.js": None},
        {"content/content.json": "{"},
        {"content/../../x.txt": "x"},
    ],
)
def test_a_refused_package_leaves_nothing_behind(author, spoiled):
    with pytest.raises(PackageRefused):
        do_import(with_files(**spoiled), by=author)

    assert (Library.objects.count(), Content.objects.count(), StoredFile.objects.count()) == (0, 0, 0)
    assert stored_names() == set()
    assert not Entry.objects.filter(action__startswith="h5p.").exists()


def test_a_failure_on_the_way_leaves_nothing_behind(author, monkeypatch):
    def fail(*args, **kwargs):
        raise RuntimeError("the database is gone")

    monkeypatch.setattr("h5p.services.importing.save_version", fail)

    with pytest.raises(RuntimeError):
        do_import(by=author)

    assert (Library.objects.count(), StoredFile.objects.count()) == (0, 0)
    assert stored_names() == set()


def test_the_same_bytes_are_kept_once():
    do_import()
    kept = stored_names()

    do_import()

    assert stored_names() == kept
    assert len(kept) == StoredFile.objects.count()


def test_a_file_that_somebody_asked_for_again_is_not_removed(author, monkeypatch):
    imported = do_import(by=author)
    picture = imported.version.files.get().stored
    monkeypatch.setattr("h5p.services.contents.store.remove_orphans", lambda: 0)
    remove_content(imported.content, by=author)
    row = StoredFile.objects.get(pk=picture.pk)

    claimed([picture.sha256])

    assert not removed(row)
    assert removed(StoredFile.objects.get(pk=picture.pk))


def test_one_file_is_kept_once_whatever_it_is_called():
    one, two = (keep(ContentFile(PNG, name=name)) for name in ("a.png", "b.png"))

    assert one == two
    assert one.open().read() == PNG
    assert len(stored_names()) == 1


def test_files_are_found_only_where_the_version_has_them():
    version = do_import(approve=True).version
    ready = playable(version)

    assert content_file(version, "images/seal.png").open().read() == PNG
    assert content_file(version, "../h5p.json") is None
    assert library_file(ready, f"{QUESTION}-1.0", "scripts/main.js").open().read() == b"/* code */"
    assert library_file(ready, f"{QUESTION}-2.0", "scripts/main.js") is None
    assert library_file(ready, f"{QUESTION}-1.0", "../x") is None


def test_code_in_quarantine_has_no_address():
    ready = playable(do_import().version)

    assert library_file(ready, f"{QUESTION}-1.0", "scripts/main.js") is None


def test_parameters_are_sanitized_before_they_are_played():
    params = {"question": "<p>Who?<script>x()</script></p>", "hint": "<b>", "unknown": 1}

    version = do_import(with_files(**{"content/content.json": json.dumps(params)}), approve=True).version

    assert playable(version).params == {"question": "<p>Who?</p>", "hint": "&lt;b&gt;"}


def test_a_replacement_is_the_next_version_and_the_old_one_stays():
    first = do_import(approve=True)
    changed = with_files(**{"content/content.json": '{"question": "<p>And then?</p>"}'})

    second = do_import(changed, content=first.content)

    assert [version.number for version in first.content.versions.all()] == [2, 1]
    first.content.refresh_from_db()
    assert first.content.current == second.version
    assert playable(first.version).params["question"] == "<p>Who sealed it?</p>"


def test_a_draft_is_not_played_until_it_is_published(author):
    first = do_import(approve=True)

    draft = save_version(
        first.content,
        title="Draft",
        library=first.version.main,
        params={"question": "New"},
        files={},
        by=author,
        make_current=False,
    )
    first.content.refresh_from_db()
    assert first.content.current == first.version

    make_current(draft, by=author)
    first.content.refresh_from_db()
    assert (first.content.current, first.content.title) == (draft, "Draft")


def test_what_is_exported_is_imported_identically(author):
    version = do_import(approve=True).version
    out = io.BytesIO()

    export_version(version, out)
    again = do_import(out, by=author)

    assert {item.is_new for item in again.libraries} == {False}
    assert again.version.params == version.params
    assert again.version.title == version.title
    assert [(f.path, f.stored_id) for f in again.version.files.all()] == [
        (f.path, f.stored_id) for f in version.files.all()
    ]


def test_what_is_exported_is_a_valid_package_with_its_libraries():
    out = io.BytesIO()

    export_version(do_import(approve=True).version, out)

    with open_package(out, "out.h5p") as package:
        assert {str(name) for name in package.libraries} == {f"{QUESTION} 1.0", f"{TOOLS} 1.0"}
        assert [str(name) for name in package.manifest.preloaded] == [f"{TOOLS} 1.0", f"{QUESTION} 1.0"]


def test_a_copy_is_new_content_with_the_same_files(author):
    version = do_import(approve=True).version

    copied = copy_content(version, title="Copy", by=author)

    assert copied != version.content
    assert copied.current.params == version.params
    assert copied.current.files.get().stored == version.files.get().stored


def test_a_library_in_use_cannot_be_removed_and_one_that_is_needed_neither(manager):
    imported = do_import(approve=True)

    for row in Library.objects.all():
        with pytest.raises(deciding.LibraryRefused):
            deciding.remove_library(row, by=manager)
    remove_content(imported.content, by=manager)
    with pytest.raises(deciding.LibraryRefused):
        deciding.remove_library(library(TOOLS), by=manager)
    deciding.remove_library(library(), by=manager)
    deciding.remove_library(library(TOOLS), by=manager)

    assert (StoredFile.objects.count(), LibraryFile.objects.count()) == (0, 0)


def test_the_bytes_of_what_is_removed_go_with_it(manager, django_capture_on_commit_callbacks):
    imported = do_import(approve=True)

    with django_capture_on_commit_callbacks(execute=True):
        remove_content(imported.content, by=manager)
        deciding.remove_library(library(), by=manager)
        deciding.remove_library(library(TOOLS), by=manager)

    assert stored_names() == set()


def test_removing_what_is_unused_keeps_what_may_still_be_wanted(manager):
    do_import(approve=True)
    do_import(good_package(question={"patch": 5, "script": "/* newer */"}), approve=True)
    do_import(good_package(question={"patch": 6, "script": "/* newest */"}))

    assert deciding.remove_unused(by=manager) == 1

    assert {(row.machine_name, row.patch) for row in Library.objects.all()} == {
        (QUESTION, 5),
        (QUESTION, 6),
        (TOOLS, 0),
    }


def test_a_library_is_approved_only_after_what_it_needs(manager):
    do_import()

    with pytest.raises(deciding.LibraryRefused) as refusal:
        deciding.approve_library(library(), by=manager)

    assert f"{TOOLS} 1.0" in str(refusal.value)
    assert library().status == Status.QUARANTINE


def test_only_what_is_in_quarantine_can_be_rejected(manager):
    do_import(approve=True)

    with pytest.raises(deciding.LibraryRefused):
        deciding.reject_library(library(), by=manager, reason="Too late")
    with pytest.raises(deciding.LibraryRefused):
        do_import(good_package(question={"patch": 7}))
        deciding.roll_back_to(library(patch=7), by=manager, reason="Not yet")


def test_content_that_learner_records_hang_on_stays(manager, monkeypatch):
    from django.db.models import ProtectedError

    imported = do_import(approve=True)
    monkeypatch.setattr(Content, "delete", lambda self: (_ for _ in ()).throw(ProtectedError("used", set())))

    with pytest.raises(ContentRefused):
        remove_content(imported.content, by=manager)

    imported.content.refresh_from_db()
    assert imported.content.current == imported.version


def test_labels_are_read_in_the_languages_that_a_library_brings():
    words = {"semantics": [{"label": "Pregunta"}, {"label": "Pista"}]}
    do_import(with_files(**{f"{QUESTION}-1.0/language/es.json": json.dumps(words)}))

    assert languages(library()) == ["es"]
    said = language_words([library()], ["es", "de"])
    assert [words["label"] for words in said[library().pk, "es"]] == ["Pregunta", "Pista"]
    assert (library().pk, "de") not in said


@pytest.mark.parametrize("size", [2, 12])
def test_playing_takes_as_many_queries_whatever_it_holds(size, django_assert_num_queries):
    tools = [(f"{TOOLS}{number}",) for number in range(size)]
    files = good_files(question={"needs": tools})
    for (name,) in tools:
        files |= {
            path.replace(TOOLS, name): data.replace(TOOLS, name) for path, data in tools_files().items()
        }
    version = do_import(pack(files), approve=True).version

    with django_assert_num_queries(2):
        ready = playable(version)
        assert len(ready.scripts) == size + 1
        assert ready.params


def tools_files():
    return {name: data for name, data in good_files().items() if name.startswith(TOOLS)}


# --- the command ---


def run(*arguments, capsys):
    try:
        call_command("import_h5p", *map(str, arguments))
        code = 0
    except SystemExit as stopped:
        code = stopped.code
    return code, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def test_the_command_says_what_became_of_each_file(tmp_path, capsys):
    (tmp_path / "good.h5p").write_bytes(good_package().getvalue())
    (tmp_path / "evil.h5p").write_bytes(with_files(**{"content/../x.txt": "x"}).getvalue())

    code, (evil, good, missing) = run(
        tmp_path / "evil.h5p", tmp_path / "good.h5p", tmp_path / "none.h5p", capsys=capsys
    )

    assert code == 1
    assert good["accepted"]
    assert good["content_id"] == Content.objects.get().pk
    assert good["main_library"] == f"{QUESTION} 1.0"
    assert {item["status"] for item in good["libraries"]} == {"quarantine"}
    assert (evil["accepted"], evil["content_id"], evil["problems"][0]["rule"]) == (
        False,
        None,
        "path_traversal",
    )
    assert "content/../x.txt" in evil["problems"][0]["message"]
    assert not missing["accepted"]


def test_the_command_approves_where_it_is_told_to(tmp_path, capsys):
    (tmp_path / "good.h5p").write_bytes(good_package().getvalue())

    code, (good,) = run(tmp_path / "good.h5p", "--approve-libraries", capsys=capsys)

    assert code == 0
    assert {item["status"] for item in good["libraries"]} == {"approved"}
    assert good["waits_for"] == []


@pytest.mark.skipif(not REAL.exists(), reason="The real packages are not beside the project.")
def test_a_real_package_is_imported_and_keeps_its_parameters(author):
    with REAL.open("rb") as file:
        imported = import_package(file, REAL.name, by=author, approve=True)

    assert imported.version.library == "H5P.TrueFalse 1.6"
    assert imported.waits_for == []
    assert playable(imported.version).params == imported.version.params
    assert not ContentLibrary.objects.filter(
        library__machine_name="H5PEditor.ShowWhen", kind="preloaded"
    ).exists()
    assert "ar" in languages(imported.version.libraries.get(library__machine_name="H5P.TrueFalse").library)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="Only Linux tells the most that was used.")
def test_fifty_megabytes_are_read_in_a_bounded_memory(tmp_path):
    path = tmp_path / "large.h5p"
    film = b"\0\0\0\x18ftypmp42" + b"\x5a" * (25 * 1024 * 1024)
    path.write_bytes(
        pack(good_files() | {"content/a.mp4": film, "content/b.mp4": film + b"1"}, compression=0).getvalue()
    )
    code = (
        "import sys; from h5p.core.package import open_package\n"
        "with open(sys.argv[1], 'rb') as file, open_package(file, 'large.h5p') as package:\n"
        "    assert len(package.content_files) == 3\n"
        "print([line for line in open('/proc/self/status') if line.startswith('VmHWM')][0].split()[1])"
    )

    done = subprocess.run([sys.executable, "-c", code, str(path)], capture_output=True, text=True, check=True)

    assert int(done.stdout) < 150 * 1024
