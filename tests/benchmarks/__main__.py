"""Prints every benchmark's figures as one table: python -m tests.benchmarks [NAME …]."""

import importlib
import os
import pkgutil
import platform
import sys

import tests.benchmarks as package

HELPERS = {"__main__", "big_office"}


def main(names: list[str]) -> None:
    """Run the named benchmarks, or all of them."""
    known = sorted(module.name for module in pkgutil.iter_modules(package.__path__) if module.name not in HELPERS)
    print(f"{os.cpu_count()} cores, Python {platform.python_version()}, {platform.system()} {platform.machine()}\n")
    print("| work | measured |\n| --- | --- |")
    for name in names or known:
        for work, figure in importlib.import_module(f"tests.benchmarks.{name}").run():
            print(f"| {work} | {figure} |", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
