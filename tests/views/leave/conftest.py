"""The pages of leave and acting on a real office."""

from tests.views.pages import open_page

__all__ = ["open_page"]
