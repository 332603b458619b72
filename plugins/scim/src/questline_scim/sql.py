"""Filters and orders of RFC 7644 (3.4.2) as SQL; the library reads the grammar and knows the attributes."""

from collections.abc import Callable, Mapping
from typing import Any

from scim2_models import InvalidFilterException
from scim2_models.path import (
    AttributeBinding,
    CompareOperator,
    Comparison,
    FilterVisitor,
    LogicalExpr,
    LogicalOperator,
    Not,
    Present,
    ScimFilter,
    ValuePath,
    coerce_value,
)
from sqlalchemy import ColumnElement, Text, Uuid, and_, cast, false, func, not_, or_
from sqlalchemy.sql.sqltypes import Boolean, DateTime

Build = Callable[[ColumnElement[Any]], ColumnElement[bool]]
Attribute = ColumnElement[Any] | Callable[[Build], ColumnElement[bool]]
"""A column; or, for values of their own table, what asks whether one of them meets a condition."""
Attributes = Mapping[tuple[str, str | None], Attribute]
ORDERINGS: Mapping[CompareOperator, str] = {
    CompareOperator.gt: ">",
    CompareOperator.ge: ">=",
    CompareOperator.lt: "<",
    CompareOperator.le: "<=",
}


class SqlFilter(FilterVisitor[ColumnElement[bool]]):
    """Turns a filter of a resource into a condition; raises `InvalidFilterException` for what is not kept in columns.

    Args:
        scim_filter: The filter, bound to its resource.
        attributes: Where each attribute is kept, by its name and its sub-attribute's.
    """

    def __init__(self, scim_filter: ScimFilter[Any], attributes: Attributes) -> None:
        self._filter, self._attributes = scim_filter, attributes

    def condition(self) -> ColumnElement[bool]:
        """The whole filter."""
        return self.visit(self._filter.ast)

    def visit_comparison(self, node: Comparison) -> ColumnElement[bool]:
        """Compare an attribute; of several values one has to fit, or for `ne` all of them."""
        binding = self._filter.resolve_comparison(node.attr_path)
        attribute = self._kept(binding, str(node.attr_path))
        assert binding is not None  # noqa: S101  else the line before raises
        wanted = coerce_value(binding, node.value, node.op)
        if not callable(attribute):
            return _compare(attribute, node.op, wanted, exact=binding.case_exact)
        if node.op is CompareOperator.ne:
            return not_(attribute(lambda c: _compare(c, CompareOperator.eq, wanted, exact=binding.case_exact)))
        return attribute(lambda column: _compare(column, node.op, wanted, exact=binding.case_exact))

    def visit_present(self, node: Present) -> ColumnElement[bool]:
        """Ask whether an attribute has a value."""
        attribute = self._kept(self._filter.resolve(node.attr_path), str(node.attr_path))
        if callable(attribute):
            return attribute(lambda column: column.is_not(None))
        present = attribute.is_not(None)
        return and_(present, attribute != "") if isinstance(attribute.type, Text) else present

    def visit_not(self, node: Not) -> ColumnElement[bool]:
        """Turn a condition round."""
        return not_(self.visit(node.expr))

    def visit_logical_expr(self, node: LogicalExpr) -> ColumnElement[bool]:
        """Join conditions."""
        terms = [self.visit(term) for term in node.terms]
        return and_(*terms) if node.op is LogicalOperator.and_ else or_(*terms)

    def visit_value_path(self, node: ValuePath) -> ColumnElement[bool]:
        """Refuse conditions that one of several values has to meet all at once."""
        raise InvalidFilterException(filter=str(node), detail=f"{node.attr_path}[...] cannot be searched here.")

    def _kept(self, binding: AttributeBinding | None, path: str) -> Attribute:
        key = None if binding is None else (binding.field_name, binding.sub_field_name)
        found = None
        if key is not None:
            found = self._attributes.get(key, self._attributes.get((key[0], "value")) if key[1] is None else None)
        if found is None:
            raise InvalidFilterException(filter=path, detail=f"{path} cannot be searched here.")
        return found


def _compare(column: ColumnElement[Any], op: CompareOperator, value: Any, *, exact: bool) -> ColumnElement[bool]:
    """A comparison that is true or false but never null, so that it can be turned round."""
    if value is None:
        return column.is_(None) if op is CompareOperator.eq else column.is_not(None)
    if isinstance(column.type, Uuid):
        column = cast(column, Text)
    if isinstance(column.type, Boolean | DateTime) or not isinstance(value, str):
        left, right = column, value
    else:
        left, right = (column, str(value)) if exact else (func.lower(column), str(value).lower())
    if op is CompareOperator.eq:
        return func.coalesce(left == right, false())
    if op is CompareOperator.ne:
        return left.is_distinct_from(right)
    if op in ORDERINGS:
        return func.coalesce(left.op(ORDERINGS[op], is_comparison=True)(right), false())
    parts: dict[CompareOperator, Any] = {
        CompareOperator.co: left.contains,
        CompareOperator.sw: left.startswith,
        CompareOperator.ew: left.endswith,
    }
    return func.coalesce(parts[op](right, autoescape=True), false())
