import { Suspense } from "react";
import type { Description } from "../../client/types";
import { Skeleton } from "../../kit/Skeleton";
import { FilterBar } from "./FilterBar";
import { shapeOf } from "./shapes";
import { useListState } from "./state";
import { Toolbar } from "./Toolbar";
import { Views } from "./Views";
import { several } from "../../kit/words";

/** Any object's records: found, ordered, chosen, looked into, in the shape somebody likes. */
export function ListScreen({ object }: { object: Description }) {
  const [state, change] = useListState(object);
  const { Screen } = shapeOf(object, state.view);
  return (
    <div className="list-screen">
      <title>{`${several(object.label)} · 知客`}</title>
      <Toolbar object={object} state={state} change={change} />
      <Views object={object} />
      <FilterBar object={object} filter={state.filter} onChange={(filter) => change({ filter })} />
      <Suspense fallback={<Skeleton rows={8} />}>
        <Screen object={object} state={state} change={change} />
      </Suspense>
    </div>
  );
}
