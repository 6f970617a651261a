"""Broken files as archives hold them: cut, empty, locked, of another kind than their name says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from random import Random
from zipfile import ZIP_STORED, ZipFile, ZipInfo

from tests.bulk.quick_docx import packed, quick_docx
from tests.maker.as_pdf import as_pdf
from tests.maker.facts import MadePlan

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # the magic number of Word's old files and of locked new ones
_ENCRYPTED_BIT = 1
_PDF = (
    "%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n"
    "3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F1<</Type/Font"
    "/Subtype/Type1/BaseFont/Helvetica>>>>>>>>endobj\n"
    "4 0 obj<</Length {length}>>stream\n{content}\nendstream endobj\n"
)
_ERROR_PAGE = (
    "<html><head><title>404 Not Found</title></head><body><center><h1>404 Not Found</h1></center>"
    "<hr><center>nginx/1.{version}.0</center></body></html>\n"
)
Breaker = Callable[[Random, MadePlan], bytes]


@dataclass(frozen=True)
class Damage:
    """A way in which a file is broken, the ending of its name, and how such a file is made."""

    name: str
    suffix: str
    make: Breaker


def _docx(random: Random, plan: MadePlan) -> bytes:
    return quick_docx(plan, "tables")


def _cut(data: bytes, random: Random) -> bytes:
    return data[: int(len(data) * random.uniform(0.2, 0.7))]


def _empty(random: Random, plan: MadePlan) -> bytes:
    return b""


def _garbage(random: Random, plan: MadePlan) -> bytes:
    return b"\x00\x01" + random.randbytes(random.randint(200, 4000))


def _cut_docx(random: Random, plan: MadePlan) -> bytes:
    return _cut(_docx(random, plan), random)


def _cut_pdf(random: Random, plan: MadePlan) -> bytes:
    """A download that broke off."""
    return _cut(as_pdf(plan, "header repeated"), random)


def _locked_pdf(random: Random, plan: MadePlan) -> bytes:
    from reportlab.lib.pdfencrypt import StandardEncryption
    from reportlab.pdfgen.canvas import Canvas

    out = BytesIO()
    lock = StandardEncryption("mat-khau", ownerPassword="chu", canPrint=0)
    canvas = Canvas(out, encrypt=lock, invariant=1)
    canvas.drawString(72, 720, f"Ke hoach {random.randint(1, 10**9)}")
    canvas.showPage()
    canvas.save()
    return out.getvalue()


def _locked_docx(random: Random, plan: MadePlan) -> bytes:
    """What Word makes of a DOCX with a password: an old container with an encrypted package in it."""
    return _OLE + random.randbytes(504) + "EncryptedPackage".encode("utf-16-le") + random.randbytes(2000)


def _locked_members(random: Random, plan: MadePlan) -> bytes:
    data = bytearray(_docx(random, plan))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + offset] |= _ENCRYPTED_BIT
            at = data.find(mark, at + 4)
    return bytes(data)


def _without_document(random: Random, plan: MadePlan) -> bytes:
    return packed({"word/styles.xml": "<w/>", "docProps/app.xml": f"<a>{plan.name}</a>"})


def _no_xml(random: Random, plan: MadePlan) -> bytes:
    """An archive that was written again by a program that did not know what it held."""
    return packed({"word/document.xml": f"KẾ HOẠCH {plan.name} <w:p"})


def _bad_checksum(random: Random, plan: MadePlan) -> bytes:
    """A member whose bytes were changed: what a failing disk leaves."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_STORED) as archive, ZipFile(BytesIO(_docx(random, plan))) as whole:
        for name in whole.namelist():
            archive.writestr(ZipInfo(name), whole.read(name))
    data = bytearray(out.getvalue())
    at = data.find(b"<w:body>") + random.randint(20, 60)
    data[at : at + 40] = random.randbytes(40)
    return bytes(data)


def _error_page(random: Random, plan: MadePlan) -> bytes:
    """What a download kept when the server had no such file."""
    return _ERROR_PAGE.replace("{version}", str(random.randint(2, 10**6))).encode()


def _no_text(random: Random, plan: MadePlan) -> bytes:
    """A PDF of a page on which there is nothing."""
    content = f"% {random.randint(1, 10**9)}"
    body = _PDF.replace("{length}", str(len(content))).replace("{content}", content)
    return (body + "trailer<</Root 1 0 R/Size 5>>\n%%EOF\n").encode()


DAMAGES: tuple[Damage, ...] = (
    Damage("zero bytes", ".docx", _empty),
    Damage("zero bytes", ".pdf", _empty),
    Damage("cut", ".docx", _cut_docx),
    Damage("cut", ".pdf", _cut_pdf),
    Damage("garbage", ".pdf", _garbage),
    Damage("garbage", ".docx", _garbage),
    Damage("garbage", ".txt", _garbage),
    Damage("password", ".pdf", _locked_pdf),
    Damage("password", ".docx", _locked_docx),
    Damage("encrypted members", ".docx", _locked_members),
    Damage("no document.xml", ".docx", _without_document),
    Damage("no XML", ".docx", _no_xml),
    Damage("bad checksum", ".docx", _bad_checksum),
    Damage("error page", ".pdf", _error_page),
    Damage("no text", ".pdf", _no_text),
)
