"""Pictures are seen by those who may see them; nothing else in the media folder has an address."""

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from wagtail.images import get_image_model
from wagtail.models import Collection, CollectionViewRestriction

pytestmark = pytest.mark.django_db

SVG = b'<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>'


@pytest.fixture
def collection():
    return Collection.get_first_root_node().add_child(name="Figures")


@pytest.fixture
def rendition(collection):
    file = SimpleUploadedFile("figure.svg", SVG, "image/svg+xml")
    image = get_image_model().objects.create(title="Figure", file=file, collection=collection)
    return image.get_rendition("width-400|preserve-svg")


def test_a_public_picture_is_served_and_kept_by_browsers(client, rendition):
    response = client.get(rendition.url)

    assert b"".join(response.streaming_content).startswith(b"<svg")
    assert response["Content-Type"] == "image/svg+xml"
    assert "immutable" in response["Cache-Control"]


def test_a_script_inside_a_picture_has_no_rights(client, rendition):
    response = client.get(rendition.url)

    assert "sandbox" in response["Content-Security-Policy"]
    assert "default-src 'none'" in response["Content-Security-Policy"]


def test_a_picture_of_a_private_collection_is_not_there_for_strangers(client, rendition, collection):
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )

    response = client.get(rendition.url)

    assert response.status_code == 404


def test_a_picture_of_a_private_collection_is_there_for_those_it_is_open_to(
    client, rendition, collection, django_user_model
):
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.LOGIN
    )
    client.force_login(django_user_model.objects.create_user("reader@example.org", "a long pass phrase"))

    response = client.get(rendition.url)

    assert response.status_code == 200
    assert response["Cache-Control"].startswith("private")


@pytest.mark.parametrize(
    "path", ["documents/minutes.txt", "images/nobody-knows.svg", "original_images/figure.svg"]
)
def test_what_is_no_rendition_has_no_address(client, path):
    name = default_storage.save(path, SimpleUploadedFile("any", b"secret"))

    response = client.get(f"/media/{name}")

    assert response.status_code == 404


def test_a_rendition_whose_file_was_lost_is_not_there(client, rendition):
    default_storage.delete(rendition.file.name)

    response = client.get(rendition.url)

    assert response.status_code == 404
