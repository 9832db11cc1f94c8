"""What runs and tells beside the panels of a desk."""
