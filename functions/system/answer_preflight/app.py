"""OPTIONS /{proxy+}: what a browser asks before a web page of another origin calls; the entrypoint adds the answer."""

from lastro.aws.entrypoints.http import endpoint


@endpoint(public=True)
def handler() -> None:
    """Nothing but the headers for the origins that the deployment names."""
