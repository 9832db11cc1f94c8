"""Invented days, pick lists and notes, of any size, the same every time."""

import hashlib
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from app.clock import to_ms
from app.services.papers.content import (
    DailyRecord,
    DayFigures,
    DayOrder,
    DeliveryLine,
    DeliveryNote,
    GroupTotal,
    Imprint,
    LateContact,
    Money,
    PickLine,
    PickOrder,
    Remarks,
    Seal,
    SetAside,
)

DAY = date(2026, 11, 23)
OFFICE = "云岭酒食商城 网络营销部"
MORNING = datetime(2026, 11, 23, 0, 30, tzinfo=UTC)  # 8:30 in the office
CHANNELS = ("天猫", "淘宝", "京东", "拼多多", "官网")
STATES = ("待联系", "待确认", "待配货", "配送中", "已取消")
SURNAMES = ("陈", "欧阳", "王", "赵", "孙", "周", "吴", "郑", "冯", "褚", "卫", "蒋", "沈", "韩")
MAKERS = ("五粮液", "汾酒", "张裕", "五常", "武夷山", "剑南春", "洋河", "古井贡", "泸州老窖", "长城", "王朝", "莫高")
GOODS = (
    "第八代 52度 500ml",
    "青花20 53度 500ml",
    "解百纳 干红葡萄酒",
    "稻花香大米 5kg",
    "大红袍 礼盒",
    "水晶剑",
    "特曲 整箱",
)
VARIANTS = ("单瓶", "整箱 6 瓶", "礼盒装", "")
SEAL = hashlib.sha256(b"seal").hexdigest()
IMPRINT = Imprint(OFFICE, to_ms(datetime(2026, 11, 23, 8, 15, tzinfo=UTC)), "孙晓芸")


def at(minutes: float) -> int:
    """So many minutes after the office opened."""
    return to_ms(MORNING + timedelta(minutes=minutes))


def number(index: int) -> str:
    """The office's own order number."""
    return f"20261123-{index + 1:04d}"


def person(index: int) -> str:
    """Masked as platforms mask."""
    return f"{SURNAMES[index % 14]}** 1{38 + index % 50}****{index * 7919 % 10_000:04d}"


def title(index: int) -> str:
    """One of 84 products."""
    return f"{MAKERS[index % 12]} {GOODS[index % 7]}"


def day_order(index: int) -> DayOrder:
    """One of the day's orders; every seventh is late, every eleventh was not reached yet."""
    minutes = index * 0.37 % 560
    late = index % 7 == 3
    return DayOrder(
        number=number(index),
        source_number=f"{3_048_217_650_112_004_417 + index * 7919}",
        channel=CHANNELS[index % 5],
        accepted_at=at(minutes),
        contacted_at=None if index % 11 == 5 else at(minutes + (14 if late else 4)),
        late=late,
        state=STATES[index % 4],
        recipient=person(index).split()[0],
        phone=person(index).split()[1],
        goods="、".join(f"{title(index * 5 + k)} ×{k + 1}" for k in range(1 + index % 2)),
        payable=Money(13_800 + index * 137_00 % 250_000),
    )


def figures(orders: Sequence[DayOrder]) -> DayFigures:
    """What these orders come to."""

    def groups(names: Sequence[str], of: Sequence[str]) -> tuple[GroupTotal, ...]:
        totals = []
        for name in names:
            sums = [order.payable.minor for order, its in zip(orders, of, strict=True) if its == name]
            totals.append(GroupTotal(name, len(sums), (Money(sum(sums)),)))
        return tuple(totals)

    late = sum(order.late for order in orders)
    return DayFigures(
        accepted=len(orders),
        in_time=len(orders) - late,
        late=late,
        confirmed=sum(order.state == "待配货" for order in orders),
        held=2 if orders else 0,
        cancelled=1 if orders else 0,
        payable=(Money(sum(order.payable.minor for order in orders)),),
        by_channel=groups(CHANNELS, [order.channel for order in orders]),
        by_state=groups(STATES, [order.state for order in orders]),
    )


def daily_record(count: int) -> DailyRecord:
    """A day with `count` orders."""
    orders = tuple(day_order(index) for index in range(count))
    reasons = (
        "同时来了十二单团购，值班只有一人；已按先后逐一补打电话，客户均表示理解。",
        "客户电话占线三次，第四次接通。",
        "系统切换网络，掉线约六分钟（已报 IT，见故障记录 2026-11-23 第 2 号）。",
    )
    late = tuple(
        LateContact(
            order.number, order.accepted_at, order.contacted_at, ("王敏", "李娜")[index % 2], reasons[index % 3]
        )
        for index, order in enumerate(order for order in orders if order.late)
    )
    held = (
        SetAside(number(4), at(61), "王敏", "实付 ¥ 2,078.00 与应付 ¥ 2,138.00 不符，等待财务核对到账。"),
        SetAside(number(9), at(143), "李娜", "收货地址缺门牌号，客户约定 16:00 后回电。"),
    )
    cancelled = (SetAside(number(11), at(200), "王敏", "客户重复下单，保留前一单（20261123-0008）。"),)
    return DailyRecord(
        office=OFFICE,
        day=DAY,
        sealed_at=at(570),
        sealed_by="掌柜（定时）",
        figures=figures(orders),
        orders=orders,
        late=late,
        held=held if count > 9 else (),
        cancelled=cancelled if count > 11 else (),
        seal=Seal(
            text=SEAL,
            first_entry=47_102,
            last_entry=47_102 + count * 3,
            entries=count * 3 + 1,
            head=hashlib.sha256(b"head").hexdigest(),
            backup="云岭酒食商城-20261123-1800.zgb",
            backup_sha256=hashlib.sha256(b"backup").hexdigest(),
        ),
    )


def pick_order(index: int) -> PickOrder:
    """An order to pick, with one to four lines and now and then remarks."""
    return PickOrder(
        number=number(index),
        source_number=f"{3_048_217_650_112_004_417 + index * 7919}",
        channel=CHANNELS[index % 5],
        recipient=person(index).split()[0],
        phone=person(index).split()[1],
        region="湖北省十堰市茅箭区" if index % 2 else "广西壮族自治区柳州市三江侗族自治县",
        remarks=Remarks(
            buyer="送长辈的，请一定用礼盒包装，不要放价格单！" if index % 3 == 0 else "",
            seller="老客户，多放两个手提袋" if index % 6 == 0 else "",
            office="已改为周六上午送达，送前先打电话；瓶身有磕碰的不要发。" if index % 4 == 0 else "",
        ),
        lines=tuple(
            PickLine(f"ZG-{(index * 7 + k) % 900 + 100}-{k + 1:02d}", title(index * 5 + k), VARIANTS[k % 4], 1 + k * 5)
            for k in range(1 + index % 4)
        ),
    )


def delivery_note(index: int, lines: int = 3, prices: bool = True, capitals: bool = True) -> DeliveryNote:
    """A note with so many lines."""
    goods = tuple(
        DeliveryLine(title(k), VARIANTS[k % 4], k + 1, 10_690 + k * 300, (10_690 + k * 300) * (k + 1))
        for k in range(lines)
    )
    total = sum(line.amount for line in goods)
    return DeliveryNote(
        number=number(index),
        source_number=f"{3_048_217_650_112_004_417 + index * 7919}",
        channel=CHANNELS[index % 5],
        recipient="欧阳芷晴",
        phone="159****7713",
        address="湖北省十堰市茅箭区北京中路 38 号云岭花园 3 栋 502（单元门禁坏了，请打电话）",
        remarks=Remarks("送长辈的，请用礼盒包装。", "", "周六上午送达，送前先打电话。"),
        lines=goods,
        freight=1_200,
        discount=2_000,
        payable=Money(total + 1_200 - 2_000 - 500),
        prices=prices,
        capitals=capitals,
    )
