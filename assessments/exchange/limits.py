"""How much a file may hold. Each bound keeps one careless or hostile file from taking memory or time from everybody."""

# Five thousand questions of text are about 15 MB; a larger file is one with many pictures, better sent in parts.
MAX_BYTES = 32 * 1024 * 1024
# Read and decoded at a time.
CHUNK = 64 * 1024
# Elements within elements: Moodle's own files have at most seven.
MAX_DEPTH = 32
# Elements of one question: a long one has some hundred.
MAX_ELEMENTS = 5_000
# Letters of one text (a stem, an option): a hundred pages.
MAX_TEXT = 200_000
# Marks of HTML in one text.
MAX_TAGS = 10_000
# Letters of one question, the pictures inside it included.
MAX_QUESTION = 24 * 1024 * 1024
# Marks within marks.
MAX_MARKS_DEEP = 100
MAX_OPTIONS = 200
MAX_FILES = 50
# Lines of comment before a question of GIFT, and paragraphs its answers may go on over.
MAX_COMMENTS = 100
MAX_PARAGRAPHS = 50
# Questions, and categories, of one file: twice as many as the largest bank we know of.
MAX_QUESTIONS = 10_000
MAX_CATEGORIES = 500
MAX_CATEGORY_DEPTH = 10
MAX_TAGS_OF_QUESTION = 50
NAME_LENGTH = 150
