"""Operation 运行: what an operator watches – signs of life, metrics, the log – and the copies she keeps."""
