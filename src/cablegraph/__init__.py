"""cablegraph publishes diplomatic records as linked data."""


def __getattr__(name: str) -> str:
    """``__version__``, looked up when it is asked for: few commands tell it, and looking takes longer than starting."""
    if name != "__version__":
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib.metadata import version  # noqa: PLC0415 - the reason for this function

    return version("cablegraph")
