"""Exports documents as Akoma Ntoso 3.0 (OASIS LegalDocML), an XML file each: head, legal bases, section tree.

The schema wants a day where a document may have none: an unknown day of issue stands as 0001-01-01 under
the name `unknown`.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from pipeline.export.contract import Written
from pipeline.export.source import Source
from pipeline.export.xml_text import legal
from pipeline.rows import Row, Value

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

_NAMESPACE = "http://docs.oasis-open.org/legaldocml/ns/akn/3.0"
_ME, _ISSUER = "kehoach", "issuer"  # ids of who made the file, and of who issued the document
_NO_DAY = "0001-01-01"
_LANGUAGE = "vie"
_DEPTH = 100  # levels; readers of XML refuse some more


def write(source: Source, path: Path) -> Written:
    """Write DOCUMENT_ID.xml for each document that could be read."""
    from lxml import etree

    written, unread = Written({"documents": 0, "sections": 0}), 0
    for document, rows in source.documents("sections", "legal_bases"):
        if document["status"] == "failed":
            unread += 1
            continue
        root = as_element(document, rows["legal_bases"], rows["sections"])
        content = etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=False)
        (path / f"{document['document_id']}.xml").write_bytes(content)
        written.add("documents", 1)
        written.add("sections", len(rows["sections"]))
    if unread:
        written.notes.append(f"documents that could not be read have no file: {unread:,}")
    return written


def as_element(document: Row, bases: Sequence[Row], sections: Sequence[Row]) -> Element:
    """The whole of a document."""
    from lxml import etree

    root: Element = etree.Element(f"{{{_NAMESPACE}}}akomaNtoso", nsmap={None: _NAMESPACE})  # type: ignore[dict-item]
    doc = _add(root, "doc", name=str(document["doc_type"] or "doc"))
    _add_meta(doc, document)
    _add_preface(doc, document)
    cited = [base for base in bases if base["role"] == "basis" and base["text"]]
    if cited:
        citations = _add(_add(doc, "preamble"), "citations")
        for base in cited:
            citation = _add(citations, "citation", eId=f"cit_{base['seq']}")
            _add(citation, "p", str(base["text"]))
    _add_sections(_add(doc, "mainBody"), sections)
    return root


def _add(parent: Element, tag: str, text: str | None = None, /, **attributes: str) -> Element:
    from lxml import etree

    child: Element = etree.SubElement(parent, f"{{{_NAMESPACE}}}{tag}")
    for key, value in attributes.items():
        child.set(key, legal(value))
    if text is not None:
        child.text = legal(text)
    return child


# --- meta -------------------------------------------------------------------------------------


def _add_meta(doc: Element, document: Row) -> None:
    meta = _add(doc, "meta")
    identification = _add(meta, "identification", source=f"#{_ME}")
    day = document["issued_on"]
    work = f"/akn/vn/doc/{day or document['issued_year'] or 'undated'}/{document['document_id']}"
    expression = f"{work}/{_LANGUAGE}@"
    for level, uri in (
        ("FRBRWork", work),
        ("FRBRExpression", expression),
        ("FRBRManifestation", f"{expression}.xml"),
    ):
        element = _add(identification, level)
        _add(element, "FRBRthis", value=uri)
        _add(element, "FRBRuri", value=uri)
        _add(element, "FRBRdate", date=str(day or _NO_DAY), name="issue" if day else "unknown")
        _add(element, "FRBRauthor", href=f"#{_ISSUER if level == 'FRBRWork' else _ME}")
        if level == "FRBRWork":
            _add(element, "FRBRcountry", value="vn")
            if document["number"]:
                _add(element, "FRBRnumber", value=str(document["number"]))
        elif level == "FRBRExpression":
            _add(element, "FRBRlanguage", language=_LANGUAGE)
    _add_references(meta, document["issuer"])


def _add_references(meta: Element, issuer: Value) -> None:
    references = _add(meta, "references", source=f"#{_ME}")
    for identity, name in ((_ME, "kehoach"), (_ISSUER, str(issuer or "unknown"))):
        href = f"/akn/ontology/organization/vn/{identity}"
        _add(references, "TLCOrganization", eId=identity, href=href, showAs=name)


def _add_preface(doc: Element, document: Row) -> None:
    preface = _add(doc, "preface")
    for name, column in (("docAuthority", "issuer"), ("docNumber", "number"), ("docTitle", "title")):
        if document[column]:
            _add(_add(preface, "p"), name, str(document[column]))
    day = document["issued_on"]
    if day is not None:
        _add(_add(preface, "p"), "docDate", f"{day:%d/%m/%Y}", date=str(day))
    if not len(preface):
        _add(preface, "p")


# --- sections ---------------------------------------------------------------------------------


def _add_sections(body: Element, sections: Sequence[Row]) -> None:
    """A level for each section in the level of the section above it."""
    above = {section["parent_seq"] for section in sections}
    levels: dict[Value, tuple[Element, int]] = {}
    for section in sections:
        parent, depth = levels.get(section["parent_seq"], (body, 0))
        level = _add(parent, "level", eId=f"lvl_{section['seq']}")
        levels[section["seq"]] = (level, depth + 1) if depth < _DEPTH else (parent, depth)
        if section["label"]:
            _add(level, "num", str(section["label"]))
        if section["title"]:
            _add(level, "heading", str(section["title"]))
        holds_others = section["seq"] in above and depth < _DEPTH
        _add_text(level, _own_text(section), "intro" if holds_others else "content")
    if not sections:
        _add(body, "p")


def _add_text(level: Element, paragraphs: Iterable[str], name: str) -> None:
    held = [paragraph for paragraph in paragraphs if paragraph]
    if held or name == "content":
        block = _add(level, name)
        for paragraph in held or [""]:
            _add(block, "p", paragraph)


def _own_text(section: Row) -> list[str]:
    """What stands below the heading."""
    text, title = str(section["text"] or ""), str(section["title"] or "")
    return text.removeprefix(title).strip().split("\n")
