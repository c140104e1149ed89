"""Staff screens of calls and applications."""
