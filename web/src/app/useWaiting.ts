/** How many approvals wait for oneself, as the last look at what is new told. */
import { skipToken, useQuery } from "@tanstack/react-query";

export const WAITING = ["waiting"];

export const useWaiting = (): number => useQuery<number>({ queryKey: WAITING, queryFn: skipToken }).data ?? 0;
