"""A large package is read as a stream: what importing it needs does not grow with it."""

import tracemalloc

import pytest

from h5p.services.importing import import_package
from lms.bench.packages import write_large_package

pytestmark = pytest.mark.django_db
MB = 1024 * 1024


def most_needed(path):
    """The most memory that Python held while it imported."""
    tracemalloc.start()
    with path.open("rb") as file:
        import_package(file, path.name, by=None, approve=True)
    _now, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return most


def test_a_package_of_fifty_megabytes_is_imported_with_a_few(tmp_path, settings):
    settings.MEDIA_ROOT = tmp_path / "media"
    write_large_package(tmp_path / "small.h5p", 0)
    write_large_package(tmp_path / "large.h5p", 50)
    assert (tmp_path / "large.h5p").stat().st_size > 50 * MB

    most_needed(tmp_path / "small.h5p")  # what a process remembers is warm from here on

    assert most_needed(tmp_path / "large.h5p") < 10 * MB
