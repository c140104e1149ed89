"""Where trainers write quizzes, inside the CMS."""
