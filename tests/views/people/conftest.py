"""The office and crew of the service tests, for views on real services."""

from tests.services.conftest import crew, file_crew, office_template

__all__ = ["crew", "file_crew", "office_template"]
