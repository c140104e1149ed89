"""What changes interactive activities and what learners do in them."""
