"""查重对事件的反应."""

from __future__ import annotations

from zhike.features.merge.finding import look_through
from zhike.features.packs.demo import DemoTold
from zhike.kernel.events import on
from zhike.kernel.registry import objects


@on(DemoTold)
def look_through_story(event: DemoTold) -> None:
    """Whoever opens the workbench of the demo company finds in it what a colleague entered twice."""
    for collection, model in objects().items():
        if model.spec.merge and model.spec.duplicates:
            look_through(collection)
