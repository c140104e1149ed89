"""Assignments: handing in a text or files, marking them, giving the marks back."""
