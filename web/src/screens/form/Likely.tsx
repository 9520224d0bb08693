/** Records that look like the one being written. */
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { may } from "../../app/meta";
import { records } from "../../client/api";
import type { Description, Duplicate, Id } from "../../client/types";
import { isBlank } from "../../kinds/values";
import { useDebounced } from "../../kit/useDebounced";
import type { FormState } from "./useForm";
import { body } from "./values";

/** Asked while typing, once the keyboard has been still for a moment. */
export function useLikely(object: Description, form: FormState, id?: Id): Duplicate[] {
  const told = form.changed.filter(({ kind, name }) => !["lines", "file"].includes(kind) && !isBlank(form.values[name]));
  const content = useDebounced(JSON.stringify(body(told, form.values)), 350);
  const asked = useQuery({
    queryKey: [object.collection, "duplicates", content],
    queryFn: ({ signal }) => records.duplicates(object.collection, JSON.parse(content) as Record<string, unknown>, signal),
    enabled: object.duplicates && content !== "{}",
    placeholderData: keepPreviousData,
  });
  if (content === "{}") return [];
  return (asked.data?.duplicates ?? []).filter((found) => found.id === null || found.id !== id);
}

export function Likely({ object, found, id }: { object: Description; found: Duplicate[]; id: Id | undefined }) {
  if (found.length === 0) return null;
  return (
    <div className="notice notice-warn" role="status">
      <strong>可能已经有了：</strong>
      <ul>
        {found.slice(0, 5).map((one, index) => (
          <li key={one.id ?? `hidden-${index}`}>
            <One object={object} found={one} id={id} />
          </li>
        ))}
      </ul>
    </div>
  );
}

function One({ object, found, id }: { object: Description; found: Duplicate; id: Id | undefined }) {
  const joins = object.merge && may(object, "delete") && id !== undefined && found.visible && found.id !== null;
  const name =
    found.visible && found.id !== null ? (
      <Link to={`/${object.collection}/${found.id}`} target="_blank" rel="noreferrer">
        {found.label}
      </Link>
    ) : (
      <span>{found.label}</span>
    );
  return (
    <>
      {name}{" "}
      <small className="muted">
        {found.reason}
        {found.holder && ` · ${found.holder}`}
      </small>
      {joins && (
        <>
          {" "}
          <Link to={`/merge/${object.collection}?ids=${id},${found.id}`}>合并</Link>
        </>
      )}
    </>
  );
}
