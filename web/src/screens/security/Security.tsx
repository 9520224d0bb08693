/** 登录与安全: everything about one's own way in, on one page. */
import "../../app/security.css";
import { Identities } from "./Identities";
import { MyChanges } from "./MyChanges";
import { Sessions } from "./Sessions";
import { Tokens } from "./Tokens";
import { TwoStep } from "./TwoStep";

export default function Security() {
  return (
    <div className="page narrow-page security">
      <title>登录与安全 · 知客</title>
      <h1>登录与安全</h1>
      <TwoStep />
      <Identities />
      <Sessions />
      <Tokens />
      <MyChanges />
    </div>
  );
}
