"""Publishing (发布): content items, the 48 hours, the front page, the market digest."""
