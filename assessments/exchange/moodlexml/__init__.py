"""Reading and writing Moodle XML, the format Moodle keeps questions in outside itself."""

# What this site says of its own questions beside what Moodle understands; Moodle passes over it.
NAMESPACE = "urn:unicri:lms:questions:1"
