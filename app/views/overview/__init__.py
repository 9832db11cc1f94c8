"""The figures of the day on the screen."""
