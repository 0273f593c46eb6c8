"""Files on servers are read as streams, archives by ranges, and whatever goes wrong is told."""

from __future__ import annotations

import gzip
import io
import json
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from lint.errors import UsageError
from lint.model import Failure, Record
from lint.sources import discover, read, shown_name
from lint.testing import minimal_record

LINES = (json.dumps(minimal_record()) + "\n").encode() * 200
RECORD = json.dumps(minimal_record(), indent=1).encode()


def zipped() -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number in range(1500):
            archive.writestr(f"{number}.json", RECORD)
    return out.getvalue()


FILES = {"/all.jsonl": LINES, "/all.jsonl.gz": gzip.compress(LINES), "/bulk.zip": zipped(), "/one.json": RECORD}


class Handler(BaseHTTPRequestHandler):
    """Serves some files: by ranges below /ranges/, whole else; below /cut/ it stops half way."""

    sent: list[tuple[str, int]]

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def _answer(self, *, with_body: bool) -> None:
        folder, _, name = self.path.partition("?")[0].rpartition("/")
        raw = FILES.get(f"/{name}")
        if raw is None or folder == "/forbidden":
            self.send_error(404 if raw is None else 403)
            return
        wanted = self.headers.get("Range", "") if folder == "/ranges" else ""
        start, end = 0, len(raw)
        if wanted:
            first, _, last = wanted.removeprefix("bytes=").partition("-")
            start, end = int(first), min(len(raw), int(last) + 1) if last else len(raw)
        self.send_response(206 if wanted else 200)
        self.send_header("Content-Length", str(end - start))
        if folder == "/ranges":
            self.send_header("Accept-Ranges", "bytes")
        if wanted:
            self.send_header("Content-Range", f"bytes {start}-{end - 1}/{len(raw)}")
        self.end_headers()
        if with_body:
            body = raw[start:end] if folder != "/cut" else raw[: len(raw) // 2]
            self.wfile.write(body)
            self.server.sent.append((folder, len(body)))  # type: ignore[attr-defined]
        self.close_connection = True

    def log_message(self, *_: Any) -> None:
        pass


@pytest.fixture(scope="module")
def server() -> Iterator[ThreadingHTTPServer]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as running:
        running.sent = []  # type: ignore[attr-defined]
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


@pytest.fixture
def address(server: ThreadingHTTPServer) -> str:
    return f"http://127.0.0.1:{server.server_port}"


@pytest.mark.parametrize("folder", ["plain", "ranges"])
@pytest.mark.parametrize(
    ("name", "count"), [("all.jsonl", 200), ("all.jsonl.gz", 200), ("one.json", 1), ("bulk.zip", 1500)]
)
def test_files_on_a_server(address, folder, name, count):
    path = f"{address}/{folder}/{name}"
    assert list(discover([path])) == [path]
    items = list(read(path))
    assert len(items) == count and all(isinstance(item, Record) for item in items)
    assert items[-1].file == (f"{path}!1499.json" if name == "bulk.zip" else path)


def test_a_file_that_ends_half_way_is_told(address):
    items = list(read(f"{address}/cut/all.jsonl"))
    assert len(items) < 110
    assert all(isinstance(item, Record) for item in items[:-1])
    last = items[-1]
    assert isinstance(last, Failure) and last.problem.unreadable and last.problem.code == "SRC001"


@pytest.mark.parametrize(("path", "words"), [("/plain/none.json", "no such file"), ("/forbidden/one.json", "403")])
def test_files_that_the_server_does_not_give(address, path, words):
    (failure,) = read(address + path)
    assert failure.problem.code == "SRC001" and words in failure.problem.message


def test_a_server_that_does_not_answer(server):
    (failure,) = read("http://127.0.0.1:9/one.json")
    assert failure.problem.code == "SRC001" and failure.problem.unreadable


def test_other_drivers_of_fsspec_are_used():
    import fsspec

    with fsspec.open("memory://folder/all.jsonl", "wb") as file:
        file.write(LINES)
    with fsspec.open("memory://folder/bulk.zip", "wb") as file:
        file.write(FILES["/bulk.zip"])
    assert len(list(read("memory://folder/all.jsonl"))) == 200
    assert len(list(read("memory://folder/bulk.zip"))) == 1500


@pytest.mark.parametrize(("path", "word"), [("hdfs3x://a/b.json", "storage"), ("gs://bucket/a.json", "gcsfs")])
def test_a_missing_driver_is_an_error_of_usage(path, word):
    with pytest.raises(UsageError) as raised:
        list(discover([path]))
    assert word in f"{raised.value.message} {raised.value.hint}"


def test_secrets_of_addresses_are_not_shown():
    address = "https://me:pass@example.org/a.zip?X-Amz-Signature=abc&part=1&token=xyz!a.json"
    assert shown_name(address) == "https://example.org/a.zip?X-Amz-Signature=...&part=1&token=...!a.json"


@pytest.mark.parametrize(("form", "place"), [("concise", "{}:1:"), ("sarif", '"uri":"{}"'), ("csv", ",{},1,")])
def test_reports_show_addresses(address, form, place, tmp_path):
    path = f"{address}/plain/all.jsonl"
    command = [sys.executable, "-m", "lint", "run", path, "--format", form, "--jobs", "2", "--profile", "strict"]
    env = {"PYTHONPATH": ":".join(filter(None, sys.path)), "PATH": ""}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, text=True, timeout=120)
    assert place.format(path) in done.stdout, done.stderr
    fixed = subprocess.run([*command[:3], "fix", path], cwd=tmp_path, env=env, capture_output=True, text=True)
    assert fixed.returncode == 2 and "lies on a server" in fixed.stderr
