"""The screens of interactive activities in the CMS."""
