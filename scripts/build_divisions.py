"""Write zhike/chinese/data/divisions.txt: provinces, cities and counties (省、市、县) by code.

Origin: modood/Administrative-divisions-of-China @57a0aa9 (WTFPL). Run with `python scripts/build_divisions.py FOLDER`, where
FOLDER holds its provinces.csv, cities.csv, areas.csv and HK-MO-TW.json. Hong Kong, Macao and Taiwan come without codes below
the province; they are numbered here in the order of that file, so a new edition must only add at the end.
"""

import csv
import json
import sys
from collections.abc import Iterator
from pathlib import Path

TARGET = Path(__file__).parent.parent / "zhike/chinese/data/divisions.txt"
SPECIAL = {"台湾省": "71", "香港特别行政区": "81", "澳门特别行政区": "82"}


def mainland(folder: Path) -> Iterator[tuple[str, str]]:
    """Return code and name of every division on the mainland."""
    for table in ("provinces.csv", "cities.csv", "areas.csv"):
        with (folder / table).open(encoding="utf-8", newline="") as lines:
            yield from ((row["code"], row["name"]) for row in csv.DictReader(lines))


def special(folder: Path) -> Iterator[tuple[str, str]]:
    """Return code and name of every division of Hong Kong, Macao and Taiwan."""
    provinces = json.loads((folder / "HK-MO-TW.json").read_text("utf-8"))
    for province, cities in provinces.items():
        yield SPECIAL[province], province
        for at, (city, areas) in enumerate(cities.items(), 1):
            code = f"{SPECIAL[province]}{at:02}"
            yield code, city
            yield from ((f"{code}{number:02}", area) for number, area in enumerate(areas, 1))


if __name__ == "__main__":
    source = Path(sys.argv[1])
    rows = sorted([*mainland(source), *special(source)])
    TARGET.write_text("".join(f"{code} {name}\n" for code, name in rows), encoding="utf-8")
