"""Google's own description of the Sheets API, used to refuse what the real service would refuse."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

__all__ = ["BadRequest", "Call", "call_of", "check", "mask_of", "pruned"]


class BadRequest(Exception):
    """A 400 in Google's words."""


@dataclass(frozen=True)
class Call:
    """One method of the API with its parameters."""

    name: str
    path: dict[str, str]
    query: dict[str, list[str]]


@cache
def _document() -> dict[str, Any]:
    text = files("googleapiclient.discovery_cache.documents").joinpath("sheets.v4.json").read_text("utf-8")
    document: dict[str, Any] = json.loads(text)
    return document


@cache
def _methods() -> tuple[tuple[str, str, re.Pattern[str], dict[str, Any]], ...]:
    sheets = _document()["resources"]["spreadsheets"]
    named = {f"spreadsheets.{name}": one for name, one in sheets["methods"].items()}
    named |= {f"values.{name}": one for name, one in sheets["resources"]["values"]["methods"].items()}
    found = []
    for name, one in named.items():
        pattern = re.sub(r"\\{\+?(\w+)\\}", r"(?P<\1>[^/]+?)", re.escape(one["path"]))
        found.append((name, one["httpMethod"], re.compile("/" + pattern), one))
    return tuple(found)


def call_of(method: str, path: str, query: dict[str, list[str]], body: Any) -> Call:
    """The API method of a request; BadRequest for anything that the description does not know."""
    # The most literal path wins: values:batchGet over values/{range}.
    fitting = [(name, found, one) for name, verb, pattern, one in _methods()
               if verb == method and (found := pattern.fullmatch(path))]  # fmt: skip
    if not fitting:
        raise BadRequest(f"no method {method} {path}")
    name, found, one = min(fitting, key=lambda each: (len(each[1].groups()), ":" not in each[2]["path"]))
    _check_query(one, query)
    if "request" in one:
        check(one["request"]["$ref"], body, "")
    elif body is not None:
        raise BadRequest(f"{name} takes no body")
    return Call(name, found.groupdict(), query)


def _check_query(one: dict[str, Any], query: dict[str, list[str]]) -> None:
    known = {**_document()["parameters"], **one.get("parameters", {})}
    for key, values in query.items():
        if key not in known:
            raise BadRequest(
                f'Invalid JSON payload received. Unknown name "{key}": Cannot bind query parameter.'
            )
        described = known[key]
        if len(values) > 1 and not described.get("repeated"):
            raise BadRequest(f"{key} is not repeated")
        for value in values:
            if "enum" in described and value not in described["enum"]:
                raise BadRequest(f"Invalid value at '{key}': {value}")
            if described.get("type") == "boolean" and value not in ("true", "false"):
                raise BadRequest(f"Invalid value at '{key}' (TYPE_BOOL): {value}")


def check(schema: str, value: Any, at: str) -> None:
    """BadRequest unless `value` is a message of this schema: no unknown field, right types, known enum values."""
    if not isinstance(value, dict):
        raise BadRequest(f"Invalid value at '{at}': not an object")
    properties = _document()["schemas"][schema]["properties"]
    for key, part in value.items():
        where = f"{at}.{key}".lstrip(".")
        if key not in properties:
            raise BadRequest(
                f"Invalid JSON payload received. Unknown name \"{key}\" at '{at}': Cannot find field."
            )
        _check_value(properties[key], part, where)


_TYPES: dict[str, type | tuple[type, ...]] = {
    "string": str, "boolean": bool, "integer": int, "number": (int, float), "array": list, "object": dict,
}  # fmt: skip


def _check_value(described: dict[str, Any], value: Any, at: str) -> None:
    if "$ref" in described:
        return check(described["$ref"], value, at)
    kind = described.get("type", "any")
    if kind == "any":
        if isinstance(value, (dict, list)):
            raise BadRequest(f"Invalid value at '{at}'")
        return None
    if not isinstance(value, _TYPES[kind]) or (kind in ("integer", "number") and isinstance(value, bool)):
        raise BadRequest(f"Invalid value at '{at}' (TYPE_{kind.upper()})")
    if "enum" in described and value not in described["enum"]:
        raise BadRequest(f"Invalid value at '{at}': {value}")
    if isinstance(value, list):
        for index, item in enumerate(value):
            _check_value(described["items"], item, f"{at}[{index}]")
    return None


Mask = dict[str, Any]


def mask_of(text: str) -> Mask:
    """A field mask such as `a(b,c/d)` as a tree; an empty tree means everything below."""
    tree: Mask = {}
    stack, node, word = [], tree, ""
    leaf = tree
    for letter in text + ",":
        if letter in ",()/.":
            if word:
                leaf = node.setdefault(word, {})
                word = ""
            if letter == "(":
                stack.append(node)
                node = leaf
            elif letter == ")":
                node = stack.pop()
            elif letter in "/.":
                raise BadRequest("this server wants masks with parentheses")
        else:
            word += letter
    return tree


def pruned(value: Any, mask: Mask, schema: str | None) -> Any:
    """What a mask leaves of an answer; BadRequest for a field that the schema does not have."""
    if not mask:
        return value
    if isinstance(value, list):
        return [pruned(one, mask, schema) for one in value]
    properties = _document()["schemas"][schema]["properties"] if schema else {}
    for key in mask:
        if key not in properties:
            raise BadRequest(f"Request contains an invalid argument: field {key} of {schema}")
    below = {key: properties[key].get("$ref") or properties[key].get("items", {}).get("$ref") for key in mask}
    return {key: pruned(value[key], part, below[key]) for key, part in mask.items() if key in value}
