"""Importing a CSV of 100,000 orders in a process of its own: parse, check, deduplicate, ledger, index, durable."""

import csv
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from app.services.sample import material

ORDERS = int(os.environ.get("BENCH_IMPORT", "100000"))
ROOT = Path(__file__).resolve().parents[2]
PASSWORD = "bench#secret1"
COLUMNS = (
    "商品", "订单号", "订单状态", "商品总价(元)", "邮费(元)", "店铺优惠折扣(元)", "用户实付金额(元)", "商品数量(件)",
    "收货人", "手机", "省", "市", "区", "街道", "支付时间", "订单成交时间", "商品规格", "商家编码-规格维度", "商家备注",
)  # fmt: skip


def write_export(path: Path, count: int) -> None:
    """A Pinduoduo export of made orders."""
    chance = random.Random(3)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(COLUMNS)
        for number in range(count):
            sku, title, variant, price = chance.choice(material.GOODS)
            province, city, district, street = chance.choice(material.PLACES)
            name = chance.choice(material.SURNAMES) + chance.choice(material.GIVEN)
            amount = f"{price / 100:.2f}"
            writer.writerow(
                (title, f"261123-{number:015d}", "待发货", amount, "0.00", "0.00", amount, 1, name,
                 f"139{chance.randrange(10**8):08d}", province, city, district, f"{street}{number % 300}号",
                 "2026-11-23 09:01:00", "2026-11-23 09:00:00", variant, sku, "")
            )  # fmt: skip


def run() -> list[tuple[str, str]]:
    """Orders per second of the whole command, start of Python included, and its peak memory."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        environment = {**os.environ, "ZHANGGUI_HOME": folder, "ZHANGGUI_PASSWORD": PASSWORD}
        command = [sys.executable, str(ROOT / "main.py"), "--office", str(home / "office.zhanggui")]
        subprocess.run([*command, "init", "--json"], env=environment, check=True, capture_output=True)
        write_export(home / "orders.csv", ORDERS)
        started = time.perf_counter()
        with subprocess.Popen(
            [*command, "import", str(home / "orders.csv"), "--json"], env=environment, stdout=subprocess.PIPE
        ) as importing:
            peak = 0.0
            while importing.poll() is None:
                peak = max(peak, resident(importing.pid))
                time.sleep(0.02)
            took = time.perf_counter() - started
            said = importing.stdout.read() if importing.stdout else b""
        new = json.loads(said)["new"]
    return [
        (f"import a CSV of {new:,} orders, the whole command", f"{new / took:,.0f} orders/s"),
        ("its peak memory, all its processes together", f"{peak:.0f} MB"),
    ]


def resident(pid: int) -> float:
    """The resident memory of a process and its children in MB, shared pages counted in each; Linux only."""
    try:
        pages = int(Path(f"/proc/{pid}/statm").read_text().split()[1])
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text().split()
    except (FileNotFoundError, ProcessLookupError):
        return 0.0  # it has just ended
    return pages * os.sysconf("SC_PAGE_SIZE") / 2**20 + sum(resident(int(child)) for child in children)
