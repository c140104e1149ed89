"""Choosing whom to admit: criteria, scores given blind, the committee's ranking, decisions, letters and places."""
