/** What went wrong, in words, and the way on. */
import { Button } from "antd";
import { Component, type ErrorInfo, type ReactNode } from "react";
import { Link } from "react-router";
import { Failure } from "../client/http";
import { Empty } from "./Empty";

export function Problem({ cause, retry }: { cause: unknown; retry?: () => void }) {
  const [title, hint] = wordsFor(cause);
  return (
    <Empty title={title} hint={hint}>
      {retry && (
        <Button type="primary" onClick={retry}>
          再试一次
        </Button>
      )}
      <Link to="/">回到工作台</Link>
    </Empty>
  );
}

/** Deleted, or no longer for this person's eyes. Any other failed renewal leaves what is on the screen, and what is being typed there. */
export const isTakenBack = (cause: unknown): boolean =>
  cause instanceof Failure && (cause.status === 403 || cause.status === 404);

function wordsFor(cause: unknown): [string, string] {
  if (!(cause instanceof Failure)) return ["页面出了错", "数据没有改动。请刷新页面；仍不行请联系管理员。"];
  if (cause.status === 404) return ["没有找到", "它可能已被删除，或您无权查看。"];
  if (cause.status === 403) return ["没有权限", cause.message];
  if (cause.status === 0) return ["连不上服务器", "请检查网络后再试一次。"];
  return ["没有成功", cause.message];
}

interface Props {
  children: ReactNode;
  resetKey?: string;
}

export class Boundary extends Component<Props, { cause: unknown }> {
  override state: { cause: unknown } = { cause: null };

  static getDerivedStateFromError(cause: unknown) {
    return { cause: cause ?? "unknown" };
  }

  override componentDidCatch(cause: unknown, info: ErrorInfo) {
    reportError(new Error(String(cause), { cause: info.componentStack }));
  }

  override componentDidUpdate(before: Props) {
    if (before.resetKey !== this.props.resetKey && this.state.cause) this.setState({ cause: null });
  }

  override render() {
    return this.state.cause ? (
      <Problem cause={this.state.cause} retry={() => this.setState({ cause: null })} />
    ) : (
      this.props.children
    );
  }
}
