"""`dataclass` as the standard library's, except that a class's methods are written when it is first used.

The standard library writes and compiles the methods of each class while its module is imported: half a millisecond
each. A function imports the classes of all that it can do, a hundred and more, and a call makes instances of a few of
them (docs/decisions/0048-dataclasses.md). So a class is left as it stands until something asks for its first instance
or for its fields. Then `dataclasses` writes the methods that it would have written at import.
"""

import dataclasses
import threading
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass as dataclass
else:

    def dataclass(**options):
        """As `dataclasses.dataclass(...)`, later. No slots: they have to be known when a class is made.

        Raises TypeError for these, and for a class with methods of its own where others stand until the first use.
        """
        if "slots" in options or "weakref_slot" in options:
            raise TypeError("slots cannot be added later")

        def promise(cls):
            if own := vars(cls).keys() & set(_PROMISED):
                raise TypeError(f"{cls.__qualname__} has its own {', '.join(sorted(own))}")
            cls.__init__ = _first_init(cls)
            cls.__dataclass_fields__ = _Promise(cls, options)
            if options.get("frozen"):
                cls.__setattr__ = _refuse_assignment
                cls.__delattr__ = _refuse_deletion
            return cls

        return promise


_PROMISED = ("__init__", "__dataclass_fields__", "__setattr__", "__delattr__")
_METHODS = ("__repr__", "__eq__", "__hash__", "__lt__", "__le__", "__gt__", "__ge__", "__replace__")
# The last two tell other threads that all is written.
_WRITTEN = (*_METHODS, "__match_args__", "__dataclass_params__", "__init__", "__dataclass_fields__")

_writing = threading.RLock()
"""Of all classes: to write one is to write those it inherits from."""


class _Promise:
    """Stands for the fields of a class whose methods are not written yet."""

    def __init__(self, cls: type, options: dict[str, bool]) -> None:
        self._cls = cls
        self._options = options

    def __get__(self, instance: object, owner: type) -> dict[str, Any]:
        with _writing:
            if vars(self._cls)["__dataclass_fields__"] is self:
                _write(self._cls, self._options)
        fields: dict[str, Any] = vars(self._cls)["__dataclass_fields__"]
        return fields


def _first_init(cls: Any) -> Any:
    def make(self: object, *values: object, **named: object) -> None:
        dataclasses.fields(cls)  # writes the methods, unless another thread has
        cls.__init__(self, *values, **named)

    return make


def _write(cls: Any, options: dict[str, bool]) -> None:
    # On a copy: another thread may be about to make an instance, and must find either nothing or everything.
    members = {name: value for name, value in vars(cls).items() if name not in ("__dict__", "__weakref__", *_PROMISED)}
    # Of a class without a text the signature would be read to make one.
    members["__doc__"] = cls.__doc__ or cls.__name__
    copy = dataclasses.dataclass(**options)(type(cls)(cls.__name__, cls.__bases__, members))
    for name in vars(copy)["__dataclass_fields__"]:
        if isinstance(vars(cls).get(name), dataclasses.Field):
            if name in vars(copy):
                setattr(cls, name, vars(copy)[name])
            else:
                delattr(cls, name)
    for name in _WRITTEN:
        if name in vars(copy):
            setattr(cls, name, vars(copy)[name])


def _refuse_assignment(_self: object, name: str, _value: object) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot assign to field {name!r}")


def _refuse_deletion(_self: object, name: str) -> None:
    raise dataclasses.FrozenInstanceError(f"cannot delete field {name!r}")
