"""Runs a model's graph in an order found once. Dask plans each run anew: 2 ms of a message, and as much again per action."""

from __future__ import annotations

from typing import Any, Dict, List, Optional, Tuple

from rasa.engine.exceptions import GraphRunError
from rasa.engine.graph import ExecutionContext, GraphNode, GraphNodeHook, GraphSchema
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.storage import ModelStorage

_Plan = List[Tuple[str, Tuple[str, ...]]]


class OrderedGraphRunner(GraphRunner):
    """One node after the other, each after what it needs. Only what the targets need is run."""

    def __init__(self, schema: GraphSchema, nodes: Dict[str, GraphNode]) -> None:
        self._schema = schema
        self._nodes = nodes
        self._plans: Dict[Tuple[str, ...], _Plan] = {}

    @classmethod
    def create(
        cls,
        graph_schema: GraphSchema,
        model_storage: ModelStorage,
        execution_context: ExecutionContext,
        hooks: Optional[List[GraphNodeHook]] = None,
    ) -> OrderedGraphRunner:
        """See the parent class."""
        made = {
            name: GraphNode.from_schema_node(name, node, model_storage, execution_context, hooks)
            for name, node in graph_schema.nodes.items()
        }
        return cls(graph_schema, made)

    def run(self, inputs: Optional[Dict[str, Any]] = None, targets: Optional[List[str]] = None) -> Dict[str, Any]:
        """The targets' outputs; raises GraphRunError when an input is named like a node, or one that is needed is missing."""
        wanted = tuple(targets or self._schema.target_names)
        outputs: Dict[str, Tuple[str, Any]] = {}
        for name, value in (inputs or {}).items():
            if name in self._nodes:
                raise GraphRunError(f"Input '{name}' has the name of a node.")
            outputs[name] = (name, value)
        for name, needed in self._plan(wanted):
            # GraphNode itself names what is missing.
            outputs[name] = self._nodes[name](*(outputs[need] for need in needed if need in outputs))
        return dict(outputs[name] for name in wanted)

    def _plan(self, wanted: Tuple[str, ...]) -> _Plan:
        plan = self._plans.get(wanted)
        if plan is None:
            plan = self._plans[wanted] = self._ordered(wanted)
        return plan

    def _ordered(self, wanted: Tuple[str, ...]) -> _Plan:
        schema = self._schema.minimal_graph_schema(list(wanted))
        plan: _Plan = []
        placed = set()

        def place(name: str) -> None:
            if name in placed or name not in schema.nodes:
                return  # placed before, or an input of the run
            placed.add(name)
            needed = tuple(dict.fromkeys(schema.nodes[name].needs.values()))
            for need in needed:
                place(need)
            plan.append((name, needed))

        for name in wanted:
            place(name)
        return plan
