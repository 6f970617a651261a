"""Words of the timeline in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping

from extractors.plan import Role, TimeKind
from pipeline.html import SHARED, Label
from pipeline.timelines.model import Where

KINDS: Mapping[TimeKind, Label] = {
    "interval": Label("Khoảng thời gian", "Interval"),
    "deadline": Label("Hạn hoàn thành", "Deadline"),
    "ongoing": Label("Thường xuyên", "Ongoing"),
    "recurring": Label("Định kỳ", "Recurring"),
    "duration": Label("Thời lượng", "Duration"),
    "conditional": Label("Có điều kiện", "Conditional"),
    "none": Label("Không nêu thời gian", "No time given"),
}
ROLES: Mapping[Role, Label] = {
    "lead": Label("Chủ trì", "Leads"),
    "implementing": Label("Thực hiện", "Carries out"),
    "coordinating": Label("Phối hợp", "Coordinates"),
    "directing": Label("Chỉ đạo", "Directs"),
    "advising": Label("Tham mưu", "Advises"),
    "monitoring": Label("Theo dõi, đôn đốc", "Monitors"),
}
PLACES: Mapping[Where, Label] = {
    "months": Label("Theo tháng", "Over the months"),
    "undated": Label("Không có ngày cụ thể", "Without a day"),
    "outside": Label("Ngoài các tháng này", "Outside these months"),
}
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
MONTHS: tuple[Label, ...] = tuple(Label(f"T{number}", name) for number, name in enumerate(_MONTHS, start=1))
WORDS: Mapping[str, Label] = {
    **SHARED,
    "timeline": Label("Nhiệm vụ theo thời gian", "Tasks over time"),
    "nobody": Label("Không nêu đơn vị", "No body named"),
    "plan": Label("Kế hoạch", "Plan"),
    "heading": Label("Mục, nhóm", "Section, group"),
    "days": Label("Ngày", "Days"),
    "rule": Label("Quy tắc lặp", "Recurrence rule"),
    "product": Label("Sản phẩm", "Product"),
    "note": Label("Ghi chú", "Note"),
    "document": Label("Văn bản", "Document"),
    "goes_on": Label("Có ngày ngoài các tháng này", "Has days outside these months"),
}
