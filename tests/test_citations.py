"""Citations: what is cited, by which number, date, issuer and title, and in what role."""

from __future__ import annotations

import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extractors.building import DocumentBuilder, RawCell, RawParagraph, RawTable
from extractors.citations import find_citations, read_citations
from extractors.citations_checks import citation_doubts
from extractors.citations_lexicon import (
    aligned,
    instrument_of_symbol,
    issuer_of_symbol,
    law_name_at,
    lexicon,
)
from extractors.document import Document
from extractors.quotes import quotations, shielded
from extractors.rulebook import load
from extractors.zones import Zones, find_zones


def rows(text: str) -> list[str]:
    """Citations as `instrument|number|date`."""
    return [f"{c.instrument}|{c.number or ''}|{c.issued_on or ''}" for c in find_citations(text)]


WHAT = [
    # numbers and symbols, well formed and not
    ("Căn cứ Nghị định số 98/2023/NĐ-CP ngày 31/12/2023", ["Nghị định|98/2023/NĐ-CP|2023-12-31"]),
    ("Chỉ thị số 34-CT/TW, ngày 07/4/2014", ["Chỉ thị|34-CT/TW|2014-04-07"]),
    ("Chỉ thị 42-CT/TU 16/6/2014", ["Chỉ thị|42-CT/TU|2014-06-16"]),
    ("Chỉ thị số 22/CT-TW", ["Chỉ thị|22/CT-TW|"]),
    ("Quyết định 733/QĐ/TTg", ["Quyết định|733/QĐ/TTg|"]),
    ("Quyết định số 1961/QĐUBND", ["Quyết định|1961/QĐUBND|"]),
    ("Nghị quyết 30c/NQCP", ["Nghị quyết|30c/NQCP|"]),
    ("Quyết định số31-QĐ/TW ngày25/3/2024", ["Quyết định|31-QĐ/TW|2024-03-25"]),
    ("Kế hoạch số 30 - KH/HU", ["Kế hoạch|30-KH/HU|"]),
    ("Kế hoạch số: 12 /KH-UBND ngày 3 / 4 / 2021", ["Kế hoạch|12/KH-UBND|2021-04-03"]),
    ("Kế hoạch số 5/KH-UBND", ["Kế hoạch|05/KH-UBND|"]),
    ("Kế hoạch 20/KH.UBND ngày 2/3/2020", ["Kế hoạch|20/KH.UBND|2020-03-02"]),
    ("Kế hoạch số 31/KH - PGDĐT ngày 14/3/2021", ["Kế hoạch|31/KH-PGDĐT|2021-03-14"]),
    ("Công văn số 183/PGD ĐT về việc họp", ["Công văn|183/PGDĐT|"]),
    ("Kế hoạch số 14/KH-SGD&ĐT ngày 4/5/2020", ["Kế hoạch|14/KH-SGD&ĐT|2020-05-04"]),
    ("Quyết định số 4321/QĐ- UBND ngày 18/10/2025", ["Quyết định|4321/QĐ-UBND|2025-10-18"]),
    ("Quyết định số 86/QĐ-Tg ngày 18/7/2023", ["Quyết định|86/QĐ-Tg|2023-07-18"]),
    ("Chương trình số 190/Ctr-UBND ngày 19/5/2016", ["Chương trình|190/Ctr-UBND|2016-05-19"]),
    ("Kế hoạch số 20/KH-BCĐ389 ngày 05/02/2024", ["Kế hoạch|20/KH-BCĐ389|2024-02-05"]),
    ("Luật Đấu thầu số 43/2013/QH 13 ngày 26/11/2013", ["Luật|43/2013/QH13|2013-11-26"]),
    ("tại Văn bản số 05/2024/VLN/CV-HS ngày 21/4/2024", ["Văn bản|05/2024/VLN/CV-HS|2024-04-21"]),
    ("tại Văn bản số HHS-SA07/24-LR ngày 21/4/2024", ["Văn bản|HHS-SA07/24-LR|2024-04-21"]),
    ("tại văn bản số 21.4/GĐN ngày 21/4/2024", ["Văn bản|21.4/GĐN|2024-04-21"]),
    ("tại Văn bản số 13.4/2024/ĐN-HL ngày 13/4/2024", ["Văn bản|13.4/2024/ĐN-HL|2024-04-13"]),
    ("tại Văn bản số 11/2024CV-AHG ngày 18/4/2024", ["Văn bản|11/2024CV-AHG|2024-04-18"]),
    ("tại Văn bản số 03-GCN-HT ngày 21/4/2024", ["Văn bản|03-GCN-HT|2024-04-21"]),
    ("tại Văn bản số 02 ngày 21/4/2024", ["Văn bản|02|2024-04-21"]),
    ("tại Văn bản số 02/GĐN-ĐD tháng 4 năm 2024", ["Văn bản|02/GĐN-ĐD|"]),
    ("Công văn số 1234/UBND-VX", ["Công văn|1234/UBND-VX|"]),
    ("Công văn số 874/VP-KTTH ngày 18/02/2018", ["Công văn|874/VP-KTTH|2018-02-18"]),
    # dates
    ("Quyết định số 5/QĐ-SYT ngày 5 tháng 1 năm 2024", ["Quyết định|05/QĐ-SYT|2024-01-05"]),
    ("Quyết định số 12/QĐ-UBND ngày 04-01-2024", ["Quyết định|12/QĐ-UBND|2024-01-04"]),
    ("Kế hoạch 15-KH/ĐU ngày 4.5.2024", ["Kế hoạch|15-KH/ĐU|2024-05-04"]),
    ("Quyết định số 15/QĐ-UBND ngày 31/02/2024", ["Quyết định|15/QĐ-UBND|"]),
    ("Quyết định số 15/QĐ-UBND ngày     tháng 4 năm 2024", ["Quyết định|15/QĐ-UBND|"]),
    ("Quyết định số 15/QĐ-UBND (ngày 02/3/2024)", ["Quyết định|15/QĐ-UBND|2024-03-02"]),
    ("Quyết định số 15/QĐ-UBND được ban hành ngày 02/3/2024", ["Quyết định|15/QĐ-UBND|2024-03-02"]),
    ("Quyết định số 15/QĐ-UBND của UBND tỉnh ngày 3/4/2024", ["Quyết định|15/QĐ-UBND|2024-04-03"]),
    ("Quyết định số 15/QĐ-UBND, thực hiện trước ngày 3/4/2024", ["Quyết định|15/QĐ-UBND|"]),
    ("Quyết định số 15/QĐ-UBND và họp ngày 3/4/2024", ["Quyết định|15/QĐ-UBND|"]),
    # kinds
    ("Chương trình hành động số 08-CTr/TU ngày 1/3/2024", ["Chương trình hành động|08-CTr/TU|2024-03-01"]),
    ("Thông báo kết luận số 12-TB/TU ngày 3/4/2024", ["Thông báo kết luận|12-TB/TU|2024-04-03"]),
    ("Thông tri số 28-TT/TU ngày 02/7/2014", ["Thông tri|28-TT/TU|2014-07-02"]),
    ("Kế hoạch phối hợp số 27/KHPH ngày 15/3/2021", ["Kế hoạch phối hợp|27/KHPH|2021-03-15"]),
    ("Công văn chỉ đạo số 12/SYT-VP", ["Công văn|12/SYT-VP|"]),
    ("Kết luận thanh tra số 12/KL-TTr ngày 3/3/2024", ["Kết luận|12/KL-TTr|2024-03-03"]),
    ("Giấy mời số 15/GM-UBND ngày 03/3/2024", ["Giấy mời|15/GM-UBND|2024-03-03"]),
    ("Công điện số 01/CĐ-UBND ngày 1/2/2024", ["Công điện|01/CĐ-UBND|2024-02-01"]),
    ("THEO QUYẾT ĐỊNH SỐ 15/QĐ-UBND NGÀY 3/4/2024", ["Quyết định|15/QĐ-UBND|2024-04-03"]),
    ("theo quyết định số 15/QĐ-UBND", ["Quyết định|15/QĐ-UBND|"]),
    ("theo QĐ số 12/QĐ-UBND, NĐ 98/2023/NĐ-CP", ["Quyết định|12/QĐ-UBND|", "Nghị định|98/2023/NĐ-CP|"]),
    ("CV số 123/UBND-VX ngày 3/4/2024", ["Công văn|123/UBND-VX|2024-04-03"]),
    ("Căn cứ Thông số 11/2016/TT-BYT ngày 11/5/2016", ["Thông tư|11/2016/TT-BYT|2016-05-11"]),
    ("Nghi đinh số 30/2020/NĐ-CP", ["Nghị định|30/2020/NĐ-CP|"]),
    ("Quyết định của Bộ trưởng Bộ Y tế số 34/QĐ-BYT ngày 2/3/2021", ["Quyết định|34/QĐ-BYT|2021-03-02"]),
    ("Thông báo kết luận ngày 12/3/2024 của Bí thư Tỉnh ủy", ["Thông báo kết luận||2024-03-12"]),
    # several in one sentence
    (
        "Thực hiện Kế hoạch số 1/KH-UBND ngày 2/1/2024; căn cứ Công văn số 7/SNV ngày 3/1/2024",
        ["Kế hoạch|01/KH-UBND|2024-01-02", "Công văn|07/SNV|2024-01-03"],
    ),
    (
        "các Quyết định số 12/QĐ-TTg ngày 05/01/2024, số 13/QĐ-TTg ngày 06/01/2024",
        ["Quyết định|12/QĐ-TTg|2024-01-05", "Quyết định|13/QĐ-TTg|2024-01-06"],
    ),
    ("Nghị quyết số 18-NQ/TW, 19-NQ/TW", ["Nghị quyết|18-NQ/TW|", "Nghị quyết|19-NQ/TW|"]),
    (
        "Quyết định số 12/2020/QĐ-UBND và 13/2020/QĐ-UBND ngày 5/6/2020",
        ["Quyết định|12/2020/QĐ-UBND|", "Quyết định|13/2020/QĐ-UBND|2020-06-05"],
    ),
    (
        "Công văn số 7291/BGDĐT-GDTrH ngày 01/11/2016 và số 5131/BGDĐT-GDTrH ngày 1/11/2017",
        ["Công văn|7291/BGDĐT-GDTrH|2016-11-01", "Công văn|5131/BGDĐT-GDTrH|2017-11-01"],
    ),
    (
        "Chỉ thị số 5-CT/TU và số 7-KL/TU",
        ["Chỉ thị|05-CT/TU|", "Kết luận|07-KL/TU|"],
    ),
    ("Kế hoạch số 1/KH-UBND; Kế hoạch số 1/KH-UBND", ["Kế hoạch|01/KH-UBND|", "Kế hoạch|01/KH-UBND|"]),
    ("điểm a khoản 2 Điều 9 Nghị định số 12/2023/NĐ-CP", ["Nghị định|12/2023/NĐ-CP|"]),
    ("Quyết định số 15 ngày 31/02/2024", ["Quyết định|15|"]),
    ("Quyết định số    /QĐ-UBND ngày 12/3/2024 của UBND tỉnh", ["Quyết định||2024-03-12"]),
    # a number is that of the kind before it, unless it says otherwise itself
    ("theo quy định tại Quyết định số 24/QĐ-UBND ngày 2/1/2024", ["Quyết định|24/QĐ-UBND|2024-01-02"]),
    ("Kế hoạch triển khai Chỉ thị số 15-CT/TW ngày 2/1/2024", ["Chỉ thị|15-CT/TW|2024-01-02"]),
    ("Kế hoạch thực hiện Quy định số 37-QĐ/TW", ["Quy định|37-QĐ/TW|"]),
    ("Hướng dẫn thực hiện Công văn số 15 ngày 2/1/2024", ["Công văn|15|2024-01-02"]),
    ("Quyết định phê duyệt Kế hoạch số 24/QĐ-UBND", ["Quyết định|24/QĐ-UBND|"]),
]


@pytest.mark.parametrize(("text", "wanted"), WHAT, ids=[t[:60] for t, _ in WHAT])
def test_what_is_cited(text: str, wanted: list[str]) -> None:
    assert rows(text) == wanted


NONE = [
    "Kế hoạch này",
    "Kế hoạch công tác thi đua năm 2024",
    "kế hoạch thanh tra năm 2017",
    "Kế hoạch 05 năm (2021-2025) theo Nghị quyết Đại hội Đảng bộ tỉnh lần thứ XIV",
    "(Kèm theo Kế hoạch số /KH-UBND ngày tháng năm 2024 của UBND tỉnh)",
    "(Kèm theo Kế hoạch số:        /KH-SCT ngày     /4/2024 của Sở)",
    "Chỉ thị 34 của Bộ Chính trị và Nghị quyết 18",
    "Chỉ thị 11 của Ban Thường vụ Tỉnh ủy",
    "Giấy phép số 12/GP-UBND ngày 3/4/2024",
    "Hợp đồng số 12/HĐ-KT ngày 3/4/2024",
    "Số 12 đường Lê Lợi; điện thoại số 0123-456",
    "Mẫu số 01-KH/ĐG kèm theo",
    "báo cáo trước ngày 25/12/2024; gửi về Sở ngày 20/12/2024",
    "báo cáo kết quả ngày 12/3/2024 của các đơn vị",
    "kế hoạch số 3-5 lần/tuần",
    "Đề án số hóa dữ liệu; Dự án số 1",
    "pháp luật về thi đua; kỷ luật lao động; Luật, nghị định, thông tư",
    "tuyên truyền Hiến pháp, pháp luật",
    "Luật này, Luật sư, Luật gia, các luật về thuế",
    "Trường Đại học Luật Hà Nội; Khoa Luật Kinh tế",
    "dự thảo Luật Việc làm",
    "tuyên truyền luật giao thông đường bộ",
    "từ ngày 01/01/2024 đến 24/7, 5/7 học sinh",
    "Tổ trưởng: 01/KH",
]


@pytest.mark.parametrize("text", NONE, ids=[t[:50] for t in NONE])
def test_what_is_no_citation(text: str) -> None:
    assert rows(text) == []


LAWS = [
    ("Căn cứ Luật Thi đua, Khen thưởng ngày 15/6/2022;", "Thi đua, Khen thưởng", "2022-06-15", None),
    ("Luật Ngân sách Nhà nước", "Ngân sách Nhà nước", None, None),
    ("theo Luật Địa chất và khoáng sản.", "Địa chất và khoáng sản", None, None),
    ("Luật phòng chống tham nhũng và các văn bản", "phòng chống tham nhũng", None, None),
    ("Luật Phòng, chống tác hại của thuốc lá và Nghị định", "Phòng, chống tác hại của thuốc lá", None, None),
    ("Luật Phòng, chống HIV/AIDS;", "Phòng, chống HIV/AIDS", None, None),
    ("Điều 5 Luật Tiếp công dân, khoản 2", "Tiếp công dân", None, None),
    ("Luật Đất đai năm 2013, đất ở", "Đất đai năm 2013", None, None),
    ("Luật Trẻ em 2016;", "Trẻ em 2016", None, None),
    ("các quy định của Luật TĐKT.", "Thi đua, Khen thưởng", None, None),
    ("TUYÊN TRUYỀN LUẬT ĐẤT ĐAI", "ĐẤT ĐAI", None, None),
    ("Luật Nuôi ong lấy mật trong toàn dân", "Nuôi ong lấy mật", None, None),
    (
        "Luật Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ ngày 29 tháng 6 năm 2024;",
        "Quản lý, sử dụng vũ khí, vật liệu nổ và công cụ hỗ trợ",
        "2024-06-29",
        None,
    ),
    (
        "Luật Trồng hoa, cây cảnh và cá vàng ngày 2/3/2021",
        "Trồng hoa, cây cảnh và cá vàng",
        "2021-03-02",
        None,
    ),
    ("Luật Nuôi ong được Quốc hội khóa XV thông qua ngày 15/6/2022", "Nuôi ong", "2022-06-15", None),
    (
        "Luật Sửa đổi, bổ sung một số điều của Luật Viên chức ngày 25/11/2019 và các văn bản",
        "Sửa đổi, bổ sung một số điều của Luật Viên chức",
        "2019-11-25",
        "amends",
    ),
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương "
        "ngày 22/11/2019;",
        "sửa đổi, bổ sung một số điều của Luật Tổ chức Chính phủ và Luật Tổ chức chính quyền địa phương",
        "2019-11-22",
        "amends",
    ),
    (
        "Luật sửa đổi, bổ sung một số điều của Luật Viên chức năm 2019 và văn bản hướng dẫn",
        "sửa đổi, bổ sung một số điều của Luật Viên chức năm 2019",
        None,
        "amends",
    ),
    (
        "Luật số 39/2013/QH13 ngày 16/11/2013 sửa đổi, bổ sung một số điều của Luật Thi đua, Khen thưởng;",
        "sửa đổi, bổ sung một số điều của Luật Thi đua, Khen thưởng",
        "2013-11-16",
        "amends",
    ),
    (
        "Luật số 72/2025/QH15 Tổ chức chính quyền địa phương ngày 16/6/2025",
        "Tổ chức chính quyền địa phương",
        "2025-06-16",
        None,
    ),
    (
        "Luật thi đua khen thưởng (Luật số 06/2022/QH15 ngày 15/6/2022)",
        "thi đua khen thưởng",
        "2022-06-15",
        None,
    ),
]


@pytest.mark.parametrize(("text", "title", "day", "relation"), LAWS, ids=[t[:60] for t, *_ in LAWS])
def test_laws(text: str, title: str, day: str | None, relation: str | None) -> None:
    (law,) = find_citations(text)
    assert (law.instrument, law.title, law.relation) == ("Luật", title, relation)
    assert (law.issued_on.isoformat() if law.issued_on else None) == day


def test_a_law_and_what_amended_it() -> None:
    text = "Luật Thi đua, Khen thưởng ngày 26/11/2003 được sửa đổi bởi Luật số 39/2013/QH13 ngày 16/11/2013"
    assert rows(text) == ["Luật||2003-11-26", "Luật|39/2013/QH13|2013-11-16"]


def test_codes_ordinances_and_the_constitution() -> None:
    text = "Bộ luật Lao động, Pháp lệnh Ưu đãi người có công với cách mạng; Hiến pháp năm 2013"
    assert [(c.instrument, c.title) for c in find_citations(text)] == [
        ("Bộ luật", "Lao động"),
        ("Pháp lệnh", "Ưu đãi người có công với cách mạng"),
        ("Hiến pháp", "năm 2013"),
    ]


def test_a_list_of_laws() -> None:
    text = "Luật Cán bộ, công chức, Luật Viên chức, Luật Phòng, chống tham nhũng và Luật Nhà ở"
    titles = ["Cán bộ, công chức", "Viên chức", "Phòng, chống tham nhũng", "Nhà ở"]
    assert [c.title for c in find_citations(text)] == titles


ISSUERS = [
    ("Kế hoạch số 12/KH-UBND ngày 3/4/2024 của UBND tỉnh Hòa Bình về họp", "UBND tỉnh Hòa Bình"),
    ("Kế hoạch số 12/KH-UBND của UBND tỉnh Hòa Bình ngày 3/4/2024", "UBND tỉnh Hòa Bình"),
    (
        "Kế hoạch số 2/KH-UBND của UBND huyện Mù Cang Chải, tỉnh Yên Bái về họp",
        "UBND huyện Mù Cang Chải, tỉnh Yên Bái",
    ),
    (
        "Kế hoạch số 2/KH-UBND của UBND xã Ia Ly, huyện Chư Păh, tỉnh Gia Lai",
        "UBND xã Ia Ly, huyện Chư Păh, tỉnh Gia Lai",
    ),
    ("Kế hoạch số 2/KH-UBND của UBND Quận 3, TP. Hồ Chí Minh về họp", "UBND Quận 3, TP. Hồ Chí Minh"),
    ("Kế hoạch số 2/KH-UBND của UBND TP. Huế; các văn bản khác", "UBND TP. Huế"),
    ("Kế hoạch số 2/KH-UBND của UBND huyện Mai Sơn, tỉnh giao chỉ tiêu", "UBND huyện Mai Sơn"),
    ("Kế hoạch số 2/KH-UBND của UBND huyện Mai Sơn, Phòng Nội vụ xây dựng kế hoạch", "UBND huyện Mai Sơn"),
    (
        "Kế hoạch số 9/KH-BCĐ của Ban chỉ đạo xây dựng nông thôn mới tỉnh ngày 2/3/2024",
        "Ban chỉ đạo xây dựng nông thôn mới tỉnh",
    ),
    (
        "Nghị quyết số 29-NQ/TW của Ban Chấp hành Trung ương Đảng khóa XI về giáo dục",
        "Ban Chấp hành Trung ương Đảng khóa XI",
    ),
    ("Chỉ thị số 5-CT/TW của Bộ Chính trị (khóa XII) về học tập", "Bộ Chính trị"),
    (
        "Thông tư số 5/2020/TT-BVHTTDL của Bộ Văn hóa, Thể thao và Du lịch quy định lễ hội",
        "Bộ Văn hóa, Thể thao và Du lịch",
    ),
    (
        "Kế hoạch số 2/KH-BCĐ của Ban Chỉ đạo phòng, chống tham nhũng, tiêu cực tỉnh về kiểm tra",
        "Ban Chỉ đạo phòng, chống tham nhũng, tiêu cực tỉnh",
    ),
    (
        "Công văn số 3/HĐTĐKT của Hội đồng Thi đua, Khen thưởng tỉnh V/v xét tặng",
        "Hội đồng Thi đua, Khen thưởng tỉnh",
    ),
    (
        "Quyết định số 3/QĐ-SNN của Sở Nông nghiệp và Phát triển nông thôn, tổ chức họp",
        "Sở Nông nghiệp và Phát triển nông thôn",
    ),
    ("Nghị quyết số 4/NQ-HĐND của HĐND tỉnh Quy định giá", "HĐND tỉnh"),
    ("Nghị định số 8/2024/NĐ-CP của Chính phủ và các quy định", "Chính phủ"),
    ("Kế hoạch số 8/KH-UBND của UBND tỉnh và Kế hoạch liên quan", "UBND tỉnh"),
    ("Quyết định số 3/QĐ-UBKT của Ủy ban kiểm tra Tỉnh ủy về giám sát", "Ủy ban kiểm tra Tỉnh ủy"),
    (
        "Thông tư liên tịch số 12/2014/TTLT-BTC-BTP của Bộ Tài chính, Bộ Tư pháp quy định dự toán",
        "Bộ Tài chính, Bộ Tư pháp",
    ),
    (
        "Chương trình phối hợp số 3/CTPH ngày 2/3/2023 giữa Sở Nội vụ và Mặt trận Tổ quốc tỉnh về giám sát",
        "Sở Nội vụ và Mặt trận Tổ quốc tỉnh",
    ),
    (
        "Xét đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 12/TTr-SNV ngày 05/3/2024, UBND tỉnh",
        "Giám đốc Sở Nội vụ",
    ),
    (
        "đề nghị của Sở Văn hóa, Thể thao và Du lịch tại Công văn số 3/SVHTTDL",
        "Sở Văn hóa, Thể thao và Du lịch",
    ),
    ("gồm: Công ty TNHH Hoa Sen Vàng tại Văn bản số 7/CV-HSV ngày 2/3/2024", "Công ty TNHH Hoa Sen Vàng"),
    ("đã được Thủ tướng Chính phủ phê duyệt tại Quyết định số 16/QĐ-TTg", "Thủ tướng Chính phủ"),
    # from the symbol, where it is certain
    ("Nghị định số 91/2017/NĐ-CP ngày 31/7/2017", "Chính phủ"),
    ("Quyết định số 27/2018/QĐ-TTg", "Thủ tướng Chính phủ"),
    ("Thông tư số 09/2016/TT-BYT", "Bộ Y tế"),
    ("Luật Nhà ở số 27/2023/QH15", "Quốc hội"),
    ("Thông báo số 12/TB-VPCP", "Văn phòng Chính phủ"),
    ("Chỉ thị số 34-CT/TW", None),
    ("Nghị quyết số 5-NQ/TU", None),
    ("Quyết định số 12/QĐ-UBND ngày 3/4/2024", None),
    ("Kế hoạch số 12/KH-UBND ngày 3/4/2024 của tỉnh về họp", None),
]


ISSUERS += [
    (f"Công điện số 2/CĐ-TTg ngày 1/2/2024 của Thủ tướng Chính phủ và {more}", "Thủ tướng Chính phủ")
    for more in ("ý kiến của Chủ tịch UBND tỉnh", "tình hình của đơn vị", "đề nghị của Sở Nội vụ")
]


@pytest.mark.parametrize(("text", "issuer"), ISSUERS, ids=[t[:60] for t, _ in ISSUERS])
def test_issuers(text: str, issuer: str | None) -> None:
    assert find_citations(text)[0].issuer == issuer


def test_an_enumeration_shares_its_issuer() -> None:
    text = "các Kế hoạch số 1/KH-UBND ngày 5/1/2024, số 2/KH-UBND ngày 6/1/2024 của UBND huyện Sông Mã"
    assert [c.issuer for c in find_citations(text)] == ["UBND huyện Sông Mã"] * 2


def test_instruments_side_by_side_do_not_share() -> None:
    text = "Chỉ thị số 1/CT-UBND, Công điện số 2/CĐ-UBND của Chủ tịch UBND tỉnh"
    assert [c.issuer for c in find_citations(text)] == [None, "Chủ tịch UBND tỉnh"]


TITLES = [
    ("về công tác văn thư;", "công tác văn thư"),
    ("về việc giao dự toán năm 2024.", "giao dự toán năm 2024"),
    ("V/v tổ chức hội thi; Trường", "tổ chức hội thi"),
    ("Về việc ủy quyền cho Giám đốc Sở", "ủy quyền cho Giám đốc Sở"),
    ("quy định chi tiết một số điều của Luật Nhà ở;", "quy định chi tiết một số điều của Luật Nhà ở"),
    ("ban hành Kế hoạch công tác pháp chế; căn cứ", "ban hành Kế hoạch công tác pháp chế"),
    (
        "về “Tiếp tục đổi mới công tác; đẩy mạnh phong trào” nhằm tạo",
        "Tiếp tục đổi mới công tác; đẩy mạnh phong trào",
    ),
    ('"Về việc thành lập Ban; giao việc".', "thành lập Ban; giao việc"),
    ("phê duyệt “Đề án A; B” và Quyết định số 9/QĐ-TTg", "phê duyệt “Đề án A; B”"),
    ("về chuyển đổi số, Sở Y tế xây dựng Kế hoạch như sau:", "chuyển đổi số"),
    ("về chuyển đổi số; Sở Y tế xây dựng Kế hoạch", "chuyển đổi số"),
    (
        "về chuyển đổi số năm 2024 Sở Y tế xây dựng kế hoạch năm 2024, cụ thể như sau:",
        "chuyển đổi số năm 2024",
    ),
    ("về chuyển đổi số, cụ thể như sau:", "chuyển đổi số"),
    (
        "về xây dựng, triển khai, theo dõi Đề án; UBND huyện lập kế hoạch",
        "xây dựng, triển khai, theo dõi Đề án",
    ),
    ("về một số giải pháp nhằm giảm nghèo;", "một số giải pháp nhằm giảm nghèo"),
    ("về giảm nghèo (sau đây gọi tắt là Kế hoạch 7), UBND", "giảm nghèo"),
    (
        "về giảm nghèo (giai đoạn I) trên địa bàn TP. Hà Giang. Các sở",
        "giảm nghèo (giai đoạn I) trên địa bàn TP. Hà Giang",
    ),
    ("về giảm nghèo và các văn bản hướng dẫn thi hành;", "giảm nghèo"),
    ("về giảm nghèo, Kế hoạch số 8/KH-UBND ngày 2/3/2024", "giảm nghèo"),
    ("về giảm nghèo và Kế hoạch số 8/KH-UBND ngày 2/3/2024", "giảm nghèo"),
    ("về giảm nghèo; thực hiện Kế hoạch số 8/KH-SNV", "giảm nghèo"),
    (
        "thực hiện Nghị quyết số 8-NQ/TW ngày 7/1/2024 của Bộ Chính trị về văn hóa, Quyết định số 9/QĐ-UBND",
        "thực hiện Nghị quyết số 8-NQ/TW ngày 7/1/2024 của Bộ Chính trị về văn hóa",
    ),
    (
        "sửa đổi, bổ sung Quyết định số 1/QĐ-BNV và Quyết định số 2/QĐ-BNV; Thông tư số 1/2020/TT-BNV",
        "sửa đổi, bổ sung Quyết định số 1/QĐ-BNV và Quyết định số 2/QĐ-BNV",
    ),
    (
        "quy định về phân cấp; quy định chi tiết và hướng dẫn thi hành Luật Thi đua, Khen thưởng;",
        "quy định về phân cấp; quy định chi tiết và hướng dẫn thi hành Luật Thi đua, Khen thưởng",
    ),
    ("về công tác thi đua giai đoạn 2016 – 2020.", "công tác thi đua giai đoạn 2016 – 2020"),
    (", kỳ họp thứ 12 về nhiệm vụ năm 2024;", "nhiệm vụ năm 2024"),
    (", yêu cầu các đơn vị báo cáo", None),
    (".", None),
]


@pytest.mark.parametrize(("after", "title"), TITLES, ids=[t[:60] for t, _ in TITLES])
def test_titles(after: str, title: str | None) -> None:
    space = "" if after[0] in ",." else " "
    text = f"Căn cứ Quyết định số 12/QĐ-UBND ngày 3/4/2024 của UBND tỉnh{space}{after}"
    assert find_citations(text)[0].title == title


def test_what_a_title_cites_is_cited_too() -> None:
    text = "Công văn số 17/PGDĐT về việc triển khai Quyết định số 83/QĐ-UBND ngày 8/3/2021 của UBND thành phố"
    assert rows(text) == ["Công văn|17/PGDĐT|", "Quyết định|83/QĐ-UBND|2021-03-08"]


def test_a_law_without_date_in_a_title_is_part_of_it() -> None:
    text = "Nghị định số 5/2024/NĐ-CP của Chính phủ quy định chi tiết một số điều của Luật Nhà ở; Luật Giá"
    assert [c.title for c in find_citations(text)] == ["quy định chi tiết một số điều của Luật Nhà ở", "Giá"]


def test_an_item_on_a_new_line_ends_a_title() -> None:
    text = "Quyết định số 1/QĐ-SYT về giá\n- Quyết định số 2/QĐ-SYT về\nphí"
    assert [c.title for c in find_citations(text)] == ["giá", "phí"]


def test_the_span_is_the_printed_citation() -> None:
    text = "Thực hiện Kế hoạch số 7/KH-UBND ngày 1/2/2024 của UBND tỉnh về trẻ em, Sở ban hành kế hoạch."
    (found,) = find_citations(text)
    assert text[found.start : found.end] == "Kế hoạch số 7/KH-UBND ngày 1/2/2024 của UBND tỉnh về trẻ em"


# --- rules as data --------------------------------------------------------------------------


@pytest.mark.parametrize("instrument", lexicon().instruments, ids=lambda i: i.name)
def test_examples_of_instruments(instrument) -> None:  # type: ignore[no-untyped-def]
    assert instrument.examples
    for example in instrument.examples:
        assert [c.instrument for c in find_citations(f"Căn cứ {example};")] == [instrument.name], example


@pytest.mark.parametrize("rule", lexicon().issuers, ids=lambda r: r.example)
def test_examples_of_issuers(rule) -> None:  # type: ignore[no-untyped-def]
    assert issuer_of_symbol(rule.example) == rule.issuer


def test_ministries() -> None:
    for letters, name in lexicon().ministries.items():
        assert issuer_of_symbol(f"12/2020/TT-{letters}") == name


def test_examples_of_laws() -> None:
    for example in load("citations_laws")["examples"]:
        (law,) = find_citations(f"theo {example};")
        assert law.rule == "law by name", example


@pytest.mark.parametrize("name", lexicon().laws)
def test_every_law_is_found_whole(name: str) -> None:
    folded = aligned(name)
    assert law_name_at(folded, 0) == (len(folded), name)


@pytest.mark.parametrize(
    ("number", "name"),
    [("98/2023/NĐ-CP", "Nghị định"), ("34-CT/TW", "Chỉ thị"), ("12/KH-UBND", "Kế hoạch"), ("5/SNV-TC", None)],
)
def test_kind_of_a_symbol(number: str, name: str | None) -> None:
    found = instrument_of_symbol(number)
    assert (found.name if found else None) == name


# --- quotation marks ------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "inner"),
    [
        ("a “b” c", ["b"]),
        ('a "b" c "d"', ["b", "d"]),
        ('“b" c', ["b"]),
        ("“a “b” c” d", ["a “b” c"]),
        ('"A";"B"', ["A", "B"]),
        ("“A“, “B“", ["A", "B"]),
        ("”A” và ”B”", ["A", "B"]),
        ("«A; B» c", ["A; B"]),
        ("một “ hai", []),
        ("hai” ba", []),
    ],
)
def test_quotations(text: str, inner: list[str]) -> None:
    assert [text[q.start + 1 : q.end - 1] for q in quotations(text)] == inner


def test_an_unclosed_mark_does_not_swallow_the_next_quotation() -> None:
    text = "“A " + "x " * 500 + "“B”"
    assert [text[q.start : q.end] for q in quotations(text)] == ["“B”"]


def test_shielded_covers_brackets() -> None:
    assert bytes(shielded("a (b) c")) == bytes([0, 0, 1, 1, 1, 0, 0])


# --- in a document --------------------------------------------------------------------------


def made(**zones: list[str]) -> tuple[Document, Zones]:
    """A document of these paragraphs by zone, in the order of a plan."""
    builder = DocumentBuilder("text/plain")
    counts: list[tuple[str, int]] = []
    for zone, texts in zones.items():
        for text in texts:
            builder.paragraph(RawParagraph.of(text))
        counts.append((zone, len(texts)))
    document = builder.build()
    blocks = iter(document.blocks)
    cut = {zone: tuple(next(blocks) for _ in range(n)) for zone, n in counts}
    return document, Zones(**cut)  # type: ignore[arg-type]


def read(own: str | None = None, **zones: list[str]) -> list[str]:
    document, cut = made(**zones)
    return [f"{c.role}|{c.number}" for c in read_citations(document, cut, own)]


def test_roles() -> None:
    found = read(
        head=["Số: 4/KH-UBND"],
        title=["KẾ HOẠCH", "Thực hiện Kế hoạch số 1/KH-SNV"],
        preamble=["Căn cứ Kế hoạch số 2/KH-SNV ngày 2/3/2024;"],
        body=["I. MỤC ĐÍCH", "theo Kế hoạch số 3/KH-SNV"],
        closing=["Như Kế hoạch số 7/KH-SNV"],
        annexes=["Phụ lục theo Kế hoạch số 5/KH-SNV"],
    )
    assert found == [
        "reference|01/KH-SNV",
        "basis|02/KH-SNV",
        "reference|03/KH-SNV",
        "reference|05/KH-SNV",
    ]


def test_the_title_gives_the_bases_where_the_preamble_names_none() -> None:
    found = read(title=["KẾ HOẠCH", "Thực hiện Kế hoạch số 1/KH-SNV"], body=["theo Kế hoạch số 3/KH-SNV"])
    assert found == ["basis|01/KH-SNV", "reference|03/KH-SNV"]


def test_a_title_over_two_lines_is_one_text() -> None:
    document, zones = made(
        title=["KẾ HOẠCH", "Thực hiện Kế hoạch số 1/KH-UBND ngày 2/3/2024", "của UBND tỉnh"]
    )
    (found,) = read_citations(document, zones)
    assert found.issuer == "UBND tỉnh"


def test_a_section_headed_bases() -> None:
    found = read(
        body=[
            "I. CĂN CỨ XÂY DỰNG KẾ HOẠCH",
            "- Kế hoạch số 1/KH-SNV;",
            "II. MỤC ĐÍCH",
            "- Kế hoạch số 2/KH-SNV;",
        ]
    )
    assert found == ["basis|01/KH-SNV", "reference|02/KH-SNV"]


@pytest.mark.parametrize(
    ("line", "own", "wanted"),
    [
        ("(Kèm theo Kế hoạch số 503/KH-UBND ngày 7/2/2024 của UBND tỉnh)", "503/KH-UBND", []),
        ("(Kèm theo Kế hoạch số 503/KH-UBND ngày 7/2/2024 của UBND tỉnh)", None, []),
        ("(Ban hành kèm theo Quyết định số    /QĐ-UBND ngày 7/2/2024)", "12/QĐ-UBND", []),
        ("(Kèm theo Công văn số 17/SNV ngày 7/2/2024)", "503/KH-UBND", ["reference|17/SNV"]),
        ("theo Kế hoạch số 0503/KH-UBND ngày 7/2/2024", "503/KH-UBND", []),
    ],
)
def test_the_document_does_not_cite_itself(line: str, own: str | None, wanted: list[str]) -> None:
    assert read(own, annexes=[line]) == wanted


def test_cells_are_read() -> None:
    builder = DocumentBuilder("text/plain")
    cell = RawCell(0, 0, (RawParagraph.of("theo Kế hoạch số 9/KH-SYT ngày 2/3/2024"),))
    builder.table(RawTable(1, 1, (cell,)))
    document = builder.build()
    (found,) = read_citations(document, Zones(body=document.blocks))
    assert (found.role, found.number) == ("reference", "09/KH-SYT")
    assert document.text[found.start : found.end] == "Kế hoạch số 9/KH-SYT ngày 2/3/2024"


def test_a_sentence_broken_over_paragraphs_of_the_preamble() -> None:
    document, zones = made(
        preamble=[
            "Căn cứ Kế hoạch số 9/KH-SYT ngày 2/3/2024 của Sở Y tế",
            "về việc tiêm chủng;",
            "Căn cứ khác",
        ]
    )
    (found,) = read_citations(document, zones)
    assert found.title == "tiêm chủng"


def test_a_basis_takes_issuer_and_title_from_its_other_mention() -> None:
    document, zones = made(
        preamble=["Thực hiện Chỉ thị số 5-CT/TU, ngày 7/4/2014;"],
        body=["Thực hiện Chỉ thị số 5-CT/TU ngày 7/4/2014 của Tỉnh ủy về “Đổi mới công tác”"],
    )
    basis, reference = read_citations(document, zones)
    assert (basis.issuer, basis.title) == ("Tỉnh ủy", "Đổi mới công tác")
    assert basis.text == "Chỉ thị số 5-CT/TU, ngày 7/4/2014"
    assert reference.role == "reference"


def test_mentions_that_disagree_complete_nothing() -> None:
    document, zones = made(
        preamble=["Thực hiện Chỉ thị số 5-CT/TW ngày 7/4/2014;"],
        body=[
            "Chỉ thị số 5-CT/TW ngày 7/4/2014 của Bộ Chính trị",
            "Chỉ thị số 5-CT/TW ngày 7/4/2014 của Ban Bí thư",
        ],
    )
    assert read_citations(document, zones)[0].issuer is None


def test_one_mention_is_one_row() -> None:
    assert read(body=["Kế hoạch số 9/KH-SYT"] * 3) == ["reference|09/KH-SYT"] * 3


# --- doubts ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Quyết định số 15/QĐ-UBND ngày 31/02/2024", "citation-date-impossible"),
        ("Nghị định số 8/2023/NĐ-CP ngày 3/1/2024", "citation-year-differs"),
        ("Quyết định số 15/QĐ-UBND ngày 5/6/2024", "basis-after-document"),
        ("Chỉ thị số 32-CT/TW ngày 2/6/2014 của Tỉnh ủy", "citation-issuer-differs"),
        ("Kế hoạch số 1/KH-SYT ngày 2/3/2023; Kế hoạch số 1/KH-SYT ngày 2/4/2023", "citation-dates-differ"),
    ],
)
def test_doubts(text: str, code: str) -> None:
    document, zones = made(preamble=[text])
    found = read_citations(document, zones)
    assert [d.code for d in citation_doubts(document, found, date(2024, 5, 1))] == [code]


def test_no_doubts() -> None:
    document, zones = made(preamble=["Nghị định số 8/2023/NĐ-CP ngày 3/1/2023 của Chính phủ"])
    assert citation_doubts(document, read_citations(document, zones), date(2024, 5, 1)) == ()


# --- properties -----------------------------------------------------------------------------

PIECES = st.sampled_from(
    [
        "Quyết định",
        "số",
        "12/QĐ-UBND",
        "ngày 3/4/2024",
        "của",
        "UBND tỉnh",
        "về",
        ";",
        ",",
        "và",
        "“",
        "”",
        '"',
        "(",
        ")",
        "Luật",
        "Nhà ở",
        "sửa đổi, bổ sung một số điều của",
        "các",
        "\n",
        ".",
        "tại",
        "34-CT/TW",
        "năm 2013",
        "Căn cứ",
        "-",
        "kèm theo",
        "quy định",
    ]
)


@settings(deadline=None)
@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=200))
def test_never_raises_and_spans_hold(text: str) -> None:
    for c in find_citations(text):
        assert 0 <= c.start < c.end <= len(text)
        assert c.title is None or c.title.strip()
        if c.number and c.number[:2].isdigit():
            assert c.number[:2].lstrip("0") in text[c.start : c.end]


HOSTILE = [
    "Quyết định số 1/QĐ-A về " * 3000,
    "Luật " * 20000,
    "Luật A, " * 10000,
    "“" * 20000,
    "(" * 20000,
    "số " * 20000,
    "12/" * 20000,
    "1/A-" * 20000,
    "của " * 20000,
    "Nghị định số 1/2020/NĐ-CP của Chính phủ quy định chi tiết một số điều của Luật Nhà ở, " * 800,
    " " * 100000 + "Luật",
]


@pytest.mark.parametrize("text", HOSTILE, ids=[t[:12] for t in HOSTILE])
def test_hostile_text_ends(text: str) -> None:
    find_citations(text)


ACCEPTANCE = os.environ.get("KEHOACH_ACCEPTANCE")


@pytest.mark.skipif(not ACCEPTANCE, reason="KEHOACH_ACCEPTANCE is not set")
def test_bases_of_the_acceptance_plans() -> None:
    from extractors.zones import find_zones
    from pipeline.parsers import parse

    for path in sorted(Path(str(ACCEPTANCE), "plans").glob("*.txt")):
        gold = json.loads(Path(str(ACCEPTANCE), "gold", f"{path.stem}.json").read_text(encoding="utf-8"))
        document = parse(path)
        found = read_citations(document, find_zones(document), gold["document"]["number"])
        bases = {(c.instrument, c.number, str(c.issued_on)) for c in found if c.role == "basis"}
        wanted = {(g["instrument"], g["number"], str(g["issued_on"])) for g in gold["legal_bases"]}
        assert bases == wanted, path.stem


def test_an_empty_document_cites_nothing() -> None:
    document, zones = made()
    assert read_citations(document, zones) == ()


def test_the_type_above_a_title_in_capitals_is_no_instrument() -> None:
    from tests.builders import document

    read = document(
        "SỞ Y TẾ",
        "Số: 12/KH-SYT",
        "KẾ HOẠCH",
        "THỰC HIỆN CHỈ THỊ SỐ 05/CT-TTG NGÀY 02 THÁNG 3 NĂM 2021 "
        "CỦA THỦ TƯỚNG CHÍNH PHỦ VỀ AN TOÀN THỰC PHẨM",
        "I. MỤC ĐÍCH",
        "Nâng cao nhận thức.",
    )
    (basis,) = read_citations(read, find_zones(read), "12/KH-SYT")
    assert (basis.role, basis.instrument, basis.number) == ("basis", "Chỉ thị", "05/CT-TTG")


def test_an_abbreviation_in_brackets_stands_between_issuer_and_date() -> None:
    text = "Kế hoạch số 77/KH-BXY của Bộ Xây dựng (BXD) ngày 05 tháng 02 năm 2026 về việc kiểm tra cầu;"
    (found,) = find_citations(text)
    assert (found.issuer, found.issued_on) == ("Bộ Xây dựng", date(2026, 2, 5))
    assert found.title == "kiểm tra cầu"
