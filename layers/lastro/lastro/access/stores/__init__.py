"""A partner's own stores: opening one, switching it on and off, linking it to banks."""
