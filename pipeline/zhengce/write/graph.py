"""The network of departments as GraphML, which Gephi, igraph and networkx open."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from zhengce.version import VERSION
from zhengce.write.columns import COMPARISON, columns
from zhengce.write.replacing import replacing
from zhengce.write.stored import stored

__all__ = ["write_graphml"]

NAME = "network.graphml"


def write_graphml(out: Path) -> None:
    """Write `network.graphml` from the table `network_edges` in the folder `out`.

    A directed multigraph: a department is a node by its official name; an edge has `kind`, `weight` and `documents`
    (ids, joined by "; "). What has no direction (joint_issue) runs from the first name to the second. Raises OSError
    where it cannot write.
    """
    import networkx

    graph: Any = networkx.MultiDiGraph(made_by=f"zhengce {VERSION}")
    names = [column.name for column in columns(COMPARISON)["network_edges"][2:]]
    for row in stored(out, "network_edges"):
        told = {name: row[name] for name in names}
        told["documents"] = "; ".join(row["documents"])  # type: ignore[arg-type]
        graph.add_edge(row["source"], row["target"], **told)
    with replacing(out / NAME) as path:
        networkx.write_graphml_xml(graph, path, encoding="utf-8")
