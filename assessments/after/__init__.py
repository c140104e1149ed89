"""What follows once attempts are handed in: marking, grading anew, looking at the questions, taking answers out."""
