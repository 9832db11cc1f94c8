"""The one way to write a fact down, so that the same fact has the same hash everywhere; without the database."""

import hashlib
import json
from collections.abc import Iterable, Mapping

SALT_BYTES = 16

_encoder = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False, check_circular=False
)


def canonical(content: Mapping[str, object]) -> str:
    """The one way to write `content`: JSON with sorted keys, no spaces, no floats that are not numbers."""
    return _encoder.encode(content)


def commitment(salt: bytes, values: Iterable[str]) -> str:
    """Hex SHA-256 over the salt and the personal fields in the order of PERSONAL_FIELDS.

    The unit separator parts the fields; `clean_person` keeps it out of them.
    """
    return hashlib.sha256(salt + "\x1f".join(values).encode("utf-8", "surrogatepass")).hexdigest()
