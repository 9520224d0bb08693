"""客户域共用的选项: values that several objects offer in the same words."""

from zhike.kernel.declare import option

# The sections of the national standard GB/T 4754, with the two that most B2B companies sell to told apart.
INDUSTRIES = {
    "agriculture": "农林牧渔业",
    "mining": "采矿与石油天然气",
    "manufacturing": "制造业",
    "energy": "电力、热力、燃气和水",
    "construction": "建筑业",
    "retail": "批发和零售业",
    "transport": "交通运输和仓储",
    "hospitality": "住宿和餐饮业",
    "software": "软件和信息技术",
    "telecom": "电信和互联网",
    "technology": "高新技术",
    "finance": "金融业",
    "real_estate": "房地产业",
    "business_services": "租赁和商务服务",
    "marketing": "广告和营销服务",
    "employment": "人力资源服务",
    "research": "科学研究和技术服务",
    "environment": "水利、环境和公共设施",
    "consumer_services": "居民服务和修理",
    "education": "教育",
    "medical": "卫生和医疗",
    "entertainment": "文化、体育和娱乐",
    "government": "公共管理和社会组织",
    "other": "其他",
}

# What a customer does within its industry; each can be chosen with the industries it belongs to.
SEGMENTS = {
    "farming": option("种植与养殖", when=("agriculture",)),
    "oil_gas": option("石油天然气开采", when=("mining",)),
    "coal": option("煤炭开采", when=("mining",)),
    "ores": option("金属与非金属矿采选", when=("mining",)),
    "refining": option("炼油与石化", when=("manufacturing", "energy")),
    "chemicals": option("化工", when=("manufacturing",)),
    "steel": option("钢铁与有色冶炼", when=("manufacturing",)),
    "machinery": option("机械与装备制造", when=("manufacturing",)),
    "electronics": option("电子与电气", when=("manufacturing", "technology")),
    "food_tobacco": option("食品、饮料和烟草", when=("manufacturing", "retail")),
    "power": option("发电与电网", when=("energy",)),
    "gas_heat": option("城市燃气与供热", when=("energy",)),
    "water": option("水务", when=("energy", "environment")),
    "pipelines": option("油气管道与储运", when=("transport", "energy")),
    "logistics": option("仓储物流", when=("transport",)),
    "banking": option("银行", when=("finance",)),
    "insurance": option("保险与证券", when=("finance",)),
    "hospitals": option("医院", when=("medical",)),
    "pharma": option("医药制造", when=("medical", "manufacturing")),
}

# The first four are the ways of finding customers the course names; the next three are the inbound channels of the sales policy.
SOURCES = {
    "research": "市场调研",
    "social": "社交媒体",
    "promotion": "推广活动",
    "partner": "合作伙伴",
    "phone": "电话呼入",
    "website": "网站注册",
    "consultation": "在线咨询",
    "referral": "客户介绍",
    "exhibition": "展会",
    "advertising": "广告",
    "self": "自主开发",
    "other": "其他",
}

# Whom we deal with: a customer of our own, a partner who sells for us, or a customer of such a partner (V-15, V-26).
CHANNELS = {
    "direct": option("直销客户", color="blue"),
    "agent": option("代理商", color="purple"),
    "end": option("代理终端客户", color="cyan"),
}

PRIORITIES = {
    "high": option("高", color="red"),
    "medium": option("中", color="gold"),
    "low": option("低", color="default"),
}
