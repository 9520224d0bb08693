"""环境变量: every setting an installation may change, with its safe default and what it means.

`docs/administrators/settings.md` is made from this list.
"""

import os
from dataclasses import dataclass

from zhike.project.errors import CommandFailed


@dataclass(frozen=True)
class Setting:
    name: str
    default: str
    meaning: str


SETTINGS = {
    setting.name: setting
    for setting in (
        Setting("ZHIKE_HOME", "", "数据目录：随附数据库、上传的文件、密钥。默认：源码目录中为 ./var，否则为 ~/.zhike"),
        Setting(
            "DATABASE_URL",
            "",
            "外部 PostgreSQL（15 或更新），如 postgresql://用户:密码@主机:5432/库名。默认：使用数据目录中的随附数据库",
        ),
        Setting("ZHIKE_HOST", "127.0.0.1", "网页服务器监听的地址；对外服务请放在反向代理之后"),
        Setting("ZHIKE_PORT", "8000", "网页服务器监听的端口"),
        Setting("ZHIKE_PROCESSES", "2", "网页服务器的进程数，建议等于处理器核数"),
        Setting("ZHIKE_THREADS", "4", "每个进程的线程数；每个线程占用一个数据库连接"),
        Setting("ZHIKE_JOBS", "2", "一个后台任务进程同时处理的任务数"),
        Setting("ZHIKE_SECRET_KEY", "", "签名密钥；多台服务器必须相同。默认：首次启动时生成并保存在数据目录"),
        Setting("ZHIKE_ALLOWED_HOSTS", "*", "允许访问的域名，逗号或空格分隔；正式使用时请写明"),
        Setting("ZHIKE_TRUSTED_ORIGINS", "", "反向代理之后的外部地址，如 https://crm.example.com，逗号或空格分隔"),
        Setting("ZHIKE_HTTPS", "0", "用户经 HTTPS 访问时设为 1：Cookie 只经加密连接发送，并信任代理的 X-Forwarded-Proto"),
        Setting("ZHIKE_PROXIES", "127.0.0.1/32 ::1/128", "反向代理所在的网络，逗号或空格分隔；只有它们的 X-Forwarded-For 才算数"),
        Setting("ZHIKE_SESSION_HOURS", "12", "登录多少小时后必须重新登录"),
        Setting("ZHIKE_SESSION_IDLE_MINUTES", "120", "多少分钟无人操作后自动退出；0 表示不限"),
        Setting(
            "ZHIKE_OIDC_ISSUER",
            "",
            "单点登录（OpenID Connect）身份提供方的 issuer，如 https://sso.example.com；留空则没有单点登录",
        ),
        Setting("ZHIKE_OIDC_CLIENT", "", "在身份提供方登记的客户端编号（client_id）"),
        Setting("ZHIKE_OIDC_SECRET", "", "客户端密钥（client_secret）；公开客户端留空"),
        Setting("ZHIKE_OIDC_SCOPES", "openid profile email", "向身份提供方请求的范围（scope）"),
        Setting("ZHIKE_OIDC_LABEL", "公司统一身份登录", "登录页上单点登录按钮的文字"),
        Setting(
            "ZHIKE_OIDC_MATCH",
            "",
            "首次单点登录时按哪个声明自动关联账号：preferred_username（对应登录名）或 email（对应邮箱）；留空则由本人登录后关联",
        ),
        Setting("ZHIKE_TOKEN_DAYS", "365", "在网页上新建的接口令牌最多有效多少天"),
        Setting(
            "ZHIKE_REQUESTS_A_MINUTE", "3000", "每人或每个令牌每分钟最多多少个请求（按网页服务器的进程分别计算）；0 表示不限"
        ),
        Setting("ZHIKE_ADDRESS", "", "系统的外部地址，如 https://crm.example.com；邮件中的链接由它组成，留空则邮件中没有链接"),
        Setting("ZHIKE_SMTP_HOST", "", "发送邮件的服务器（SMTP）；留空则不能发送邮件"),
        Setting("ZHIKE_SMTP_PORT", "25", "邮件服务器的端口；STARTTLS 常用 587，TLS 常用 465"),
        Setting("ZHIKE_SMTP_SECURITY", "none", "与邮件服务器的连接：none 不加密、starttls、tls"),
        Setting("ZHIKE_SMTP_USER", "", "邮件服务器的用户名；留空则不登录"),
        Setting("ZHIKE_SMTP_PASSWORD", "", "邮件服务器的密码"),
        Setting("ZHIKE_MAIL_FROM", "zhike@localhost", "系统所发邮件的发件人，如 知客 <crm@example.com>"),
        Setting(
            "ZHIKE_OUTBOUND_NETWORKS",
            "",
            "Webhook 和机器人可以发往的内部网络，如 10.1.0.0/16，逗号或空格分隔；留空则只能发往公网，且必须是 https",
        ),
        Setting(
            "ZHIKE_REGISTRY_URL",
            "",
            "工商登记查询服务的地址：收到 POST {name, credit_code}，回答 {found, name, credit_code}；留空则不核对",
        ),
        Setting("ZHIKE_REGISTRY_KEY", "", "工商登记查询服务的密钥，以 Authorization: Bearer 发送；留空则不发送"),
        Setting("ZHIKE_LOG", "auto", "日志的格式：json 每行一个 JSON 对象、text 供人阅读；auto 在终端中为 text，否则为 json"),
        Setting("ZHIKE_LOG_ACCESS", "0", "设为 1 时每个请求和每个后台任务在日志中占一行"),
        Setting("ZHIKE_SLOW_QUERY_MS", "500", "超过多少毫秒的数据库查询记入日志（只记语句，不记其中的数据）"),
        Setting("ZHIKE_METRICS_NETWORKS", "127.0.0.1/32 ::1/128", "可以读取 /metrics 的网络，逗号或空格分隔"),
        Setting("ZHIKE_METRICS_TOKEN", "", "设置后，持此令牌（Authorization: Bearer …）也可以读取 /metrics"),
        Setting("ZHIKE_BACKUP_FOLDER", "", "定时备份存放的目录（相对路径从数据目录算起）；留空则不定时备份"),
        Setting("ZHIKE_BACKUP_CRON", "30 2 * * *", "定时备份的时间（cron 格式），默认每天 2:30"),
        Setting("ZHIKE_BACKUP_KEEP_DAYS", "14", "定时备份保留多少天；最新的一份总会保留"),
        Setting("ZHIKE_BACKUP_VERIFY", "1", "定时备份完成后是否立即在临时数据库中恢复并核对；只有公钥时不能核对"),
        Setting(
            "ZHIKE_BACKUP_KEY", "", "备份的密钥：age1 开头的公钥（只能加密）或 AGE-SECRET-KEY-1 开头的私钥；留空则备份不加密"
        ),
        Setting("ZHIKE_UNDO_DAYS", "30", "删除、批量修改、转交、合并和导入可以撤销多少天，也是回收站保留的天数"),
        Setting("ZHIKE_DEBUG", "0", "设为 1 时在出错页面显示细节，仅供开发"),
    )
}


def setting(name: str) -> str:
    """The value the environment gives, else the default; an empty value counts as none."""
    return os.environ.get(name) or SETTINGS[name].default


def number(name: str) -> int:
    try:
        return int(setting(name))
    except ValueError as wrong:
        raise CommandFailed(f"{name} 应为整数，而不是“{setting(name)}”") from wrong


def words(name: str) -> list[str]:
    return setting(name).replace(",", " ").split()


def switched_on(name: str) -> bool:
    return setting(name) == "1"
