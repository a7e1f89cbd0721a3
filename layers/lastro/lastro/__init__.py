"""Lastro's domain and adapters, shared by every function through one layer."""

import gc
import os

if "AWS_LAMBDA_FUNCTION_NAME" in os.environ:
    # What a function imports stays: a twelfth of its start went into looking for garbage there. Its entrypoint collects
    # again once all is imported (`aws/entrypoints/garbage.py`).
    gc.disable()
