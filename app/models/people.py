"""People of the office: posts, levels (rule A2) and what they sign in with (rule A3)."""

from enum import StrEnum

from sqlalchemy import Column, Integer, Table

from app.i18n import N_
from app.models.base import Id, Moment, Words, metadata

SYSTEM = 0  # the program itself, as the person of an entry


class Post(StrEnum):
    """The office's posts (岗位); one person may hold several and signs in with one."""

    SERVICE = "service"  # 客服
    LEAD = "lead"  # 客服主管, the customer-service lead
    PLANNER = "planner"  # 电商策划
    LISTING = "listing"  # 版块维护专员
    DESIGN = "design"  # 设计文案
    DELIVERY = "delivery"  # 领货送货
    IT = "it"
    FINANCE = "finance"  # 财务
    MARKETING = "marketing"  # 市场部
    MANAGER = "manager"  # 部门经理 = 市场总监
    DIRECTOR = "director"  # 总经理


def stored_posts(text: str) -> tuple[Post, ...]:
    """Somebody's posts, which a row keeps parted by commas, the main one first."""
    return tuple(map(Post, text.split(",")))


class Level(StrEnum):
    """Rule A2's three levels."""

    ORDINARY = "ordinary"  # reads what is public in the office
    BACK_OFFICE = "back_office"  # enters and changes what the post may
    DATABASE = "database"  # backup, restore, people


POST_WORDS = {
    Post.SERVICE: N_("Customer service"),
    Post.LEAD: N_("Service lead"),
    Post.PLANNER: N_("Planner"),
    Post.LISTING: N_("Listing specialist"),
    Post.DESIGN: N_("Design and copy"),
    Post.DELIVERY: N_("Picking and delivery"),
    Post.IT: N_("IT"),
    Post.FINANCE: N_("Finance"),
    Post.MARKETING: N_("Marketing"),
    Post.MANAGER: N_("Department manager"),
    Post.DIRECTOR: N_("General manager"),
}
LEVEL_WORDS = {
    Level.ORDINARY: N_("Ordinary (reads)"),
    Level.BACK_OFFICE: N_("Back office (enters what the post may)"),
    Level.DATABASE: N_("Database administrator"),
}

people = Table(
    "people",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("name", Words, nullable=False, unique=True),
    Column("posts", Words, nullable=False),  # comma-separated Post values
    Column("level", Words, nullable=False),
    Column("active", Integer, nullable=False),
)

# Never in the ledger: a hash of a password is still a secret.
credentials = Table(
    "credentials",
    metadata,
    Column("person", Id, primary_key=True, autoincrement=False),
    Column("password_hash", Words, nullable=False),
    Column("changed_at", Moment, nullable=False),
    Column("must_change", Integer, nullable=False),
    Column("failed", Integer, nullable=False),
    Column("locked_until", Moment, nullable=False),
)
