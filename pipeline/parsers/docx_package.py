"""Opens a DOCX package: an archive of XML parts that nobody vouches for."""

from __future__ import annotations

import posixpath
import zlib
from dataclasses import dataclass, field
from io import BytesIO
from typing import Final
from zipfile import BadZipFile, ZipFile, ZipInfo

from lxml import etree

from extractors.document import Diagnostic
from pipeline.errors import BrokenFile, EmptyFile, EncryptedFile, TooLarge
from pipeline.parsers.docx_xml import Element, w
from pipeline.parsers.limits import Limits

_MAX_UNPACKED: Final = 200 * 1024 * 1024  # bytes, all members together
_MAX_RATIO: Final = 200  # unpacked to packed, of a member that is large
_LARGE: Final = 10 * 1024 * 1024  # bytes
_MAX_XML: Final = 120 * 1024 * 1024  # bytes of one part: its tree takes several times as much
_MAX_MEMBERS: Final = 10_000
_ENCRYPTED: Final = 0x1  # flag bit of a member
_STRICT: Final = (  # the names of ISO 29500 strict, and those that every other file uses
    (
        b"http://purl.oclc.org/ooxml/wordprocessingml/main",
        b"http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/relationships",
        b"http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    ),
    (
        b"http://purl.oclc.org/ooxml/officeDocument/math",
        b"http://schemas.openxmlformats.org/officeDocument/2006/math",
    ),
)


@dataclass(frozen=True, slots=True)
class Relation:
    """A relationship of a part: the last word of its type, and the name of the part that it points to."""

    kind: str
    target: str


@dataclass(slots=True)
class Package:
    """The XML parts of a document. What cannot be read costs a diagnostic, the main part excepted."""

    archive: ZipFile
    members: dict[str, ZipInfo]
    main_name: str = ""
    relations: dict[str, Relation] = field(default_factory=dict)
    diagnostics: list[Diagnostic] = field(default_factory=list)

    def main(self) -> Element:
        """The document part. Raises BrokenFile where there is none or nothing of it can be read."""
        if self.main_name not in self.members:
            raise BrokenFile("The package has no document part.")
        data = self._bytes(self.main_name)
        try:
            root = _parsed(data)
        except etree.XMLSyntaxError as error:
            root = self._salvaged(data, error)
        if root.tag != w("document") or root.find(w("body")) is None:
            raise BrokenFile("The document part holds no text body.")
        return root

    def part(self, kind: str) -> Element | None:
        """The part of a kind (`styles`, `numbering`, `footnotes` …); None where missing or unreadable."""
        return next((self._optional(r.target) for r in self.relations.values() if r.kind == kind), None)

    def related(self, relation_id: str | None) -> Element | None:
        """The part that a relationship of the main part points to; None as above."""
        relation = self.relations.get(relation_id or "")
        return None if relation is None else self._optional(relation.target)

    def warn(self, code: str, message: str) -> None:
        self.diagnostics.append(Diagnostic("parse", "warning", code, message))

    def _optional(self, name: str) -> Element | None:
        if name not in self.members:
            self.warn("missing-part", f"The part {name} is named but not there; open and save the file anew.")
            return None
        try:
            return _parsed(self._bytes(name))
        except (etree.XMLSyntaxError, BrokenFile) as error:
            self.warn("damaged-part", f"The part {name} was left out ({error}); open and save the file anew.")
            return None

    def _bytes(self, name: str) -> bytes:
        info = self.members[name]
        if info.file_size > _MAX_XML:
            raise TooLarge(f"The part {name} has more than {_MAX_XML} bytes.")
        try:
            return self.archive.read(info)
        except (BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
            raise BrokenFile(f"The part {name} cannot be unpacked ({error}).") from error

    def _salvaged(self, data: bytes, error: etree.XMLSyntaxError) -> Element:
        """What stands before and around a fault of the main part, with a diagnostic."""
        root = etree.fromstring(data, _parser(recover=True)) if _opens_document(data) else None
        if root is None or root.find(w("body")) is None:
            raise BrokenFile(f"The document part is no XML ({error}).") from error
        self.diagnostics.append(
            Diagnostic(
                "parse",
                "error",
                "damaged-part",
                f"The document part is damaged ({error}); text may be missing. Open and save the file anew.",
            )
        )
        return root


def open_package(data: bytes, limits: Limits) -> Package:
    """Open a DOCX (or DOCM) file given as bytes.

    Raises EmptyFile, BrokenFile (no archive, cut short), EncryptedFile, TooLarge (the file, or what it
    unpacks to). External relationships are never followed.
    """
    if not data:
        raise EmptyFile
    if len(data) > limits.max_bytes:
        raise TooLarge(f"The file has {len(data)} bytes; the limit max_bytes is {limits.max_bytes}.")
    try:
        archive = ZipFile(BytesIO(data))
        members = {info.filename.replace("\\", "/"): info for info in archive.infolist()}
    except (BadZipFile, EOFError, OSError, ValueError, NotImplementedError, IndexError) as error:
        raise BrokenFile(f"The file is no readable archive ({error}).") from error
    _check(list(members.values()), min(_MAX_UNPACKED, limits.max_unpacked_bytes))
    package = Package(archive, members)
    package.main_name = _main_name(package)
    package.relations = _relations(package, package.main_name)
    return package


def _check(members: list[ZipInfo], most: int) -> None:
    if any(info.flag_bits & _ENCRYPTED for info in members):
        raise EncryptedFile
    if len(members) > _MAX_MEMBERS:
        raise TooLarge(f"The archive has more than {_MAX_MEMBERS} members.")
    if sum(info.file_size for info in members) > most:
        raise TooLarge(f"The archive unpacks to more than {most} bytes.")
    for info in members:
        if info.file_size > _LARGE and info.file_size > _MAX_RATIO * max(1, info.compress_size):
            raise TooLarge(f"The member {info.filename[:80]!r} unpacks to {info.file_size} bytes.")


def _main_name(package: Package) -> str:
    """Name of the document part, as the package's relationships tell; else the customary one."""
    for relation in _relations(package, "").values():
        if relation.kind == "officeDocument":
            return relation.target
    return "word/document.xml"


def _relations(package: Package, source: str) -> dict[str, Relation]:
    folder, _, base = source.rpartition("/")
    name = posixpath.join(folder, "_rels", base + ".rels")
    if name not in package.members:
        return {}
    root = package._optional(name)
    found: dict[str, Relation] = {}
    for child in root if root is not None else ():
        target, kind = str(child.get("Target") or ""), str(child.get("Type") or "")
        if target and child.get("TargetMode") != "External":
            place = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[str(child.get("Id") or "")] = Relation(kind.rpartition("/")[2], place)
    return found


def _parser(recover: bool = False) -> etree.XMLParser:
    """No entities, no DTD, no network, no deep or huge trees."""
    return etree.XMLParser(
        resolve_entities=False,
        load_dtd=False,
        no_network=True,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        recover=recover,
    )


def _parsed(data: bytes) -> Element:
    for strict, usual in _STRICT:
        data = data.replace(strict, usual)
    root = etree.fromstring(data, _parser())
    if root.getroottree().docinfo.internalDTD is not None:
        raise BrokenFile("A part declares a document type, which Word never does.")
    return root


def _opens_document(data: bytes) -> bool:
    """Only what begins as a document part and declares no document type is worth salvaging."""
    return b"<!DOCTYPE" not in data and b"<!ENTITY" not in data and b":document" in data[:4096]
