"""``@dataclass(frozen=True, slots=True)`` without its price at start-up.

The standard decorator compiles six functions for each class. zcertlint has some eighty record classes, and a run
lasts a tenth of a second, of which that would be a third (docs/dependencies.md). This one compiles only
``__init__``; everything else is shared. Instances are the same: slotted, frozen, compared and hashed by value,
and known to ``dataclasses.replace``, ``fields``, ``copy`` and ``pickle``.
"""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    import dataclasses as _std
    from dataclasses import MISSING, Field, FrozenInstanceError
    from operator import attrgetter

    def _refuse_set(_self, name, _value):
        raise FrozenInstanceError(f"cannot assign to field {name!r}")

    def _refuse_delete(_self, name):
        raise FrozenInstanceError(f"cannot delete field {name!r}")

    def _eq(self, other):
        if other.__class__ is not self.__class__:
            return NotImplemented
        key = self.__class__._record_key
        return key(self) == key(other)

    def _hash(self):
        return hash(self.__class__._record_key(self))

    def _repr(self):
        shown = (f for f in self.__dataclass_fields__.values() if f.repr)
        inner = ", ".join(f"{f.name}={getattr(self, f.name)!r}" for f in shown)
        return f"{self.__class__.__qualname__}({inner})"

    def _getstate(self):
        return [getattr(self, name) for name in self.__dataclass_fields__]

    def _setstate(self, state):
        for name, value in zip(self.__dataclass_fields__, state, strict=True):
            object.__setattr__(self, name, value)

    _SHARED = {
        "__setattr__": _refuse_set,
        "__delattr__": _refuse_delete,
        "__eq__": _eq,
        "__hash__": _hash,
        "__repr__": _repr,
        "__getstate__": _getstate,
        "__setstate__": _setstate,
    }

    def _own_annotations(cls):
        # A base of a record has none, so what getattr finds is the class's own, in each version of Python.
        return getattr(cls, "__annotations__", {})

    def _fields(cls):
        found = {}
        for name, kind in _own_annotations(cls).items():
            if "ClassVar" in str(kind):
                continue
            default = cls.__dict__.get(name, MISSING)
            entry = default if isinstance(default, Field) else _std.field(default=default)
            if default.__class__.__hash__ is None:
                raise ValueError(f"mutable default {default.__class__} for field {name} is not allowed")
            entry.name, entry.type = name, kind
            entry._field_type = _std._FIELD
            found[name] = entry
        return found

    _become = object.__dict__["__class__"].__set__
    _MANY = 10  # fields; below, a setter for each is cheaper

    def _init(cls, fields):
        """Compile ``__init__``.

        One call of a slot's setter for each field; where there are many, the instance is one of a class with the
        same slots that may be changed, until it has its values.
        """
        space, params, values = {"_M": MISSING}, [], {}
        for name, entry in fields.items():
            space[f"_s_{name}"] = getattr(cls, name).__set__
            values[name] = name
            if entry.default_factory is not MISSING:
                space[f"_d_{name}"] = entry.default_factory
                params.append(f"{name}=_M")
                values[name] = f"_d_{name}() if {name} is _M else {name}"
            elif entry.default is not MISSING:
                space[f"_d_{name}"] = entry.default
                params.append(f"{name}=_d_{name}")
            else:
                params.append(name)
        if len(fields) < _MANY or cls.__slots__ != tuple(fields) or cls.__bases__ != (object,):
            lines = [f" _s_{name}(self, {value})" for name, value in values.items()]
        else:
            draft = type(f"{cls.__name__}Draft", (), {"__slots__": cls.__slots__})
            space |= {"_become": _become, "_draft": draft, "_class": cls}
            sets = [f" self.{name} = {value}" for name, value in values.items()]
            lines = [" _become(self, _draft)", *sets, " _become(self, _class)"]
        body = "\n".join(lines) or " pass"
        exec(f"def __init__(self, {', '.join(params)}):\n{body}\n", space)  # noqa: S102 (names are our own)
        made = space["__init__"]
        made.__qualname__ = f"{cls.__qualname__}.__init__"
        return made

    def _first_init(cls, fields):
        """Compile the real ``__init__`` at the first instance: half of the classes have none in a run."""

        def __init__(self, *values, **named):  # noqa: N807 (it stands in for the real one)
            cls.__init__ = _init(cls, fields)
            cls.__init__(self, *values, **named)

        return __init__

    def _record(cls):
        fields = _fields(cls)
        content = {
            k: v for k, v in cls.__dict__.items() if k not in fields and k not in {"__dict__", "__weakref__"}
        }
        for name, function in _SHARED.items():
            content.setdefault(name, function)
        content["__slots__"] = tuple(fields)
        content["__dataclass_fields__"] = fields
        content["__match_args__"] = tuple(fields)
        names = tuple(name for name, entry in fields.items() if entry.compare)
        if len(names) == 1:
            only = attrgetter(names[0])
            content["_record_key"] = staticmethod(lambda record: (only(record),))
        else:
            content["_record_key"] = (
                staticmethod(attrgetter(*names)) if names else staticmethod(lambda _record: ())
            )
        made = type(cls)(cls.__name__, cls.__bases__, content)
        made.__qualname__ = cls.__qualname__
        made.__init__ = _first_init(made, fields)
        return made

    def _cheap(cls):
        """A record, unless a base class brings fields or a dictionary of its own."""
        plain = all(base is object or base.__dict__.get("__slots__") == () for base in cls.__bases__)
        inherited = any(hasattr(base, "__dataclass_fields__") for base in cls.__bases__)
        return _record(cls) if plain and not inherited else _std.dataclass(frozen=True, slots=True)(cls)

    def dataclass(cls=None, /, **options):
        """The standard decorator, in its cheap form for frozen and slotted classes without a base."""
        if options == {"frozen": True, "slots": True}:
            return _cheap if cls is None else _cheap(cls)
        return _std.dataclass(cls, **options)


__all__ = ["dataclass"]
