"""check.py DIR…

The files of generated tables, as other people's programs see them. Each CSV file agrees with its CSVW description (by the
package `csvw`), and each spreadsheet opens in LibreOffice and holds, sheet by sheet, the figures of the CSV files.
"""

import csv
import json
import os
import subprocess
import sys
import tempfile
import warnings
from decimal import Decimal, InvalidOperation
from pathlib import Path

from csvw import CSVW

checked = 0
wrong = 0


def check(right, place, what):
    global checked, wrong
    checked += 1
    if not right:
        wrong += 1
        print(f"{place}: {what}")


def rows(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.reader(file))


def same(one, other):
    """LibreOffice writes 40000 for 40000.00."""
    try:
        return one == other or Decimal(one) == Decimal(other)
    except InvalidOperation:
        return False


def agrees_with_description(description):
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        described = CSVW(str(description), validate=True)
        valid = described.is_valid
    check(valid, description, "does not agree with its CSV file: " + "; ".join(str(one.message) for one in told)[:500])


def holds_the_tables(spreadsheet, converted, name):
    """Every CSV file beside the spreadsheet is one of its sheets."""
    sheets = {}
    for sheet in converted.glob(f"{name}-Table_*.csv"):
        lines = rows(sheet)
        sheets[lines[0][0].split(": ", 1)[1]] = lines
    names = {path.stem.removeprefix(f"{name}-") for path in converted.glob(f"{name}-*.csv")}
    check({"Cover", "Contents"} <= names, spreadsheet, f"does not open, or has no cover or no contents, only {sorted(names)}")
    for description in sorted(spreadsheet.parent.glob("*.csv-metadata.json")):
        said = json.loads(description.read_text(encoding="utf-8"))
        wanted = rows(spreadsheet.parent / said["url"])
        lines = sheets.get(said["dc:title"])
        check(lines is not None, spreadsheet, f"has no sheet for {said['url']}")
        if lines is None:
            continue
        check(lines[1][0] == "This worksheet contains one table.", spreadsheet, f"{said['url']}: does not say that it holds one table")
        found = lines[-len(wanted):]
        agree = len(found) == len(wanted) and all(
            len(a) == len(b) and all(map(same, a, b)) for a, b in zip(found, wanted)
        )
        check(agree, spreadsheet, f"{said['url']}: the sheet differs from the file")


def main(folders):
    for folder in map(Path, folders):
        descriptions = sorted(folder.rglob("*.csv-metadata.json"))
        spreadsheets = sorted(folder.rglob("*-tables.xlsx"))
        check(descriptions and spreadsheets, folder, "has no files of tables")
        for description in descriptions:
            agrees_with_description(description)
        with tempfile.TemporaryDirectory() as work:
            # One run for all, because LibreOffice takes seconds to start. Two spreadsheets can have the same name.
            copies = [Path(work, f"s{at}.xlsx") for at in range(len(spreadsheets))]
            for copy, spreadsheet in zip(copies, spreadsheets):
                copy.write_bytes(spreadsheet.read_bytes())
            done = subprocess.run(
                [
                    "soffice", "--headless", f"-env:UserInstallation=file://{work}/profile", "--convert-to",
                    "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,false,false,false,false,-1",
                    "--outdir", f"{work}/out", *map(str, copies),
                ],
                capture_output=True, text=True, timeout=300,
            )
            check(done.returncode == 0, folder, f"LibreOffice ended with {done.returncode}: {done.stderr[:300]}")
            for copy, spreadsheet in zip(copies, spreadsheets):
                holds_the_tables(spreadsheet, Path(work, "out"), copy.stem)
    print(f"downloads: {checked} checked, {wrong} wrong")
    if "QUORATE_COUNTS" in os.environ:
        with open(os.environ["QUORATE_COUNTS"], "a", encoding="utf-8") as counts:
            counts.write(f"downloads {checked} {wrong}\n")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
