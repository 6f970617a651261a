"""A LibreOffice of our own that turns old office formats into DOCX: private, bounded, started once.

The first file starts a process with a profile in a private folder; the next ones are handed to it in
about a tenth of a second. It runs no macro, follows no link and asks nobody; it and its folder are
gone when it is closed, when it fails, and when the process that started it ends, however that ends.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
import threading
import time
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pipeline.errors import BrokenFile, ConversionTimeout, MissingTool, OutOfRoom, TooLarge
from pipeline.parsers.limits import Limits

PACKAGE: Final = "libreoffice-writer-nogui"  # of Debian and Ubuntu
PROGRAM: Final = "soffice"
_MEMORY: Final = 3 << 30  # bytes of address space
_LARGEST_FILE: Final = 1 << 30  # bytes that it may write
_ROOM: Final = 64 << 20  # bytes; with less it may fail for want of it
_START: Final = 60.0  # seconds for the first start, which makes the profile
_STEP: Final = 0.02  # seconds between two looks

# Starts the office in a group of its own and waits until its input ends: that is, until the process
# that holds the other end closes it or is gone, killed without a chance to clean up.
_KEEPER: Final = """
ulimit -c 0; ulimit -v "$1"; ulimit -f "$2"
folder=$3; pipe=$4; shift 4
exec 3<&0
setsid "$@" </dev/null >/dev/null 2>&1 3<&- &
office=$!
read -r _ <&3
{ kill -KILL "-$office" || kill -KILL "$office"; } 2>/dev/null  # it may not lead its group yet
wait "$office" 2>/dev/null
rm -rf -- "$folder" "$pipe"
"""
# Hands the office a request in the same way: the request, too, ends when the input does.
_ASKER: Final = """
ulimit -c 0; ulimit -v "$1"; ulimit -f "$2"; shift 2
exec 3<&0
setsid "$@" </dev/null 3<&- &
request=$!
{ read -r _ <&3; kill -KILL "-$request" || kill -KILL "$request"; } 2>/dev/null &
wait "$request"
kill $!
"""

# Macros off, links of documents neither followed nor updated, all traffic to a port where nobody listens.
_SETTINGS: Final = (
    ("Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Office.Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Office.Writer/Content/Update", "Link", "2"),
    ("Office.Writer/Content/Update", "Field", "false"),
    ("Inet/Settings", "ooInetProxyType", "2"),
    ("Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("Inet/Settings", "ooInetHTTPSProxyPort", "9"),
    ("Office.Common/Misc", "FirstRun", "false"),
)


@dataclass(frozen=True, slots=True)
class Source:
    """What is converted: the bytes, the ending they are given, and LibreOffice's name for their format."""

    data: bytes
    ending: str
    reader: str


_lock = threading.Lock()
_running: Office | None = None


def as_docx(source: Source, limits: Limits) -> bytes:
    """The bytes of a DOCX with the same content.

    Raises MissingTool without LibreOffice, ConversionTimeout, BrokenFile where it cannot read the file,
    TooLarge where the result is larger than `limits.max_bytes`, OutOfRoom.
    """
    with _lock:
        was_used = _running is not None and _running.is_ours
        try:
            return _converted(source, limits)
        except BrokenFile:
            if not was_used:
                raise
        return _converted(source, limits)  # by a fresh one: the fault may have been that of the one before


def _converted(source: Source, limits: Limits) -> bytes:
    global _running
    if _running is None or not _running.is_ours:
        _running = Office()
    try:
        return _running.convert(source, limits)
    except BaseException:  # whatever it was, the next file is not to suffer from it
        _running.close()
        _running = None
        raise


def close() -> None:
    """End the process, if there is one."""
    global _running
    with _lock:
        if _running is not None and _running.is_ours:
            _running.close()
        _running = None


class Office:
    """One LibreOffice process with its profile. Raises MissingTool where none is installed."""

    def __init__(self) -> None:
        program = shutil.which(PROGRAM)
        if program is None:
            raise MissingTool(
                f"LibreOffice is not installed; it reads .doc, .rtf and .odt (Debian package {PACKAGE})."
            )
        self._owner = os.getpid()
        self._folder = Path(tempfile.mkdtemp(prefix="kehoach-office-"))
        profile = self._folder / "profile"
        _write_settings(profile / "user" / "registrymodifications.xcu")
        address = profile.as_uri()
        self._command = [program, f"-env:UserInstallation={address}", "--headless", "--norestore", "--nologo"]
        self._environment = {
            "PATH": os.environ.get("PATH", os.defpath),
            "HOME": str(self._folder),
            "TMPDIR": str(self._folder),
            "LANG": "C.UTF-8",
            "SAL_USE_VCLPLUGIN": "svp",
        }
        self._keeper: subprocess.Popen[bytes] | None = None
        self._pipe = _pipe_of(address)

    @property
    def is_ours(self) -> bool:
        """Whether this process started it; one that was forked off has none."""
        return self._owner == os.getpid()

    def convert(self, source: Source, limits: Limits) -> bytes:
        """See `as_docx`."""
        if self._keeper is None:
            self._start()
        with tempfile.TemporaryDirectory(dir=self._folder, ignore_cleanup_errors=True) as folder:
            given = Path(folder, f"input{source.ending}")
            given.write_bytes(source.data)
            reader = f"--infilter={source.reader}"
            arguments = [reader, "--convert-to", "docx", "--outdir", folder, str(given)]
            self._ask(arguments, limits.max_conversion_seconds)
            return _result(given.with_suffix(".docx"), limits)

    def _start(self) -> None:
        """Start the process with a document open, without which it would end after the first file."""
        opened = self._folder / "open.txt"
        opened.write_text("open", encoding="ascii")
        limits = [str(_MEMORY >> 10), str(_LARGEST_FILE >> 9), str(self._folder), str(self._pipe)]
        self._keeper = subprocess.Popen(
            ["/bin/sh", "-c", _KEEPER, "keeper", *limits, *self._command, str(opened)],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            start_new_session=True,
        )
        until = time.monotonic() + _START
        while not (self._folder / ".~lock.open.txt#").exists():
            if time.monotonic() > until:
                raise MissingTool(f"LibreOffice does not start (Debian package {PACKAGE}).")
            time.sleep(_STEP)

    def _ask(self, arguments: list[str], seconds: float) -> None:
        """Hand a request to the running process and wait until it is done."""
        limits = [str(_MEMORY >> 10), str(_LARGEST_FILE >> 9)]
        asking = subprocess.Popen(
            ["/bin/sh", "-c", _ASKER, "asker", *limits, *self._command, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env=self._environment,
            start_new_session=True,
        )
        with asking:  # leaving closes its input and waits
            try:
                asking.wait(seconds)
            except subprocess.TimeoutExpired as error:
                raise ConversionTimeout(f"LibreOffice took more than {seconds:g} seconds.") from error

    def close(self) -> None:
        """End the process and remove its folder."""
        if self._keeper is not None and self._keeper.stdin is not None:
            self._keeper.stdin.close()
            with suppress(subprocess.TimeoutExpired):
                self._keeper.wait(10)
        shutil.rmtree(self._folder, ignore_errors=True)


def _result(path: Path, limits: Limits) -> bytes:
    if not path.is_file():
        if shutil.disk_usage(path.parent).free < _ROOM:
            raise OutOfRoom("LibreOffice has no room left for its temporary files.")
        raise BrokenFile("LibreOffice cannot read the file.")
    if path.stat().st_size > limits.max_bytes:
        raise TooLarge(f"The converted file is larger than max_bytes, {limits.max_bytes:,}.")
    return path.read_bytes()


def _write_settings(path: Path) -> None:
    path.parent.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/org.openoffice.{place}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{value}</value></prop></item>"
        for place, name, value in _SETTINGS
    )
    namespaces = 'xmlns:oor="http://openoffice.org/2001/registry"'
    path.write_text(
        f'<?xml version="1.0" encoding="UTF-8"?><oor:items {namespaces}>{items}</oor:items>', "utf-8"
    )


def _pipe_of(address: str) -> Path:
    """The socket over which a profile's process takes requests; a killed one leaves it behind.

    Its name ends in the MD5 of the profile's address, each byte in hexadecimal without a leading zero
    (desktop/source/app/officeipcthread.cxx).
    """
    digest = hashlib.md5(address.encode("utf-16-le"), usedforsecurity=False).digest()
    name = "".join(f"{byte:x}" for byte in digest)
    return Path("/tmp", f"OSL_PIPE_{os.getuid()}_SingleOfficeIPC_{name}")
