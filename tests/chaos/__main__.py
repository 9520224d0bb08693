"""`make chaos`, or `CHAOS_SECONDS=20 make chaos` for a quick look: embedded first, then an external server with two of each.

Every few seconds something is killed with SIGKILL – a server, a worker, PostgreSQL, in turn – and started again; every
second round only one process of it, as a machine that runs out of memory would.
"""

from __future__ import annotations

import os
import sys
import tempfile
import time
from pathlib import Path

from tests.chaos.clients import Client, Ledger
from tests.chaos.installation import Installation
from tests.chaos.verdict import verdict, wait_for_jobs

SECONDS = int(os.environ.get("CHAOS_SECONDS", "60"))
CLIENTS, BETWEEN_KILLS, TO_RECOVER = 6, 3.0, 1.0


def main() -> None:
    asked = set(sys.argv[1:]) or {"embedded", "external"}
    wrong = 0
    for name in [name for name in ("embedded", "external") if name in asked]:
        with tempfile.TemporaryDirectory(prefix="zhike-chaos-") as folder:
            wrong += storm(name, Path(folder))
    sys.exit(1 if wrong else 0)


def storm(name: str, home: Path) -> int:
    """One installation under load and under fire; returns how many promises were broken."""
    many = 2 if name == "external" else 1
    installation = Installation(home, servers=many, workers=many, external=name == "external")
    try:
        ledger, until = Ledger(), time.monotonic() + SECONDS
        clients = [Client(n, installation.ports, installation.token, ledger, until) for n in range(CLIENTS)]
        for client in clients:
            client.start()
        kills = fire(installation, until)
        installation.revive()
        for client in clients:
            client.join()
        waited = wait_for_jobs(installation.database.url, installation.revive)
        return report(name, kills, waited, *verdict(installation.database.url, ledger))
    finally:
        installation.stop()


def fire(installation: Installation, until: float) -> dict[str, int]:
    """Kill one part after the other; each is started again a moment later, as a service manager would."""
    kills = {part.name: 0 for part in installation.parts}
    turn = 0
    while time.monotonic() < until - BETWEEN_KILLS:
        time.sleep(BETWEEN_KILLS)
        rounds, place = divmod(turn, len(installation.parts))
        part = installation.parts[place]
        part.kill(whole=rounds % 2 == 0)
        kills[part.name] += 1
        time.sleep(TO_RECOVER)
        installation.revive()
        turn += 1
    return kills


def report(name: str, kills: dict[str, int], waited: float, tally: dict[str, int], wrong: list[str]) -> int:
    print(f"\n{name}: {SECONDS} s, {CLIENTS} clients; killed " + ", ".join(f"{part} ×{n}" for part, n in kills.items()))
    for what, count in tally.items():
        print(f"  {what:<40}{count:>8}")
    print(f"  {'seconds until the last job was over':<40}{waited:>8.0f}")
    for sentence in wrong[:20]:
        print(f"  ✗ {sentence}")
    return len(wrong)


if __name__ == "__main__":
    main()
