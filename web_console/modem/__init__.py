"""A 4G modem on the desk's own computer: texts by AT commands."""
