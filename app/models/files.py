"""Files of the office (附件), named by what they hold; the entries that use them name the digest."""

from sqlalchemy import Column, Integer, Table

from app.models.base import Bytes, Words, metadata

blobs = Table(
    "blobs",
    metadata,
    Column("digest", Words, primary_key=True),  # SHA-256, hexadecimal
    Column("media", Words, nullable=False),
    Column("size", Integer, nullable=False),
    Column("data", Bytes, nullable=False),
)
