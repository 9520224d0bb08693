/** 邮件: whether it is set up and whether it arrives. It is set up where the product is installed, not here. */
import { useQuery } from "@tanstack/react-query";
import { Button } from "antd";
import "../../app/upkeep.css";
import { upkeep, type MailState } from "../../client/upkeep";
import { momentText } from "../../kinds/dates";
import { Problem } from "../../kit/Problem";
import { Skeleton } from "../../kit/Skeleton";
import { toast } from "../../kit/toast";
import { useAttempt } from "../../kit/useAttempt";

const SECURITY = { none: "不加密", starttls: "STARTTLS", tls: "TLS" };

export default function Mail() {
  const found = useQuery({ queryKey: ["mail"], queryFn: upkeep.mail });
  if (found.isPending)
    return (
      <div className="page narrow-page">
        <Skeleton rows={6} />
      </div>
    );
  if (found.isError) return <Problem cause={found.error} retry={() => void found.refetch()} />;
  return (
    <div className="page narrow-page">
      <title>邮件 · 知客</title>
      <h1>邮件</h1>
      {found.data.configured ? <Standing state={found.data} /> : <Missing />}
    </div>
  );
}

const Missing = () => (
  <section className="panel">
    <p className="notice notice-warn">还没有设置邮件服务器，定时报表等邮件都发不出去。</p>
    <p>请安装知客的人在环境变量里填写邮件服务器，然后重新启动：</p>
    <pre className="mail-example">
      {
        "ZHIKE_SMTP_HOST=smtp.example.com\nZHIKE_SMTP_PORT=587\nZHIKE_SMTP_SECURITY=starttls\nZHIKE_SMTP_USER=crm@example.com\nZHIKE_SMTP_PASSWORD=…\nZHIKE_MAIL_FROM=crm@example.com"
      }
    </pre>
  </section>
);

function Standing({ state }: { state: MailState }) {
  const { last_error: error, last_sent: sent } = state;
  const failing = error !== null && (sent === null || error.at > sent);
  return (
    <section className="panel">
      {failing && (
        <p
          className="notice notice-error"
          role="status"
        >{`最近一次没有发出（${momentText(error.at)}，${error.label}）：${error.error}`}</p>
      )}
      <dl className="facts">
        <div className="fact">
          <dt>邮件服务器</dt>
          <dd>{`${state.host}:${state.port}`}</dd>
        </div>
        <div className="fact">
          <dt>加密</dt>
          <dd>{SECURITY[state.security]}</dd>
        </div>
        <div className="fact">
          <dt>账号</dt>
          <dd>{state.user || <span className="nothing">–</span>}</dd>
        </div>
        <div className="fact">
          <dt>发件人</dt>
          <dd>{state.sender}</dd>
        </div>
        <div className="fact">
          <dt>最近发出</dt>
          <dd>{sent ? <time>{momentText(sent)}</time> : <span className="nothing">–</span>}</dd>
        </div>
        {error && !failing && (
          <div className="fact">
            <dt>上次出错</dt>
            <dd title={error.error}>
              <time>{momentText(error.at)}</time>
            </dd>
          </div>
        )}
      </dl>
      <Trial to={state.my_address} />
    </section>
  );
}

function Trial({ to }: { to: string }) {
  const { busy, attempt } = useAttempt();
  const go = () =>
    attempt(async () => {
      const job = await upkeep.tryMail();
      toast.ok(`测试邮件正在发往 ${to}`, { to: `/jobs/${job.id}`, text: "查看结果" });
    });
  return (
    <p className="mail-trial">
      <Button loading={busy} disabled={!to} onClick={() => void go()}>
        给自己发一封测试邮件
      </Button>
      <span className="muted">{to || "您的人员资料中没有邮箱，请先填写"}</span>
    </p>
  );
}
