import { Button } from "antd";
import type { ReactNode } from "react";
import { Link, useNavigate } from "react-router";
import { useRefresh } from "../../app/refresh";
import { duplicates, type Group } from "../../client/undo";
import { dayText } from "../../kinds/dates";
import { toast } from "../../kit/toast";
import { MOST } from "./choice";

/** Records that may be the same, why, and what to do about it. */
export function GroupRow({ collection, group, check }: { collection: string; group: Group; check: ReactNode }) {
  const navigate = useNavigate();
  const refresh = useRefresh();
  const ids = group.records.slice(0, MOST).map(({ id }) => id);
  const different = () => void duplicates.different(collection, ids).then(() => refresh(), toast.error);
  return (
    <li className="twins">
      {check}
      <div className="twins-what">
        <p className="muted">{`匹配度 ${group.score}：${group.reasons.join("、")}`}</p>
        <ul>
          {group.records.map(({ id, label, facts, owner, created_at }) => (
            <li key={id}>
              <Link to={`/${collection}/${id}`} target="_blank" rel="noreferrer">
                {label}
              </Link>
              <small className="muted">{[...facts, owner, dayText(created_at)].filter(Boolean).join(" · ")}</small>
            </li>
          ))}
        </ul>
      </div>
      <Button size="small" onClick={() => void navigate(`/merge/${collection}?ids=${ids.join(",")}`)}>
        合并
      </Button>
      <Button size="small" type="text" onClick={different}>
        不是重复
      </Button>
    </li>
  );
}
