"""Answers of bureaus with anything in the place of a few members, and what a reader may do with them."""

from __future__ import annotations

import copy
import json
from typing import Any

from hypothesis import strategies as st

from lastro.kernel.documents import Document
from lastro.kernel.errors import LastroError
from tests.domain.vendors.bureaus.bureau_answers import CPF, Reader

JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.decimals(allow_nan=False, allow_infinity=False)
    | st.sampled_from(["2024-02-30", "31/12/2024", "R$ 1,00", "52998224725", "S", "1" * 50, "\ud800"]),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=12), inner, max_size=4),
    max_leaves=12,
)


@st.composite
def damaged(draw: st.DrawFn, original: dict[str, Any]) -> Any:
    """A sample with a few of its members replaced by anything."""
    body: Any = copy.deepcopy(original)
    for _ in range(draw(st.integers(1, 4))):
        node: Any = body
        while True:
            keys = list(node) if isinstance(node, dict) else list(range(len(node)))
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if not isinstance(node[key], dict | list) or not node[key] or draw(st.integers(0, 3)) == 0:
                node[key] = draw(JSON)
                break
            node = node[key]
    return body


def survives(reader: Reader, body: object, document: Document = CPF) -> None:
    try:
        report = reader(body, document)
    except LastroError:
        return
    json.dumps(report.extras, allow_nan=False).encode()
    assert report.summary.count >= 0
