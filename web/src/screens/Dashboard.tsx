import { useParams } from "react-router";
import { useMeta } from "../app/meta";
import { Cards } from "./dashboard/Cards";
import NotFound from "./NotFound";

export default function Dashboard() {
  const { name } = useParams();
  const dashboard = useMeta().dashboards.find((one) => one.name === name);
  if (!dashboard) return <NotFound />;
  return (
    <div className="page">
      <title>{`${dashboard.label} · 知客`}</title>
      <h1>{dashboard.label}</h1>
      <Cards dashboard={dashboard} />
    </div>
  );
}
