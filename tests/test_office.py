"""Old office formats by way of LibreOffice, and what happens where it is missing, stuck or misled."""

from __future__ import annotations

import io
import os
import shutil
import stat
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from extractors.vietnamese.legacy import encoded
from pipeline.errors import (
    BrokenFile,
    ConversionTimeout,
    EncryptedFile,
    KehoachError,
    MissingTool,
    NotADocument,
    OutOfRoom,
)
from pipeline.parsers import Limits, office, parse_bytes, sniff
from tests.bad_files import docx_bytes

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = "WordDocument".encode("utf-16-le")


@pytest.fixture(scope="module")
def libreoffice() -> Iterator[None]:
    """One process for all tests of the module."""
    if shutil.which(office.PROGRAM) is None:
        pytest.skip(f"LibreOffice is not installed (package {office.PACKAGE})")
    office.close()
    yield
    office.close()


def rtf(text: str) -> bytes:
    """A Rich Text file: paragraphs in Unicode; `{1 …}` is a run in .VnTime, `{2 …}` in .VnTimeH."""
    escaped = "".join(
        f"\\'{ord(ch):02x}" if 127 < ord(ch) < 256 else f"\\u{ord(ch)}?" if ord(ch) > 255 else ch
        for ch in text
    )
    fonts = "{\\fonttbl{\\f0 Times New Roman;}{\\f1 .VnTime;}{\\f2 .VnTimeH;}}"
    runs = escaped.replace("{1 ", "{\\f1 ").replace("{2 ", "{\\f2 ").replace("\n", "\\par\n")
    return f"{{\\rtf1\\ansi\\ansicpg1252{fonts}\\f0 {runs}\\par}}".encode("ascii")


def odt(body: str) -> bytes:
    kind = "application/vnd.oasis.opendocument.text"
    space = "urn:oasis:names:tc:opendocument:xmlns"
    names = "".join(
        f' xmlns:{name}="{space}:{uri}:1.0"'
        for name, uri in (
            ("office", "office"),
            ("text", "text"),
            ("draw", "drawing"),
            ("svg", "svg-compatible"),
        )
    )
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as zipped:
        zipped.writestr("mimetype", kind)
        zipped.writestr(
            "META-INF/manifest.xml",
            f'<manifest:manifest xmlns:manifest="{space}:manifest:1.0">'
            f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{kind}"/>'
            '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
            "</manifest:manifest>",
        )
        zipped.writestr(
            "content.xml",
            f'<office:document-content{names} xmlns:xlink="http://www.w3.org/1999/xlink">'
            f"<office:body><office:text>{body}</office:text></office:body></office:document-content>",
        )
    return out.getvalue()


def left_behind() -> set[str]:
    return {
        path.name for path in Path("/tmp").glob("*") if path.name.startswith(("kehoach-office-", "OSL_PIPE"))
    }


# --- with LibreOffice ---------------------------------------------------------------------------


def test_rich_text_with_old_fonts(libreoffice: None) -> None:
    heading, line = encoded("kế hoạch", "tcvn3"), encoded("trường học", "tcvn3")
    document = parse_bytes(rtf(f"{{2 {heading}}}\nCủa {{1 {line}}} và xã"), "plan.doc")
    assert document.media_type == sniff.RTF
    assert document.text == "KẾ HOẠCH\nCủa trường học và xã"
    assert [(row.after, row.rule) for row in document.corrections] == [
        ("KẾ HOẠCH", "tcvn3"),
        ("Của trường học và xã", "tcvn3"),
    ]
    assert [d.code for d in document.diagnostics] == ["legacy-encoding", "converted"]


def test_links_are_not_followed(libreoffice: None, tmp_path: Path) -> None:
    asked: list[str] = []

    class Listener(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_error(404)

        do_HEAD = do_OPTIONS = do_GET

        def log_message(self, *_: object) -> None:
            """Be quiet."""

    secret = tmp_path / "secret.txt"
    secret.write_text("secret")
    server = HTTPServer(("127.0.0.1", 0), Listener)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://localhost:{server.server_port}"
    body = (
        f'<text:p>Kế hoạch<draw:frame svg:width="1cm" svg:height="1cm" text:anchor-type="as-char">'
        f'<draw:image xlink:href="{url}/a.png" xlink:type="simple" xlink:actuate="onLoad"/>'
        "</draw:frame></text:p>"
        f'<text:section text:name="a"><text:section-source xlink:href="{secret.as_uri()}"'
        f' text:filter-name="Text"/><text:p>cũ</text:p></text:section>'
    )
    try:
        document = parse_bytes(odt(body))
    finally:
        server.shutdown()
        server.server_close()
    assert (document.media_type, document.text, asked) == (sniff.ODT, "Kế hoạch\ncũ", [])


def test_what_it_cannot_read(libreoffice: None) -> None:
    with pytest.raises(BrokenFile):
        parse_bytes(OLE + WORD + bytes(2000))
    assert parse_bytes(rtf("Sau đó")).text == "Sau đó"


def test_a_process_that_is_killed_leaves_nothing(libreoffice: None) -> None:
    office.close()
    before = left_behind()
    code = (
        "import os; from pipeline.parsers import parse_bytes\n"
        "print(parse_bytes(b'{\\\\rtf1 x}').text, flush=True); os.kill(os.getpid(), 9)"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=False)
    assert (done.stdout, done.returncode) == ("x\n", -9)
    until = time.monotonic() + 10
    while left_behind() - before and time.monotonic() < until:
        time.sleep(0.05)
    assert left_behind() <= before


# --- without it ---------------------------------------------------------------------------------


def program(folder: Path, script: str) -> None:
    """A stand-in for LibreOffice; `open.txt` among its arguments starts it, else it converts."""
    path = folder / office.PROGRAM
    path.write_text(
        "#!/bin/sh\n"
        'for last; do :; done\ncase "$last" in */open.txt) touch "${last%/*}/.~lock.open.txt#"; sleep 60;; '
        f"*) {script};; esac\n"
    )
    path.chmod(path.stat().st_mode | stat.S_IXUSR)


@pytest.fixture
def stand_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    office.close()
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    yield tmp_path
    office.close()


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def test_a_stuck_program_is_ended(stand_in: Path) -> None:
    before = left_behind()
    program(stand_in, f"echo $$ > {stand_in}/pid; sleep 60 & echo $! >> {stand_in}/pid; wait")
    with pytest.raises(ConversionTimeout, match=r"0\.5 seconds"):
        parse_bytes(b"{\\rtf1 x}", limits=Limits(max_conversion_seconds=0.5))
    assert [alive(int(pid)) for pid in (stand_in / "pid").read_text().split()] == [False, False]
    assert left_behind() <= before


def test_hostile_names_are_not_used(stand_in: Path) -> None:
    program(stand_in, f'printf "%s " "$@" > {stand_in}/arguments')
    with pytest.raises(BrokenFile):
        parse_bytes(b"{\\rtf1 x}", "-env:x `reboot`.doc")
    given = (stand_in / "arguments").read_text()
    assert "reboot" not in given and given.endswith("/input.rtf ")


def test_a_result_that_is_no_document(stand_in: Path) -> None:
    program(stand_in, 'echo nonsense > "${last%.*}.docx"')
    with pytest.raises(KehoachError):
        parse_bytes(b"{\\rtf1 x}")


def test_what_it_fails_at_is_tried_by_a_fresh_one(stand_in: Path) -> None:
    (stand_in / "ok.docx").write_bytes(docx_bytes())
    turns = stand_in / "turns"
    program(
        stand_in,
        f'echo x >> {turns}; test $(wc -l < {turns}) = 2 || cp {stand_in}/ok.docx "${{last%.*}}.docx"',
    )
    first, second = (parse_bytes(b"{\\rtf1 x}").text for _ in range(2))
    assert first == second != ""
    assert len(turns.read_text().split()) == 3


def test_no_room_is_no_fault_of_the_file(stand_in: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program(stand_in, "true")
    monkeypatch.setattr(office, "_ROOM", 1 << 60)
    with pytest.raises(OutOfRoom):
        parse_bytes(b"{\\rtf1 x}")


@pytest.mark.parametrize("script", [office._KEEPER, office._ASKER])
def test_its_program_ends_with_its_input_however_soon_that_ends(script: str, tmp_path: Path) -> None:
    folders = [str(tmp_path / "folder"), str(tmp_path / "pipe")] if script == office._KEEPER else []
    command = ["/bin/sh", "-c", script, "x", "3000000", "2000000", *folders, "sleep", "60"]
    for _ in range(5):
        subprocess.run(command, stdin=subprocess.DEVNULL, timeout=10, check=False)


def test_it_is_missing(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    office.close()
    monkeypatch.setenv("PATH", str(tmp_path))
    for data in (b"{\\rtf1 x}", OLE + WORD):
        with pytest.raises(MissingTool, match=office.PACKAGE):
            parse_bytes(data, "a.doc")


def head(flags: int) -> bytes:
    return (
        OLE.ljust(512, b"\0")
        + (b"\xec\xa5" + bytes(8) + flags.to_bytes(2, "little")).ljust(512, b"\0")
        + WORD
    )


REFUSED: dict[str, tuple[bytes, type[KehoachError]]] = {
    "a text behind a password": (head(0x0100), EncryptedFile),
    "a DOCX behind a password": (OLE + "EncryptedPackage".encode("utf-16-le"), EncryptedFile),
    "a spreadsheet": (OLE + "Workbook".encode("utf-16-le"), NotADocument),
    "a presentation": (OLE + "PowerPoint Document".encode("utf-16-le"), NotADocument),
    "nothing known": (OLE + bytes(3000), BrokenFile),
    "a web archive without a page": (b"MIME-Version: 1.0\r\nContent-Type: image/png\r\n\r\nx", BrokenFile),
}


@pytest.mark.parametrize(("data", "kind"), REFUSED.values(), ids=REFUSED.keys())
def test_refused_before_it_is_asked(
    data: bytes, kind: type[KehoachError], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office, "as_docx", lambda *_: pytest.fail("asked"))
    with pytest.raises(kind):
        parse_bytes(data, "a.doc")


def test_web_archive() -> None:
    archive = (
        b"MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary=x\r\n\r\n--x\r\n"
        b'Content-Type: text/html; charset="utf-8"\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n'
        b"<html><p>K=E1=BA=BF ho=E1=BA=A1ch</p></html>\r\n--x\r\n"
        b"Content-Type: image/png\r\n\r\nx\r\n--x--\r\n"
    )
    document = parse_bytes(archive, "a.doc")
    assert (document.media_type, document.text) == (sniff.MHTML, "Kế hoạch")
