import { useEffect } from "react";
import { useNavigate, useParams } from "react-router";
import { may, useDescription } from "../app/meta";
import { useFormHost } from "./form/host";
import NotFound from "./NotFound";

/** An address that begins a new record: the list with the form open over it. */
export default function New() {
  const { collection = "" } = useParams();
  const object = useDescription(collection);
  const { open } = useFormHost();
  const navigate = useNavigate();
  const allowed = object !== undefined && may(object, "add");
  useEffect(() => {
    if (!allowed) return;
    open({ collection, at: `/${collection}` });
    void navigate(`/${collection}`, { replace: true });
  }, [allowed, collection, open, navigate]);
  return allowed ? null : <NotFound />;
}
