/** Colleagues to mention after an @, found while typing. Whoever is named is told, as far as she may open the record. */
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useState } from "react";
import { records } from "../client/api";
import type { Choice, Id } from "../client/types";
import { useDebounced } from "../kit/useDebounced";

/** The collection of people, as far as this person may look into it. */
export const PeopleContext = createContext<string | null>(null);

/** What a box for mentions offers. The box gives each a key of its own, so the number of the person stands beside it. */
export interface Colleague {
  key: string;
  value: string;
  label: string;
  id: Id;
}

/** The server has found them, by pinyin too: a box must not sift them again (`filterOption={false}`). */
export function useColleagues(): { colleagues: Colleague[]; search: (typed: string) => void } {
  const to = useContext(PeopleContext);
  const [typed, setTyped] = useState<string | null>(null);
  const words = useDebounced(typed ?? "", 200);
  const found = useQuery({
    queryKey: [to, "options", words],
    queryFn: ({ signal }) => records.options(to ?? "", words, signal),
    enabled: typed !== null && to !== null,
  });
  const rows = found.data?.rows ?? [];
  // Until the answer to the last letter is there only those stay whom it fits, too: Enter must not take somebody else.
  const people = typed === words ? rows : rows.filter(({ label }) => label.includes(typed ?? ""));
  return { colleagues: people.map(offered), search: setTyped };
}

const offered = ({ id, label }: Choice): Colleague => ({ key: String(id), value: label, label, id });
