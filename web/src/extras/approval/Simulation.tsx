/** 模拟: what these rules would have held back in a period that is over. */
import { Button } from "antd";
import { useState } from "react";
import { Link } from "react-router";
import { approvals, type Rules, type Simulated } from "../../client/approvals";
import type { Description } from "../../client/types";
import { Select } from "../../kit/heavy";
import { TrialJob } from "../../screens/jobs/TrialJob";
import { useTrial } from "../../screens/jobs/useTrial";
import { choices, PERIODS } from "./rules";

export function Simulation({ object, verb, rules }: { object: Description; verb: string; rules: Rules }) {
  const [period, setPeriod] = useState("last_quarter");
  const { busy, told, job, run } = useTrial<Simulated>();
  return (
    <>
      <div className="policy-foot" role="group" aria-label="模拟">
        <span>如果当时就有这条规则：</span>
        <Select
          aria-label="时间段"
          options={choices(PERIODS)}
          value={period}
          popupMatchSelectWidth={false}
          onChange={(value: unknown) => setPeriod(String(value))}
        />
        <Button
          loading={busy}
          disabled={(rules.steps ?? []).length === 0}
          onClick={() => void run(() => approvals.simulate(object.collection, verb, rules, period))}
        >
          模拟
        </Button>
      </div>
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
