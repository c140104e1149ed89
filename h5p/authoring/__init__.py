"""Forms for content, drawn from the semantics of the libraries that are installed. Knows no lesson and no learner.

    form = ContentForm(library, user=request.user, language="ar")                        # new
    form = ContentForm(library, user=request.user, **edited(version))                    # what a version holds
    form = ContentForm(…, data=request.POST)                                             # sent

    if request.method == "POST" and form.is_valid():
        with transaction.atomic():
            save_version(content, title=form.title, library=library.name, params=form.params,
                         metadata=form.metadata, files=form.store_files(), language=language, by=request.user)
    status = 422 if form.errors else 200

In a template, inside `<form method="post" enctype="multipart/form-data" novalidate data-h5p-form>`:

    {{ form.render }}        and        {{ form.media }}  (in extra_css and extra_js)

- `is_valid()` is false, with no `errors`, where somebody without JavaScript pressed "Add", "Move up" and the like: draw
  the form again with status 200. What was typed is always in what is drawn.
- `language` is that of the content as it is chosen now: ready-made words that nobody has changed follow it.
- `errors` are sentences by the name of the field; `render()` begins with a summary that links to them.
- `params` hold everything that the form does not show as it came.
- `notes` say plainly what a form cannot do as well as a drawn editor.
"""

from h5p.authoring.content_form import ContentForm, edited

__all__ = ["ContentForm", "edited"]
