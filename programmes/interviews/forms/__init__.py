"""Forms of interviews."""
