"""Accounts and sessions of officers and volunteers."""
