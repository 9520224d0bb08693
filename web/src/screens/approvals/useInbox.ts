import { useQuery } from "@tanstack/react-query";
import { approvals, type Mine } from "../../client/approvals";

/** One page of what waits for me, what I asked for or what I answered; `pages` are the last ones of the pages before it. */
export const useInbox = (mine: Mine, pages: number[] = []) =>
  useQuery({ queryKey: ["approvals", mine, pages], queryFn: () => approvals.inbox(mine, pages.at(-1)), refetchInterval: 30_000 });
