"""Words of the report: Vietnamese glosses of the dataset's values, names of formats, tones of states."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

UNKNOWN = "unknown (không rõ)"

GLOSSES: Mapping[str, str] = {
    # documents.status and files.state
    "ok": "đọc được",
    "partial": "đọc được một phần",
    "failed": "không đọc được",
    "read": "đã đọc",
    "skipped": "bỏ qua",
    "quarantined": "cách ly",
    "timeout": "quá thời gian",
    "gone": "không còn",
    # tasks.time_kind
    "interval": "khoảng thời gian",
    "deadline": "hạn hoàn thành",
    "ongoing": "thường xuyên",
    "recurring": "định kỳ",
    "duration": "thời lượng",
    "conditional": "có điều kiện",
    "none": "không nêu",
    # tasks.source
    "table": "bảng phân công",
    "list": "danh sách theo thời gian",
    "block": "mục có nhãn",
    "assignment": "tổ chức thực hiện",
    "narrative": "nội dung, giải pháp",
}

TONES: Mapping[str, str] = {
    "ok": "good",
    "read": "good",
    "partial": "warn",
    "failed": "bad",
    "quarantined": "bad",
    "timeout": "bad",
    "skipped": "rest",
    "gone": "rest",
}

FORMATS: Mapping[str, str] = {
    "application/pdf": "PDF",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "DOCX",
    "application/msword": "DOC",
    "application/rtf": "RTF",
    "application/vnd.oasis.opendocument.text": "ODT",
    "image/jpeg": "JPEG",
    "image/png": "PNG",
    "image/tiff": "TIFF",
    "text/html": "HTML",
    "text/markdown": "Markdown",
    "text/plain": "text",
}


@cache
def doc_type_names() -> Mapping[str, str]:
    """Names of document types by their abbreviations."""
    from extractors.rulebook import load

    return {str(entry["abbr"]): str(entry["name"]) for entry in load("doc_types")}
