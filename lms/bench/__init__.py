"""Many courses and people for measuring, made in bulk; and the visits that are measured. Never for a real site."""
