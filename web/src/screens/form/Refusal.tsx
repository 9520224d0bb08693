import { Link } from "react-router";
import { useMeta } from "../../app/meta";
import type { LeadsTo } from "./useSave";

interface Props {
  words: string;
  leadsTo: LeadsTo | null;
  onFollow: () => void;
}

/** Why it was not saved, and where to go on from. */
export function Refusal({ words, leadsTo, onFollow }: Props) {
  const { objects } = useMeta();
  const object = leadsTo && objects[leadsTo.collection];
  return (
    <p className="notice notice-error" role="alert">
      {words}
      {object && (
        <>
          {" "}
          <Link to={`/${leadsTo.collection}/${leadsTo.id}`} onClick={onFollow}>
            查看{object.label} {leadsTo.label}
          </Link>
        </>
      )}
    </p>
  );
}
