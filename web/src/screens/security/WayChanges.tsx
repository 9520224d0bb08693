import type { WayChange } from "../../client/security";
import { momentText } from "../../kinds/dates";

/** 登录方式记录: what came and went of somebody's keys, tokens and linked accounts, when and by whom. */
export const WayChanges = ({ rows }: { rows: WayChange[] }) => (
  <ul className="security-rows">
    {rows.map(({ id, at, deed, about, by }) => (
      <li key={id}>
        <span>
          {deed} {about && <strong>{about}</strong>}
          <small className="muted">
            <time dateTime={at}>{momentText(at)}</time> · {by ? by.label : "系统"}
          </small>
        </span>
      </li>
    ))}
  </ul>
);
