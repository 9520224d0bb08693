/** 登录与安全: everything about one's own way in, on one page. */
import "../../app/security.css";
import { Sessions } from "./Sessions";

export default function Security() {
  return (
    <div className="page narrow-page security">
      <title>登录与安全 · 知客</title>
      <h1>登录与安全</h1>
      <Sessions />
    </div>
  );
}
