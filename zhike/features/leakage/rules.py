"""The numbers of leak control, changed like every other rule of the house (业务参数)."""

from zhike.features.parameters.declared import parameter

SCREEN = parameter("watermark_screen", "屏幕水印", unit="1 开，0 关", default="1", most="1", whole=True)
FILES = parameter(
    "watermark_files", "导出文件水印", unit="0 关，1 工作簿、文件与图片，2 连同 CSV", default="1", most="2", whole=True
)
ROWS_A_DAY = parameter("export_rows_a_day", "每人每天最多导出", unit="条", default="500000", whole=True)
VIEWS_AN_HOUR = parameter("alarm_views", "一小时内查看多少条记录算异常", unit="条", default="300", least="1", whole=True)
REVEALS_AN_HOUR = parameter("alarm_reveals", "一小时内显示多少次掩码内容算异常", unit="次", default="30", least="1", whole=True)
EXPORTED_A_DAY = parameter("alarm_exports", "一天内导出多少条记录算异常", unit="条", default="50000", least="1", whole=True)
WORK_BEGINS = parameter("work_begins", "每天几点起算工作时间", unit="点", default="7", most="24", whole=True)
WORK_ENDS = parameter("work_ends", "每天几点起算非工作时间", unit="点", default="22", most="24", whole=True)
OFF_HOURS_A_DAY = parameter(
    "alarm_off_hours", "一天内在非工作时间查看和导出多少条记录算异常", unit="条", default="100", whole=True
)
