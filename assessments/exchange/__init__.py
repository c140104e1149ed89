"""Questions that come from and go to other systems: GIFT and Moodle XML.

Reading is pure: bytes in, `ReadQuestion`, `ReadCategory` and `Skipped` values out, one after another. Only
`services` knows the database.
"""
