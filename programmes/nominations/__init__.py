"""People whom a partner nominates: a spreadsheet is read, looked at line by line, then drafts are begun for them."""
