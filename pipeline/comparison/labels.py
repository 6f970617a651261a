"""Words of the comparison page in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.comparison.model import ChangeClass, Fate
from pipeline.html import SHARED, Label

KINDS: Mapping[ChangeClass, Label] = {
    "added": Label("Thêm mới", "Added"),
    "dropped": Label("Không còn", "Dropped"),
    "split": Label("Tách ra", "Split"),
    "merged": Label("Gộp lại", "Merged"),
    "reassigned": Label("Đổi đơn vị", "Reassigned"),
    "moved": Label("Đổi thời gian", "Moved"),
    "reworded": Label("Sửa nội dung", "Reworded"),
    "same": Label("Giữ nguyên", "Same"),
}
FATES: Mapping[Fate, Label] = {
    "added": Label("Thêm mới", "Added"),
    "dropped": Label("Không còn", "Dropped"),
    "replaced": Label("Thay thế", "Replaced"),
    "kept": Label("Giữ nguyên", "Kept"),
}
WORDS: Mapping[str, Label] = {
    **SHARED,
    "comparison": Label("So sánh kế hoạch", "Plans compared"),
    "tasks": Label("Nhiệm vụ", "Tasks"),
    "task": Label("Nhiệm vụ", "Task"),
    "change": Label("Thay đổi", "Change"),
    "movements": Label("Phong trào thi đua", "Emulation movements"),
    "legal_bases": Label("Căn cứ pháp lý", "Legal bases"),
    "old": Label("Kế hoạch trước", "Old plan"),
    "new": Label("Kế hoạch sau", "New plan"),
    "month": Label("Tháng", "Month"),
    "next_year": Label("năm sau", "next year"),
    "alike": Label("giống nhau", "alike"),
}
