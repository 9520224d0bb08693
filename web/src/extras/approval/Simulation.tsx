/** 模拟: what these rules would have held back in a period that is over. */
import { Link } from "react-router";
import { approvals, type Rules, type Simulated } from "../../client/approvals";
import type { Description } from "../../client/types";
import { TrialJob } from "../../screens/jobs/TrialJob";
import { TrialQuestion } from "../../screens/jobs/TrialQuestion";
import { useTrial } from "../../screens/jobs/useTrial";
import { PERIODS } from "./rules";

export function Simulation({ object, verb, rules }: { object: Description; verb: string; rules: Rules }) {
  const { busy, told, job, run } = useTrial<Simulated>();
  return (
    <>
      <TrialQuestion
        deed="模拟"
        asked="如果当时就有这条规则："
        periods={PERIODS}
        first="last_quarter"
        busy={busy}
        disabled={(rules.steps ?? []).length === 0}
        onTry={(period) => void run(() => approvals.simulate(object.collection, verb, rules, period))}
      />
      {job && <TrialJob job={job} />}
      {told && <Result object={object} told={told} />}
    </>
  );
}

function Result({ object, told }: { object: Description; told: Simulated }) {
  return (
    <div className="simulated" role="status">
      <p>{`${told.period.from} 至 ${told.period.to} 共 ${told.deeds} 次，其中 ${told.held} 次要审批。`}</p>
      <p className="muted">{told.knows}</p>
      {told.notes.map((note) => (
        <p key={note} className="muted">
          {note}
        </p>
      ))}
      <ul className="simulated">
        {told.routes.map((way) => (
          <li key={way.steps.join("→")}>
            <strong>{way.steps.join(" → ")}</strong> <span className="figure">{`${way.count} 次`}</span>
            {way.examples.map(({ id, label, people, problem }) => (
              <div key={id} className="muted">
                <Link to={`/${object.collection}/${id}`}>{label}</Link>{" "}
                {problem || people.map((names) => names.join("、")).join(" → ")}
              </div>
            ))}
          </li>
        ))}
      </ul>
    </div>
  );
}
