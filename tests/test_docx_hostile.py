"""DOCX files that nobody vouches for: cut short, blown up, damaged, malicious."""

from __future__ import annotations

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractors.document import Document
from pipeline.errors import BrokenFile, EmptyFile, EncryptedFile, KehoachError, TooLarge, TooManyPages
from pipeline.parsers.docx import parse_docx
from pipeline.parsers.limits import DEFAULT_LIMITS, Limits
from tests.docx_files import HEAD, NAMESPACES, archive, box, docx, p, part, r, rows, tbl, tc, texts, tr

PLAN = docx(
    p("KẾ HOẠCH") + tbl(tr("1", "Phát động")) + f"<w:p>{box(p('khung'))}</w:p>",
    {"numbering": '<w:num w:numId="1"/>', "styles": "", "settings": ""},
)


def parsed(data: bytes, **limits: int) -> Document:
    return parse_docx(data, Limits(**limits))


def with_flag(data: bytes) -> bytes:
    """The archive with the bit set that says “encrypted” (in local headers and in the directory)."""
    changed = bytearray(data)
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = changed.find(mark)
        while at >= 0:
            changed[at + offset] |= 1
            at = changed.find(mark, at + 4)
    return bytes(changed)


def inflated(megabytes: int) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as zipped, zipped.open("word/media/x.bin", "w") as member:
        for _ in range(megabytes):
            member.write(bytes(1 << 20))
    return out.getvalue()


@pytest.mark.parametrize(
    ("data", "error"),
    [
        pytest.param(b"", EmptyFile, id="empty"),
        pytest.param(b"PK\x03\x04 is how a text may begin", BrokenFile, id="text with the magic number"),
        pytest.param(PLAN[: len(PLAN) // 2], BrokenFile, id="cut short"),
        pytest.param(archive({"a.txt": b"a"}), BrokenFile, id="archive without a document"),
        pytest.param(with_flag(PLAN), EncryptedFile, id="encrypted members"),
        pytest.param(archive({f"a{i}": b"" for i in range(10_001)}), TooLarge, id="too many members"),
        pytest.param(inflated(12), TooLarge, id="one member blown up"),
        pytest.param(docx("", members={"word/document.xml": b"no XML"}), BrokenFile, id="document is no XML"),
        pytest.param(
            docx("", members={"word/document.xml": part("styles", "").encode()}),
            BrokenFile,
            id="another root",
        ),
        pytest.param(
            docx("", members={"word/document.xml": part("document", "").encode()}), BrokenFile, id="no body"
        ),
    ],
)
def test_refused(data: bytes, error: type[KehoachError]) -> None:
    with pytest.raises(error):
        parsed(data)


def test_unpacked_size_is_limited() -> None:
    with pytest.raises(TooLarge):
        parsed(docx(p("a") * 1000), max_unpacked_bytes=10_000)


@pytest.mark.parametrize(
    ("limits", "error"),
    [
        ({"max_bytes": 100}, TooLarge),
        ({"max_text_chars": 20}, TooLarge),
        ({"max_blocks": 3}, TooLarge),
        ({"max_pages": 4}, TooManyPages),
    ],
)
def test_limits(limits: dict[str, int], error: type[KehoachError]) -> None:
    body = "".join(p(f"trang {i}", "<w:pageBreakBefore/>") for i in range(5))
    with pytest.raises(error):
        parsed(docx(body), **limits)


ENTITIES = (
    f'{HEAD}<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    f'<!ENTITY f SYSTEM "file:///etc/hostname">]><w:document {NAMESPACES}><w:body>'
)


@pytest.mark.parametrize("entity", ["&b;", "&f;", "không có"])
def test_document_type_is_refused(entity: str) -> None:
    data = f"{ENTITIES}{p(entity)}</w:body></w:document>".encode()
    with pytest.raises(BrokenFile):
        parsed(docx("", members={"word/document.xml": data}))


def test_document_type_in_another_part_costs_the_part() -> None:
    data = f'{HEAD}<!DOCTYPE w:styles [<!ENTITY a "b">]><w:styles {NAMESPACES}/>'.encode()
    document = parsed(docx(p("chữ"), {"styles": ""}, {"word/styles.xml": data}))
    assert (document.text, [d.code for d in document.diagnostics]) == ("chữ", ["damaged-part"])


@pytest.mark.parametrize("name", ["numbering", "styles", "settings"])
def test_damaged_part_costs_a_diagnostic(name: str) -> None:
    numbered = p("mục", '<w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr>')
    document = parsed(docx(numbered, {name: ""}, {f"word/{name}.xml": b"<w:numbering"}))
    assert document.text == "mục"
    assert [(d.code, d.severity) for d in document.diagnostics] == [("damaged-part", "warning")]
    assert name in document.diagnostics[0].message


def test_part_that_is_named_but_missing_costs_a_diagnostic() -> None:
    with ZipFile(BytesIO(docx(p("chữ"), {"styles": ""}))) as zipped:
        files = {name: zipped.read(name) for name in zipped.namelist() if "styles.xml" not in name}
    document = parsed(archive(files))
    assert (document.text, [d.code for d in document.diagnostics]) == ("chữ", ["missing-part"])


def test_document_with_a_fault_is_read_in_part_and_says_so() -> None:
    whole = part("document", f"<w:body>{p('một')}{p('hai')}</w:body>").encode()
    at = whole.index(b"hai")
    document = parsed(docx("", members={"word/document.xml": whole[:at] + b"&broken " + whole[at:]}))
    assert texts(document)[0] == "một"
    assert [(d.code, d.severity) for d in document.diagnostics] == [("damaged-part", "error")]


def test_external_relationships_are_not_followed() -> None:
    link = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="h" TargetMode="External" Target="http://127.0.0.1:9/h.xml" Type="x/header"/>'
        b'<Relationship Id="s" TargetMode="External" Target="file:///etc/passwd" Type="x/styles"/>'
        b"</Relationships>"
    )
    section = '<w:sectPr><w:headerReference w:type="default" r:id="h"/></w:sectPr>'
    document = parsed(docx(p("chữ") + section, members={"word/_rels/document.xml.rels": link}))
    assert (document.text, document.diagnostics) == ("chữ", ())


def test_target_above_the_archive_is_just_a_missing_part() -> None:
    link = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="s" Target="../../../../etc/passwd" Type="x/styles"/></Relationships>'
    )
    document = parsed(docx(p("chữ"), members={"word/_rels/document.xml.rels": link}))
    assert [d.code for d in document.diagnostics] == ["missing-part"]


def test_macro_enabled_file_is_read() -> None:
    types = (
        '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Override '
        'PartName="/word/document.xml" '
        'ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/></Types>'
    )
    data = docx(p("chữ"), members={"[Content_Types].xml": types.encode(), "word/vbaProject.bin": b"\xd0\xcf"})
    assert parsed(data).text == "chữ"


def test_document_part_of_another_name() -> None:
    with ZipFile(BytesIO(docx(p("chữ")))) as zipped:
        files = {
            name.replace("word/document.xml", "van/ban.xml"): zipped.read(name) for name in zipped.namelist()
        }
    files["_rels/.rels"] = files["_rels/.rels"].replace(b"word/document.xml", b"/van/ban.xml")
    assert parsed(archive(files)).text == "chữ"


def test_nesting_as_deep_as_xml_allows() -> None:
    body = p("đáy")
    for _ in range(70):
        body = tbl(tr(f"<w:tc>{body}{p()}</w:tc>", "b"))
    try:
        document = parsed(docx(body))
    except BrokenFile:
        return
    assert "đáy" in document.text


@pytest.mark.parametrize("wrapper", ["w:sdt", "w:ins", "w:hyperlink", "w:r", "w:txbxContent"])
def test_nesting_deeper_than_xml_allows_is_no_crash(wrapper: str) -> None:
    body = f"<w:p>{f'<{wrapper}>' * 5000}{r('đáy')}{f'</{wrapper}>' * 5000}</w:p>{p('sau')}"
    try:
        document = parsed(docx(body))
    except BrokenFile:
        return
    assert any(d.severity == "error" for d in document.diagnostics)


def test_spans_of_any_size() -> None:
    body = tbl(
        tr(tc("a", '<w:gridSpan w:val="999999999999"/>'), "b"),
        tr("c", properties='<w:gridBefore w:val="-5"/>'),
        tr(tc("d", '<w:gridSpan w:val="x"/>')),
    )
    document = parsed(docx(body))
    assert {document.cut(cell) for block in document.blocks for cell in block.cells} == {"a", "b", "c", "d"}  # type: ignore[union-attr]
    assert all(len(row) <= 250 for row in rows(document))


def test_pictures_only_is_told() -> None:
    drawing = '<w:r><w:drawing><a:blip r:embed="x"/></w:drawing></w:r>'
    document = parsed(docx(f"<w:p>{drawing}</w:p>"))
    assert [d.code for d in document.diagnostics] == ["no-text"]
    assert "1 picture" in document.diagnostics[0].message


def test_embedded_document_is_told() -> None:
    document = parsed(docx(p("chữ") + '<w:altChunk r:id="x"/>'))
    assert [d.code for d in document.diagnostics] == ["embedded-document"]


def test_font_of_an_old_encoding_is_told() -> None:
    document = parsed(docx(p("KÕ ho¹ch", look='<w:rFonts w:ascii=".VnTime"/>')))
    assert [d.code for d in document.diagnostics] == ["legacy-encoding"]


def read_or_refused(data: bytes) -> None:
    try:
        document = parse_docx(data, DEFAULT_LIMITS)
    except KehoachError:
        return
    for block in document.blocks:
        assert document.text[block.start : block.end] == document.cut(block)


@settings(max_examples=60, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, len(PLAN)), st.binary(max_size=8))
def test_changed_archives_never_crash(at: int, noise: bytes) -> None:
    read_or_refused(PLAN[:at] + noise + PLAN[at + len(noise) :])


BODY = part("document", f"<w:body>{p('KẾ HOẠCH') + tbl(tr('1', 'Phát động'))}</w:body>").encode()


@settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.integers(0, len(BODY)), st.integers(0, len(BODY)), st.binary(max_size=6))
def test_changed_document_parts_never_crash(start: int, length: int, noise: bytes) -> None:
    read_or_refused(docx("", members={"word/document.xml": BODY[:start] + noise + BODY[start + length :]}))


NAMES = st.sampled_from(
    [
        "p",
        "r",
        "t",
        "tbl",
        "tr",
        "tc",
        "sdt",
        "sdtContent",
        "pPr",
        "rPr",
        "ins",
        "del",
        "br",
        "tab",
        "fldChar",
        "txbxContent",
        "pict",
        "numPr",
        "sectPr",
        "tcPr",
        "vMerge",
        "gridSpan",
        "hyperlink",
        "footnoteReference",
    ]
)
TREES = st.recursive(
    st.text(alphabet="aÂ \n<&", max_size=4).map(lambda t: t.replace("&", "&amp;").replace("<", "&lt;")),
    lambda inner: st.builds(
        lambda name, value, parts: f'<w:{name} w:val="{value}">{"".join(parts)}</w:{name}>',
        NAMES,
        st.sampled_from(["", "1", "-3", "restart", "begin", "end", "center"]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=25,
)


@settings(max_examples=150, suppress_health_check=[HealthCheck.too_slow], deadline=None)
@given(st.lists(TREES, max_size=5))
def test_elements_in_any_place_never_crash(trees: list[str]) -> None:
    document = parse_docx(docx("".join(trees)), DEFAULT_LIMITS)
    assert "\x1c" not in document.text
