"""The one way to write a fact down, so that the same fact has the same hash everywhere."""

import json
from collections.abc import Mapping

_encoder = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), sort_keys=True, allow_nan=False, check_circular=False
)


def canonical(content: Mapping[str, object]) -> str:
    """The one way to write `content`: JSON with sorted keys, no spaces, no floats that are not numbers."""
    return _encoder.encode(content)
