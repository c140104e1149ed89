"""What a package must be, and every refusal with its file and its rule."""

import io
import json
import zipfile

import pytest

from h5p.core.limits import Limits
from h5p.core.names import LibraryName
from h5p.core.package import open_package
from h5p.core.problems import SENTENCES, PackageRefused, Rule
from tests.h5p.packages import (
    PNG,
    QUESTION,
    TOOLS,
    dependency,
    good_files,
    good_package,
    library_files,
    library_json,
    manifest,
    pack,
    with_files,
)

MAIN = f"{QUESTION}-1.0"


def problems_of(file, name="custody.h5p", **options):
    with pytest.raises(PackageRefused) as refusal, open_package(file, name, **options):
        pass
    return refusal.value.problems


def test_a_good_package_is_read_without_being_unpacked():
    with open_package(good_package(), "custody.h5p") as package:
        assert package.manifest.title == "Chain of custody"
        assert package.manifest.main == LibraryName(QUESTION, 1, 0)
        assert [file.path for file in package.content_files] == ["images/seal.png"]
        assert {str(name) for name in package.libraries} == {f"{QUESTION} 1.0", f"{TOOLS} 1.0"}
        assert package.open(package.content_files[0]).read() == PNG
        assert package.notes == []


def test_the_same_bytes_have_the_same_hash_in_whatever_order_they_are_packed():
    files = good_files()

    with (
        open_package(pack(files), "a.h5p") as one,
        open_package(pack(list(files.items())[::-1]), "b.h5p") as two,
    ):
        assert (
            one.libraries[LibraryName(QUESTION, 1, 0)].sha256
            == two.libraries[LibraryName(QUESTION, 1, 0)].sha256
        )


def test_another_byte_makes_another_hash():
    changed = good_package(question={"script": "/* other code */"})

    with open_package(good_package(), "a.h5p") as one, open_package(changed, "b.h5p") as two:
        assert (
            one.libraries[LibraryName(QUESTION, 1, 0)].sha256
            != two.libraries[LibraryName(QUESTION, 1, 0)].sha256
        )


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("content/../../etc/passwd.txt", Rule.PATH_TRAVERSAL),
        ("../evil.js", Rule.PATH_TRAVERSAL),
        ("content/./a.txt", Rule.PATH_TRAVERSAL),
        ("/etc/cron.d/evil.txt", Rule.ABSOLUTE_PATH),
        ("C:/windows/evil.txt", Rule.DRIVE_PATH),
        ("c:evil.txt", Rule.DRIVE_PATH),
        ("content\\evil.txt", Rule.BACKSLASH),
        ("..\\..\\evil.txt", Rule.BACKSLASH),
        ("content/line\nbreak.txt", Rule.BAD_NAME),
        ("content/what?.txt", Rule.BAD_NAME),
        ("content/<img>.txt", Rule.BAD_NAME),
        ("content/trailing. /a.txt", Rule.BAD_NAME),
        ("content//a.txt", Rule.BAD_NAME),
        ("content/con.txt", Rule.BAD_NAME),
        ("content/" + "a" * 300 + ".txt", Rule.BAD_NAME),
    ],
)
def test_a_name_that_leads_elsewhere_or_that_some_system_cannot_keep_is_refused(name, rule):
    problem = problems_of(with_files(**{name: "x"}))[0]

    assert problem.rule == rule
    assert problem.file == name


def test_a_name_that_hides_its_end_behind_a_nul_is_refused():
    data = with_files(**{"content/aX.exe": "x"}).getvalue().replace(b"content/aX.exe", b"content/a\0.exe")

    assert problems_of(io.BytesIO(data))[0].rule == Rule.BAD_NAME


def test_a_link_is_refused():
    file = pack(good_files() | {"content/link.txt": "/etc/passwd"}, links=["content/link.txt"])

    assert [(p.rule, p.file) for p in problems_of(file)] == [(Rule.LINK, "content/link.txt")]


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_name_that_is_there_twice_is_refused():
    file = pack([*good_files().items(), ("content/images/seal.png", PNG)])

    assert problems_of(file)[0].rule == Rule.DUPLICATE


@pytest.mark.parametrize(
    ("name", "other"),
    [
        ("content/images/SEAL.png", "content/images/seal.png"),
        ("content/images/seal.png/inside.txt", "content/images/seal.png"),
        ("content/Images/other.png", "content/images"),
    ],
)
def test_names_that_many_systems_cannot_tell_apart_are_refused(name, other):
    (problem, *_more) = problems_of(with_files(**{name: PNG}))

    assert problem.rule == Rule.CASE_COLLISION


def test_two_ways_to_write_one_accent_collide():
    file = with_files(**{"content/é.txt": "1", "content/e\u0301.txt": "2"})

    assert problems_of(file)[0].rule in (Rule.CASE_COLLISION, Rule.BAD_NAME)


def test_an_encrypted_entry_is_refused():
    data = bytearray(good_package().getvalue())
    at = data.find(b"PK\x01\x02")
    data[at + 8] |= 1

    assert problems_of(io.BytesIO(bytes(data)))[0].rule == Rule.ENCRYPTED


def test_a_compression_that_h5p_does_not_use_is_refused():
    assert problems_of(pack(good_files(), compression=zipfile.ZIP_LZMA))[0].rule == Rule.COMPRESSION


@pytest.mark.parametrize(
    ("limits", "rule"),
    [
        (Limits(files=3), Rule.TOO_MANY_FILES),
        (Limits(directory_bytes=10), Rule.TOO_MANY_FILES),
        (Limits(file_bytes=20), Rule.FILE_TOO_LARGE),
        (Limits(package_bytes=100), Rule.FILE_TOO_LARGE),
        (Limits(total_bytes=200), Rule.TOO_LARGE),
        (Limits(libraries=1), Rule.TOO_MANY_LIBRARIES),
        (Limits(json_bytes=30), Rule.FILE_TOO_LARGE),
        (Limits(json_depth=1), Rule.JSON_TOO_DEEP),
    ],
)
def test_too_many_and_too_large_is_refused(limits, rule):
    assert problems_of(good_package(), limits=limits)[0].rule == rule


def test_a_file_that_shrinks_as_only_bombs_do_is_refused():
    problem = problems_of(with_files(**{"content/zeros.txt": "0" * 3_000_000}))[0]

    assert (problem.rule, problem.file) == (Rule.RATIO, "content/zeros.txt")


def test_a_directory_that_lies_about_a_size_is_refused():
    data = bytearray(
        pack(good_files() | {"content/a.txt": "hello"}, compression=zipfile.ZIP_STORED).getvalue()
    )
    at = data.rfind(b"PK\x01\x02", 0, data.find(b"content/a.txt", data.find(b"PK\x01\x02")))
    data[at + 24] = 3

    assert problems_of(io.BytesIO(bytes(data)))[0].rule == Rule.BROKEN_ZIP


@pytest.mark.parametrize("data", [b"", b"not a zip", b"PK\x05\x06", b"PK\x03\x04" + b"\0" * 200])
def test_what_is_no_zip_is_refused(data):
    assert problems_of(io.BytesIO(data))[0].rule == Rule.BROKEN_ZIP


def test_a_zip_cut_short_is_refused():
    data = good_package().getvalue()

    assert problems_of(io.BytesIO(data[: len(data) // 2]))[0].rule == Rule.BROKEN_ZIP


def test_a_file_that_is_not_called_h5p_is_refused():
    assert problems_of(good_package(), name="custody.zip")[0].rule == Rule.NOT_H5P


@pytest.mark.parametrize(
    ("name", "rule"),
    [
        ("content/run.exe", Rule.EXTENSION),
        ("content/page.html", Rule.EXTENSION),
        ("content/code.js", Rule.EXTENSION),
        ("content/film.swf", Rule.EXTENSION),
        ("content/letter.docx", Rule.EXTENSION),
        ("content/none", Rule.EXTENSION),
        ("content/images/drawing.svg", Rule.SVG_IN_CONTENT),
        (f"{MAIN}/run.php", Rule.EXTENSION),
        (f"{MAIN}/page.html", Rule.EXTENSION),
    ],
)
def test_a_type_that_may_not_be_there_is_refused(name, rule):
    problem = problems_of(with_files(**{name: "x"}))[0]

    assert (problem.rule, problem.file) == (rule, name)


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("content/images/a.png", b"<script>alert(1)</script>"),
        ("content/images/a.jpg", PNG),
        ("content/a.txt", b"MZ\x90\x00 a program"),
        ("content/a.csv", b"PK\x03\x04 a zip"),
        ("content/a.mp4", b"\x7fELF\x02 not a film"),
        ("content/a.mp3", b"plain words"),
        ("content/a.vtt", b"<html>"),
        (f"{MAIN}/font.woff", b"wOF3 is nothing"),
        (f"{MAIN}/scripts/other.js", b"\x00\x01binary"),
    ],
)
def test_a_file_that_is_not_what_its_name_says_is_refused(name, data):
    problem = problems_of(with_files(**{name: data}))[0]

    assert (problem.rule, problem.file) == (Rule.MAGIC, name)


@pytest.mark.parametrize(
    "name",
    ["content/.DS_Store", "__MACOSX/._a", "content/_unused.exe", "H5P_CONTENT_HERE.txt", "README"],
)
def test_what_h5p_never_unpacks_is_passed_over(name):
    with open_package(with_files(**{name: "x"}), "custody.h5p") as package:
        assert [file.path for file in package.content_files] == ["images/seal.png"]


@pytest.mark.parametrize(
    "name", ["h5p.json", "content/content.json", f"{MAIN}/library.json", f"{MAIN}/semantics.json"]
)
@pytest.mark.parametrize(
    "data", ["{", "", "[1,]", '{"a": NaN}', '{"a": "\\u0000"}', '{"a": "\\ud800"}', '{"a": 1e999}']
)
def test_broken_json_is_refused(name, data):
    problem = problems_of(with_files(**{name: data}))[0]

    assert (problem.rule, problem.file) == (Rule.BROKEN_JSON, name)


def test_json_that_is_nested_too_deep_is_refused_before_it_is_parsed():
    deep = '{"a": ' + "[" * 200_000 + "]" * 200_000 + "}"

    assert problems_of(with_files(**{"content/content.json": deep}))[0].rule == Rule.JSON_TOO_DEEP


def test_brackets_in_text_are_not_depth():
    text = json.dumps({"question": "[" * 500 + '\\"' + "{" * 500})

    with open_package(with_files(**{"content/content.json": text}), "custody.h5p") as package:
        assert package.params["question"].startswith("[[[")


def test_a_language_file_must_be_json():
    assert problems_of(with_files(**{f"{MAIN}/language/fr.json": "{"}))[0].file == f"{MAIN}/language/fr.json"


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"h5p.json": None}, Rule.MISSING_MANIFEST),
        ({"content/content.json": None}, Rule.MISSING_CONTENT),
        ({f"{MAIN}/library.json": None}, Rule.MISSING_LIBRARY_JSON),
        ({f"{MAIN}/scripts/main.js": None}, Rule.MISSING_FILE),
        ({"content/content.json": "[]"}, Rule.BROKEN_JSON),
        ({f"{MAIN}/semantics.json": '{"not": "a list"}'}, Rule.BAD_SEMANTICS),
    ],
)
def test_what_must_be_there_is_missed(changes, rule):
    assert rule in [problem.rule for problem in problems_of(with_files(**changes))]


@pytest.mark.parametrize(
    ("changes", "key"),
    [
        ({"title": ""}, "title"),
        ({"title": "x" * 256}, "title"),
        ({"language": "english please"}, "language"),
        ({"mainLibrary": "../evil"}, "mainLibrary"),
        ({"mainLibrary": None}, "mainLibrary"),
        ({"preloadedDependencies": "all"}, "preloadedDependencies"),
        ({"preloadedDependencies": [dependency(TOOLS)]}, "preloadedDependencies"),
        (
            {"preloadedDependencies": [{"machineName": QUESTION, "majorVersion": "x", "minorVersion": 0}]},
            "preloadedDependencies",
        ),
    ],
)
def test_a_wrong_value_in_the_manifest_is_named(changes, key):
    problems = problems_of(with_files(**{"h5p.json": json.dumps(manifest(**changes))}))

    assert (Rule.BAD_VALUE, "h5p.json", key) in [(p.rule, p.file, p.values.get("key")) for p in problems]


@pytest.mark.parametrize(
    ("changes", "rule"),
    [
        ({"title": None}, Rule.BAD_VALUE),
        ({"majorVersion": "123456"}, Rule.BAD_VALUE),
        ({"patchVersion": True}, Rule.BAD_VALUE),
        ({"runnable": 2}, Rule.BAD_VALUE),
        ({"machineName": "H5P/../evil"}, Rule.BAD_VALUE),
        ({"preloadedJs": [{"path": "../evil.js"}]}, Rule.BAD_VALUE),
        ({"preloadedJs": [{"path": "scripts/main.css"}]}, Rule.BAD_VALUE),
        ({"preloadedCss": ["main.css"]}, Rule.BAD_VALUE),
        ({"preloadedCss": [{"path": "styles/none.css"}]}, Rule.MISSING_FILE),
        ({"coreApi": {"majorVersion": 1, "minorVersion": 99}}, Rule.CORE_API),
        ({"coreApi": {"majorVersion": 2, "minorVersion": 0}}, Rule.CORE_API),
        ({"coreApi": "newest"}, Rule.BAD_VALUE),
        ({"machineName": "H5P.Another"}, Rule.FOLDER_NAME),
        ({"preloadedDependencies": [dependency("H5P.Nowhere")]}, Rule.MISSING_DEPENDENCY),
        ({"dynamicDependencies": [dependency("H5P.Nowhere")]}, Rule.MISSING_DEPENDENCY),
        ({"runnable": 0}, Rule.NOT_RUNNABLE),
    ],
)
def test_a_wrong_value_in_a_library_is_refused(changes, rule):
    described = json.dumps(library_json(QUESTION, needs=[(TOOLS,)]) | changes)
    problems = problems_of(with_files(**{f"{MAIN}/library.json": described}))

    assert rule in [problem.rule for problem in problems]


def test_a_pattern_of_paths_made_to_run_for_years_is_answered_at_once():
    described = library_json(QUESTION) | {"preloadedJs": [{"path": "a-a " * 5000 + "!"}]}

    assert (
        problems_of(with_files(**{f"{MAIN}/library.json": json.dumps(described)}))[0].rule == Rule.BAD_VALUE
    )


def test_versions_may_be_text():
    described = library_json(QUESTION, needs=[(TOOLS, "1", "0")]) | {"majorVersion": "1", "minorVersion": "0"}

    with open_package(
        with_files(**{f"{MAIN}/library.json": json.dumps(described)}), "custody.h5p"
    ) as package:
        assert LibraryName(QUESTION, 1, 0) in package.libraries


def test_the_same_library_in_two_folders_is_refused():
    twice = library_files(QUESTION, folder=QUESTION, needs=[(TOOLS,)])

    assert problems_of(with_files(**twice))[0].rule == Rule.TWO_LIBRARIES


def test_content_that_uses_a_library_that_is_nowhere_is_refused_by_its_name():
    params = {"inside": {"library": "H5P.Nowhere 3.2", "params": {}}}

    (problem,) = problems_of(with_files(**{"content/content.json": json.dumps(params)}))

    assert problem.rule == Rule.MISSING_DEPENDENCY
    assert "H5P.Nowhere 3.2" in str(problem)


def test_what_the_site_has_need_not_be_packed():
    with open_package(good_package(), "custody.h5p") as package:
        here = {name: library.info for name, library in package.libraries.items()}
    alone = {
        name: data for name, data in good_files().items() if name == "h5p.json" or name.startswith("content")
    }

    with open_package(pack(alone), "custody.h5p", find_installed=here.get) as package:
        assert package.libraries == {}
    assert problems_of(pack(alone))[0].rule == Rule.MISSING_DEPENDENCY


def test_a_missing_library_of_other_editors_is_noted_and_not_refused():
    described = library_json(QUESTION, needs=[(TOOLS,)]) | {
        "editorDependencies": [dependency("H5PEditor.Wizard")]
    }

    with open_package(
        with_files(**{f"{MAIN}/library.json": json.dumps(described)}), "custody.h5p"
    ) as package:
        assert [note.rule for note in package.notes] == [Rule.MISSING_DEPENDENCY]


def test_a_picture_that_nobody_packed_is_noted():
    with open_package(with_files(**{"content/images/seal.png": None}), "custody.h5p") as package:
        assert [(note.rule, note.values) for note in package.notes] == [
            (Rule.MISSING_FILE, {"missing": "images/seal.png"})
        ]


def test_libraries_may_come_without_content_where_that_is_asked_for():
    libraries = pack({name: data for name, data in good_files().items() if name.startswith("H5P.")})

    with open_package(libraries, "tools.h5p", needs_content=False) as package:
        assert package.manifest is None
        assert len(package.libraries) == 2
    assert problems_of(libraries, name="tools.h5p")[0].rule == Rule.MISSING_MANIFEST


def test_every_rule_has_a_sentence():
    assert set(SENTENCES) == set(Rule)


def test_a_sentence_shows_no_control_characters():
    problem = problems_of(with_files(**{"content/line\nbreak\x1b[0m.txt": "x"}))[0]

    assert "\n" not in str(problem)
    assert "\x1b" not in str(problem)
