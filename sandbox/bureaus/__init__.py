"""The sandbox bureaus: one HTTP service that plays every provider of the catalogue in its own dialect."""

from sandbox.bureaus.app import add_bureaus, create_app

__all__ = ["add_bureaus", "create_app"]
