"""Contracts for the person who signed them, in the customers' portal."""
