"""From the blocks of a content file to the value of a StreamField. Block ids are the same in every language."""

import json
import uuid
from functools import lru_cache
from io import BytesIO
from pathlib import Path

from django.core.files.images import ImageFile

from cms.models import LmsImage

CONTENT = Path(__file__).parent / "content"
NAMESPACE = uuid.UUID("b3d1b1f0-5f0c-4c53-9b53-6d2d7a6f0c11")


def block_id(seed: str) -> str:
    """The same id for the same place, whatever the language."""
    return str(uuid.uuid5(NAMESPACE, seed))


def body(blocks: list[dict], *, seed: str, quizzes: dict | None = None) -> str:
    """The blocks as a StreamField stores them. `quizzes`: the quiz activities by slug."""
    stream = []
    for position, block in enumerate(blocks):
        (kind, value), *_rest = block.items()
        name, content = MAKERS[kind](value, quizzes or {}) if kind in MAKERS else (kind, value)
        place = f"{seed}/{position}" if name not in ("activity", "read") else f"{seed}/{name}/{value or 0}"
        stream.append({"type": name, "value": content, "id": block_id(place)})
    return json.dumps(stream)


def _figure(value, _quizzes):
    image = picture(value["file"])
    return "figure", {"image": image.pk, "alt": value["alt"], "caption": value.get("caption", "")}


@lru_cache(maxsize=256)
def picture(file: str) -> LmsImage:
    """The image of a figure file, stored once."""
    existing = LmsImage.objects.filter(title=file).first()
    if existing:
        return existing
    path = CONTENT / file
    stored = ImageFile(BytesIO(path.read_bytes()), name=path.name)
    return LmsImage.objects.create(
        title=file, file=stored, credit="UNICRI LMS contributors", licence="CC BY 4.0"
    )


def _table(value, _quizzes):
    columns = [
        {"type": "rich" if any("<" in row[n] for row in value["rows"]) else "text", "heading": heading}
        for n, heading in enumerate(value["header"])
    ]
    rows = [{"values": row} for row in value["rows"]]
    return "table", {"caption": value["caption"], "table": {"columns": columns, "rows": rows, "caption": ""}}


def _case_study(value, _quizzes):
    return "case_study", {
        field: value.get(field, "") for field in ("title", "facts", "law", "question", "lesson")
    }


def _jurisdiction(value, _quizzes):
    return "jurisdiction", {field: value.get(field, "") for field in ("place", "title", "text")}


def _callout(value, _quizzes):
    return "callout", {"kind": value["kind"], "title": value.get("title", ""), "text": value["text"]}


def _read(_value, _quizzes):
    return "read", {"required": True}


def _quiz(value, quizzes):
    return "activity", {"activity": quizzes[value].pk, "required": True}


MAKERS = {
    "figure": _figure,
    "table": _table,
    "case_study": _case_study,
    "jurisdiction": _jurisdiction,
    "callout": _callout,
    "read": _read,
    "quiz": _quiz,
}
