/** 设置: who finds it in the menu, and what it gathers. */
import { may } from "../../app/meta";
import type { Meta } from "../../client/meta";
import type { Description } from "../../client/types";

export interface Place {
  to: string;
  label: string;
  hint: string;
}

const OPTIONS = "choice-options";
const HINTS: Record<string, string> = {
  people: "账号、部门、角色，启用与停用，重置密码",
  roles: "谁能对什么做什么，做到多大范围",
  posts: "岗位与职责",
  "extra-fields": "不写代码给任何对象加字段",
  "approval-policies": "哪些操作要谁同意；先用过去的数据模拟，再启用",
  "tracking-limits": "多少天未联系要提示、释放到公共池；按级别、分类、来源、部门",
  "registration-rules": "新客户是否审核、几天内录入、撞单归谁",
  "completeness-rules": "每种资料哪些项算完整，低于多少不能提交",
  "dispatch-rules": "确认有效的线索按区域、行业、在手和业绩分给谁",
  "dispatch-rights": "谁优先分到线索，谁暂停分派",
  "web-forms": "放到网站上的表单，填写后成为线索",
  "chat-channels": "网站客服、公众号等在线咨询的接入密钥",
  "work-calendars": "每周哪几天上班，节假日与调休，部门自己的放假",
  automations: "什么时候、满足什么、就做什么；先试运行，再启用",
  "alert-rules": "哪些指标到什么程度要告诉谁；先用过去回测，再启用",
  channels: "Webhook 与企业微信、钉钉、飞书机器人：地址、密钥、试发",
  deliveries: "发到外部的消息；没有送达的可以重发",
  tags: "给客户分组用的词",
};

/** Objects an administrator looks after, in the order of their menus; whoever may change none of them has no settings. */
const kept = (meta: Meta): Description[] =>
  Object.keys(HINTS)
    .map((name) => meta.objects[name])
    .filter((object) => object !== undefined && may(object, "change")) as Description[];

/** Pages of their own, each for whoever may change the records behind it. */
const PAGES: (Place & { of: string })[] = [
  { of: "departments", to: "/settings/company", label: "公司组织", hint: "部门的上下级和各部门的人；权限范围按它计算" },
  { of: OPTIONS, to: "/settings/options", label: "选项与阶段", hint: "下拉选项和销售阶段：增加、改名、换色、排序、停用" },
  {
    of: "screen-layouts",
    to: "/settings/layouts",
    label: "页面布局",
    hint: "每个角色的表单和记录页：分组、次序、隐藏、什么时候必填",
  },
  { of: "number-patterns", to: "/settings/numbering", label: "编号规则", hint: "客户编号、机会编号等怎么编" },
  { of: "people", to: "/settings/mail", label: "邮件", hint: "邮件服务器是否设好，最近有没有发不出去" },
  { of: "module-switches", to: "/settings/modules", label: "模块", hint: "用不到的模块整个停用，随时再启用" },
];

export function places(meta: Meta): Place[] {
  return [
    ...kept(meta).map(({ collection, label }) => ({ to: `/${collection}`, label, hint: HINTS[collection] ?? "" })),
    ...PAGES.filter(({ of }) => changes(meta, of)),
    ...(Object.values(meta.objects).some((object) => may(object, "import"))
      ? [{ to: "/settings/mappings", label: "导入对应关系", hint: "导入时保存的列与字段的对应" }]
      : []),
  ];
}

/** Whether the menu leads there: for those who change what the house is made of. */
export const hasSettings = (meta: Meta): boolean => PAGES.some(({ of }) => changes(meta, of));

function changes(meta: Meta, collection: string): boolean {
  const object = meta.objects[collection];
  return object !== undefined && may(object, "change");
}
