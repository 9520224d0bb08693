/** What states and deeds are called. */
import type { Deed, State } from "../../client/approvals";

export const STATES: Record<State, string> = {
  choosing: "待选审批人",
  pending: "审批中",
  approved: "已同意并执行",
  disagreed: "未同意",
  returned: "已退回",
  withdrawn: "已撤回",
  failed: "已同意，未能执行",
};
export const DEEDS: Record<Deed, string> = {
  approve: "同意",
  disagree: "不同意",
  return: "退回",
  delegate: "转办",
  "add-signer": "加签",
  withdraw: "撤回",
  remind: "催办",
  explain: "补充说明",
  choose: "选择审批人",
};
const LOGGED: Record<string, string> = {
  submit: "提交",
  approve: "同意",
  disagree: "不同意",
  return: "退回",
  delegate: "转办",
  add_signer: "加签",
  withdraw: "撤回",
  remind: "催办",
  explain: "补充说明",
  choose: "选择审批人",
  escalate: "超时升级",
  replace: "离职代办",
};
export const logged = (deed: string): string => LOGGED[deed] ?? deed;
export const ANSWERS: Record<string, string> = {
  open: "待办",
  queued: "排队",
  agreed: "已同意",
  refused: "不同意",
  passed_on: "已转办",
  put_aside: "无需办理",
};
