"""混沌测试: processes are killed under load, and what the clients wrote down is compared with what is there afterwards."""
