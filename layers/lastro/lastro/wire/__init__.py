"""What every request is made of, and what reports are: the base class here, field types and sheets beside it."""
