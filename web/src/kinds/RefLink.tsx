import { createContext, useContext } from "react";
import { Link } from "react-router";
import type { Ref } from "../client/types";

/** Which collections this person may open; a reference to another one is only a name. */
export const OpenableContext = createContext<(collection: string) => boolean>(() => false);

export function RefLink({ to, value }: { to: string; value: Ref }) {
  const openable = useContext(OpenableContext)(to);
  if (!openable) return value.label;
  return (
    <Link to={`/${to}/${value.id}`} className="ref" onClick={(event) => event.stopPropagation()}>
      {value.label}
    </Link>
  );
}
