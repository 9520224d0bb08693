import { Link } from "react-router";

/** The way to what a card has no room for; `total` where it is known how many there are. */
export function SeeAll({ to, total, onClick }: { to: string; total?: number; onClick?: (() => void) | undefined }) {
  return (
    <p className="listed-more">
      <Link to={to} onClick={onClick}>
        {total === undefined ? "查看全部" : `查看全部 ${total} 条`}
      </Link>
    </p>
  );
}
