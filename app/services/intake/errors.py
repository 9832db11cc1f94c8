"""What can be wrong with a file that comes in, each with a sentence that says what to do."""

from collections.abc import Sequence

from app.errors import InputError
from app.i18n import N_


class FileUnreadableError(InputError):
    """The computer does not hand the file out: missing, locked, a folder."""

    message = N_("{file} cannot be opened: {detail}")


class EmptyFileError(InputError):
    """Nothing in it."""

    message = N_("{file} is empty. Export it again on the platform.")


class BinaryFileError(InputError):
    """Neither text, workbook nor JSON."""

    message = N_("{file} is no table. Choose the order export as csv, txt, xlsx, xls or json.")


class ArchiveError(InputError):
    """A zip that is no workbook."""

    message = N_("{file} is a packed archive. Unpack it first and choose the files inside.")


class WebPageError(InputError):
    """An HTML page under the name of a workbook, as some back ends write it."""

    message = N_("{file} is a web page, not a workbook. Open it in Excel or WPS and save it as xlsx.")


class EncodingError(InputError):
    """Neither UTF-8 nor GB18030."""

    message = N_("The characters of {file} are neither UTF-8 nor GB18030. Save it again as “CSV UTF-8”.")


class LongLineError(InputError):
    """A line longer than any order."""

    message = N_("Line {line} of {file} is longer than {limit} characters: this is no order export.")


class TruncatedFileError(InputError):
    """The file ends in the middle."""

    message = N_("{file} breaks off in the middle, so goods could be missing. Download it again.")


class BrokenFileError(InputError):
    """The file's structure is damaged."""

    message = N_("{file} is damaged ({detail}). Download it again.")


class ChangedFileError(InputError):
    """The file became another one while it was read."""

    message = N_("{file} was changed while it was read. Wait until it is complete and try again.")


class PasswordFileError(InputError):
    """An encrypted workbook."""

    message = N_("{file} is protected by a password. Open it in Excel or WPS, remove the password and save it again.")


class OversizedFileError(InputError):
    """A file that would need more memory than any order export is worth, such as a zip bomb."""

    message = N_("{file} unpacks to far more than an order export holds. It was not opened; save it as csv.")


class NoRowsError(InputError):
    """A header without orders."""

    message = N_("{file} has a header but no orders below it. Choose another period on the platform.")


class SpoiledNumbersError(InputError):
    """Order numbers that Excel rounded away."""

    message = N_(
        "Row {row} of {file} has the order number {text}: Excel has rounded the numbers and they cannot be "
        "brought back. Export again and do not save the file in Excel, or open it with the column as text."
    )


class UnknownFormatError(InputError):
    """No format fits; carries what the mapping dialog needs."""

    message = N_("The columns of {file} belong to no known order report. Say which column is which.")

    def __init__(self, headers: Sequence[str] = (), rows: Sequence[Sequence[str]] = (), **params: object) -> None:
        super().__init__(**params)
        self.headers = tuple(headers)
        self.rows = tuple(tuple(row) for row in rows)


class MissingColumnError(UnknownFormatError):
    """Nearly a known report."""

    message = N_("{file} looks like “{format}” but lacks the column {columns}. Export it with that column.")


class ItemsAloneError(InputError):
    """The goods without their orders."""

    message = N_("{file} holds only the goods. Choose the order file “{format}” together with it.")


class FilesDoNotJoinError(InputError):
    """Several files that are not one export."""

    message = N_("These files are not one export. Import {file} by itself.")


class MappingError(InputError):
    """A column mapping that cannot work."""

    message = N_("The column mapping “{name}” cannot be used: {detail}")


class FormatError(InputError):
    """A format file of the program that says something impossible."""

    message = N_("The format file {file} is wrong: {detail}")


class RowError(InputError):
    """Why an order cannot be taken from its rows; `row` is counted from 1, 0 means the order's first row."""

    message = N_("This row cannot be read.")

    def __init__(self, row: int = 0, **params: object) -> None:
        super().__init__(**params)
        self.row = row


class NumberMissingError(RowError):
    message = N_("There is no order number.")


class NumberTooLongError(RowError):
    message = N_("The order number is longer than {limit} characters.")


class SpoiledNumberError(RowError):
    message = N_("Excel has rounded “{text}” in the column {column}. Export again and keep the column as text.")


class AmountError(RowError):
    message = N_("“{text}” in the column {column} is no amount.")


class QuantityError(RowError):
    message = N_("“{text}” in the column {column} is no whole quantity.")


class DateError(RowError):
    message = N_("“{text}” in the column {column} is no date that this format knows.")


class ZoneError(RowError):
    message = N_("The time zone “{text}” is not known.")


class CurrencyError(RowError):
    message = N_("“{text}” is no currency code.")


class ReturnError(RowError):
    message = N_("A negative quantity or amount ({text}): a return or credit note, not an order.")


class AbsurdAmountError(RowError):
    message = N_("The amount {text} is beyond anything the office sells.")


class AbsurdQuantityError(RowError):
    message = N_("The quantity {text} is beyond anything the office sells.")


class ContradictionError(RowError):
    message = N_("The rows of this order contradict each other in {column}: “{first}” and “{other}”.")


class RepeatedNumberError(RowError):
    message = N_("The order number stands again in row {other} with other facts.")


class TooManyLinesError(RowError):
    message = N_("The order has more than {limit} lines.")


class ItemRowError(RowError):
    message = N_("Row {item_row} of the item file: {reason}")


class NoGoodsError(RowError):
    message = N_("The item file has no goods for this order.")


class OrphanGoodsError(RowError):
    message = N_("The order file has no order for these goods.")
