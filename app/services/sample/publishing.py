"""The sample office's publishing: content in every state, a promotion that runs, a week of market notes."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from app.clock import OFFICE_ZONE, Clock, day_bounds, to_ms
from app.models.people import SYSTEM, Post
from app.models.publishing import ContentKind
from app.services import subjects
from app.services.approvals.consequences import CONSEQUENCES
from app.services.approvals.fold import APPROVE
from app.services.approvals.proposals import ProposalDraft, propose_within
from app.services.catalog.articles import article_of
from app.services.ledger import Pen
from app.services.promotions.promotions import PromotionDraft, plan_within
from app.services.publishing.contents import approval_kind
from app.services.publishing.market import MarketNote, NoteKind, week_of
from app.services.sample.material import PEOPLE
from app.services.sample.month import Happens

NO_ORDER = -1
HOUR_MS, DAY_HOURS = 3_600_000, 24
LATEST_MS = 130 * 60_000  # what waits for the manager today comes after all of this
_K = ContentKind


@dataclass(slots=True)
class Publishing:
    """Whose office it is played in, and which subject came of which story."""

    conn: Connection
    pen: Pen
    people: Mapping[str, int]
    numbers: dict[str, int] = field(default_factory=dict)

    def propose(self, kind: str, subject: int, title: str, reason: str) -> int:
        """Propose in the planner's place."""
        draft = ProposalDraft(kind, subject, title, {}, reason)
        return propose_within(self.conn, self.pen, Post.PLANNER, draft)

    def agree(self, name: str) -> None:
        """Let everybody whose turn it is approve, and the approval take effect."""
        proposal = self.numbers[f"{name}?"]
        row = subjects.load(self.conn, "proposals", proposal)
        while row["waits_for"]:
            who = next(one.name for one in PEOPLE if one.post == row["waits_for"])
            content = {"decision": APPROVE, "reason": "", "post": row["waits_for"], "for": []}
            self.pen.person = self.people[who]
            row = subjects.advance(self.conn, self.pen, proposal, "proposal.decided", content)
        CONSEQUENCES[row["kind"]].effect.apply(self.conn, self.pen, row["subject"], {}, proposal)
        subjects.advance(self.conn, self.pen, proposal, "proposal.applied", {"publish": 0})


Act = Callable[[Publishing], None]


@dataclass(frozen=True, slots=True)
class _Story:
    """A content item; the steps tell how many hours ago each was taken."""

    kind: ContentKind
    title: str
    owner: str
    day: int  # planned for so many days from today
    channel: str
    steps: tuple[tuple[float, str, str], ...]
    code: str = ""
    secret: bool = False
    review: int = 0


STORIES = (
    _Story(_K.FRONT_PAGE, "首页主视觉：冬季好酒", "刘洋", -22, "官网", (
        (26 * 24, "planned", ""), (24 * 24, "made", "主图、轮播、楼层都已换好"), (23 * 24, "approved", ""),
        (22 * 24, "content.published", "官网首页"),
    ), review=14),
    _Story(_K.PRODUCT_PAGE, "五粮液 第八代 详情页", "刘洋", -6, "天猫", (
        (9 * 24, "planned", ""), (7 * 24, "made", "防伪说明补全"), (150, "approved", ""),
        (6 * 24, "content.published", "天猫旗舰店"),
    ), "BJ-1001"),
    _Story(_K.NEWS, "年份酒鉴别小知识", "张伟", -3, "官网", (
        (6 * 24, "planned", ""), (5 * 24, "made", "配图三张"), (102, "approved", ""),
        (3 * 24, "content.published", "官网资讯"), (50, "content.taken_down", "标题含“最”字，违反广告法"),
    )),
    _Story(_K.PRODUCT_PAGE, "剑南春 水晶剑 详情页更新", "刘洋", 0, "京东", (
        (96, "planned", ""), (52.5, "made", "规格图与资质已更新"), (50.5, "approved", ""),
    ), "BJ-1002"),
    _Story(_K.NEWS, "新品资讯：国台国标酒上市", "张伟", 0, "官网", (
        (78, "planned", ""), (47.5, "made", "文案与首图"), (45.2, "approved", ""),
    )),
    _Story(_K.NEWS, "发货公告：双十二物流安排", "张伟", 1, "全部店铺", (
        (30, "planned", ""), (7.5, "made", "已与库房核对"), (5.4, "approved", ""),
    )),
    _Story(_K.NEWS, "酒厂联名款预告", "张伟", 3, "官网", (
        (26, "planned", ""), (3.2, "made", "等酒厂授权书扫描件，文字已定"),
    ), secret=True),
    _Story(_K.SHOOT, "坚果礼盒棚拍", "刘洋", -2, "", ((7 * 24, "planned", ""),)),
    _Story(_K.SHOOT, "双十二酒具组图", "刘洋", 2, "", ((52, "planned", ""),)),
    _Story(_K.PROMOTION_PAGE, "双十二 葡萄酒节活动页", "张伟", 6, "天猫", ((28, "planned", ""),)),
)  # fmt: skip

_N = NoteKind
# (days after Monday, note); what lies in days to come is noted today
NOTES: tuple[tuple[int, MarketNote], ...] = tuple(
    (after, MarketNote(date.min, kind, shop, title, remark, code, price))
    for after, kind, shop, title, remark, code, price in (
        (0, _N.PRICE, "醉翁酒坊", "剑南春 水晶剑 52度 500ml", "", "BJ-1002", 38_600),
        (0, _N.PRICE, "云栖酒窖", "剑南春 水晶剑 52度", "满 2 件 95 折后", "BJ-1002", 37_900),
        (1, _N.PRICE, "同城酒行", "剑南春水晶剑 52° 单瓶装", "", "BJ-1002", 41_900),
        (1, _N.PRICE, "同城酒行", "五粮液 普五 第八代", "限购 2 瓶", "BJ-1001", 106_900),
        (1, _N.PRICE, "江畔商超", "五粮液 52度 普五八代 500ml", "券后", "BJ-1001", 104_900),
        (2, _N.PRICE, "云栖酒窖", "汾酒 青花20 53度", "", "BJ-1003", 37_200),
        (2, _N.PRICE, "同城酒行", "汾酒青花20 53° 500ml", "", "BJ-1003", 38_900),
        (3, _N.PRICE, "南门酒业", "长城五星赤霞珠 750ml", "两瓶起", "HJ-2002", 19_900),
        (3, _N.PRICE, "醉翁酒坊", "钓鱼台 53度 500ml", "新上架", None, 89_900),
        (1, _N.BEST_SELLER, "同城酒行", "习酒 窖藏1988 53度", "白酒榜第 1，近 7 天约 2,100 瓶", None, 54_900),
        (2, _N.BEST_SELLER, "醉翁酒坊", "古井贡 年份原浆8", "直播间主推", None, 24_800),
        (3, _N.BEST_SELLER, "南门酒业", "智利 佳美娜 六支装", "会员日加赠醒酒器", None, 33_900),
        (2, _N.TREND, "云栖酒窖", "小瓶装走俏", "100ml 至 200ml 小酒首页开专区，评论多说“自饮够喝”。", None, None),
        (4, _N.TREND, "南门酒业", "双十二预售提前", "比去年早 4 天，定金 10 元抵 50 元。", None, None),
    )
)
LAST_WEEK = (
    MarketNote(date.min, _N.PRICE, "醉翁酒坊", "剑南春 水晶剑 52度 500ml", "", "BJ-1002", 39_200),
    MarketNote(date.min, _N.BEST_SELLER, "同城酒行", "洋河 海之蓝 42度", "满减专场", None, 13_900),
    MarketNote(date.min, _N.TREND, "江畔商超", "礼盒提前备货", "坚果与酒的组合礼盒占首页两屏。", None, None),
)


def plan_publishing(clock: Clock, days: int) -> Iterator[Happens]:
    """What happens when, in an office that is `days` old."""
    now = clock.now()
    first, latest = to_ms(now - timedelta(days=days)), to_ms(now) - LATEST_MS

    def at(moment: int, act: Act) -> Happens:
        return Happens(min(max(moment, first), latest), NO_ORDER, act=act)

    for story in STORIES:
        for hours, step, note in story.steps:
            yield at(to_ms(now) - int(hours * HOUR_MS), _content(story, step, note, now))
    yield from (at(moment, act) for moment, act in _promotion(now))
    yield from (at(moment, act) for moment, act in _market(now))


def _content(story: _Story, step: str, note: str, now: datetime) -> Act:
    def act(desk: Publishing) -> None:
        conn, pen, title = desk.conn, desk.pen, story.title
        pen.person = desk.people[story.owner]
        if step == "planned":
            desk.numbers[title] = subjects.begin(conn, pen, "content.planned", _facts(desk, story, now))
        elif step == "made":
            row = subjects.advance(conn, pen, desk.numbers[title], "content.made", {"note": note})
            desk.numbers[f"{title}?"] = desk.propose(approval_kind(row), row["id"], title, note)
        elif step == "approved":
            desk.agree(title)
        else:
            subjects.advance(conn, pen, desk.numbers[title], step, {"note": note})

    return act


def _facts(desk: Publishing, story: _Story, now: datetime) -> dict[str, Any]:
    day = now.astimezone(OFFICE_ZONE).date() + timedelta(days=story.day)
    return {
        "kind": story.kind.value,
        "title": story.title,
        "owner": desk.people[story.owner],
        "planned_for": day.isoformat(),
        "channel": story.channel,
        "product": article_of(desk.conn, story.code).product if story.code else None,
        "confidential": story.secret,
        "review_days": story.review,
    }


def _promotion(now: datetime) -> Iterator[tuple[int, Act]]:
    """One that began the day before yesterday and goes on for some days."""
    midnight = now.astimezone(OFFICE_ZONE).replace(hour=0, minute=0, second=0, microsecond=0)
    starts, ends = midnight - timedelta(days=2), midnight + timedelta(days=4)
    name = "白酒直降周"

    def plan(desk: Publishing) -> None:
        desk.pen.person = desk.people["张伟"]
        prices = {"BJ-1003": 37_500, "BJ-1007": 53_500, "BJ-1004": 28_300}
        draft = PromotionDraft(name, "三款直降，不与店铺券同享", starts, ends, 680_000, prices)
        desk.numbers[name] = plan_within(desk.conn, desk.pen, draft)
        desk.numbers[f"{name}?"] = desk.propose("promotion", desk.numbers[name], name, "库存偏高，配合周末流量")

    def start(desk: Publishing) -> None:
        desk.pen.person = SYSTEM
        subjects.advance(desk.conn, desk.pen, desk.numbers[name], "promotion.started", {})

    yield to_ms(starts) - 3 * DAY_HOURS * HOUR_MS, plan
    yield to_ms(starts) - 2 * DAY_HOURS * HOUR_MS, lambda desk: desk.agree(name)
    yield to_ms(starts), start


def _market(now: datetime) -> Iterator[tuple[int, Act]]:
    today = now.astimezone(OFFICE_ZONE).date()
    monday, _sunday = week_of(today)
    noted = [(monday - timedelta(days=3), note) for note in LAST_WEEK]
    noted += [(min(monday + timedelta(days=after), today), note) for after, note in NOTES]
    for day, note in noted:
        yield day_bounds(day)[0] + 17 * HOUR_MS, _noting(day, note)


def _noting(day: date, note: MarketNote) -> Act:
    facts = asdict(note) | {"day": day.isoformat(), "kind": note.kind.value}

    def act(desk: Publishing) -> None:
        desk.pen.person = desk.people["张伟"]
        subjects.begin(desk.conn, desk.pen, "market.noted", facts)

    return act
