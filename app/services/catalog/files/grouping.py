"""Rows become products: one each, those with the same name of product together, or articles that name their product."""

from collections.abc import Callable, Iterator, Sequence

from app.errors import AppError
from app.services.catalog.check import check_product
from app.services.catalog.draft import ProductDraft, VariantDraft
from app.services.catalog.files.build import build_article, build_product
from app.services.catalog.files.errors import (
    ArticleError,
    BarcodeRepeatedError,
    CodeMissingError,
    CodeRepeatedError,
    NoArticlesError,
    ParentMissingError,
    ProductRepeatedError,
)
from app.services.catalog.files.plan import Cells, Entry, Plan
from app.services.catalog.gtin import same_item
from app.services.intake.draft import Reject
from app.services.intake.errors import RowError
from app.services.intake.names import fold

Entries = Iterator[Entry]
Made = Iterator[ProductDraft | Reject]

_OF_ARTICLES = ("code", "variant", "barcode", "price")  # a row with none of them is a picture


class Seen:
    """The codes of the file so far and the rows that they stand in."""

    def __init__(self) -> None:
        self._codes: dict[str, int] = {}
        self._barcodes: dict[str, int] = {}

    def note(self, articles: Sequence[tuple[int, VariantDraft]]) -> None:
        """Remember the articles of a product, all or none; raises CodeRepeatedError, BarcodeRepeatedError."""
        codes, barcodes = dict[str, int](), dict[str, int]()
        for row, article in articles:
            other = self._codes.get(article.code) or codes.get(article.code)
            if other:
                raise CodeRepeatedError(code=article.code, other=other)
            codes[article.code] = row
            for one in article.barcodes:
                item = same_item(one.code)
                other = self._barcodes.get(item) or barcodes.get(item)
                if other:
                    raise BarcodeRepeatedError(code=one.code, other=other)
                barcodes[item] = row
        self._codes.update(codes)
        self._barcodes.update(barcodes)


def products_of(plan: Plan, entries: Entries) -> Made:
    """The products that the rows tell of."""
    ways: dict[str, Callable[[Plan, Entries, Seen], Made]] = {
        "row": _each_row,
        "product": _by_product,
        "parent": _by_parent,
    }
    return ways[plan.format.rows](plan, entries, Seen())


def _each_row(plan: Plan, entries: Entries, seen: Seen) -> Made:
    for entry in entries:
        yield _product(plan, entry, [entry], seen)


def _by_product(plan: Plan, entries: Entries, seen: Seen) -> Made:
    begun: dict[str, int] = {}
    group: list[Entry] = []
    current = ""
    for entry in entries:
        product = entry.cells.get("product", "")
        if group and (product != current or not product):
            yield _grouped(plan, group, begun, seen)
            group = []
        current = product
        group.append(entry)
    if group:
        yield _grouped(plan, group, begun, seen)


def _grouped(plan: Plan, rows: Sequence[Entry], begun: dict[str, int], seen: Seen) -> ProductDraft | Reject:
    """The product of rows that stand together."""
    head, product = rows[0], rows[0].cells.get("product", "")
    if product in begun:
        return _refused(head, ProductRepeatedError(product=product, other=begun[product]))
    if product:
        begun[product] = head.row
    articles = [one for one in rows if one.error or any(field in one.cells for field in _OF_ARTICLES)]
    return _product(plan, head, articles, seen)


def _by_parent(plan: Plan, entries: Entries, seen: Seen) -> Made:
    """Products of one article at once; those whose articles may stand anywhere when all rows are read."""
    types = {fold(word): kind for word, kind in plan.format.types.items()}
    parents: list[Entry] = []
    children: dict[str, list[Entry]] = {}
    for entry in entries:
        kind = types.get(fold(entry.cells.get("type", "")), "single")
        if kind == "parent":
            parents.append(entry)
        elif kind == "child":
            children.setdefault(entry.cells.get("parent", ""), []).append(entry)
        else:
            yield _product(plan, entry, [entry], seen)
    for head in parents:
        names = (f"id:{head.cells.get('product', '')}", head.cells.get("code", ""))
        articles = [one for name in dict.fromkeys(names) if name for one in children.pop(name, ())]
        yield _product(plan, head, sorted(articles, key=lambda one: one.row), seen)
    for name, orphans in children.items():
        yield from (_refused(one, ParentMissingError(product=name)) for one in orphans)


def _product(plan: Plan, head: Entry, rows: Sequence[Entry], seen: Seen) -> ProductDraft | Reject:
    """The product of these rows, or why there is none."""
    row = head.row
    try:
        if not rows:
            raise NoArticlesError
        articles = []
        for entry in rows:
            row = entry.row
            articles.append((row, build_article(plan, entry)))
        row = head.row
        made = build_product(plan, head, [article for _row, article in articles])
        seen.note(articles)
        check_product(made)
    except RowError as error:
        return _refused(head, error if row == head.row else ArticleError(article=row, reason=str(error)))
    except AppError as error:
        return _refused(head, error)
    return made


def _refused(entry: Entry, error: AppError) -> Reject:
    cells = entry.cells
    known = "" if isinstance(error, CodeMissingError) else cells.get("code", "")
    return Reject(entry.row, str(error), known or _named(cells))


def _named(cells: Cells) -> str:
    """What a row without a code is known by."""
    return next((cells[field] for field in ("product", "barcode", "name") if field in cells), "")
