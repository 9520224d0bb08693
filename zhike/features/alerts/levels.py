"""预警级别: four, from a hint to an emergency, in the colours everybody knows from public warnings."""

from zhike.kernel.declare import option

LEVELS = {
    "blue": option("蓝色·提示", color="blue"),
    "yellow": option("黄色·一般", color="gold"),
    "orange": option("橙色·较重", color="orange"),
    "red": option("红色·严重", color="red"),
}
RANK = {level: rank for rank, level in enumerate(LEVELS)}
FIXED = "级别的次序写在程序里"
