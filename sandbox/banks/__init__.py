"""The sandbox banks: one HTTP service that plays every bank of the catalogue in its own dialect."""

from sandbox.banks.app import create_app

__all__ = ["create_app"]
