"""Staff screens of the gradebook."""
