"""What learners, authors and markers send. Shape is checked here; rules by the services."""
