import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { useLocation } from "react-router";
import { useDescription } from "../../app/meta";
import { records } from "../../client/api";
import type { Description } from "../../client/types";
import { asText } from "../../kinds/values";
import { Problem } from "../../kit/Problem";
import { Side } from "../../kit/Side";
import { Skeleton } from "../../kit/Skeleton";
import { FormBody } from "./FormBody";
import type { FormRequest } from "./host";

/** A form at the side of whatever was on the screen. */
export default function FormDrawer({ request, onClose }: { request: FormRequest; onClose: () => void }) {
  const object = useDescription(request.collection);
  const [open, setOpen] = useState(true);
  useGoneElsewhere(request.at, () => setOpen(false));
  const record = useQuery({
    queryKey: [request.collection, request.id, "form"],
    queryFn: () => records.get(request.collection, request.id ?? ""),
    enabled: request.id !== undefined,
    staleTime: 0,
    gcTime: 0,
  });
  if (!object) return null;
  const name = asText(record.data?.[object.title]);
  const loading = request.id !== undefined && record.isPending;
  // Only before there was a form: what is typed into one outlives a network that fails for a moment.
  const lost = request.id !== undefined && record.data === undefined;
  return (
    <Side
      open={open}
      size={request.quick ? 480 : sheeted(object) ? 960 : 760}
      rootClassName="form-drawer"
      title={request.id === undefined ? `新建${object.label}` : `编辑${object.label}${name && `：${name}`}`}
      onClose={() => setOpen(false)}
      afterOpenChange={(now) => {
        if (!now) onClose();
      }}
      mask={{ closable: false }}
      keyboard
    >
      {loading ? (
        <Skeleton />
      ) : lost ? (
        <Problem cause={record.error} retry={() => void record.refetch()} />
      ) : (
        <FormBody object={object} record={record.data ?? null} request={request} close={() => setOpen(false)} />
      )}
    </Side>
  );
}

/** A sheet of many columns needs the room. */
const sheeted = ({ fields }: Description) =>
  fields.some(({ kind, parts, readonly }) => kind === "lines" && !readonly && (parts?.length ?? 0) > 4);

/** Whoever goes to another page, back or by a link in the form, leaves the form; what was typed is kept as a draft. */
function useGoneElsewhere(at: string | undefined, leave: () => void): void {
  const { pathname } = useLocation();
  const [home] = useState(at ?? pathname);
  const arrived = useRef(false);
  useEffect(() => {
    if (pathname === home) arrived.current = true;
    else if (arrived.current) leave();
  });
}
