"""Product files of a kind that was explained once: the saved mapping that fits is taken without asking again."""

from pathlib import Path

from app.services.catalog.files.errors import UnknownProductsError
from app.services.catalog.files.mapping import Mapping, load_mapping, save_mapping
from app.services.catalog.files.read import ProductSource, detect_products
from app.services.intake.saved_mappings import fitting, keep_in, saved_in


def detect_with_saved(path: Path, folder: Path) -> ProductSource:
    """As `detect_products`, trying the saved mappings where no known list fits; raises as it does."""
    try:
        return detect_products(path)
    except UnknownProductsError as error:
        mapping = fitting(map(load_mapping, saved_in(folder)), error.headers)
        if mapping is None:
            raise
        return detect_products(path, mapping)


def keep(folder: Path, mapping: Mapping) -> None:
    """Save a mapping under its name; raises ProductMappingError where it cannot work."""
    save_mapping(keep_in(folder, mapping.name), mapping)
