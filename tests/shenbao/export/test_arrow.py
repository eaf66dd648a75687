"""Typed rows as Arrow tables."""

from __future__ import annotations

from decimal import Decimal

import pyarrow as pa
import pytest

from shenbao.export.arrow import rows_to_arrow, table_to_schema
from shenbao.export.columns import DECIMAL_PRECISION, DECIMAL_SCALE
from shenbao.export.tables import TABLES

BUDGET = TABLES["budget"]


def test_no_rows_are_a_table_with_all_its_columns() -> None:
    schema = table_to_schema(BUDGET)
    empty = rows_to_arrow([], schema)
    assert (empty.num_rows, empty.schema) == (0, schema)


def test_rows_of_another_length_are_refused() -> None:
    with pytest.raises(ValueError, match="argument"):
        rows_to_arrow([(1, 2), (3,)], table_to_schema(BUDGET))


def test_decimals_are_exact_and_too_many_digits_are_refused() -> None:
    schema = pa.schema([pa.field("amount", pa.decimal128(DECIMAL_PRECISION, DECIMAL_SCALE))])
    assert rows_to_arrow([(Decimal("0.1"),)], schema)["amount"][0].as_py() == Decimal("0.1")
    with pytest.raises(pa.ArrowInvalid):
        rows_to_arrow([(Decimal(1) / Decimal(3),)], schema)


def test_the_schema_explains_its_columns_in_chinese() -> None:
    schema = table_to_schema(BUDGET)
    assert schema.metadata[b"title"].decode() == BUDGET.title
    keys = [column.name for column, kept in zip(BUDGET.columns, schema, strict=True) if column.key]
    assert [field.name for field in schema if not field.nullable] == keys
    assert all(field.metadata[b"title"].decode() for field in schema)
