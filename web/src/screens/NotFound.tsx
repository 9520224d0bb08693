import { Link } from "react-router";
import { Empty } from "../kit/Empty";

export default function NotFound() {
  return (
    <Empty title="没有这个页面" hint="地址可能写错了，或者您无权查看。">
      <title>没有这个页面 · 知客</title>
      <Link to="/">回到工作台</Link>
    </Empty>
  );
}
