"""The forms trainers fill. They check shape only: a draft may be incomplete, and says elsewhere what it lacks."""
