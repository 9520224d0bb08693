"""报价制度的数字: every one a parameter with an effective date."""

from zhike.features.parameters.declared import parameter

QUOTE_VALIDITY = parameter("quote_validity", "报价有效期", unit="天", default="30", least="1", most="3650", whole=True)
