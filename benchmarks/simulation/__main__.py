"""Run the simulation: print its tables, write docs/simulation.md and docs/simulation.svg."""

import argparse
import time
from multiprocessing import Pool
from pathlib import Path

from benchmarks.simulation.market import Market
from benchmarks.simulation.population import Tally
from benchmarks.simulation.report import OURS, page, plot
from benchmarks.simulation.rivals import SCHEMES, Rival

DOCS = Path(__file__).resolve().parents[2] / "docs"
MACHINE_SHARE = 0.08
Task = tuple[str, int, float]


def run(task: Task) -> tuple[str, Tally]:
    scheme, seed, machine_share = task
    if scheme in SCHEMES:
        return scheme, Rival(seed, machine_share, scheme).run()
    return scheme, Market(seed, machine_share, probation_share=1.0).run()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, default=20)
    parser.add_argument("--write", action="store_true", help="write the page and the plot to docs/")
    options = parser.parse_args()
    started = time.monotonic()
    tasks = [
        (scheme, seed, share)
        for scheme, share in ((OURS, MACHINE_SHARE), (f"{OURS}, exact programs only", 0.0))
        for seed in range(options.seeds)
    ]
    tasks += [(scheme, seed, MACHINE_SHARE) for scheme in SCHEMES for seed in range(options.seeds)]
    tallies: dict[str, list[Tally]] = {}
    with Pool(2) as pool:
        for scheme, tally in pool.map(run, tasks):
            tallies.setdefault(scheme, []).append(tally)
    text = page(tallies, options.seeds)
    print(text)
    print(f"{len(tasks)} runs in {time.monotonic() - started:.0f} s on two cores")
    if options.write:
        (DOCS / "simulation.md").write_text(text)
        (DOCS / "simulation.svg").write_text(plot(tallies))


if __name__ == "__main__":
    main()
