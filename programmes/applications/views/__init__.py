"""Pages of applicants and referees."""
