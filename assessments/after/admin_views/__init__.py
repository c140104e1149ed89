"""Staff screens of marking, regrades, the analysis of questions and the table of answers."""
