"""Customers and the personal fields of orders, which can be erased without breaking the chain (rules C1, C3).

The ledger holds a salted commitment (SHA-256) of the personal fields; the clear values and the salt stand here and
may be deleted, never changed.
"""

from sqlalchemy import Column, Index, Integer, Table

from app.models.base import Bytes, Id, Words, metadata

PERSONAL_FIELDS = (
    "name",
    "phone",
    "province",
    "city",
    "district",
    "address",
    "postcode",
    "buyer",
    "message",
    "remark",
)

personal = Table(
    "personal",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),  # the entry that holds the commitment
    Column("order", Id, nullable=False),
    Column("salt", Bytes, nullable=False),
    *(Column(name, Words, nullable=False) for name in PERSONAL_FIELDS),
)
Index("ix_personal_order", personal.c.order)

# Who is the same customer: a keyed hash of phone or account → the customer's number. Erasable.
customer_keys = Table(
    "customer_keys",
    metadata,
    Column("key", Bytes, primary_key=True),
    Column("customer", Id, nullable=False),
)
Index("ix_customer_keys_customer", customer_keys.c.customer)

# Marks on a customer; a customer without marks needs no row. The number is that of the customer's first order.
customers = Table(
    "customers",
    metadata,
    Column("id", Id, primary_key=True, autoincrement=False),
    Column("flagged", Integer, nullable=False),
    Column("reason", Words, nullable=False),
    Column("erased", Integer, nullable=False),
)
