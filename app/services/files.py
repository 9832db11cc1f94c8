"""Files kept in the office (附件): pictures of products and attachments of proposals, named by what they hold."""

import hashlib
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import insert, select

from app.errors import InputError, NotFoundError, system_reason
from app.i18n import N_
from app.models.files import blobs
from app.services.access import Context, Permission, requires

MOST_BYTES = 10 * 1024 * 1024
PAPER = "application/pdf"

# (where it stands, what stands there) → media type; what a file is called proves nothing.
_SIGNS: tuple[tuple[int, bytes, str], ...] = (
    (0, b"\x89PNG\r\n\x1a\n", "image/png"),
    (0, b"\xff\xd8\xff", "image/jpeg"),
    (8, b"WEBP", "image/webp"),
    (0, b"%PDF-", PAPER),
)


class LargeFileError(InputError):
    """Pictures for a screen and papers for a file are small."""

    message = N_("{file} has {size} MB; at most {most} MB are kept. Make it smaller first.")


class WrongFileError(InputError):
    """Only what everybody here can look at is kept."""

    message = N_("{file} is neither a picture (PNG, JPEG, WebP) nor a PDF.")


class NoPictureError(InputError):
    """What a product shows is seen at a glance."""

    message = N_("{file} is no picture (PNG, JPEG, WebP).")


class UnreadableFileError(InputError):
    """The file could not be read at all."""

    message = N_("{file} cannot be read: {detail}")


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file as it is kept."""

    digest: str
    media: str
    data: bytes


def read_picture(path: Path, *, papers: bool = True) -> StoredFile:
    """A file made ready to be kept; raises LargeFileError, WrongFileError, UnreadableFileError.

    Without `papers` raises NoPictureError for a PDF too.
    """
    try:
        size = path.stat().st_size
        if size > MOST_BYTES:
            raise LargeFileError(file=path.name, size=-(-size // 1024**2), most=MOST_BYTES // 1024**2)
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFileError(file=path.name, detail=system_reason(error)) from error
    media = next((media for at, sign, media in _SIGNS if data[at : at + len(sign)] == sign), None)
    if not papers and media in {None, PAPER}:
        raise NoPictureError(file=path.name)
    if media is None:
        raise WrongFileError(file=path.name)
    return StoredFile(hashlib.sha256(data).hexdigest(), media, data)


@requires(Permission.PROPOSE)
def keep_file(ctx: Context, path: Path, *, papers: bool = True) -> str:
    """Keep a file and return its digest; the same file is kept once. Without `papers` only a picture is kept."""
    kept = read_picture(path, papers=papers)
    with ctx.writing() as conn:
        if conn.execute(select(blobs.c.size).where(blobs.c.digest == kept.digest)).first() is None:
            row = {"digest": kept.digest, "media": kept.media, "size": len(kept.data), "data": kept.data}
            conn.execute(insert(blobs).values(row))
    return kept.digest


@requires(Permission.CATALOG_READ)
def load_file(ctx: Context, digest: str) -> StoredFile:
    """A kept file; raises NotFoundError."""
    with ctx.reading() as conn:
        row = conn.execute(select(blobs).where(blobs.c.digest == digest)).one_or_none()
    if row is None:
        raise NotFoundError(what=digest)
    return StoredFile(row.digest, row.media, bytes(row.data))
