"""Papers: letters, statements and transcripts, written by staff as templates, issued and verified like awards."""
