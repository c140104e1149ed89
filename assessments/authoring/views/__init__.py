"""The screens of quizzes in the CMS."""
