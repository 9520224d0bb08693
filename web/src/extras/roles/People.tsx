import { Link } from "react-router";
import { useDescription } from "../../app/meta";
import type { Holder } from "../../client/settings";

const PEOPLE = "people";

/** Who has this role, those who cannot sign in last. */
export function People({ people }: { people: Holder[] }) {
  const seen = useDescription(PEOPLE) !== undefined;
  return (
    <section className="panel" aria-label="谁有这个角色">
      <div className="panel-head">
        <h2>谁有这个角色</h2>
        <span className="muted">{`共 ${people.length} 人`}</span>
      </div>
      {people.length === 0 && <p className="nothing-yet">还没有人有这个角色。打开一个人员，在“角色”里加上它。</p>}
      <ul className="holders linked">
        {people.map(({ id, label, department, is_active: active }) => (
          <li key={id}>
            {seen ? <Link to={`/${PEOPLE}/${id}`}>{label}</Link> : label} <small className="muted">{department}</small>
            {!active && <small className="off">已停用</small>}
          </li>
        ))}
      </ul>
    </section>
  );
}
