"""Given names from the US census of 1990, most frequent first.

The Census Bureau publishes two lists, dist.male.first and dist.female.first (name, share in percent,
cumulative share, rank), as "Frequently Occurring Surnames and First Names: 1990" on www.census.gov; the
PyPI source package names-0.3.0 carries unchanged copies. Put both files in one folder, then:

    python3 corpora/generators/names.py FOLDER > corpora/names.txt
"""

import sys
from pathlib import Path


def shares(path):
    """The lines of one census list as (name, thousandths of a percent)."""
    for line in path.read_text(encoding="ascii").splitlines():
        name, percent, _, _ = line.split()
        yield name.lower(), round(float(percent) * 1000)


def main():
    if len(sys.argv) != 2:
        sys.exit("usage: names.py FOLDER (with dist.male.first and dist.female.first)")
    total = {}
    for part in ("dist.male.first", "dist.female.first"):
        for name, share in shares(Path(sys.argv[1]) / part):
            if not (name.isascii() and name.isalpha()):
                sys.exit(f"{part}: {name!r} has characters other than a to z")
            total[name] = total.get(name, 0) + share
    for name in sorted(total, key=lambda name: (-total[name], name)):
        print(name)


main()
