"""Proposals at the sandbox banks: what becomes of one is a story, told by its script or by a published document."""
