"""The fields of a form, as they begin, are sent, checked and drawn."""
