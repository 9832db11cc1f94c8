"""Catalog: products, articles, barcodes, and their search"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SQLITE_SEARCH = (
    "CREATE VIRTUAL TABLE product_search USING fts5("
    "tokens, content='', contentless_delete=1, detail=none, tokenize='unicode61 remove_diacritics 0')"
)
POSTGRESQL_SEARCH = (
    "CREATE TABLE product_search (id BIGINT PRIMARY KEY, tokens TSVECTOR NOT NULL)",
    "CREATE INDEX ix_product_search_tokens ON product_search USING GIN (tokens)",
)


def upgrade() -> None:
    """Add the tables."""
    op.create_table(
        "barcodes",
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("variant", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("multiplier", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_barcodes")),
    )
    op.create_index("ix_barcodes_variant", "barcodes", ["variant"], unique=False)
    op.create_table(
        "products",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("brand", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("degree", sa.Integer(), nullable=True),
        sa.Column("volume", sa.Integer(), nullable=True),
        sa.Column("supplier", sa.Text(), nullable=False),
        sa.Column("lead", sa.Integer(), nullable=False),
        sa.Column("texts", sa.Text(), nullable=False),
        sa.Column("pictures", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("last_seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
    )
    op.create_index("ix_products_name", "products", ["name"], unique=False)
    op.create_index("ix_products_state", "products", ["state"], unique=False)
    op.create_table(
        "variants",
        sa.Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), autoincrement=False, nullable=False),
        sa.Column("product", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("barcodes", sa.Text(), nullable=False),
        sa.Column("pack_of", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("pack_size", sa.Integer(), nullable=False),
        sa.Column("cost", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("price", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("floor", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("shelf", sa.Text(), nullable=False),
        sa.Column("active", sa.Integer(), nullable=False),
        sa.Column("last_seq", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variants")),
    )
    op.create_index("ix_variants_code", "variants", ["code"], unique=True)
    op.create_index("ix_variants_pack_of", "variants", ["pack_of"], unique=False)
    op.create_index("ix_variants_product", "variants", ["product"], unique=False)
    if op.get_bind().dialect.name == "sqlite":
        op.execute(SQLITE_SEARCH)
        return
    for statement in POSTGRESQL_SEARCH:
        op.execute(statement)
