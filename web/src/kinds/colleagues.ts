/** Colleagues to mention after an @, found while typing. Whoever is named is told, as far as she may open the record. */
import { useQuery } from "@tanstack/react-query";
import { createContext, useContext, useState } from "react";
import { records } from "../client/api";
import type { Choice } from "../client/types";
import { useDebounced } from "../kit/useDebounced";

/** The collection of people, as far as this person may look into it. */
export const PeopleContext = createContext<string | null>(null);

export function useColleagues(): { people: Choice[]; search: (typed: string) => void } {
  const to = useContext(PeopleContext);
  const [typed, setTyped] = useState<string | null>(null);
  const words = useDebounced(typed ?? "", 200);
  const found = useQuery({ queryKey: [to, "options", words], queryFn: ({ signal }) => records.options(to ?? "", words, signal), enabled: typed !== null && to !== null });
  return { people: found.data?.rows ?? [], search: setTyped };
}
