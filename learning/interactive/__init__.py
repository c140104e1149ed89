"""Interactive activities: played, remembered and scored; written in the CMS."""
