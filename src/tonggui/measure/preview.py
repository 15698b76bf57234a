"""A document as PDF, to be looked at before it is printed: made by LibreOffice from the .docx, which stays in force.

LibreOffice takes seconds and has no fonts of an office, so that a PDF is made beside the requests, one at a time on the
machine, kept by the digest of what it was made from, and says on every page that it is a preview. Where LibreOffice is
not installed the .docx is all there is, and the page says so.
"""

import fcntl
import hashlib
import io
import os
import shutil
import signal
import subprocess
import threading
import zipfile
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from django.conf import settings

from tonggui.measure import export
from tonggui.measure.document.faces import substitutes_file
from tonggui.measure.models import Document

MARK = "预览件，以Word文件为准"
SECONDS = 60
KEPT = 50
MISSING = (
    "服务器没有安装 LibreOffice，不能生成 PDF 预览。请系统管理员安装（Debian、Ubuntu：apt install "
    "libreoffice-writer；麒麟、统信：在软件商店安装 LibreOffice），装好后不必重启。Word 文件照常可以下载。"
)
LATE = f"生成 PDF 预览超过 {SECONDS} 秒，已停止。请直接下载 Word 文件；多次如此时请告诉系统管理员。"
FAILED = "LibreOffice 没有生成 PDF 预览。请直接下载 Word 文件；多次如此时请告诉系统管理员。"

_making: dict[str, threading.Thread] = {}
_failed: dict[str, str] = {}
_guard = threading.Lock()


@dataclass(frozen=True, slots=True)
class Preview:
    """Where a preview stands: its file once it is made, or why there is none; neither while it is being made."""

    path: Path | None = None
    problem: str = ""


def preview(document: Document, wait: float) -> Preview:
    """The preview of a document as it stands now, begun if it is new, and waited for so many seconds."""
    content = export.docx(document, preview=MARK)
    key = content_digest(content)
    path = _folder() / f"{key}.pdf"
    if path.exists():
        os.utime(path)
        return Preview(path)
    if not office():
        return Preview(problem=MISSING)
    with _guard:
        problem = _failed.pop(key, "")
        if problem:
            return Preview(problem=problem)
        thread = _making.get(key)
        if thread is None:
            thread = _making[key] = threading.Thread(target=_make, args=(key, content, path), daemon=True)
            thread.start()
    thread.join(wait)
    return Preview(path if path.exists() else None, "" if thread.is_alive() else _failed.pop(key, ""))


def office() -> str | None:
    """The program that makes PDFs, None where it is not installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def content_digest(content: bytes) -> str:
    """A digest of the parts of a .docx: the file itself also carries the time of its packing."""
    found = hashlib.sha256()
    with zipfile.ZipFile(io.BytesIO(content)) as file:
        for name in sorted(file.namelist()):
            found.update(name.encode() + b"\0" + file.read(name))
    return found.hexdigest()[:32]


def pdf(content: bytes) -> bytes:
    """A .docx as PDF, now. Raises OSError with words for people where LibreOffice is away, late or fails."""
    program = office()
    if program is None:
        raise OSError(MISSING)
    with TemporaryDirectory(prefix="tonggui-preview-") as folder:
        source = Path(folder) / "document.docx"
        source.write_bytes(content)
        fonts = Path(folder) / "fonts.conf"
        fonts.write_text(substitutes_file(), encoding="utf-8")
        command = [program, f"-env:UserInstallation=file://{folder}/profile", "--headless", "--norestore"]
        command += ["--convert-to", "pdf", "--outdir", folder, str(source)]
        # A session of its own: LibreOffice is a script that starts the program, and all of it must end in time.
        running = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "FONTCONFIG_FILE": str(fonts)},
        )
        try:
            running.wait(SECONDS)
        except subprocess.TimeoutExpired:
            raise OSError(LATE) from None
        finally:
            if running.poll() is None:
                os.killpg(running.pid, signal.SIGKILL)
                running.wait()
        made = source.with_suffix(".pdf")
        if not made.exists():
            raise OSError(FAILED)
        return made.read_bytes()


def _make(key: str, content: bytes, path: Path) -> None:
    """Make one PDF when it is its turn: one at a time, whatever process asks."""
    try:
        with (settings.SITE.folder("run") / "preview.lock").open("w") as turn:
            fcntl.flock(turn, fcntl.LOCK_EX)
            if not path.exists():
                part = path.with_suffix(".part")
                part.write_bytes(pdf(content))
                os.replace(part, path)
        _clean()
    except OSError as problem:
        _failed[key] = str(problem) if problem.errno is None else FAILED
    finally:
        with _guard:
            _making.pop(key, None)


def _clean() -> None:
    """Keep the previews last looked at."""
    for old in sorted(_folder().iterdir(), key=lambda path: -path.stat().st_mtime)[KEPT:]:
        old.unlink(missing_ok=True)


def _folder() -> Path:
    return settings.SITE.folder("previews")
