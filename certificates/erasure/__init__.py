"""Erasing what an award says of a person: the name and the file go; number, code and hash stay."""
