"""The designer: staff say what stands where on an award, look at it, publish versions, pass designs on as files."""
