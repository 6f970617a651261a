"""The signature block: who signs, in which post, by whose authority (NĐ 30/2020, Phụ lục I.II.7)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from extractors import plan
from extractors.bodies import expanded, sentence_case
from extractors.document import Document, Paragraph
from extractors.found import Found, finding, hull
from extractors.positions import NameLine, Post, PostLine, read_authority, read_name, read_post
from extractors.recognised import SURE_OF_NAME, SURE_OF_POST, is_doubtful, is_recognised
from extractors.vietnamese.bases import bare
from extractors.vietnamese.letters import plain, squeeze, upper_share
from extractors.zones import Zones
from extractors.zones_dates import is_date_line
from extractors.zones_marks import (
    LABEL,
    is_electronic_signature,
    is_noise,
    is_recipients_label,
    is_signed_note,
)

_STAGE = "signature"
_DASH = re.compile(r"\s*[-–—+•*·]+\s*\S")
_CLOSED_ITEM = re.compile(r"\S[;,.]\s*$")  # a mark that stands apart is a speck
_SIGNED_MARK = re.compile(r"\s*[(\[]?\s*(?:đ[ãa]\s+k[ýíyi](?:\s+tên)?)\s*[)\]]?\s*[:.]?\s*", re.IGNORECASE)
_NO_MARK_OF_POSTS = re.compile(r"[^\w\s.,()/&–—-]|_")
_WORD = re.compile(r"\w+")
_FEWEST_LETTERS = 4  # of a post's second line
_GENERIC_UNITS = {
    "tinh",
    "thanh pho",
    "huyen",
    "quan",
    "thi xa",
    "xa",
    "phuong",
    "thi tran",
    "chuyen mon",
    "truong",
    "don vi",
}


@dataclass(frozen=True, slots=True)
class Signature:
    """The signature of the (first) issuing body; what is not printed is None.

    `signed_as` are the authority marks (`TM. KT.`), `on_behalf_of` the body or post that the first of
    them names, `signer_title` the signer's own post. `body` is the body behind TM. as printed.
    """

    signer: Found[str] | None = None
    signer_title: Found[str] | None = None
    signed_as: Found[str] | None = None
    on_behalf_of: Found[str] | None = None
    body: Found[str] | None = None
    diagnostics: tuple[plan.Finding, ...] = ()


@dataclass(slots=True)
class _Block:
    """One signature as it is being read, line by line."""

    column: str
    marks: list[tuple[str, str, int, int]] = field(default_factory=list)  # mark, body or post, span
    posts: list[tuple[Post | None, str, int, int]] = field(default_factory=list)
    name: tuple[NameLine, int, int] | None = None
    approves: bool = False
    over: bool = False  # lines below the name have been seen

    @property
    def weak(self) -> bool:
        own = self.posts[-1][0] if self.posts else None
        return own is not None and own.weak and not self.marks

    @property
    def start(self) -> int:
        spans = (
            [m[2] for m in self.marks] + [p[2] for p in self.posts] + ([self.name[1]] if self.name else [])
        )
        return min(spans, default=0)

    @property
    def is_empty(self) -> bool:
        return not (self.marks or self.posts or self.name)


def read_signature(document: Document, zones: Zones, issuers: Sequence[str] = ()) -> Signature:
    """Read the closing; of several signatures the one of the first of `issuers` (as printed) counts."""
    blocks = _blocks(document, zones.closing)
    signing = [b for b in blocks if not b.approves]
    if not signing:
        code, message = (
            ("approval-only", "only an approval is signed") if blocks else ("no-signature", "no signature")
        )
        return Signature(diagnostics=(finding(document, _STAGE, "info", code, message),))
    chosen, note = _choose(document, signing, issuers)
    return _signature(document, chosen, note)


# --- choosing -----------------------------------------------------------------------------------


def _choose(
    document: Document, blocks: Sequence[_Block], issuers: Sequence[str]
) -> tuple[_Block, tuple[plan.Finding, ...]]:
    if len(blocks) == 1:
        return blocks[0], ()
    strong = [b for b in blocks if not b.weak and (b.posts or b.marks)] or list(blocks)
    ranked = sorted(strong, key=lambda b: -_fit(document, b, issuers))
    best = [b for b in ranked if _fit(document, b, issuers) == _fit(document, ranked[0], issuers)]
    chosen = best[0] if len(best) == 1 else _host(best)
    sure = len(best) == 1
    message = f"{len(blocks)} signatures; taken is that of the issuing body"
    code = "several-signatures" if sure else "signatures-alike"
    return chosen, (finding(document, _STAGE, "info" if sure else "warning", code, message, chosen.start),)


def _fit(document: Document, block: _Block, issuers: Sequence[str]) -> int:
    """How well a signature fits the first issuing body: by the body that it names, by its post."""
    if not issuers:
        return int(block.name is not None)
    issuer = plain(expanded(squeeze(issuers[0])))
    named = [plain(expanded(squeeze(text))) for _, text, _, _ in block.marks if text]
    points = 0
    if any(
        name and (name in issuer or issuer.startswith(name) or _shares_words(name, issuer)) for name in named
    ):
        points += 4
    heads = {head for post, _, _, _ in block.posts if post for head in post.heads}
    heads |= {head for _, text, _, _ in block.marks if (line := read_post(text)) for head in line.post.heads}
    if any(issuer == head or issuer.startswith(head + " ") for head in heads):
        points += 2
    units = [plain(expanded(sentence_case(_unit_of(text)))) for _, text, _, _ in block.posts]
    if any(unit and (unit in issuer or issuer in unit) for unit in units):
        points += 3
    return points + (block.name is not None)


def _unit_of(printed: str) -> str:
    """The unit behind a post: SỞ Y TẾ of GIÁM ĐỐC SỞ Y TẾ."""
    line = read_post(printed)
    return squeeze(printed[line.rest :]) if line else ""


def _shares_words(name: str, issuer: str) -> bool:
    """Whether the body behind TM. names the issuer, whatever unit stands between (BCH Công đoàn ngành)."""
    words = set(name.split()) - {"tm", "ban", "chap", "hanh", "bch", "thuong", "vu"}
    return len(words) >= 2 and words <= set(issuer.split())


def _host(blocks: Sequence[_Block]) -> _Block:
    """Of signatures that fit alike, the right one: there signs who hosts a joint paper."""
    return next((b for b in blocks if b.column == "right"), blocks[-1])


# --- reading ------------------------------------------------------------------------------------


def _blocks(document: Document, closing: Sequence[Paragraph]) -> list[_Block]:
    """The signatures in the closing, side by side or one below the other."""
    found: list[_Block] = []
    for side in ("right", "full", "left"):
        lines = [p for p in closing if p.column == side]
        found += _blocks_of_side(document, _without_recipients(document, lines), side)
    return _with_loose_names([block for block in found if not block.is_empty])


def _with_loose_names(blocks: list[_Block]) -> list[_Block]:
    """A name that stands alone belongs to the post above it that has none."""
    kept: list[_Block] = []
    for block in blocks:
        loose = block.name is not None and not block.posts and not block.marks
        nameless = [b for b in kept if b.name is None and b.start < block.start]
        if loose and len(nameless) == 1:
            nameless[0].name = block.name
        else:
            kept.append(block)
    return kept


def _without_recipients(document: Document, lines: Sequence[Paragraph]) -> list[Paragraph]:
    """Lines that are no recipients: no label, no dash, no line that goes on with one."""
    kept: list[Paragraph] = []
    listing = False
    for paragraph in lines:
        text = document.cut(paragraph)
        if is_recipients_label(text):
            listing = True
            continue
        if _DASH.match(text) and not read_authority(text):
            listing = True
            continue
        loud = read_authority(text) is not None or _is_post(text)
        if listing and not loud and not (read_name(text) and not _CLOSED_ITEM.search(text)):
            continue
        listing = listing and not loud
        kept.append(paragraph)
    return kept


def _is_post(text: str) -> bool:
    """A post in capitals, or alone on its line in sentence case."""
    post = read_post(text)
    return post is not None and (upper_share(text) > 0.9 or not text[post.end :].strip(" .:*_"))


def _blocks_of_side(document: Document, lines: Iterable[Paragraph], side: str) -> list[_Block]:
    blocks = [_Block(side)]
    for paragraph in lines:
        text = document.cut(paragraph)
        skip = is_electronic_signature(text) or is_date_line(text) or LABEL.match(bare(text))
        signed = _SIGNED_MARK.match(text)
        lead = signed.end() if signed else 0
        if (
            skip
            or not text[lead:].strip()
            or is_noise(text)
            or (is_signed_note(text) and not text[lead:].strip())
        ):
            continue
        block = blocks[-1]
        if block.name is not None and _begins_block(text):
            blocks.append(_Block(side))
        _take(document, blocks[-1], text[lead:].rstrip(), paragraph.start + lead)
    last = blocks[-1]
    if len(blocks) > 1 and last.name is None and not last.marks and not last.approves:
        blocks.pop()  # the signer's other post, printed below the name
    return blocks


def _begins_block(text: str) -> bool:
    """Whether a line below a name begins another signature (not the signer's other post)."""
    authority = read_authority(text)
    post = read_post(text)
    return authority is not None or (post is not None and upper_share(text) > 0.9)


def _take(document: Document, block: _Block, text: str, start: int) -> None:
    """Put one line into the block: an authority, a post, a name, or the second line of a post."""
    authority = read_authority(text)
    if authority is not None:
        _take_authority(block, text, start, authority.mark, authority.rest)
        return
    post = read_post(text)
    if post is not None and upper_share(text[post.start :]) > 0.75:
        _take_post(block, post, text, start)
        return
    name = read_name(text)
    if name is not None and block.name is None and (name.known_surname or block.posts or block.marks):
        block.name = (name, start + name.start, start + name.end)
        return
    if upper_share(text) > 0.8 and block.name is None:
        if not _is_ink(document, start, start + len(text)):
            _take_wrapped(block, text, start)
    elif post is not None and block.name is None:
        _take_post(block, post, text, start)


def _is_ink(document: Document, start: int, end: int) -> bool:
    """Whether capitals on a recognised page are what a stamp or a pen left, no second line of a post."""
    if not is_recognised(document, start):
        return False
    letters = sum(ch.isalpha() for ch in document.text[start:end])
    return letters < _FEWEST_LETTERS or is_doubtful(document, start, end, SURE_OF_POST)


def _take_authority(block: _Block, text: str, start: int, mark: str, rest: int) -> None:
    """`KT. CHỦ TỊCH`, with the own post behind it where both share the line."""
    named = text[rest:]
    post = read_post(named)
    second = read_post(named[post.rest :]) if post is not None and post.rest < len(named) else None
    end = len(text)
    if post is not None and second is not None:
        end = rest + post.end
    block.marks.append((mark, text[rest:end].strip(), start, start + end))
    if post is not None and second is not None:
        _take_post(block, second, named[post.rest :], start + rest + post.rest)
    elif mark == "Q." and post is not None:
        block.posts.append((post.post, named.strip(), start + rest, start + len(text)))


def _take_post(block: _Block, post: PostLine, text: str, start: int) -> None:
    if post.post.approves and not block.marks and not block.posts:
        block.approves = True
    block.posts.append((post.post, text[post.start :].strip(), start + post.start, start + len(text)))


def _take_wrapped(block: _Block, text: str, start: int) -> None:
    """The second line of a body or post in capitals: `PHÓ TRƯỞNG BAN / THƯỜNG TRỰC`."""
    end = start + len(text)
    if block.posts:
        post, printed, first, _ = block.posts[-1]
        block.posts[-1] = (post, f"{printed} {text.strip()}", first, end)
    elif block.marks:
        mark, printed, first, _ = block.marks[-1]
        block.marks[-1] = (mark, f"{printed} {text.strip()}", first, end)
    elif len(text.strip()) > 3:
        block.marks.append(("", text.strip(), start, end))


# --- the result ---------------------------------------------------------------------------------


def _signature(document: Document, block: _Block, notes: tuple[plan.Finding, ...]) -> Signature:
    signer = None
    if block.name is not None and is_doubtful(document, block.name[1], block.name[2], SURE_OF_NAME):
        message = f"the name is not read for certain: {block.name[0].value}"
        notes = (*notes, finding(document, _STAGE, "warning", "unsure-signer", message, block.name[1]))
    elif block.name is not None:
        name, start, end = block.name
        signer = Found(name.value, start, end, "signature-name", 0.95 if name.known_surname else 0.8)
    else:
        message = "no name is printed below the post (it may be in the stamp)"
        notes = (*notes, finding(document, _STAGE, "info", "no-signer-name", message, block.start))
    title = _own_post(document, block)
    if title is None and block.posts and is_recognised(document, block.start):
        message = f"the post is not read for certain: {block.posts[-1][1]}"
        notes = (*notes, finding(document, _STAGE, "warning", "unsure-post", message, block.posts[-1][2]))
    marks = [m for m in block.marks if m[0]]
    signed_as = on_behalf_of = None
    if marks:
        span = hull([(m[2], m[3]) for m in marks])
        signed_as = Found(" ".join(dict.fromkeys(m[0] for m in marks)), *span, "authority-marks")
        _, named, start, end = marks[0]
        if named:
            on_behalf_of = Found(_cased(named), start, end, "authority-marks")
    body = next((m for m in block.marks if m[0] in {"TM.", ""} and m[1] and read_post(m[1]) is None), None)
    return Signature(
        signer=signer,
        signer_title=title,
        signed_as=signed_as,
        on_behalf_of=on_behalf_of,
        body=Found(body[1], body[2], body[3], "authority-body") if body else None,
        diagnostics=notes,
    )


def _own_post(document: Document, block: _Block) -> Found[str] | None:
    """The signer's own post: the first one below the last authority mark; other posts are of other bodies."""
    last = max((m[2] for m in block.marks if m[0]), default=-1)
    own = [p for p in block.posts if p[2] >= last or not block.marks]
    if not own:
        return None
    post, printed, start, end = own[0]
    if is_doubtful(document, start, end, SURE_OF_POST) or _is_spoilt(document, start, printed):
        return None
    return Found(_post_text(post, printed), start, end, "signature-post")


def _is_spoilt(document: Document, start: int, printed: str) -> bool:
    """Whether a recognised post holds what no post does: a mark that a stamp or a pen left, or a second
    post that no comma parts from it."""
    if not is_recognised(document, start):
        return False
    line = read_post(printed)
    tail = printed[line.end :] if line else ""
    second = any(read_post(tail[word.start() :]) for word in _WORD.finditer(tail) if "," not in tail)
    return second or _NO_MARK_OF_POSTS.search(printed.strip(" :*_\"'“”;")) is not None


def _post_text(post: Post | None, printed: str) -> str:
    """The post in sentence case, with the unit that is printed behind it."""
    text = squeeze(printed).strip(" .,:;*_")
    line = read_post(text)
    if line is None or post is None:
        return _cased(text)
    return _with_rest(line, text)


def _with_rest(line: PostLine, text: str) -> str:
    """The post with what stands behind it: a unit, or behind a comma a second post."""
    rest = text[line.rest :].strip(" .,:;*_")
    if "," in text[line.end : line.rest] and read_post(rest) is not None:
        return f"{line.post.text}, {_cased(rest)}"
    return f"{line.post.text} {_tail_cased(rest)}".strip()


def _tail_cased(rest: str) -> str:
    cased = sentence_case(rest) if upper_share(rest) > 0.6 else rest
    if plain(cased) == "thuong truc":
        return "Thường trực"
    if plain(cased).startswith("phu trach"):
        return cased[:1].lower() + cased[1:]
    return cased.lower() if plain(cased) in _GENERIC_UNITS else cased


def _cased(text: str) -> str:
    """A body or a post in sentence case."""
    text = squeeze(text).strip(" .,:;*_")
    line = read_post(text)
    if line is not None:
        return _with_rest(line, text)
    return sentence_case(text)
