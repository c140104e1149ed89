"""The demo: a believable site, built through the services so that building it tests them. Safe to repeat."""
