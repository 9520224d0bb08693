import type { Description, Ref, Related, Row } from "../../client/types";
import { useFormHost } from "../form/host";
import { linkable, useUnlink } from "./links";

/** What can be done with a related record without leaving the page. */
export function useRowMenu(object: Description, related: Related, self: Ref) {
  const { open } = useFormHost();
  const unlink = useUnlink(object, related, self);
  return (row: Row) => [
    { key: "edit", label: "编辑", onClick: () => open({ collection: object.collection, id: row.id, onSaved: () => undefined }) },
    ...(linkable(object, related.field) ? [{ key: "unlink", label: "解除关联", onClick: () => void unlink(row) }] : []),
  ];
}
