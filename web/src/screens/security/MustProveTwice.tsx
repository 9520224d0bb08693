import { Button } from "antd";
import "../../app/security.css";
import { useSignOut } from "../../app/session";
import { TwoStep } from "./TwoStep";

/** Her role requires a second step: nothing else before it is set up. */
export default function MustProveTwice() {
  const signOut = useSignOut();
  return (
    <main className="sign-in must-prove security">
      <title>设置两步验证 · 知客</title>
      <div>
        <h1>设置两步验证</h1>
        <p className="muted">您的角色要求两步验证。设置好任意一种方式后就可以继续工作。</p>
        <TwoStep />
        <Button type="link" onClick={() => void signOut()}>
          退出登录
        </Button>
      </div>
    </main>
  );
}
