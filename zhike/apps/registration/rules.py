"""报备制度的数字: parameters with an effective date."""

from zhike.features.parameters.declared import parameter

ARBITRATION = parameter("arbitration", "仲裁期限", unit="工作日", default="3", least="1", most="60", whole=True)
