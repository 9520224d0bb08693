"""What the interface offers beside reading and writing records, in the OpenAPI document: every address of `urls` is in it.

What an address takes cannot be read off a view, so it is told here; one that is not told of takes anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

Schema = dict[str, Any]
TEXT, TRUTH, NUMBERED = {"type": "string"}, {"type": "boolean"}, {"type": "integer", "minimum": 1, "maximum": 2**63 - 1}
TEXTS: Schema = {"type": "array", "items": {"type": "string"}}
ANYTHING: Schema = {"type": "object"}
LIST: Schema = {"type": "array", "items": {"type": "object"}}
IDS = {"type": "array", "items": NUMBERED}
FILE = {"type": "string", "format": "binary"}


@dataclass(frozen=True)
class Service:
    """One operation.

    Arguments:
        method, address, label: what it is; {collection} stands for every collection in turn.
        tag: the heading it stands under; query: what may be asked in the address.
        body: the properties of what is sent, those of `required` in every case; form: as a form with a file instead of JSON.
        status: of the answer when it went well; plain: it answers in words, for people who have no program.
    """

    method: str
    address: str
    label: str
    tag: str = ""
    query: tuple[str, ...] = ()
    body: Schema = field(default_factory=dict)
    required: tuple[str, ...] = ()
    form: bool = False
    status: int = 200
    plain: bool = False


SERVICES = (
    Service("get", "/session", "谁已登录", "登录"),
    Service("post", "/session", "登录", "登录", body={"username": TEXT, "password": TEXT}, required=("username", "password")),
    Service("delete", "/session", "退出", "登录", status=204),
    Service("post", "/session/password", "修改密码", "登录", body={"old": TEXT, "new": TEXT}, required=("old", "new")),
    Service("get", "/session/delegations", "授权代理", "登录"),
    Service(
        "post", "/session/delegations", "授权同事代理", "登录", status=201, required=("delegate", "starts_on", "ends_on"),
        body={"delegate": NUMBERED, "starts_on": TEXT, "ends_on": TEXT, "depth": TEXT, "collections": TEXTS},
    ),
    Service("delete", "/session/delegations/{id}", "收回授权", "登录", status=204),
    Service("post", "/session/acting", "以他人身份工作", "登录", body={"delegation": NUMBERED}, required=("delegation",)),
    Service("delete", "/session/acting", "结束代理", "登录"),
    Service("post", "/session/second", "登录的第二步", "登录", body={"code": TEXT, "recovery": TEXT}),
    Service("get", "/session/two-step", "我的两步验证", "登录"),
    Service("post", "/session/app", "设置验证器", "登录", body={"password": TEXT}, status=201),
    Service("delete", "/session/app", "停用验证器", "登录", status=204),
    Service("post", "/session/app/confirm", "启用验证器", "登录", body={"code": TEXT}, required=("code",)),
    Service("post", "/session/recovery-codes", "新的恢复码", "登录", body={"password": TEXT}),
    Service("post", "/session/passkey/options", "用通行密钥登录前", "登录"),
    Service("post", "/session/passkey", "用通行密钥登录", "登录", body={"credential": ANYTHING}, required=("credential",)),
    Service("post", "/session/passkeys/options", "新增通行密钥前", "登录", body={"password": TEXT}),
    Service(
        "post", "/session/passkeys", "新增通行密钥", "登录", body={"name": TEXT, "credential": ANYTHING},
        required=("name", "credential"), status=201,
    ),
    Service("delete", "/session/passkeys/{id}", "删除通行密钥", "登录", status=204),
    Service("get", "/session/ways", "登录页提供的方式", "登录"),
    Service("get", "/session/single-sign-on", "去身份提供方登录", "登录", query=("next",), status=302),
    Service("get", "/session/single-sign-on/back", "从身份提供方回来", "登录", query=("code", "state", "error"), status=302),
    Service("post", "/session/single-sign-on/ended", "身份提供方通知退出", "登录"),
    Service("get", "/session/changes", "我的登录方式有过什么变化", "登录"),
    Service("get", "/session/identities", "我的统一身份", "登录"),
    Service("post", "/session/identities", "关联统一身份", "登录", body={"password": TEXT}),
    Service("delete", "/session/identities/{id}", "取消关联统一身份", "登录", status=204),
    Service("get", "/sessions", "我的会话", "登录"),
    Service("delete", "/sessions", "结束其他会话", "登录"),
    Service("delete", "/sessions/{id}", "结束一个会话", "登录", status=204),
    Service("get", "/tokens", "我的令牌", "登录"),
    Service(
        "post", "/tokens", "新建令牌", "登录", required=("name",), status=201,
        body={"name": TEXT, "reads_only": TRUTH, "collections": TEXTS, "days": NUMBERED, "password": TEXT},
    ),
    Service("delete", "/tokens/{id}", "撤销令牌", "登录", status=204),
    Service("post", "/tokens/{id}/rotate", "更换令牌", "登录", body={"password": TEXT}),
    Service("get", "/people/{id}/sessions", "某人的会话与令牌", "登录"),
    Service("get", "/ping", "是否应答", "概况"),
    Service("get", "/meta", "我能看到和使用的一切", "概况"),
    Service("get", "/preferences", "我的偏好", "概况"),
    Service("patch", "/preferences", "修改我的偏好", "概况", body={}),
    Service("get", "/search", "全局搜索", "概况", query=("q", "limit", "in")),
    Service("get", "/changes", "此后的变化", "概况", query=("after",)),
    Service("get", "/divisions", "行政区划", "概况"),
    Service("get", "/openapi.json", "本说明", "概况"),
    Service("get", "/notifications", "我的通知", "通知", query=("after",)),
    Service("post", "/notifications/read", "标为已读", "通知", body={"ids": {}, "about": {}}),
    Service("get", "/jobs", "我的任务", "任务与文件", query=("after",)),
    Service("get", "/jobs/{id}", "任务的进度与结果", "任务与文件"),
    Service("post", "/jobs/{id}/cancel", "取消任务", "任务与文件"),
    Service("post", "/files", "上传文件", "任务与文件", body={"file": FILE}, required=("file",), form=True, status=201),
    Service("get", "/files/{id}", "下载文件", "任务与文件"),
    Service("get", "/imports", "我的导入", "导入", query=("after",)),
    Service(
        "post", "/imports", "上传要导入的文件", "导入", body={"file": FILE, "collection": TEXT, "sheet": TEXT},
        required=("file", "collection"), form=True, status=201,
    ),
    Service("get", "/imports/{id}", "导入的样子", "导入"),
    Service(
        "patch", "/imports/{id}", "选择对应关系与重复时怎么办", "导入",
        body={"mapping": ANYTHING, "on_duplicate": {"type": "string", "enum": ["skip", "update", "create"]}, "sheet": TEXT},
    ),
    Service("post", "/imports/{id}/check", "试导入", "导入", status=202),
    Service("post", "/imports/{id}/run", "开始导入", "导入", status=202),
    Service("post", "/imports/{id}/undo", "撤销导入", "导入", status=202),
    Service("get", "/changesets", "我的操作", "撤销与回收站", query=("after",)),
    Service("post", "/changesets/{id}/undo", "撤销我的一次操作", "撤销与回收站", body={}),
    Service("get", "/recycled", "回收站", "撤销与回收站", query=("collection", "after")),
    Service("post", "/recycled/{id}/restore", "恢复已删除的记录", "撤销与回收站", body={}),
    Service("get", "/import-mappings", "保存的对应关系", "导入"),
    Service(
        "post", "/import-mappings", "保存对应关系", "导入", body={"name": TEXT, "collection": TEXT, "mapping": ANYTHING},
        required=("name", "collection", "mapping"), status=201,
    ),
    Service("delete", "/import-mappings/{id}", "删除对应关系", "导入", status=204),
    Service(
        "post", "/{collection}/bulk", "批量处理",
        body={"ids": IDS, "filter": ANYTHING, "q": TEXT, "set": ANYTHING, "tag": ANYTHING, "action": TEXT, "input": ANYTHING,
              "transfer": NUMBERED, "along": {"type": "array", "items": TEXT}, "delete": TRUTH, "dry_run": TRUTH},
    ),
    Service(
        "post", "/{collection}/export", "导出", status=202,
        body={"filter": ANYTHING, "order": TEXT, "q": TEXT, "fields": {"type": "array", "items": TEXT},
              "format": {"type": "string", "enum": ["csv", "xlsx"]}},
    ),
    Service(
        "post", "/{collection}/merge", "合并", body={"keep": NUMBERED, "others": IDS, "fields": ANYTHING},
        required=("keep", "others"),
    ),
    Service("get", "/{collection}/duplicate-groups", "疑似重复的记录", query=("after",)),
    Service("post", "/{collection}/duplicate-groups", "全库查重", body={}, status=202),
    Service("post", "/{collection}/duplicate-groups/different", "不是重复", body={"ids": IDS}, required=("ids",), status=204),
    Service(
        "post", "/{collection}/duplicate-groups/merge", "批量合并重复的记录", required=("groups",), status=202,
        body={"groups": {"type": "array", "items": IDS}},
    ),
    Service("post", "/{collection}/duplicates", "查找疑似重复", body={}),
    Service("get", "/{collection}/{id}/document", "文件", query=("format", "template")),
    Service("get", "/documents/{code}", "核对文件真伪", "文件", plain=True),
    Service("get", "/{collection}/{id}/comments", "评论"),
    Service(
        "post", "/{collection}/{id}/comments", "发表评论", body={"text": TEXT, "mentions": IDS}, required=("text",), status=201,
    ),
    Service("post", "/{collection}/{id}/follow", "关注", status=204),
    Service("delete", "/{collection}/{id}/follow", "取消关注", status=204),
    Service("get", "/{collection}/{id}/why", "为什么能看到", query=("person",)),
    Service("get", "/{collection}/{id}/seen", "谁看过", query=("from", "to")),
    Service("get", "/{collection}/{id}/shares", "共享给了谁"),
    Service(
        "post", "/{collection}/{id}/shares", "共享", status=201,
        body={"person": NUMBERED, "department": NUMBERED, "change": TRUTH, "until": TEXT},
    ),
    Service("delete", "/{collection}/{id}/shares/{share_id}", "取消共享", status=204),
    Service("post", "/{collection}/{id}/reveal", "显示掩码内容", body={"field": TEXT}, required=("field",)),
    Service("get", "/{collection}/{id}/transfer", "可一并转交的记录"),
    Service(
        "post", "/{collection}/{id}/transfer", "转交", required=("owner",),
        body={"owner": NUMBERED, "version": NUMBERED, "along": {"type": "array", "items": TEXT}},
    ),
    Service(
        "post", "/report-figures", "报表的数字", "报表", required=("collection",),
        body={"collection": TEXT, "definition": ANYTHING, "period": {}, "department": NUMBERED},
    ),
    Service(
        "post", "/report-figures/export", "导出报表", "报表", required=("collection",), status=202,
        body={"collection": TEXT, "definition": ANYTHING, "period": {}, "department": NUMBERED, "name": TEXT,
              "format": {"type": "string", "enum": ["csv", "xlsx", "pdf"]}},
    ),
    Service(
        "post", "/dashboard-figures/export", "导出仪表盘", "报表", required=("cards",), status=202,
        body={"name": TEXT, "cards": {"type": "array", "items": ANYTHING}, "period": {}, "department": NUMBERED},
    ),
    Service("post", "/reports/{id}/result", "一张报表的数字", "报表", body={"period": {}, "department": NUMBERED}),
    Service("post", "/reports/{id}/mail", "把报表发到我的邮箱", "报表", status=202),
    Service("get", "/approvals", "审批箱", "审批", query=("mine", "collection", "record", "after")),
    Service("get", "/approvals/{id}", "一个申请", "审批"),
    Service(
        "post", "/approvals/batch", "批量审批", "审批", body={"ids": IDS, "deed": TEXT, "opinion": TEXT},
        required=("ids", "deed"),
    ),
    Service(
        "post", "/approvals/{id}/{deed}", "办理申请", "审批",
        body={"opinion": TEXT, "files": IDS, "to": NUMBERED, "person": NUMBERED, "people": IDS, "where": TEXT},
    ),
    Service(
        "post", "/approval-policies/simulate", "模拟审批规则", "审批",
        body={"collection": TEXT, "verb": TEXT, "definition": ANYTHING, "period": ANYTHING}, required=("collection", "verb"),
    ),
    Service("get", "/clocks", "即将到期", "时限", query=("due", "collection", "record", "mine", "after")),
    Service("post", "/clocks/{id}/pause", "暂停计时", "时限", body={"reason": TEXT}, required=("reason",)),
    Service("post", "/clocks/{id}/resume", "恢复计时", "时限", body={}),
    Service("get", "/working-days", "工作日与节假日", "时限", query=("from", "to", "department")),
    Service("get", "/layouts", "哪些角色有自己的页面布局", "设置"),
    Service("get", "/layouts/{role}/{name}", "页面布局", "设置"),
    Service(
        "patch", "/layouts/{role}/{name}", "调整页面布局", "设置",
        body={"sections": LIST, "hidden": TEXTS, "required": ANYTHING, "version": NUMBERED},
    ),
    Service("delete", "/layouts/{role}/{name}", "恢复原来的页面布局", "设置", status=204),
    Service("get", "/mail", "邮件设置与状态", "设置"),
    Service("post", "/mail", "发送测试邮件", "设置", body={}, status=202),
    Service("get", "/numbering", "编号规则", "设置"),
    Service("post", "/numbering/{field}", "修改编号规则", "设置", body={"pattern": TEXT, "note": TEXT}),
    Service("get", "/modules", "模块与开关", "设置"),
    Service(
        "post", "/modules/{name}", "启用或停用模块", "设置", body={"enabled": TRUTH, "reason": TEXT}, required=("enabled",),
    ),
    Service("get", "/option-sets", "选项与阶段", "设置"),
    Service("post", "/option-sets/{key}/order", "选项的次序", "设置", body={"values": TEXTS}, status=204),
    Service(
        "post", "/option-sets/{key}/retire", "停用选项", "设置", body={"value": TEXT, "to": TEXT},
        required=("value",), status=204,
    ),
    Service("get", "/option-sets/{key}/uses/{value}", "选项被多少记录选用", "设置"),
    Service("post", "/jobs/{id}/put-back", "撤销选项的改写", "设置", body={}, status=202),
    Service("get", "/people/{id}/leaving", "离职时要交接什么", "设置"),
    Service(
        "post", "/people/{id}/leaving", "办理离职", "设置", body={"to": IDS, "collections": ANYTHING}, required=("to",),
        status=202,
    ),
    Service("get", "/alarms/{id}/evidence", "告警的依据", "设置"),
    Service("get", "/roles/{id}/grants", "角色的权限矩阵", "设置"),
    Service(
        "patch", "/roles/{id}/grants", "调整权限", "设置",
        body={"grants": ANYTHING, "fields": ANYTHING, "version": NUMBERED},
    ),
    Service("get", "/forms/{key}", "网页表单的栏目", "来访"),
    Service(
        "post", "/forms/{key}", "提交网页表单", "来访", required=("values", "token", "answer"), status=201,
        body={"values": ANYTHING, "token": TEXT, "answer": TEXT, "website": TEXT},
    ),
    Service(
        "post", "/chats", "在线咨询的消息", "来访", required=("session", "messages"),
        body={"session": TEXT, "visitor": ANYTHING, "messages": LIST},
    ),
    Service("get", "/calendar-feed", "我的日历订阅", "日历"),
    Service("post", "/calendar-feed", "新的订阅地址", "日历", body={}, status=201),
    Service("delete", "/calendar-feed", "停止订阅", "日历", status=204),
    Service("get", "/calendar/{secret}.ics", "订阅的日历", "日历"),
)  # fmt: skip


def services() -> Iterator[Service]:
    """Every address that no object declares, as `urls` opens it."""
    from zhike.api.urls import collections, fixed

    told = {(s.method, s.address): s for s in SERVICES}
    for route in (*fixed, *collections):
        address = "/" + re.sub(r"<(?:\w+:)?(\w+)>", r"{\1}", str(route.pattern)).replace("{pk}", "{id}")
        if "{action}" in address:  # each object tells of its own
            continue
        for method, handler in route.callback.methods.items():
            yield told.get((method, address)) or Service(method, address, (handler.__doc__ or address).split("\n")[0], "其他")
