"""What can be wrong with a product file and its rows, each with a sentence that says what to do."""

from app.i18n import N_
from app.services.intake.errors import MappingError, NoRowsError, RowError, UnknownFormatError


class UnknownProductsError(UnknownFormatError):
    """No format fits; carries the columns and rows that the mapping dialog shows."""

    message = N_("The columns of {file} belong to no known product list. Say which column is which.")


class MissingProductColumnError(UnknownProductsError):
    """Nearly a known product list."""

    message = N_("The product list {file} looks like “{format}” but lacks the column {columns}.")


class NoProductsError(NoRowsError):
    """A header without products."""

    message = N_("{file} has a header but no products below it.")


class ProductMappingError(MappingError):
    """A column mapping that cannot work."""

    message = N_("The mapping of the product list “{name}” cannot work: {detail}")


class NameMissingError(RowError):
    message = N_("There is no product name.")


class CodeMissingError(RowError):
    message = N_("There is no product code.")


class TextTooLongError(RowError):
    message = N_("The text in the column {column} is longer than {limit} characters.")


class FormulaError(RowError):
    message = N_("The column {column} holds the formula error {text}. Put the formula right or write the value.")


class NegativeError(RowError):
    message = N_("“{text}” in the column {column} is negative.")


class CurrencyError(RowError):
    message = N_("“{text}” in the column {column} is no currency code such as CNY.")


class DecimalsError(RowError):
    message = N_("The amount {text} in the column {column} has more decimals than its currency.")


class BarcodeError(RowError):
    message = N_("The column {column}: {reason}")


class MultiplierError(RowError):
    message = N_("“{text}” in the column {column}: a barcode stands for 1 to {most} pieces.")


class CaseSizeError(RowError):
    message = N_("The case code {text} does not say how many it holds. Write it as in {text}*6.")


class PackSizeError(RowError):
    message = N_("A pack of {base}, but no column and no name says how many it holds.")


class CodeRepeatedError(RowError):
    message = N_("The code {code} stands in row {other} already.")


class BarcodeRepeatedError(RowError):
    message = N_("The barcode {code} stands in row {other} already.")


class ProductRepeatedError(RowError):
    message = N_("The rows of the product {product} do not stand together: it begins in row {other} already.")


class ParentMissingError(RowError):
    message = N_("The product {product} that this article belongs to is not in the file.")


class NoArticlesError(RowError):
    message = N_("The product has no article that can be read.")


class ArticleError(RowError):
    message = N_("Row {article}: {reason}")
