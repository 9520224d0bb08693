import { useQuery, useQueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, type ReactNode } from "react";
import { meta as askMeta, session } from "../client/api";
import { Failure, onSessionLost } from "../client/http";
import type { Me } from "../client/types";
import { OpenableContext } from "../kinds/RefLink";
import { Problem } from "../kit/Problem";
import { MetaContext } from "./meta";
import { adopt, forgetPerson } from "./preferences";
import { forgetVisits } from "./visits";

const SignIn = lazy(() => import("../screens/SignIn"));
const ChangePassword = lazy(() => import("../screens/ChangePassword"));

/** Who is asking: nobody yet, somebody with a first password, or somebody who may go on. */
export function Session({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const me = useQuery({ queryKey: ["session"], queryFn: currentPerson, staleTime: Infinity });
  useEffect(() => onSessionLost(() => { forgetPerson(); queries.setQueryData(["session"], null); }), [queries]);
  if (me.isPending) return <Blank />;
  if (me.isError) return <Problem cause={me.error} retry={() => void me.refetch()} />;
  if (!me.data) return <Suspense fallback={<Blank />}><SignIn /></Suspense>;
  if (me.data.must_change_password) return <Suspense fallback={<Blank />}><ChangePassword first /></Suspense>;
  return <Described key={me.data.id}>{children}</Described>;
}

async function currentPerson(): Promise<Me | null> {
  try {
    const me = await session.current();
    adopt(me.preferences);
    return me;
  } catch (cause) {
    if (cause instanceof Failure && cause.status === 401) return null;
    throw cause;
  }
}

function Described({ children }: { children: ReactNode }) {
  const meta = useQuery({ queryKey: ["meta"], queryFn: askMeta, staleTime: 5 * 60_000 });
  if (meta.isPending) return <Blank />;
  if (meta.isError) return <Problem cause={meta.error} retry={() => void meta.refetch()} />;
  const { objects } = meta.data;
  return (
    <MetaContext value={meta.data}>
      <OpenableContext value={(collection) => collection in objects}>{children}</OpenableContext>
    </MetaContext>
  );
}

const Blank = () => <div className="blank" role="status" aria-label="正在打开" />;

/** Signing out forgets everything this browser has read. */
export function useSignOut() {
  const queries = useQueryClient();
  return async () => {
    await session.close();
    queries.clear();
    forgetPerson();
    forgetVisits();
    location.assign("/");
  };
}
