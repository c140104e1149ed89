"""Parts of a file, which browsers ask for when they play films."""

import re

from django.http import FileResponse, HttpResponse

ONE_RANGE = re.compile(r"bytes=(\d*)-(\d*)", re.ASCII)


def wanted_range(header: str, size: int) -> tuple[int, int] | None:
    """First and last byte of the part that is asked for. None: the whole, also where several parts are asked for.

    Raises ValueError for a part that the file does not have.
    """
    asked = ONE_RANGE.fullmatch(header.strip())
    if not asked or asked[0] == "bytes=-":
        return None
    first, last = asked[1], asked[2]
    if not first:
        start, end = max(size - int(last), 0), size - 1
    else:
        start, end = int(first), min(int(last), size - 1) if last else size - 1
    if start > end or start >= size:
        raise ValueError(header)
    return start, end


class Part:
    """The bytes of an open file up to a place, read like a file."""

    def __init__(self, file, start, end):
        self.file, self.left = file, end - start + 1
        file.seek(start)

    def read(self, size=-1):
        """The next bytes."""
        wanted = self.left if size < 0 else min(size, self.left)
        data = self.file.read(wanted)
        self.left -= len(data)
        return data

    def close(self):
        """Let go of the file."""
        self.file.close()


def file_or_part(request, file, size: int, content_type: str) -> HttpResponse:
    """The file, or the part of it that the request asks for."""
    try:
        part = wanted_range(request.headers.get("Range", ""), size)
    except ValueError:
        file.close()
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    if part is None:
        response = FileResponse(file, content_type=content_type, headers={"Content-Length": size})
    else:
        start, end = part
        response = FileResponse(Part(file, start, end), content_type=content_type, status=206)
        response["Content-Range"] = f"bytes {start}-{end}/{size}"
        response["Content-Length"] = end - start + 1
    response["Accept-Ranges"] = "bytes"
    return response
