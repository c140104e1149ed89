"""What is done for many at once."""
