"""What every request is made of: the base class here, the field types beside it."""
