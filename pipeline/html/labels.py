"""Words that all pages have, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple


class Label(NamedTuple):
    """A word or phrase in both languages."""

    vi: str
    en: str


SHARED: Mapping[str, Label] = {
    "language": Label("Ngôn ngữ", "Language"),
    "skip": Label("Đến phần kết quả", "To the results"),
    "show": Label("Hiển thị", "Show"),
    "body": Label("Đơn vị", "Body"),
    "text": Label("Tìm trong nội dung", "Find in the text"),
    "hint": Label("không cần dấu: tap huan", "accents may be left out: tap huan"),
    "all": Label("tất cả", "all"),
    "reset": Label("Xóa bộ lọc", "Clear filters"),
    "shown": Label("đang hiển thị", "shown"),
    "nothing": Label("Không có nhiệm vụ nào như vậy.", "There is no such task."),
    "page": Label("trang", "page"),
}
