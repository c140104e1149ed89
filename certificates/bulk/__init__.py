"""Issuing to everybody who qualifies in an edition: seen before it happens, done in the background, handed on as one file."""
