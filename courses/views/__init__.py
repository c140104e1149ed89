"""The course screens of the CMS: overview, outline, review, history, team, preview."""
