"""The head of a plan: letterhead, title, signature and issuer read together, and where it is in force."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from extractors import plan
from extractors.bodies import BodyContext
from extractors.document import Document
from extractors.found import Found
from extractors.issuer import Issuer, read_issuer
from extractors.letterhead import Letterhead, read_letterhead
from extractors.signature import Signature, read_signature
from extractors.title import Title, read_title
from extractors.zones import Zones


@dataclass(frozen=True, slots=True)
class Head:
    """What was read of the head and the foot."""

    letterhead: Letterhead
    title: Title
    signature: Signature
    issuer: Issuer

    @property
    def issued_on(self) -> date | None:
        found = self.letterhead.issued_on
        return found.value if found else None

    @property
    def issued_year(self) -> int | None:
        found = self.letterhead.issued_year
        return found.value if found else self.issued_on.year if self.issued_on else None

    @property
    def diagnostics(self) -> tuple[plan.Finding, ...]:
        parts = (self.letterhead, self.title, self.signature, self.issuer)
        return tuple(note for part in parts for note in part.diagnostics)

    def values(self) -> dict[str, Found[str] | Found[int] | Found[date] | None]:
        """The fields of the document by their names in table documents."""
        head, sign = self.letterhead, self.signature
        return {
            "doc_type": self.title.doc_type,
            "number": head.number,
            "number_text": head.number_text,
            "number_no": head.number_no,
            "notation": head.notation,
            "issued_on": head.issued_on,
            "issued_year": head.issued_year,
            "place": head.place,
            "issuer": self.issuer.name,
            "issuer_parent": self.issuer.parent,
            "title": self.title.title,
            "signer": sign.signer,
            "signer_title": sign.signer_title,
            "signed_as": sign.signed_as,
            "on_behalf_of": sign.on_behalf_of,
            "secrecy": head.secrecy,
            "urgency": head.urgency,
        }


def read_head(document: Document, zones: Zones) -> Head:
    """Read letterhead, title, signature and issuer of a document."""
    letterhead = read_letterhead(document, zones)
    title = read_title(document, zones, letterhead.symbol)
    signature = read_signature(document, zones, [found.value for found in letterhead.issuers])
    issuer = read_issuer(document, zones, letterhead, signature)
    return Head(letterhead, title, signature, issuer)


def body_context(head: Head) -> BodyContext:
    """What completes the names of bodies in this plan."""
    return head.issuer.context
