"""The pages of assignments in the classroom."""
