"""The rules of the ordinance, one module each, as arithmetic on rates and days."""
