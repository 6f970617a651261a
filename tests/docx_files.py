"""Small DOCX files made from raw WordprocessingML, for the tests of the DOCX parser."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from extractors.document import Document, Paragraph, Table
from pipeline.parsers.docx import parse_docx
from pipeline.parsers.limits import DEFAULT_LIMITS

NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "r": "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "w14": "http://schemas.microsoft.com/office/word/2010/wordml",
    }.items()
)
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/></Types>'
)


def part(root: str, inner: str) -> str:
    """An XML part with this root element."""
    return f"{HEAD}<w:{root} {NAMESPACES}>{inner}</w:{root}>"


def docx(
    body: str, parts: Mapping[str, str] | None = None, members: Mapping[str, bytes] | None = None
) -> bytes:
    """A DOCX file: XML of the body, further parts by kind (`numbering`, `styles`, `header1` …) given by
    what stands in their root element, and raw members that replace or join the others."""
    roots = {"numbering": "numbering", "styles": "styles", "settings": "settings"}
    files: dict[str, bytes] = {"[Content_Types].xml": CONTENT_TYPES.encode()}
    links = []
    for name, inner in (parts or {}).items():
        kind = name.rstrip("0123456789")
        root = {"header": "hdr", "footer": "ftr"}.get(kind) or roots.get(name, kind)
        files[f"word/{name}.xml"] = part(root, inner).encode()
        links.append(f'<Relationship Id="{name}" Type="{OFFICE}/{kind}" Target="{name}.xml"/>')
    files["_rels/.rels"] = _relations(
        f'<Relationship Id="d" Type="{OFFICE}/officeDocument" Target="word/document.xml"/>'
    )
    files["word/_rels/document.xml.rels"] = _relations("".join(links))
    files["word/document.xml"] = part("document", f"<w:body>{body}</w:body>").encode()
    return archive({**files, **(members or {})})


def archive(files: Mapping[str, bytes]) -> bytes:
    """A ZIP archive of these members."""
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
    return out.getvalue()


def read(body: str, **parts: str) -> Document:
    """The body (and further parts) through the parser."""
    return parse_docx(docx(body, parts), DEFAULT_LIMITS)


def p(text: str = "", properties: str = "", look: str = "") -> str:
    """A paragraph of one run; `properties` and `look` are the insides of pPr and rPr."""
    run = r(text, look) if text else ""
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{run}</w:p>"


def r(text: str, look: str = "") -> str:
    """A run."""
    return f'<w:r>{f"<w:rPr>{look}</w:rPr>" if look else ""}<w:t xml:space="preserve">{text}</w:t></w:r>'


def tc(inner: str, properties: str = "") -> str:
    """A cell that holds this XML (a text is put in a paragraph)."""
    content = inner if inner.startswith("<") else p(inner)
    return f"<w:tc>{f'<w:tcPr>{properties}</w:tcPr>' if properties else ''}{content}</w:tc>"


def tr(*cells: str, properties: str = "") -> str:
    """A row of cells, each either a text or the XML of a w:tc."""
    inner = "".join(c if c.startswith(("<w:tc>", "<w:sdt>")) else tc(c) for c in cells)
    return f"<w:tr>{f'<w:trPr>{properties}</w:trPr>' if properties else ''}{inner}</w:tr>"


RULED = (
    "<w:tblBorders>"
    + "".join(
        f'<w:{side} w:val="single"/>' for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    + "</w:tblBorders>"
)


def tbl(*rows: str, widths: tuple[int, ...] = (), properties: str = RULED) -> str:
    """A table; ruled unless its properties say otherwise."""
    columns = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    grid = f"<w:tblGrid>{columns}</w:tblGrid>" if columns else ""
    return f"<w:tbl><w:tblPr>{properties}</w:tblPr>{grid}{''.join(rows)}</w:tbl>"


def box(inner: str, fallback: str = "") -> str:
    """A run with a text box, and its fallback for old programs."""
    drawing = (
        "<w:drawing><wp:anchor><wp:positionH><wp:posOffset>123456</wp:posOffset></wp:positionH>"
        f"<wps:txbx><w:txbxContent>{inner}</w:txbxContent></wps:txbx></wp:anchor></w:drawing>"
    )
    old = f"<w:pict><v:textbox><w:txbxContent>{fallback or inner}</w:txbxContent></v:textbox></w:pict>"
    return (
        "<w:r><mc:AlternateContent>"
        f'<mc:Choice Requires="wps">{drawing}</mc:Choice><mc:Fallback>{old}</mc:Fallback>'
        "</mc:AlternateContent></w:r>"
    )


def texts(document: Document) -> list[str]:
    """Paragraphs outside tables as strings."""
    return [document.cut(block) for block in document.blocks if isinstance(block, Paragraph)]


def first_table(document: Document) -> Table:
    return next(block for block in document.blocks if isinstance(block, Table))


def rows(document: Document, table: Table | None = None) -> list[list[str]]:
    """Cells of a table as strings, merged cells in every place that they cover."""
    grid = (table or first_table(document)).grid()
    return [["" if cell is None else document.cut(cell) for cell in row] for row in grid]


def _relations(inner: str) -> bytes:
    return f'{HEAD}<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'.encode()
