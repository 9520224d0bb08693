import { useQuery, useQueryClient, type QueryClient } from "@tanstack/react-query";
import { lazy, Suspense, useEffect, type ReactNode } from "react";
import { meta as askMeta, session } from "../client/api";
import { Failure, onSessionLost } from "../client/http";
import { followOtherTabs } from "../offline/holder";
import type { Me, Meta } from "../client/meta";
import { PeopleContext } from "../kinds/colleagues";
import { OpenableContext } from "../kinds/RefLink";
import { Problem } from "../kit/Problem";
import { MetaContext } from "./meta";
import { arrive, finishLeaving, leave } from "./arrival";
import { forgetPerson } from "./preferences";

const SignIn = lazy(() => import("../screens/SignIn"));
const ChangePassword = lazy(() => import("../screens/ChangePassword"));
const MustProveTwice = lazy(() => import("../screens/security/MustProveTwice"));

/** Who is asking: nobody yet, somebody with a first password, or somebody who may go on. */
export function Session({ children }: { children: ReactNode }) {
  const queries = useQueryClient();
  const me = useQuery({ queryKey: ["session"], queryFn: currentPerson, staleTime: Infinity });
  useEffect(
    () =>
      onSessionLost(() => {
        forgetPerson();
        forgetRead(queries);
        queries.setQueryData(["session"], null);
      }),
    [queries],
  );
  useEffect(followOtherTabs, []);
  if (me.isPending) return <Blank />;
  if (me.data === undefined) return <Problem cause={me.error} retry={() => void me.refetch()} />;
  if (!me.data)
    return (
      <Suspense fallback={<Blank />}>
        <SignIn />
      </Suspense>
    );
  if (me.data.must_change_password)
    return (
      <Suspense fallback={<Blank />}>
        <ChangePassword first />
      </Suspense>
    );
  if (me.data.must_prove_twice)
    return (
      <Suspense fallback={<Blank />}>
        <MustProveTwice />
      </Suspense>
    );
  return <Described key={me.data.id}>{children}</Described>;
}

/** What one person has read must not greet the next. */
export const forgetRead = (queries: QueryClient) =>
  queries.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== "session" });

async function currentPerson(): Promise<Me | null> {
  if (!(await finishLeaving())) return null;
  try {
    const me = await session.current();
    await arrive(me);
    return me;
  } catch (cause) {
    if (cause instanceof Failure && cause.status === 401) return null;
    throw cause;
  }
}

function Described({ children }: { children: ReactNode }) {
  const meta = useQuery({ queryKey: ["meta"], queryFn: askMeta, staleTime: 5 * 60_000 });
  if (meta.isPending) return <Blank />;
  if (!meta.data) return <Problem cause={meta.error} retry={() => void meta.refetch()} />;
  const { objects } = meta.data;
  return (
    <MetaContext value={meta.data}>
      <OpenableContext value={(collection) => collection in objects}>
        <PeopleContext value={peopleIn(objects)}>{children}</PeopleContext>
      </OpenableContext>
    </MetaContext>
  );
}

/** People are what owns a record. */
function peopleIn(objects: Meta["objects"]): string | null {
  const to = Object.values(objects)
    .flatMap(({ fields }) => fields)
    .find(({ kind }) => kind === "person")?.to;
  return to !== undefined && to in objects ? to : null;
}

const Blank = () => <div className="blank" role="status" aria-label="正在打开" />;

/** Signing out forgets everything this browser has read and kept. */
export function useSignOut() {
  const queries = useQueryClient();
  return async () => {
    const onward = await leave();
    queries.clear();
    forgetPerson();
    location.assign(onward);
  };
}
