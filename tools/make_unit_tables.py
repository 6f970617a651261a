"""Make the tables of districts and communes from the data of PyPI's vietnamadminunits (MIT).

Usage: python -m tools.make_unit_tables FOLDER

FOLDER is the installed package's `data`: dataset.db (units before and since 01/07/2025) and
converter_2025.json (which commune went where). Only facts are taken: names, codes, who went into whom.
"""

from __future__ import annotations

import json
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from extractors.vietnamese.letters import nfc

RULES = Path(__file__).resolve().parent.parent / "extractors" / "rules"
_SOURCE = """\
# Source: the data of PyPI vietnamadminunits 1.0.4, MIT License, Copyright (c) 2025 Tran Ngoc Minh Hieu; its
# text stands in rules/districts.tsv. Made by tools/make_unit_tables.py.
"""
_NOW = f"""\
# Communes (xã, phường, đặc khu) since 01/07/2025, with their codes in the list of Quyết định 19/2025/QĐ-TTg.
{_SOURCE}# Columns: code, kind and name, code of the province.
"""
_UNTIL_2025 = f"""\
# Districts and communes on 30/06/2025, with their codes in the list of Quyết định 124/2004/QĐ-TTg,
# and the communes (rules/communes.tsv) that each went into: several where it was divided.
{_SOURCE}# Columns: code, kind and name, code of the province (of a district) or district (of a commune),
# heirs (of a commune; of a district only where it had no communes).
"""
_KINDS = ("thị trấn", "thị xã", "thành phố", "đặc khu", "xã", "phường", "huyện", "quận")
Heirs = dict[str, list[str]]


def _named(name: str) -> str:
    """A unit's name with its kind in lower case: `Thị Trấn Yên Lạc` gives `thị trấn Yên Lạc`."""
    squeezed = " ".join(nfc(name).split())
    kind = next(k for k in _KINDS if squeezed.casefold().startswith(k + " "))
    return kind + squeezed[len(kind) :]


def _heirs(folder: Path, database: sqlite3.Connection) -> Heirs:
    """Codes of the new communes of each old one, by its key `province_district_commune`."""
    rows = database.execute("select provinceKey, wardKey, wardCode from admin_units")
    codes = {(province, ward): code for province, ward, code in rows}
    converter = json.loads((folder / "converter_2025.json").read_text(encoding="utf-8"))
    found: Heirs = defaultdict(list)
    for province, whole in converter["DICT_PROVINCE_WARD_NO_DIVIDED"].items():
        for ward, olds in whole.items():
            for old in olds:
                found[old].append(codes[province, ward])
    for province, divided in converter["DICT_PROVINCE_WARD_DIVIDED"].items():
        for old, parts in divided.items():
            found[old] += (codes[province, part["newWardKey"]] for part in parts)
    return found


def _communes(database: sqlite3.Connection) -> Iterator[str]:
    rows = database.execute("select wardCode, ward, provinceCode from admin_units order by wardCode")
    yield from (f"{code}\t{_named(name)}\t{province}\n" for code, name, province in rows)


def _units_until_2025(database: sqlite3.Connection, heirs: Heirs) -> Iterator[str]:
    rows = database.execute(
        "select districtCode, district, provinceCode, wardCode, ward, provinceKey, districtKey, wardKey"
        " from admin_units_legacy order by districtCode, wardCode"
    )
    last = ""
    for district, district_name, province, code, name, *keys in rows:
        went_into = " ".join(sorted(heirs["_".join(key or "" for key in keys)]))
        if district != last:
            yield f"{district}\t{_named(district_name)}\t{province}\t{'' if code else went_into}\n"
            last = district
        if code:
            yield f"{code}\t{_named(name)}\t{district}\t{went_into}\n"


def main(folder: Path) -> None:
    with sqlite3.connect(folder / "dataset.db") as database:
        heirs = _heirs(folder, database)
        now, before = "".join(_communes(database)), "".join(_units_until_2025(database, heirs))
    (RULES / "communes.tsv").write_text(_NOW + now, encoding="utf-8")
    (RULES / "units_until_2025.tsv").write_text(_UNTIL_2025 + before, encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
