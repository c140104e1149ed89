"""The programme as its students see it: one place for where I am, what is due and how I stand."""
