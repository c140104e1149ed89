"""The H5P format, without the LMS: what a package is, whether it is safe, what parameters may hold, how it is played.

Plain Python. Of Django it uses the translation of sentences and nothing else: no models, no settings, no requests;
of this project it imports nothing. What lives where:

- `problems`: every way in which a package can be wrong, with its sentence (`Rule`, `Problem`, `PackageRefused`)
- `limits`: how large, deep and many things may be (`Limits`)
- `names`: names and versions of libraries (`LibraryName`)
- `entries`, `file_types`, `bounded_json`: names inside a zip, what files may be, JSON that cannot grow
- `manifest`, `library`: the values of h5p.json and library.json (`Manifest`, `LibraryInfo`)
- `package`: reading a .h5p file safely (`open_package`, `Package`)
- `dependencies`: what a library needs and in which order it is loaded (`needed_libraries`)
- `semantics`, `visibility`, `patterns`: the fields of a content type (`parse_semantics`), when they show, what matches
- `sanitize`, `markup`: parameters brought into the shape that semantics allow (`Sanitizer`)
- `content_index`: the libraries and files that parameters use (`uses_of`)
- `integration`, `words`: the H5PIntegration object that the H5P core reads in the browser (`integration`)
- `xapi`, `completing`, `report`: what a player reports, when that ends an attempt, how it is read by people
- `export`: a .h5p file that other systems accept (`write_package`), or libraries alone
"""
