"""Changing libraries and content: `importing`, `libraries`, `contents`."""
