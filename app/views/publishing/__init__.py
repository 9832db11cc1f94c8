"""The publishing panel (发布): content schedule, promotions, the market."""
