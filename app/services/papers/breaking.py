"""Breaking text into lines the Chinese way (避头尾): words stay whole, closing marks never begin a line."""

from bisect import bisect_right
from collections.abc import Callable, Iterator
from itertools import accumulate

NO_START = frozenset("、。，．：；！？）〕］｝〉》」』】〗〙〟’”…‥—～·ー々％‰℃°×,.:;!?)]}>%")
NO_END = frozenset("（〔［｛〈《「『【〖〘〝‘“([{<¥￥＄＃№$#")
BLANKS = 32  # over so many blanks a mark still holds on to its neighbour
LOOK_BACK = 3  # characters that a forced cut may give up to keep marks from the edges


def break_lines(text: str, limit: float, width: Callable[[str], float]) -> list[str]:
    """`text` as lines whose characters' widths come to `limit` at most (a single wider one stands alone).

    Nothing is lost but the blanks at a break; what is too long for a line and has no place to break is cut.
    """
    return [line for paragraph in text.split("\n") for line in _fill(paragraph, limit, width)]


def _fill(paragraph: str, limit: float, width: Callable[[str], float]) -> Iterator[str]:
    edges = list(accumulate(map(width, paragraph), initial=0.0))
    start, length = 0, len(paragraph)
    while start < length and edges[length] - edges[start] > limit:
        fitting = max(bisect_right(edges, edges[start] + limit) - 1, start + 1)
        if fitting == length:
            break
        place = _place(paragraph, start, fitting)
        if line := paragraph[start:place].rstrip():
            yield line
        start = place
        while start < length and paragraph[start].isspace():
            start += 1
    if start < length or not paragraph:
        yield paragraph[start:]


def _place(text: str, start: int, fitting: int) -> int:
    """Where to end the line that began at `start`: the last good place up to `fitting`, else a cut."""
    for place in range(fitting, start, -1):
        if _may_break(text, place):
            return place
    for place in range(fitting, max(start, fitting - LOOK_BACK), -1):
        if text[place] not in NO_START and text[place - 1] not in NO_END:
            return place
    return fitting


def _may_break(text: str, place: int) -> bool:
    before, after = text[place - 1], text[place]
    if before.isspace() or after.isspace():
        before = text[max(place - BLANKS, 0) : place].rstrip()[-1:]
        after = text[place : place + BLANKS].lstrip()[:1]
        return after not in NO_START and before not in NO_END
    return after not in NO_START and before not in NO_END and not (_in_word(before) and _in_word(after))


def _in_word(char: str) -> bool:
    return "!" <= char <= "\u024f" or "\u0300" <= char <= "\u036f"
