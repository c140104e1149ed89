"""Awards given before this site kept the register: read from a spreadsheet, looked at line by line, then entered."""
