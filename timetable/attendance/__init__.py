"""Who was there: registers, check-ins, corrections, and what they come to."""
