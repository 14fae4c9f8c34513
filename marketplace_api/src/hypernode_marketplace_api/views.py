"""Maker of views: a wire model from the row, account or event that has its fields."""

from types import SimpleNamespace
from typing import Any, TypeVar

from hypernode.wire.fields import WireModel

View = TypeVar("View", bound=WireModel)


def view(kind: type[View], source: object, /, **more: Any) -> View:
    """Read a model's fields from the attributes of `source`, and from `more` what those lack."""
    if not more:
        return kind.model_validate(source)
    found = {name: getattr(source, name) for name in kind.model_fields if name not in more}
    return kind.model_validate(SimpleNamespace(**found, **more))
