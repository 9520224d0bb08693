/** 试运行: which records a rule would have touched, and what each thing would have done; nothing is kept of it. */
import { Link } from "react-router";
import { automation, type AutomationRules, type Trial as Tried } from "../../client/automation";
import type { Description } from "../../client/types";
import { TrialJob } from "../../screens/jobs/TrialJob";
import { TrialQuestion } from "../../screens/jobs/TrialQuestion";
import { useTrial } from "../../screens/jobs/useTrial";
import { PERIODS } from "./rules";

export function Trial({ object, rules }: { object: Description; rules: AutomationRules }) {
  const { busy, told: tried, job, run } = useTrial<Tried>();
  return (
    <>
      <TrialQuestion
        deed="试运行"
        asked="如果这段时间就有这条规则："
        periods={PERIODS}
        first="last_30_days"
        busy={busy}
        disabled={(rules.do ?? []).length === 0}
        onTry={(period) => void run(() => automation.rehearse(object.collection, rules, period))}
      >
        <span className="muted">只是试，不留下任何改动</span>
      </TrialQuestion>
      {job && <TrialJob job={job} />}
      {tried && <Result object={object} tried={tried} />}
    </>
  );
}

function Result({ object, tried }: { object: Description; tried: Tried }) {
  return (
    <div className="trial" role="status">
      <p>
        {tried.now ? `现在有 ${tried.count} 条符合。` : `${tried.from} 至 ${tried.to} 会涉及 ${tried.count} 条。`}
        {tried.tried < tried.count && ` 下面是最近 ${tried.tried} 条试做的结果。`}
      </p>
      {tried.error && <p className="notice notice-error">{tried.error}</p>}
      <ul>
        {tried.steps.map(({ label, done, refused, notes }, at) => (
          <li key={at}>
            <strong>{label}</strong> <span className="figure">{`${done} 条`}</span>
            {refused.length > 0 && <span className="muted">{` · ${refused.length} 条做不成：${refused[0]?.reason ?? ""}`}</span>}
            {notes.map((note) => (
              <p key={note} className="notice notice-warn">
                {note}
              </p>
            ))}
          </li>
        ))}
      </ul>
      <p className="trial-links">
        {tried.examples.map(({ id, label }) => (
          <Link key={id} to={`/${object.collection}/${id}`}>
            {label}
          </Link>
        ))}
      </p>
    </div>
  );
}
