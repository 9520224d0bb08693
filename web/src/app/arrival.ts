/** Coming and going: whose things this browser keeps follows from who is signed in. */
import { session } from "../client/api";
import { address, Failure } from "../client/http";
import type { Me } from "../client/meta";
import { keepAnswer } from "../offline/answers";
import { belongTo, forgetHolder } from "../offline/holder";
import { adopt } from "./preferences";
import { readStored, writeStored } from "./stored";
import { forgetVisits } from "./visits";

const LEAVING = "leaving";

/** Somebody is signed in; what another person left here is gone before anything is shown. */
export async function arrive(me: Me): Promise<void> {
  await belongTo(me.id);
  await keepAnswer(String(me.id), address("/session"), me);
  writeStored(LEAVING, undefined);
  adopt(me.preferences);
}

/** Signing out works without a network too: the browser forgets at once, the server is told when it can be reached. */
export async function leave(): Promise<string> {
  writeStored(LEAVING, true);
  await forgetHolder();
  forgetVisits();
  await finishLeaving();
  return onward;
}

let onward = "/";

/** Ends a session that was left without a network. False as long as the server does not know. */
export async function finishLeaving(): Promise<boolean> {
  if (readStored(LEAVING) !== true) return true;
  try {
    onward = (await session.close())?.location ?? "/";
  } catch (cause) {
    if (!(cause instanceof Failure) || cause.status !== 401) return false;
  }
  writeStored(LEAVING, undefined);
  return true;
}
