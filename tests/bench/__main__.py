"""`make bench`, or `BENCH_ROWS=20000 make bench` for a quick look.

BENCH_SECONDS is how long each question is asked; `--build` only builds, `--measure` only measures what is there,
`--only server` and `--only browser` one half of it.
"""

import os
import sys
from pathlib import Path

CHECKOUT = Path(__file__).resolve().parents[2]
FULL = 1_000_000


def main() -> None:
    customers = int(os.environ.get("BENCH_ROWS", FULL))
    name = "bench" if customers == FULL else f"bench-{customers}"
    os.environ.setdefault("ZHIKE_REQUESTS_A_MINUTE", "1000000")  # counted as ever, never reached
    os.environ.setdefault("ZHIKE_HOME", str(CHECKOUT / "var" / name))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "zhike.project.settings")
    from zhike.project.ready import ready

    with ready():
        from tests.bench.build import build
        from zhike.project.tables import bring_up_to_date

        bring_up_to_date(quiet=True)
        if "--measure" not in sys.argv:
            build(customers)
        if "--build" not in sys.argv:
            from tests.bench.report import report

            report(customers, {"server", "browser"} & set(sys.argv) or {"server", "browser"})


if __name__ == "__main__":
    main()
