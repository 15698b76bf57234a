"""Serving a file by byte ranges, as PMTiles are read: 206 for one range, 416 outside the file, 200 for the whole."""

import re
from pathlib import Path

from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseNotModified

ONE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII)
LONGEST = 16 << 20


def file_with_ranges(request: HttpRequest, path: Path, content_type: str) -> HttpResponse:
    """The file, or the one range asked for. A header with several ranges, or none we know, gets the whole file."""
    found = path.stat()
    size, tag = found.st_size, f'"{found.st_mtime_ns:x}-{found.st_size:x}"'
    if request.headers.get("If-None-Match") == tag:
        return HttpResponseNotModified()
    match = ONE_RANGE.fullmatch(request.headers.get("Range", ""))
    if not match or match.groups() == ("", ""):
        answer = FileResponse(path.open("rb"), content_type=content_type)
    else:
        first, last = span(*match.groups(), size)
        if first > last:
            return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
        with path.open("rb") as file:
            file.seek(first)
            answer = HttpResponse(file.read(last - first + 1), status=206, content_type=content_type)
        answer["Content-Range"] = f"bytes {first}-{last}/{size}"
    answer["Accept-Ranges"] = "bytes"
    answer["ETag"] = tag
    answer["Cache-Control"] = "private, no-cache"
    return answer


def span(first: str, last: str, size: int) -> tuple[int, int]:
    """First and last byte of a range header's two numbers; `-n` is the last n bytes; first > last: not satisfiable.

    No more than LONGEST bytes: a part is held in memory, and whoever wants more asks again behind it.
    """
    if not first:
        begin, end = max(0, size - int(last)), size - 1 if int(last) else -1
    else:
        begin, end = int(first), min(int(last), size - 1) if last else size - 1
    return begin, min(end, begin + LONGEST - 1)
