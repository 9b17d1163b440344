"""LightGBM trees to an ONNX file, so that nothing but ONNX Runtime is needed to use them."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
import onnx
from onnx import TensorProto, helper


def export(model: lightgbm.LGBMClassifier, path: Path) -> None:
    """Write the trees of a two-class model; the ONNX output ``score`` is the log odds, one a row."""
    table: dict[str, list[Any]] = defaultdict(list)
    for number, tree in enumerate(model.booster_.dump_model()["tree_info"]):
        _add(table, tree["tree_structure"], number)
    node = helper.make_node(
        "TreeEnsembleRegressor",
        ["rows"],
        ["score"],
        domain="ai.onnx.ml",
        n_targets=1,
        aggregate_function="SUM",
        **table,
    )
    rows = helper.make_tensor_value_info("rows", TensorProto.FLOAT, [None, model.n_features_in_])
    score = helper.make_tensor_value_info("score", TensorProto.FLOAT, [None, 1])
    graph = helper.make_graph([node], "lines", [rows], [score])
    opsets = [helper.make_opsetid("", 17), helper.make_opsetid("ai.onnx.ml", 3)]
    built = helper.make_model(graph, opset_imports=opsets, ir_version=8)
    onnx.checker.check_model(built)
    onnx.save(built, path)


def _add(table: dict[str, list[Any]], root: dict[str, Any], tree: int) -> None:
    """Number the nodes of one tree, outermost first, and write them into the table."""
    waiting, count = [(root, 0)], 1
    while waiting:
        node, number = waiting.pop()
        leaf = "leaf_value" in node
        children = (0, 0) if leaf else (count, count + 1)
        if leaf:
            table["target_nodeids"].append(number)
            table["target_treeids"].append(tree)
            table["target_ids"].append(0)
            table["target_weights"].append(float(node["leaf_value"]))
        else:
            count += 2
            waiting += [(node["left_child"], children[0]), (node["right_child"], children[1])]
        table["nodes_treeids"].append(tree)
        table["nodes_nodeids"].append(number)
        table["nodes_modes"].append("LEAF" if leaf else "BRANCH_LEQ")
        table["nodes_featureids"].append(0 if leaf else int(node["split_feature"]))
        table["nodes_values"].append(0.0 if leaf else below(float(node["threshold"])))
        table["nodes_truenodeids"].append(children[0])
        table["nodes_falsenodeids"].append(children[1])


def below(threshold: float) -> float:
    """The greatest 32-bit number not above the threshold, so that no row changes sides."""
    small = np.float32(threshold)
    return float(np.nextafter(small, np.float32(-np.inf)) if float(small) > threshold else small)
