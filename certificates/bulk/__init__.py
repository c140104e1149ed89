"""Issuing to everybody who qualifies in an edition: seen first, done in the background, handed on as one file."""
