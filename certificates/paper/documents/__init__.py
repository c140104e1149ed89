"""Documents of any number of pages (transcripts, letters, dossiers) as archival, tagged PDF.

What a document says is plain data (`content`, kept as `plain`); `drawing.draw` makes the same bytes of the same data,
or raises PaperError with a sentence. Only drawing loads the engine.
"""
