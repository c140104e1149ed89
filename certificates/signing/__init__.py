"""The institution's signature on papers: keys, signing (PAdES) and checking.

Only `records` knows the database. `keys` and `making` need cryptography alone; `sealing` and `checking` bring pyHanko
and are loaded when something is first signed or checked.
"""
