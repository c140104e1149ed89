"""Two uploads, two decisions, one who tidies up: what must hold whoever comes first."""

import pytest
from django.core.files.storage import default_storage

from h5p.models import Content, Library, LibraryFile, StoredFile
from h5p.services.contents import remove_content
from h5p.services.importing import Imported, import_package
from h5p.services.libraries import approve_library
from h5p.store import remove_orphans
from tests.h5p.packages import QUESTION, good_package
from tests.threads import at_once

pytestmark = [pytest.mark.postgres, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _own_store(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def bring(**changes):
    return lambda: import_package(good_package(**changes), "custody.h5p", by=None)


def files_without_bytes():
    return [row for row in StoredFile.objects.all() if not default_storage.exists(row.name)]


def test_the_same_package_brought_four_times_at_once_keeps_each_library_and_file_once():
    imported = at_once(*[bring()] * 4)

    assert [type(one) for one in imported] == [Imported] * 4
    assert (Content.objects.count(), Library.objects.count()) == (4, 2)
    assert LibraryFile.objects.count() == 5
    assert files_without_bytes() == []
    assert (
        len(
            [
                name
                for folder in default_storage.listdir("h5p")[0]
                for name in default_storage.listdir(f"h5p/{folder}")[1]
            ]
        )
        == StoredFile.objects.count()
    )


def test_two_patches_approved_at_once_leave_the_higher_one_running():
    import_package(good_package(), "custody.h5p", by=None, approve=True)
    for patch in (3, 4):
        import_package(good_package(question={"patch": patch, "script": f"/* {patch} */"}), "n.h5p", by=None)
    waiting = list(Library.objects.waiting())

    at_once(*[lambda library=library: approve_library(library, by=None) for library in waiting])

    assert Library.objects.current().get(machine_name=QUESTION).patch == 4


def test_tidying_up_while_somebody_imports_loses_no_file():
    import_package(good_package(), "custody.h5p", by=None)
    for _round in range(5):
        content = Content.objects.first()

        outcomes = at_once(
            lambda content=content: remove_content(content, by=None), bring(), remove_orphans, bring()
        )

        assert [one for one in outcomes if isinstance(one, Exception)] == []
        assert files_without_bytes() == []
        assert all(content.current.files.count() == 1 for content in Content.objects.all())
