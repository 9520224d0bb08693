/** 设置总览: one page from which everything is reached that an administrator may change. */
import { Link } from "react-router";
import { useMeta } from "../../app/meta";
import "../../app/settings.css";
import NotFound from "../../screens/NotFound";
import { hasSettings, places } from ".";

export default function Settings() {
  const meta = useMeta();
  if (!hasSettings(meta)) return <NotFound />;
  const jobs = { to: "/jobs", label: "后台任务", hint: "我发起的导入、导出和批量修改" };
  return (
    <div className="page narrow-page">
      <title>设置 · 知客</title>
      <h1>设置</h1>
      <p className="muted">这里的改动下一次请求就对所有人生效，并记入变更历史。</p>
      <ul className="settings-places">
        {[...places(meta), jobs].map(({ to, label, hint }) => (
          <li key={to}>
            <Link to={to}>
              <strong>{label}</strong>
              <span className="muted">{hint}</span>
            </Link>
          </li>
        ))}
      </ul>
    </div>
  );
}
