"""Words of the comparison page in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

from pipeline.comparison.model import ChangeClass, Fate
from pipeline.html import Label

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
    "comparison": Label("So sánh kế hoạch", "Plans compared"),
    "tasks": Label("Nhiệm vụ", "Tasks"),
    "task": Label("Nhiệm vụ", "Task"),
    "change": Label("Thay đổi", "Change"),
    "movements": Label("Phong trào thi đua", "Emulation movements"),
    "legal_bases": Label("Căn cứ pháp lý", "Legal bases"),
    "old": Label("Kế hoạch trước", "Old plan"),
    "new": Label("Kế hoạch sau", "New plan"),
    "show": Label("Hiển thị", "Show"),
    "body": Label("Đơn vị", "Body"),
    "month": Label("Tháng", "Month"),
    "text": Label("Tìm trong nội dung", "Find in the text"),
    "hint": Label("không cần dấu: tap huan", "accents may be left out: tap huan"),
    "all": Label("tất cả", "all"),
    "next_year": Label("năm sau", "next year"),
    "reset": Label("Xóa bộ lọc", "Clear filters"),
    "shown": Label("đang hiển thị", "shown"),
    "nothing": Label("Không có nhiệm vụ nào như vậy.", "There is no such task."),
    "page": Label("trang", "page"),
    "alike": Label("giống nhau", "alike"),
    "skip": Label("Đến phần kết quả", "To the results"),
    "language": Label("Ngôn ngữ", "Language"),
}
