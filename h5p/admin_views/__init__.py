"""The staff's screens: content and uploads for authors, libraries for their manager."""
