"""The names of fields in a form: the steps of a path, quoted so that no field name can be mistaken for one.

"params/questions/k3/params/text" is a text; after a colon stands what belongs to a field besides its value.
"""

import re
from urllib.parse import quote

# What the field holds as JSON, where its control cannot show that: kept while the control is left alone.
WAS = ":was"
# The keys of a group that the form does not show.
REST = ":rest"
# The keys of a list's items, in their order.
ITEM = ":item"
# All of a part that is not drawn, as JSON.
CLOSED = ":closed"
# The content type chosen for a part, the one whose fields are drawn, and the part's own identifier.
TYPE = ":type"
DRAWN = ":drawn"
PART = ":part"
# The file that is there, a file on the web, and that the file is to go.
FILE = ":file"
WEB = ":web"
GONE = ":gone"
# What somebody without JavaScript wants done: "up:params/questions/k3".
DO = "form:do"
# The language of the ready-made words in the form as it was drawn.
LANGUAGE = "form:language"
# All fields in one, as JSON of pairs.
WHOLE = "form:whole"

KEY = re.compile(r"[a-z0-9]{1,16}", re.ASCII)


def join(path: str, *steps: str) -> str:
    """A path some steps further."""
    quoted = (quote(step, safe="", errors="surrogatepass") for step in steps)
    return "/".join([path, *quoted] if path else quoted)


def element_id(name: str) -> str:
    """The id of the element of this name; it has no spaces, so that lists of ids can hold it."""
    return f"h5p-{name}"
